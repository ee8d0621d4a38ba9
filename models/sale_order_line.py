from odoo import models

# Fields whose change goes out
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
    _name = "sale.order.line"
    _inherit = ["xero.document.line.mixin", "sale.order.line"]

    _xero_watched_fields = WATCHED_FIELDS
