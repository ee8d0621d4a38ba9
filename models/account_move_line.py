from odoo import models

# Fields whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "name",
        "product_id",
        "quantity",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "account_id",
        "deductible_amount",
        "analytic_distribution",
        "purchase_line_id",
        "sequence",
        "display_type",
        "collapse_prices",
        "collapse_composition",
    ]
)


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["xero.document.line.mixin", "account.move.line"]

    _xero_watched_fields = WATCHED_FIELDS
    _xero_document_field = "move_id"
