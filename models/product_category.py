from odoo import models


class ProductCategory(models.Model):
    _name = "product.category"
    _inherit = ["xero.override.mixin", "product.category"]
