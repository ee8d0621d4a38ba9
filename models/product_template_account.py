from odoo import models


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["product.template", "xero.override.mixin"]

    # EXTENDS 'product'
    def write(self, vals):
        records = self._xero_write_overrides(vals)
        result = super(ProductTemplate, records).write(vals)
        self._xero_solve_overridden(vals)
        return result
