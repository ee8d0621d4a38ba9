from odoo import fields, models


class AccountMove(models.Model):
    """Whether an invoice is paid in Xero: its one document there tells."""

    _inherit = "account.move"

    # EXTENDS 'xero.document.mixin': lists are grouped by it, too
    xero_payment_state = fields.Selection(
        related="xero_document_id.payment_state",
        compute=None,
        search=None,
        compute_sudo=True,
    )
