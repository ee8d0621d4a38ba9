from odoo import models
from odoo.tools import float_compare


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_order_quantities(self, connection):
        """What this invoice takes of order lines, or this credit note gives back.

        Not rounded, so that parts in another unit leave exactly the rest of the price.

        :param connection: ``xero.connection`` whose settings count
        :return: dict of id of the order line, as text → quantity in the line's unit,
            or of a down payment its price; below zero for what is given back
        """
        concedes = connection.price_credit == "conceded"
        quantities = {}
        for line in self.invoice_line_ids:
            for order_line in line.sale_line_ids:
                if concedes and line._xero_is_concession(order_line):
                    continue
                key = str(order_line.id)
                quantity = -self.direction_sign * line._xero_takes(order_line)
                quantities[key] = quantities.get(key, 0.0) + quantity
        return quantities


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    def _xero_takes(self, order_line):
        """:return: quantity in the order line's unit, or of a down payment its price"""
        if order_line.is_downpayment:
            return self.quantity * self.price_unit * (1 - self.discount / 100)
        unit = order_line.product_uom_id or self.product_uom_id
        return self.product_uom_id._compute_quantity(self.quantity, unit, round=False)

    def _xero_is_concession(self, order_line):
        """Whether it lowers a price, and gives no piece back.

        So it is with credit for pieces at a price below each at which they were
        invoiced.
        """
        if self.move_id.direction_sign < 0 or order_line.is_downpayment:
            return False
        prices = [
            line._xero_price_for(order_line)
            for line in order_line.invoice_lines
            if line.parent_state == "posted" and line.move_id.direction_sign < 0
        ]
        digits = self.env["decimal.precision"].precision_get("Product Price")
        own = self._xero_price_for(order_line)
        return bool(prices) and float_compare(own, min(prices), digits) < 0

    def _xero_price_for(self, order_line):
        """What one unit of the order line costs here, without its sign."""
        price = self.price_unit * (1 - self.discount / 100)
        unit = order_line.product_uom_id or self.product_uom_id
        return abs(self.product_uom_id._compute_price(price, unit))
