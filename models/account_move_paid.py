from odoo import api, fields, models
from odoo.fields import Domain


class AccountMove(models.Model):
    """Whether an invoice is paid in Xero: its one document there tells."""

    _inherit = "account.move"

    # Odoo groups by what leads to a column, and not by what is computed otherwise
    xero_document_payment_state = fields.Selection(
        related="xero_document_id.payment_state",
        string="Payment of its document in Xero",
        groups="xero_sync.xero_sync_group_user",
    )

    # EXTENDS 'xero.document.mixin'
    @api.model
    def _search_xero_payment_state(self, operator, values):
        """Its own document counts, of whatever kind."""
        return Domain("xero_document_payment_state", operator, values)
