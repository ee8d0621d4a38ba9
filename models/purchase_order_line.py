from odoo import api, models

WATCHED_FIELDS = frozenset(
    [
        "name",
        "product_id",
        "product_qty",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "analytic_distribution",
        "sequence",
        "display_type",
        "date_planned",
    ]
)


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    # EXTENDS 'purchase'
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.order_id._xero_request(new=False)
        return lines

    # EXTENDS 'purchase'
    def write(self, vals):
        result = super().write(vals)
        if WATCHED_FIELDS.intersection(vals):
            self.order_id._xero_request(new=False)
        return result

    # EXTENDS 'purchase'
    def unlink(self):
        orders = self.order_id
        result = super().unlink()
        orders._xero_request(new=False)
        return result
