from odoo import api, fields, models


class ProductProduct(models.Model):
    _inherit = "product.product"

    xero_item_id = fields.Many2one(
        "xero.item",
        "Xero item",
        company_dependent=True,
        copy=False,
        groups="xero_sync.xero_sync_group_user",
        domain=lambda self: self._xero_item_domain(),
        help="Lines with this product carry the item's code. Many products may share"
        " one item.",
    )

    @api.model
    def _xero_item_domain(self):
        """Items of the organisation that keeps the current company's books."""
        # sudo: which connection it is, is no secret
        connection = self.env.company.sudo()._xero_connection()
        return [("connection_id", "=", connection.id), ("xero_id", "!=", False)]

    # EXTENDS 'product'
    def write(self, vals):
        result = super().write(vals)
        if "default_code" in vals:
            self.env["xero.item"]._retry_failed("product_id", self)
        if "xero_item_id" in vals:
            self.env["xero.issue"]._solve_kind("refused:item_unknown")
        return result
