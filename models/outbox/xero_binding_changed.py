from odoo import models
from odoo.tools import SQL

# What was asked for in one go: so few are what a person is doing now, more are a
# back-fill, which everybody else's documents pass
URGENT_MOST = 10


class XeroBinding(models.AbstractModel):
    """What a change of Odoo's record does to its row, whoever else has the row."""

    _inherit = "xero.binding"

    def _mark_changed(self, at_once=False):
        """Ask that Xero be brought up to date; returns the rows which now wait.

        Never waits for another transaction, nor fails because of one: see
        ``xero.change``. A row that is free is written, also one that waits already: a
        worker that is just building it from a snapshot older than this transaction's
        commit then collides with it and looks anew (Odoo's transactions are REPEATABLE
        READ). The ORM makes that one update in a transaction, however often a hook
        calls.

        :param at_once: a person asked for it, so it waits for no further changes
        """
        urgent = len(self) <= URGENT_MOST
        rows = self.filtered(lambda row: row.state != "skipped")
        rows._lock_or_note(urgent, at_once)._set_changed(urgent, at_once)
        return rows

    def _lock_or_note(self, urgent, at_once=True):
        """Lock those that nobody else has; note of the others that they are to wait.

        :param urgent: whether few were changed at once
        :param at_once: whether they wait for no further changes
        :return: the locked ones
        """
        free = self.filtered(lambda row: row.state != "sending")._lock_unchanged()
        if self != free:
            self.env["xero.change"]._note(self - free, urgent, at_once)
        return free

    def _set_changed(self, urgent, at_once=False):
        """What was changed goes, or goes again after the answer.

        :param urgent: whether few were changed at once
        :param at_once: whether they wait for no further changes
        """
        self._rank(urgent)
        # What is due already must not be put off, whatever else was changed
        due = self.filtered(
            lambda row: (
                (row.state == "pending" or row.changed_while_sending)
                and not row.waits_until
            )
        )
        sending = self.filtered(lambda row: row.state == "sending")
        if sending:
            sending.write({"changed_while_sending": True, "waits_until": False})
        pending = self.filtered(lambda row: row.state not in ("sending", "skipped"))
        patient = (sending + pending - due).filtered(
            lambda row: not at_once and row._may_wait()
        )
        waits = {row: row._next_wait() for row in patient}
        pending._set_pending()
        for row, moment in waits.items():
            row.waits_until = moment

    def _request_record(self, res_model, res_id):
        """What was changed had its row removed meanwhile: some kinds make it anew."""

    def _lock_free(self, limit=None):
        """Lock these rows, without those that another transaction has.

        A collision is not in the log: who calls this expects it.

        :param limit: so many at most, the first ones
        :return: the locked ones
        :raise psycopg2.errors.SerializationFailure: one of them was written since this
            transaction began
        """
        if not self:
            return self
        query = self._as_query(ordered=True)
        query.limit = limit
        statement = SQL("%s FOR NO KEY UPDATE SKIP LOCKED", query.select())
        self.env.cr.execute(statement, log_exceptions=False)
        locked = {row_id for [row_id] in self.env.cr.fetchall()}
        return self.filtered(lambda row: row.id in locked)

    def _lock_unchanged(self):
        """As :meth:`_lock_free`; none when one was written since we began.

        In one statement, since clicks make it: the block is what else a savepoint is.
        """
        if not self:
            return self
        statement = SQL(
            """
            DO $$ BEGIN
                PERFORM set_config('xero_sync.locked', (
                    SELECT coalesce(string_agg(id::text, ','), '')
                    FROM (
                        SELECT id FROM %s WHERE id IN %s
                        FOR NO KEY UPDATE SKIP LOCKED
                    ) AS free
                ), true);
            EXCEPTION WHEN serialization_failure THEN
                PERFORM set_config('xero_sync.locked', '', true);
            END $$;
            SELECT current_setting('xero_sync.locked')
            """,
            SQL.identifier(self._table),
            tuple(self.ids),
        )
        self.env.cr.execute(statement)
        [locked] = self.env.cr.fetchone()
        ids = {int(row_id) for row_id in locked.split(",") if row_id}
        return self.filtered(lambda row: row.id in ids)

    def _rank(self, urgent):
        """Note whether these are urgent: by how many of them are asked for at once.

        Who was in front already stays there.
        """
        if urgent:
            self.urgent = True
        else:
            settled = self.filtered(lambda row: row.state in ("synced", "mismatch"))
            settled.urgent = False

    def _hurry_for(self, rows):
        """What an urgent row waits for is as urgent.

        :param rows: the bindings that wait for these
        """
        if any(rows.mapped("urgent")):
            self.filtered(lambda row: not row.urgent).urgent = True
