from collections import defaultdict

from odoo import models
from odoo.tools import float_is_zero

# What an invoiced unit means for what is left of the order line
SIGNS = {"out_invoice": 1, "out_receipt": 1, "out_refund": -1}


class SaleOrder(models.Model):
    """What is left of an order when some of it is invoiced in Xero.

    Counted by what Xero holds, not by what Odoo has invoiced: the draft shrinks when
    the invoice is there, so that both together are the order.
    """

    _inherit = "sale.order"

    def _xero_invoices_in_xero(self):
        """The rows of this order's invoices and credit notes that Xero holds.

        What an organisation holds that was connected earlier, does not count.
        """
        self.ensure_one()
        # sudo: rows decide what is sent, whoever's change it is
        rows = self.sudo().order_line.invoice_lines.move_id.xero_document_ids
        return rows.filtered(
            lambda row: (
                row.connection_id.active and not row._is_gone() and not row.took_over
            )
        )

    def _xero_is_sent_in_part(self, connection):
        """Whether the order's draft is only what its invoices leave of the order."""
        leaves = connection.partial_invoicing == "leave"
        return not leaves and bool(self._xero_invoices_in_xero())

    def _xero_remaining_quantities(self, move=None):
        """What is left of each line, in its own unit; nothing of what is done.

        A down payment is invoiced before anything is delivered, and is taken off the
        rest.

        :param move: an invoice that counts as if it were in Xero already
        :return: dict of ``sale.order.line`` → quantity, never zero
        """
        invoiced = self._xero_invoiced_quantities(move)
        precision = self.env["decimal.precision"].precision_get("Product Unit")
        remaining = {}
        for line in self.order_line.filtered(lambda line: not line.display_type):
            left = line.product_uom_qty - invoiced[str(line.id)]
            if not line.is_downpayment and left * line.product_uom_qty <= 0:
                continue  # done, or more was invoiced than ordered
            if not float_is_zero(left, precision):
                remaining[line] = left
        return remaining

    def _xero_invoiced_quantities(self, move=None):
        """What Xero's invoices take of order lines, less what credit notes give back.

        :param move: see :meth:`_xero_remaining_quantities`
        :return: dict of id of the order line, as text → quantity in the line's unit
        """
        rows = self._xero_invoices_in_xero()
        if move:
            rows = rows.filtered(lambda row: row.move_id != move)
        taken = [row.order_quantities or {} for row in rows]
        invoiced = defaultdict(float)
        for quantities in [*taken, move._xero_order_quantities() if move else {}]:
            for line_id, quantity in quantities.items():
                invoiced[line_id] += quantity
        return invoiced

    def _xero_remaining_amounts(self):
        """:return: as ``_xero_amounts``, of what is left of the order"""
        tax_engine = self.env["account.tax"]
        base_lines = [
            line._prepare_base_line_for_taxes_computation(quantity=quantity)
            for line, quantity in self._xero_remaining_quantities().items()
        ]
        tax_engine._add_tax_details_in_base_lines(base_lines, self.company_id)
        tax_engine._round_base_lines_tax_details(base_lines, self.company_id)
        totals = tax_engine._get_tax_totals_summary(
            base_lines=base_lines, currency=self.currency_id, company=self.company_id
        )
        return {
            "odoo_total": totals["total_amount_currency"],
            "odoo_tax": totals["tax_amount_currency"],
            "currency_id": self.currency_id.id,
        }

    def _xero_is_fully_invoiced(self):
        """Whether Odoo has invoiced everything, and every invoice is posted."""
        drafts = self.invoice_ids.filtered(lambda move: move.state == "draft")
        return self.invoice_status == "invoiced" and not drafts

    def _xero_is_invoiced_enough(self, connection):
        """Whether no draft of the order should be in Xero beside its invoices."""
        if not self._xero_invoices_in_xero():
            return False
        if connection.partial_invoicing == "delete":
            return True
        # A draft of the whole order may stay beside its invoices, but none is made
        if connection.partial_invoicing == "leave" and not self._xero_has_draft():
            return True
        # Xero takes no draft of nothing, nor below zero: what was given too much
        # in the parts comes off with Odoo's last invoice
        return not any(map(_has_price, self._xero_remaining_quantities())) or (
            self.currency_id.compare_amounts(
                self._xero_remaining_amounts()["odoo_total"], 0
            )
            < 0
        )

    def _xero_has_draft(self):
        """Whether Xero holds a draft for this order."""
        rows = self.sudo().xero_document_ids  # sudo: rows decide what is sent
        rows = rows.filtered(lambda row: row.connection_id.active)
        return any(row.kind == "sale_order" and not row._is_gone() for row in rows)

    def _xero_ends_with(self, move):
        """Whether nothing is left of the order once this invoice is in Xero too."""
        return not self._xero_remaining_quantities(move)

    def _xero_is_whole_in(self, move):
        """Whether this invoice alone is the whole order."""
        return not self._xero_invoices_in_xero() and self._xero_ends_with(move)


class AccountMove(models.Model):
    _inherit = "account.move"

    def _xero_order_quantities(self):
        """What this invoice takes of order lines, or this credit note gives back.

        Not rounded, so that parts in another unit leave exactly the rest of the price.

        :return: dict of id of the order line, as text → quantity in the line's unit
        """
        quantities = defaultdict(float)
        for line in self.invoice_line_ids:
            for order_line in line.sale_line_ids:
                unit = order_line.product_uom_id or line.product_uom_id
                quantity = line.product_uom_id._compute_quantity(
                    line.quantity, unit, round=False
                )
                quantities[str(order_line.id)] += SIGNS[self.move_type] * quantity
        return quantities


def _has_price(order_line):
    return bool(order_line.price_unit and order_line.discount != 100)
