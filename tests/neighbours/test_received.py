from odoo.fields import Command

from .neighbours_case import NeighboursCase


class TestReceived(NeighboursCase):
    """A purchase is billed in Xero once posted bills hold all that will ever come."""

    def received_order(self, quantity=10, product=None):
        """An approved purchase of what is billed as it is received."""
        return self.approved_purchase(
            order_line=[
                Command.create(
                    {
                        "product_id": (product or self.delivered_product).id,
                        "product_qty": quantity,
                        "price_unit": 80,
                        "tax_ids": self.purchase_gst.ids,
                    }
                )
            ]
        )

    def bill(self, order):
        """Post a bill of what was received."""
        order.action_create_invoice()
        bill = order.invoice_ids.sorted("id")[-1]
        bill.invoice_date = "2026-03-02"
        bill.action_post()
        self.end_click()
        return bill

    def status_of(self, order):
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        return self.xero_document_of(order)["Status"]

    def test_received_short_and_closed_it_is_billed_with_what_came(self):
        order = self.received_order()
        self.transfer(order, 8, backorder=False)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        bill = self.bill(order)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(self.xero_document_of(bill)["Total"], 704)

    def test_received_short_with_a_backorder_it_is_billed_with_the_rest(self):
        order = self.received_order()
        self.transfer(order, 8)
        self.bill(order)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        self.transfer(order, 2)
        self.bill(order)
        self.assertEqual(self.status_of(order), "BILLED")

    def test_a_backorder_cancelled_after_the_bill_makes_it_billed(self):
        order = self.received_order()
        self.transfer(order, 8)
        self.bill(order)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.end_click()
        self.assertEqual(self.status_of(order), "BILLED")

    def test_received_with_lots_it_is_billed_as_any_other(self):
        tracked = self.env["product.product"].create(
            {
                "name": "Varnish",
                "is_storable": True,
                "tracking": "lot",
                "purchase_method": "receive",
            }
        )
        order = self.received_order(product=tracked)
        (move,) = order.picking_ids.move_ids
        move.move_line_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "product_id": tracked.id,
                        "lot_name": name,
                        "quantity": quantity,
                    }
                )
                for name, quantity in (("A-1", 6), ("A-2", 4))
            ),
        ]
        move.picked = True
        order.picking_ids.button_validate()
        self.end_click()
        self.assertEqual(order.order_line.qty_received, 10)
        bill = self.bill(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(self.xero_document_of(bill)["Total"], 880)

    def test_goods_sent_back_and_refunded_leave_it_billed(self):
        order = self.received_order()
        picking = self.transfer(order, 10)
        self.bill(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.take_back(picking, 3)
        refund = self.bill(order)
        self.assertEqual(refund.move_type, "in_refund")
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(self.xero_document_of(refund)["Total"], 264)
