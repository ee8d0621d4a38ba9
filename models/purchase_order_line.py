from odoo import models

# Fields whose change goes out
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
    _name = "purchase.order.line"
    _inherit = ["xero.document.line.mixin", "purchase.order.line"]

    _xero_watched_fields = WATCHED_FIELDS
