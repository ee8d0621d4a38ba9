from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..document.xero_document import RECORD_FIELDS
from .xero_comparison import WORKING_STATES
from .xero_comparison_kinds import MODELS


class XeroConnection(models.Model):
    """The connection's job also compares, when nothing else is to be done."""

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._compare(end)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self, besides_tasks=False):
        if super()._has_due_rows(besides_tasks):
            return True
        return not besides_tasks and bool(self._is_open() and self._due_comparison())

    def _compare(self, end):
        """Do slice after slice of a comparison, until something else is due.

        :param end: monotonic time after which no new slice is started
        :return: number of things moved on
        """
        total = 0
        while moved := self._work_on(self._due_comparison(), end):
            total += moved
            if self._has_due_rows(besides_tasks=True):
                break
        return total

    def _due_comparison(self):
        """The oldest one at work; none while Xero's last calls are kept for others."""
        comparisons = self.env["xero.comparison"]
        if self._is_scarce():
            return comparisons
        return comparisons.search(
            [("connection_id", "=", self.id), ("state", "in", WORKING_STATES)],
            order="id",
            limit=1,
        )


class XeroComparison(models.Model):
    """What the connection's job does: a page of Xero's, or a batch of Odoo's."""

    _inherit = "xero.comparison"

    # EXTENDS 'xero.task.mixin'
    def _move_on(self):
        return self._go_through()

    # EXTENDS 'xero.period.mixin'
    def _finish(self):
        if self.state not in WORKING_STATES:
            return 0
        self.state = "done"
        self._forget_seen()
        self.with_context(lang=self.create_uid.lang)._tell_done()
        return 1

    def _tell_done(self):
        """Tell the person who started it, wherever in Odoo they are now.

        Their language is in its context: that of a worker is the company's.
        """
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.unequal_count else "success",
                "title": self.env._("The comparison with Xero is done"),
                "message": self.verdict,
            },
        )

    # === WHAT WAS SEEN === #

    # By SQL: the ORM reads all that is there to add to it

    def _seen(self, row_ids):
        """:return: those of these ids of rows that Odoo and Xero both have"""
        self.env.cr.execute(
            SQL(
                "SELECT document_id FROM xero_comparison_seen_rel"
                " WHERE comparison_id = %s AND document_id = ANY(%s::int[])",
                self.id,
                [row_id for row_id in row_ids if row_id],
            )
        )
        return {row_id for (row_id,) in self.env.cr.fetchall()}

    def _unmet_domain(self, model):
        """Records of which not all that is compared was met in Xero (``Domain``).

        Counted for each record: whatever PostgreSQL plans, it takes as long as there
        are records, and no longer.
        """
        field = RECORD_FIELDS[self.env[model]._xero_kinds[0]]
        # An entry is one of many kinds; an order, a quotation and a draft
        kinds = 1 if model == "account.move" else len(MODELS[model] & self._kinds())
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "(SELECT count(*) FROM xero_document AS document"
                " JOIN xero_comparison_seen_rel AS seen"
                " ON seen.document_id = document.id AND seen.comparison_id = %s"
                " WHERE document.%s = %s) < %s",
                self.id,
                SQL.identifier(field),
                SQL.identifier(alias, "id"),
                kinds,
            )
        )

    def _note_seen(self, row_ids):
        self.env.cr.execute(
            SQL(
                "INSERT INTO xero_comparison_seen_rel (comparison_id, document_id)"
                " SELECT %s, unnest(%s::int[]) ON CONFLICT DO NOTHING",
                self.id,
                row_ids,
            )
        )

    def _forget_seen(self):
        self.env.cr.execute(
            SQL(
                "DELETE FROM xero_comparison_seen_rel WHERE comparison_id = %s", self.id
            )
        )
