from odoo import models


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["product.category", "xero.override.mixin"]

    # EXTENDS 'product'
    def write(self, vals):
        records = self._xero_write_overrides(vals)
        result = super(ProductCategory, records).write(vals)
        self._xero_solve_overridden(vals)
        return result
