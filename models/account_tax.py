from odoo import api, fields, models

# Changes after which documents go that waited for the tax
CURING_FIELDS = frozenset(["xero_tax_rate_id", "amount", "amount_type"])


class AccountTax(models.Model):
    _inherit = "account.tax"

    xero_tax_rate_id = fields.Many2one(
        "xero.tax.rate",
        "Xero tax rate",
        copy=False,
        check_company=False,
        domain="[('company_id', 'parent_of', company_id),"
        " '|', ('for_sales', '=', type_tax_use == 'sale'),"
        " ('for_purchases', '=', type_tax_use == 'purchase')]",
        help="Lines with this tax carry that rate in Xero.",
    )
    xero_tax_rate_proposal_id = fields.Many2one(
        "xero.tax.rate", "Proposal", compute="_compute_xero_tax_rate_proposal_id"
    )

    @api.depends("amount", "amount_type", "type_tax_use", "name", "xero_tax_rate_id")
    def _compute_xero_tax_rate_proposal_id(self):
        for tax in self:
            # sudo: whoever reads the tax may read what is proposed for it
            connection = tax.company_id.sudo()._xero_connection()
            wanted = connection and not tax.xero_tax_rate_id
            tax.xero_tax_rate_proposal_id = (
                connection._propose_tax_rate(tax) if wanted else False
            )

    # EXTENDS 'account'
    def write(self, vals):
        result = super().write(vals)
        if CURING_FIELDS.intersection(vals):
            self.env["xero.issue"]._solve([f"tax:{tax_id}" for tax_id in self.ids])
            self.env["xero.issue"]._solve_kind("refused:tax")
        return result

    def action_xero_accept_proposal(self):
        """List action: map each tax to its proposed Xero rate, where there is one."""
        for tax in self:
            if tax.xero_tax_rate_proposal_id:
                tax.xero_tax_rate_id = tax.xero_tax_rate_proposal_id
        return True
