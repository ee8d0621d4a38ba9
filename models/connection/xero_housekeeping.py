from odoo import api, fields, models


class XeroConnection(models.Model):
    """How long finished rows are kept."""

    _inherit = "xero.connection"

    retention_days = fields.Integer(
        "Keep finished records for",
        default=90,
        required=True,
        help="Days after which requests with their bodies, solved issues, finished"
        " imports and the rows of deleted documents are removed. Links stay.",
    )

    _retention_days_check = models.Constraint(
        "CHECK (retention_days BETWEEN 7 AND 3650)",
        "Finished records are kept for at least 7 and at most 3,650 days.",
    )

    def _retained_since(self):
        """What was finished before this moment may go."""
        days = self.retention_days
        return fields.Datetime.subtract(fields.Datetime.now(), days=days)


class XeroDocument(models.Model):
    """A row goes with its Odoo record, but never before it.

    Without the row Odoo would not know the document in Xero, and make another one.
    """

    _name = "xero.document"
    _inherit = ["xero.document", "xero.retention.mixin"]

    _deleted_idx = models.Index(
        "(connection_id, id) WHERE sale_order_id IS NULL"
        " AND purchase_order_id IS NULL AND move_id IS NULL"
    )

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """Deleted in Odoo, and nothing is left of it in Xero."""
        in_xero = [("xero_id", "!=", False)]
        return [
            ("sale_order_id", "=", False),
            ("purchase_order_id", "=", False),
            ("move_id", "=", False),
            ("state", "in", ("synced", "skipped")),
            ("xero_id", "=", False),
            ("left_xero_id", "=", False),
            ("given_allocation_ids", "not any", in_xero),
            ("taken_allocation_ids", "not any", in_xero),
        ]
