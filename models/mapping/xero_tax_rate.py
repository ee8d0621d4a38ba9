from odoo import api, fields, models

# What issues are about that a changed rate can cure
CURED_KINDS = ("tax", "taxes", "zero_sale_tax_rate_id", "zero_purchase_tax_rate_id")


class XeroTaxRate(models.Model):
    """A tax rate of the Xero organisation."""

    _name = "xero.tax.rate"
    _inherit = ["xero.choice"]
    _description = "Xero tax rate"

    tax_type = fields.Char(readonly=True, help="Xero's code of the rate")
    effective_rate = fields.Float("Rate (%)", digits=(16, 4), readonly=True)
    for_sales = fields.Boolean("Usable on sales", readonly=True)
    for_purchases = fields.Boolean("Usable on purchases", readonly=True)

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.depends("name", "tax_type")
    def _compute_display_name(self):
        for rate in self:
            rate.display_name = f"{rate.name} ({rate.tax_type})"

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if {"effective_rate", "active"}.intersection(vals):
            self.env["xero.issue"]._solve_kinds(*CURED_KINDS)
        return result

    @api.model
    def _values(self, rate):
        """:param rate: ``xero_api.TaxRate``"""
        return {
            "name": rate.name or rate.tax_type,
            "tax_type": rate.tax_type,
            "effective_rate": float(rate.effective_rate or 0),
            "active": rate.status == "ACTIVE",
            "for_sales": rate.can_apply_to_revenue,
            "for_purchases": rate.can_apply_to_expenses,
        }
