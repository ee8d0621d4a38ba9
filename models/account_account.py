from odoo import fields, models


class AccountAccount(models.Model):
    _inherit = "account.account"

    xero_account_id = fields.Many2one(
        "xero.account",
        "Xero account",
        company_dependent=True,
        copy=False,
        domain="[('for_sales', '=', True)]",
        help="Lines booked on this account in Odoo go to that account in Xero.",
    )
