from odoo import api, models

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
    ]
)


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    # EXTENDS 'account'
    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.move_id._xero_documents()._xero_request(new=False)
        return lines

    # EXTENDS 'account'
    def write(self, vals):
        result = super().write(vals)
        if WATCHED_FIELDS.intersection(vals):
            self.move_id._xero_documents()._xero_request(new=False)
        return result

    # EXTENDS 'account'
    def unlink(self):
        self.move_id._xero_documents()._xero_request(new=False)
        return super().unlink()
