from odoo import api, models

WATCHED_FIELDS = frozenset(
    [
        "name",
        "product_id",
        "product_uom_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "analytic_distribution",
        "sequence",
        "display_type",
    ]
)


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    # EXTENDS 'sale'
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._xero_request(new=False)
        return lines

    # EXTENDS 'sale'
    def write(self, vals):
        result = super().write(vals)
        if WATCHED_FIELDS.intersection(vals):
            self.order_id._xero_request(new=False)
        return result

    # EXTENDS 'sale'
    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._xero_request(new=False)
        return result
