from odoo import models

from .mapping.xero_mapping_mixin import with_mapping_rights
from .mapping.xero_override_mixin import OVERRIDES


class ProductTemplate(models.Model):
    _name = "product.template"
    _inherit = ["xero.override.mixin", "product.template"]


class ProductProduct(models.Model):
    """Its accounts are its template's."""

    _inherit = "product.product"

    # EXTENDS 'product'
    def write(self, vals):
        records = with_mapping_rights(self, vals, OVERRIDES)
        return super(ProductProduct, records).write(vals)
