from odoo import api, fields, models


class AccountAccount(models.Model):
    _inherit = "account.account"

    xero_account_id = fields.Many2one(
        "xero.account",
        "Xero account",
        company_dependent=True,
        copy=False,
        domain=lambda self: self._xero_account_domain(),
        help="Lines booked on this account in Odoo go to that account in Xero.",
    )

    # EXTENDS 'account'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("xero_account_id"):
            for kind in (
                "default_sale_account_id",
                "default_purchase_account_id",
                "refused:account",
            ):
                self.env["xero.issue"]._solve_kind(kind)
        return result

    @api.model
    def _xero_account_domain(self):
        """Accounts of the organisation that keeps the current company's books."""
        # sudo: which connection it is, is no secret
        connection = self.env.company.sudo()._xero_connection()
        return [("connection_id", "=", connection.id), ("for_documents", "=", True)]
