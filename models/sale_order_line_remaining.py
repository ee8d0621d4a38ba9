from odoo import models
from odoo.tools import float_is_zero, float_round


class SaleOrderLine(models.Model):
    """All that Odoo will invoice of a line, sooner or later."""

    _inherit = "sale.order.line"

    def _xero_quantity_in_all(self):
        """What Odoo will invoice of the line in all, with what it has invoiced.

        What is ordered; more, where Odoo would invoice more; and only what Odoo would
        invoice, once it expects no more deliveries. What is settled without an invoice,
        at a till, does not count.

        :return: quantity in the line's unit, or of a down payment its price: what an
            invoice for it takes is taken off again
        """
        elsewhere = self._xero_quantity_elsewhere()
        if self.is_downpayment:
            return -elsewhere * self.price_unit
        ordered = self.product_uom_qty
        billable = self._xero_rounded(self.qty_invoiced + self.qty_to_invoice)
        more = abs(billable) >= abs(ordered)
        in_all = billable if more or self._xero_is_closed() else ordered
        return self._xero_rounded(in_all - elsewhere)

    def _xero_quantity_elsewhere(self):
        """What Odoo counts as invoiced without an invoice, in the line's unit."""
        invoiced = self.qty_invoiced
        for line in self.invoice_lines:
            move = line.move_id
            counts = move.move_type in ("out_invoice", "out_refund")
            if counts and move.state != "cancel":
                unit = line.product_uom_id
                quantity = unit._compute_quantity(line.quantity, self.product_uom_id)
                # The sign is below zero for what a customer owes
                invoiced += move.direction_sign * quantity
        return self._xero_rounded(invoiced)

    def _xero_is_closed(self):
        """Whether Odoo expects no more deliveries of a line that is not delivered.

        Odoo says so only once all that was delivered is invoiced: before that, it is
        asked what it would say then.
        """
        if self.product_uom_qty <= 0:
            return False  # Odoo calls a line below zero invoiced from the start
        line = self
        if not self._xero_is_nothing(self.qty_to_invoice):
            line = self.new(origin=self)
            line.qty_invoiced += line.qty_to_invoice
            line.qty_to_invoice = 0
            line._compute_invoice_status()
        return line.invoice_status == "invoiced"

    def _xero_may_be_closed(self):
        """Whether some, but not all of it is delivered, and not yet invoiced."""
        delivered, ordered = abs(self.qty_delivered), abs(self.product_uom_qty)
        return self.invoice_status == "to invoice" and 0 < delivered < ordered

    def _xero_has_price(self):
        return bool(self.price_unit and self.discount != 100)

    def _xero_is_nothing(self, quantity):
        return float_is_zero(quantity, self._xero_precision())

    def _xero_rounded(self, quantity):
        return float_round(quantity, self._xero_precision())

    def _xero_precision(self):
        return self.env["decimal.precision"].precision_get("Product Unit")
