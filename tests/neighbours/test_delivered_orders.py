from .neighbours_case import NeighboursCase


class TestDeliveredOrders(NeighboursCase):
    """Orders whose quantities are those of deliveries."""

    def draft_total(self, order):
        """What the order's draft in Xero comes to, after what is due was sent."""
        self.run_job(self.connection)
        found = [
            invoice["Total"]
            for invoice in self.xero_invoices()
            if invoice["Status"] == "DRAFT" and invoice.get("Reference") == order.name
        ]
        self.assertLessEqual(len(found), 1)
        return sum(found)

    def test_an_order_that_is_not_delivered_is_a_draft_of_all_that_was_ordered(self):
        order = self.delivered_order()
        self.assertEqual(self.draft_total(order), 220.0)

    def test_what_was_delivered_and_invoiced_leaves_the_draft(self):
        order = self.delivered_order()
        self.transfer(order, 4)
        self.invoice_of(order)
        self.assertEqual(self.draft_total(order), 132.0)

    def test_a_return_of_what_was_invoiced_makes_no_new_draft(self):
        order = self.delivered_order()
        picking = self.transfer(order, 10)
        self.invoice_of(order)
        self.take_back(picking, 3)
        self.assertEqual(order.order_line.qty_delivered, 7)
        self.assertEqual(self.draft_total(order), 0.0)
