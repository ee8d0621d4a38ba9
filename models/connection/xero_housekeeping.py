from odoo import fields, models


class XeroConnection(models.Model):
    """How long finished rows are kept."""

    _inherit = "xero.connection"

    retention_days = fields.Integer(
        "Keep finished records for",
        default=90,
        required=True,
        help="Days after which requests with their bodies, solved issues, finished"
        " imports and comparisons, and the rows of deleted documents are removed."
        " Links stay.",
    )

    _retention_days_check = models.Constraint(
        "CHECK (retention_days BETWEEN 7 AND 3650)",
        "Finished records are kept for at least 7 and at most 3,650 days.",
    )

    def _retained_since(self):
        """What was finished before this moment may go."""
        days = self.retention_days
        return fields.Datetime.subtract(fields.Datetime.now(), days=days)
