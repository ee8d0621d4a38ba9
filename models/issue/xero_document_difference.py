from odoo import models

from ... import mappers


class XeroDocument(models.Model):
    """Amounts that differ are an issue like all else that a person has to decide."""

    _inherit = "xero.document"

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "mismatch":
            self._tell_difference()
        return result

    def _tell_difference(self):
        """Raise an issue for each of these."""
        for connection, rows in self.grouped("connection_id").items():
            problems = [row._problem_difference() for row in rows]
            self.env["xero.issue"]._raise_issues(connection, problems, rows)

    def _problem_difference(self):
        title = self.env._(
            "The amounts of %(record)s differ in Xero.", record=self.record_name
        )
        return mappers.Problem(
            key=f"mismatch:{self.id}",
            title=f"{title} {self._difference_text()}",
            remedy=self._difference_remedy(),
            record=self._record() or None,
        )
