from odoo import models
from odoo.tools import SQL

from .xero_comparison import WORKING_STATES


class XeroConnection(models.Model):
    """The connection's job also compares, when nothing else is to be done."""

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._work_on(self._due_comparison(), end)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self):
        return super()._has_due_rows() or bool(
            self._is_open() and self._due_comparison()
        )

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
        self._tell_done()
        return 1

    def _tell_done(self):
        """Tell the person who started it, wherever in Odoo they are now."""
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
        """:return: those of these ids of rows whose Xero document was met"""
        self.env.cr.execute(
            SQL(
                "SELECT document_id FROM xero_comparison_seen_rel"
                " WHERE comparison_id = %s AND document_id = ANY(%s::int[])",
                self.id,
                [row_id for row_id in row_ids if row_id],
            )
        )
        return {row_id for (row_id,) in self.env.cr.fetchall()}

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
