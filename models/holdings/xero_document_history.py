"""Who changed a document in Xero, where Xero's history tells: one call, when asked."""

from odoo import fields, models
from odoo.tools import format_datetime

from ... import xero_api

# So many are asked for in one go, for one call each
MOST = 5
# Of Xero's notes about a document so many are shown, newest first
SHOWN = 3


class XeroDocument(models.Model):
    """What Xero's history says about a person's change."""

    _inherit = "xero.document"

    history_due = fields.Boolean(readonly=True)
    changed_by = fields.Text(
        "Who changed it", readonly=True, help="What Xero's history says."
    )

    _history_due_idx = models.Index("(connection_id, id) WHERE history_due IS TRUE")

    # EXTENDS 'xero.document'
    def _left(self):
        updated = fields.Datetime.to_string(self.xero_updated)
        return {"updated": updated, "xero_id": self.xero_id, **super()._left()}

    # EXTENDS 'xero.document'
    def _note_changed(self, element, unsent):
        """Another change may be somebody else's."""
        if self.changed_by:
            self.changed_by = False
        return super()._note_changed(element, unsent)

    # EXTENDS 'xero.document'
    def _settle_refusal(self, element, words):
        """What is gone has its history still."""
        if element and not self.changed_in_xero:
            self.left_as = self._left()
        return super()._settle_refusal(element, words)

    def action_ask_who(self):
        """Button "Who changed it?": reads Xero's history right after the commit."""
        rows = self._check_decision().filtered("left_as")
        rows.history_due = True
        rows.connection_id._run_after_commit()
        return True

    def _note_history(self, records):
        """Keep what the history says since Odoo knew how it was.

        :param records: list of ``xero_api.HistoryRecord``, newest first
        """
        known = fields.Datetime.to_datetime(self.left_as["updated"])
        news = [
            each
            for each in records
            if not (known and each.at) or self._naive_utc(each.at) > known
        ]
        self.write(
            {
                "history_due": False,
                "changed_by": "\n".join(
                    self._history_text(each) for each in news[:SHOWN] or records[:1]
                )
                or self.env._("Xero's history says nothing about it."),
            }
        )

    def _history_text(self, record):
        """:param record: ``xero_api.HistoryRecord``"""
        moment = self._naive_utc(record.at)
        when = moment and format_datetime(self.env, moment, dt_format="short")
        what = ": ".join(filter(None, [record.changes, record.details]))
        return ", ".join(filter(None, [record.user, when, what]))


class XeroIssue(models.Model):
    """The question who it was, where the issue is a person's change."""

    _inherit = "xero.issue"

    changed_by = fields.Text("Who changed it", compute="_compute_changed_by")

    def _compute_changed_by(self):
        for issue in self:
            told = issue.document_ids.filtered("changed_by").mapped("changed_by")
            issue.changed_by = "\n".join(told) or False

    def action_ask_who(self):
        """Button "Who changed it?"."""
        self.check_access("read")
        return self.document_ids.action_ask_who()


class XeroConnection(models.Model):
    """Reads the history that a person asked for."""

    _inherit = "xero.connection"

    def _history_rows(self, limit):
        return self.env["xero.document"].search(
            [("connection_id", "=", self.id), ("history_due", "=", True)], limit=limit
        )

    # EXTENDS 'xero.connection'
    def _has_due_rows(self, besides_tasks=False):
        due = super()._has_due_rows(besides_tasks)
        return due or bool(self._is_open() and self._history_rows(1))

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._read_histories()

    def _read_histories(self):
        """:return: number of documents whose history was read"""
        rows = self._history_rows(MOST) if self._is_open() else ()
        for row in rows:
            with self._client() as client:
                records = self._history_of(client, row)
                self._note_budget(client)
            row._note_history(records)
            self._commit()
        return len(rows)

    def _history_of(self, client, row):
        try:
            xero_id = row.xero_id or row.left_as["xero_id"]
            return client.history(row._xero_endpoint(), xero_id)
        except (xero_api.NotFound, xero_api.ScopeMissing):
            return []
