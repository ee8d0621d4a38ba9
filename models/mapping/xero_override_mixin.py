from odoo import api, fields, models

from .xero_mapping_mixin import ACCOUNTANT, with_mapping_rights

OVERRIDES = ("xero_sale_account_id", "xero_purchase_account_id")


class XeroOverrideMixin(models.AbstractModel):
    """A product, or a category of them, with Xero accounts of its own.

    They serve lines whose Odoo account is not mapped: see ``mappers/mapping.py``. A
    model names this before itself, so that its rights are asked for before Odoo's.
    """

    _name = "xero.override.mixin"
    _description = "Xero accounts of its own"

    xero_sale_account_id = fields.Many2one(
        "xero.account",
        "Xero sales account",
        company_dependent=True,
        groups=ACCOUNTANT,
        domain=lambda self: self.env["account.account"]._xero_account_domain(),
        help="For sales whose account in Odoo has no Xero account: instead of the"
        " default sales account, and of what the category says.",
    )
    xero_purchase_account_id = fields.Many2one(
        "xero.account",
        "Xero purchase account",
        company_dependent=True,
        groups=ACCOUNTANT,
        domain=lambda self: self.env["account.account"]._xero_account_domain(),
        help="For purchases whose account in Odoo has no Xero account: instead of the"
        " default purchase account, and of what the category says.",
    )

    @api.constrains(*OVERRIDES)
    def _check_xero_overrides(self):
        # sudo: which connection it is, is no secret
        connection = self.env.company.sudo()._xero_connection()
        for record in self:
            for name in OVERRIDES:
                connection._check_own(record[name])

    # EXTENDS 'base'
    def write(self, vals):
        records = with_mapping_rights(self, vals, OVERRIDES)
        result = super(XeroOverrideMixin, records).write(vals)
        # Let go what waited for an account, when one was chosen
        if any(vals.get(name) for name in OVERRIDES):
            self.env["xero.issue"]._solve_kinds("account", "refused:account")
        return result
