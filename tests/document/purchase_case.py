from odoo.fields import Command

from ..outbox_case import OutboxCase


class PurchaseCase(OutboxCase):
    """Purchase orders, and all the local Xero holds of them."""

    def setUp(self):
        super().setUp()
        # Linked, so that no contact is made on the way
        self.vendor.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "PowerDirect")]
        )
        # Two rates of Xero fit this tax, so none is proposed
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )

    def sent_purchase(self, **values):
        order = self.approved_purchase(**values)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        return order

    def held_for(self, order):
        """All of Xero's purchase orders for an order, in the order they were made."""
        return [
            each
            for each in self.xero.state()["PurchaseOrders"]
            if each.get("Reference") == order.name
        ]

    def bill_of(self, order, quantity=None, post=True):
        """Bill an order, or some units of its first line."""
        before = order.invoice_ids
        order.action_create_invoice()
        bill = order.invoice_ids - before
        bill.invoice_date = "2026-03-02"
        if quantity is not None:
            line = bill.invoice_line_ids.filtered("purchase_line_id")[:1]
            bill.invoice_line_ids = [Command.update(line.id, {"quantity": quantity})]
        if post:
            bill.action_post()
        return bill
