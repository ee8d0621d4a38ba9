from odoo import models

# Fields whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "name",
        "product_id",
        "product_uom_qty",
        "qty_delivered",
        "product_uom_id",
        "price_unit",
        "discount",
        "tax_ids",
        "analytic_distribution",
        "sequence",
        "display_type",
        "is_downpayment",
        "collapse_prices",
        "collapse_composition",
    ]
)
# What Odoo computes, by whatever moves goods or settles an order
COMPUTED_FIELDS = ("qty_delivered", "qty_invoiced", "invoice_status")


class SaleOrderLine(models.Model):
    _name = "sale.order.line"
    _inherit = ["xero.document.line.mixin", "sale.order.line"]

    _xero_watched_fields = WATCHED_FIELDS

    # EXTENDS 'base'
    def _compute_field_value(self, field):
        """A delivery, a return, a till: Odoo tells no hook of a write, but computes.

        A backorder that is cancelled changes no value of the line; so a line that is
        delivered in part, and not invoiced yet, is looked at in any case.
        """
        if field.name not in COMPUTED_FIELDS:
            return super()._compute_field_value(field)
        # Most often it is their order's change that has them computed
        if not self.env["xero.document"]._without_noted(self.order_id):
            return super()._compute_field_value(field)
        lines = self.filtered(lambda line: line.id and line.state == "sale")
        before = {line: line[field.name] for line in lines}
        result = super()._compute_field_value(field)
        changed = lines.filtered(lambda line: line[field.name] != before[line])
        if field.name == "invoice_status":
            changed |= lines.filtered(lambda line: line._xero_may_be_closed())
        orders = self.env["xero.document"]._without_noted(changed._xero_documents())
        orders._xero_request(new=False)
        return result
