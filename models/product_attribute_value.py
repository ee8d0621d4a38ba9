from odoo import models


class ProductAttributeValue(models.Model):
    _inherit = "product.attribute.value"

    # EXTENDS 'product'
    def write(self, vals):
        """The items of variants are named by these."""
        result = super().write(vals)
        if "name" in vals:
            on_templates = self.env["product.template.attribute.value"].search(
                [("product_attribute_value_id", "in", self.ids)]
            )
            on_templates.ptav_product_variant_ids._xero_changed()
        return result
