from odoo import api, models


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
