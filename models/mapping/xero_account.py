from odoo import api, fields, models

# What issues are about that an account restored in Xero can cure
CURED_KINDS = ("account", "default_sale_account_id", "default_purchase_account_id")


class XeroAccount(models.Model):
    """An account of Xero's chart."""

    _name = "xero.account"
    _inherit = ["xero.choice"]
    _description = "Xero account"
    _order = "code, id"
    _rec_names_search = ["code", "name"]

    code = fields.Char(readonly=True)
    account_type = fields.Char(readonly=True)
    account_class = fields.Char(readonly=True)
    for_documents = fields.Boolean("Usable on documents", readonly=True)
    tax_type = fields.Char("Usual tax", readonly=True, help="Xero's code of the rate")

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.depends("code", "name")
    def _compute_display_name(self):
        for account in self:
            account.display_name = f"{account.code or '–'} {account.name}"

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("active"):
            self.env["xero.issue"]._solve_kinds(*CURED_KINDS)
        return result

    @api.model
    def _values(self, account):
        """:param account: ``xero_api.Account``"""
        return {
            "name": account.name or account.code or account.account_id,
            "code": account.code,
            "account_type": account.type,
            "account_class": account.account_class,
            "active": account.status == "ACTIVE",
            "tax_type": account.tax_type,
            "for_documents": bool(account.code)
            and account.type != "BANK"
            and not account.system_account,
        }
