from collections import defaultdict

from odoo import models

from .. import mappers


class SaleOrder(models.Model):
    """What is left of an order: the draft in Xero is what Odoo would still invoice.

    One rule: of each line all that Odoo will invoice
    (:meth:`SaleOrderLine._xero_quantity_in_all`), less what Xero's invoices hold of it.
    By what Xero holds, not by what Odoo has invoiced: the draft shrinks when the
    invoice is there, so that both together are the order.
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

    def _xero_remaining_quantities(self, connection, move=None):
        """What is left of each line, below zero where too much is invoiced.

        A down payment is invoiced before anything is delivered, and is taken off the
        rest.

        :param connection: ``xero.connection`` whose settings count
        :param move: an invoice that counts as if it were in Xero already
        :return: dict of ``sale.order.line`` → quantity in the line's unit, or of a
            down payment its price; never zero
        """
        invoiced = self._xero_invoiced_quantities(connection, move)
        remaining = {}
        for line in self._get_priced_lines():
            left = line._xero_quantity_in_all() - invoiced[str(line.id)]
            if not line._xero_is_nothing(left):
                remaining[line] = left
        return remaining

    def _xero_invoiced_quantities(self, connection, move=None):
        """What Xero's invoices take of order lines, less what credit notes give back.

        :param connection, move: see :meth:`_xero_remaining_quantities`
        :return: as of ``account.move``'s ``_xero_order_quantities``
        """
        rows = self._xero_invoices_in_xero()
        if move:
            rows = rows.filtered(lambda row: row.move_id != move)
        taken = [row.order_quantities or {} for row in rows]
        if move:
            taken.append(move._xero_order_quantities(connection))
        invoiced = defaultdict(float)
        for quantities in taken:
            for line_id, quantity in quantities.items():
                invoiced[line_id] += quantity
        return invoiced

    def _xero_is_untouched(self):
        """Whether it is whole as a glance at its lines shows, as when it is confirmed.

        What is invoiced, given back or closed takes more than that: see
        :meth:`_xero_remaining_quantities`, which hundreds of orders confirmed at once
        do without.
        """
        return not any(
            line.invoice_lines
            or line.qty_invoiced
            or line.invoice_status == "invoiced"
            or line.qty_to_invoice not in (0, line.product_uom_qty)
            for line in self.order_line
            if not line.display_type
        )

    def _xero_is_whole(self, remaining):
        """Whether nothing of the order is invoiced, nor closed undelivered.

        :param remaining: of :meth:`_xero_remaining_quantities`
        """
        lines = self._get_priced_lines()
        ordered = {line: line.product_uom_qty for line in lines if line.product_uom_qty}
        return remaining == ordered

    def _xero_quantities_sent(self, connection):
        """What the order's draft holds of each line, None when that is the whole order.

        :param connection: ``xero.connection`` whose settings count
        """
        if connection.partial_invoicing == "leave" or self._xero_is_untouched():
            return None
        remaining = self._xero_remaining_quantities(connection)
        return None if self._xero_is_whole(remaining) else remaining

    def _xero_is_fully_invoiced(self):
        """Whether Odoo has invoiced everything, and every invoice is posted."""
        drafts = self.invoice_ids.filtered(lambda move: move.state == "draft")
        return self.invoice_status == "invoiced" and not drafts

    def _xero_is_invoiced_enough(self, connection):
        """Whether no draft of the order should be in Xero beside its invoices."""
        if self._xero_is_untouched():
            return False
        if self._xero_invoices_in_xero():
            if connection.partial_invoicing == "delete":
                return True
            # A draft of the whole order may stay beside its invoices, none is made
            if connection.partial_invoicing == "leave" and not self._xero_has_draft():
                return True
        return self._xero_ends_with(connection)

    def _xero_has_draft(self):
        """Whether Xero holds a draft for this order."""
        rows = self.sudo().xero_document_ids  # sudo: rows decide what is sent
        rows = rows.filtered(lambda row: row.connection_id.active)
        return any(row.kind == "sale_order" and not row._is_gone() for row in rows)

    def _xero_ends_with(self, connection, move=None):
        """Whether nothing is left of the order for which Xero takes a draft.

        It takes none of nothing, nor below zero: what was given too much in the parts
        comes off with Odoo's last invoice. What is wrong with the whole order is said
        when that is sent.

        :param connection, move: see :meth:`_xero_remaining_quantities`
        """
        remaining = self._xero_remaining_quantities(connection, move)
        if self._xero_is_whole(remaining):
            return False
        if not any(line._xero_has_price() for line in remaining):
            return True
        total = mappers.order_amounts(self, remaining)["odoo_total"]
        return self.currency_id.compare_amounts(total, 0) <= 0

    def _xero_is_whole_in(self, connection, move):
        """Whether this invoice alone is the whole order."""
        alone = not self._xero_invoices_in_xero()
        return alone and self._xero_ends_with(connection, move)
