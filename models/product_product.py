from odoo import fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    xero_item_id = fields.Many2one(
        "xero.item",
        "Xero item",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        domain="[('xero_id', '!=', False)]",
        help="Lines with this product carry the item's code. Many products may share"
        " one item.",
    )

    # EXTENDS 'product'
    def write(self, vals):
        result = super().write(vals)
        if "default_code" in vals:
            self.env["xero.item"]._retry_failed("product_id", self)
        return result
