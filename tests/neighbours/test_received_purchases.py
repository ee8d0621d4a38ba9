from odoo.fields import Command

from .neighbours_case import NeighboursCase


class TestReceivedPurchases(NeighboursCase):
    """Purchase orders whose quantities are those of receipts."""

    def setUp(self):
        super().setUp()
        # Two rates of Xero fit this tax, so none is proposed
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )

    def ordered(self):
        """An approved order of ten, to be billed as they are received."""
        line = {
            "product_id": self.delivered_product.id,
            "product_qty": 10,
            "price_unit": 20.0,
            "tax_ids": self.purchase_gst.ids,
        }
        return self.approved_purchase(order_line=[Command.create(line)])

    def bill(self, order):
        before = order.invoice_ids
        order.action_create_invoice()
        bill = order.invoice_ids - before
        bill.invoice_date = "2026-03-02"
        bill.action_post()

    def status_of(self, order):
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        return self.xero_document_of(order)["Status"]

    def test_received_short_and_closed_it_is_billed(self):
        order = self.ordered()
        self.transfer(order, 8, backorder=False)
        self.bill(order)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.status_of(order), "BILLED")

    def test_closed_after_the_bill_it_is_billed_then(self):
        order = self.ordered()
        self.transfer(order, 8)
        self.bill(order)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.status_of(order), "AUTHORISED")
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.assertEqual(self.status_of(order), "BILLED")
