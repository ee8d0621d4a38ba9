from odoo.fields import Command

from .left_case import LeftMixin
from .neighbours_case import NeighboursCase


class TestWhatIsLeftOfDeliveries(LeftMixin, NeighboursCase):
    """The draft in Xero is what Odoo would still invoice, once goods have moved."""

    def assert_nothing_left(self, order):
        self.assertEqual(self.draft_total(order), 0)
        self.assertEqual(order.invoice_status, "invoiced")
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "INVOICED")

    # === DELIVERED SHORT === #

    def test_delivered_short_and_closed_leaves_nothing_once_it_is_invoiced(self):
        order = self.delivered_order(price=80.0)
        self.transfer(order, 8, backorder=False)
        self.assertEqual(self.invoice_of(order).amount_total, 704)
        self.assert_nothing_left(order)

    def test_delivered_short_and_closed_is_a_draft_of_what_was_delivered(self):
        order = self.delivered_order(price=80.0)
        self.assertEqual(self.draft_total(order), 880)
        self.transfer(order, 8, backorder=False)
        self.assertEqual(self.draft_total(order), 704)
        self.invoice_of(order, 5)
        self.assertEqual(self.draft_total(order), 264)

    def test_delivered_short_with_a_backorder_keeps_a_draft_of_the_rest(self):
        order = self.delivered_order(price=80.0)
        self.transfer(order, 8)
        self.invoice_of(order)
        self.assertEqual(self.draft_total(order), 176)

    def test_backorder_cancelled_before_anything_is_invoiced_is_noticed(self):
        order = self.delivered_order(price=80.0)
        self.transfer(order, 8)
        self.assertEqual(self.draft_total(order), 880)
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.assertEqual(self.draft_total(order), 704)

    def test_backorder_cancelled_after_the_invoice_is_noticed(self):
        order = self.delivered_order(price=80.0)
        self.transfer(order, 8)
        self.invoice_of(order)
        self.assertEqual(self.draft_total(order), 176)
        order.picking_ids.filtered(lambda each: each.state != "done").action_cancel()
        self.assert_nothing_left(order)

    def test_more_delivered_than_ordered_is_noticed(self):
        order = self.delivered_order(price=80.0)
        self.assertEqual(self.draft_total(order), 880)
        self.transfer(order, 12)
        self.assertEqual(self.draft_total(order), 1056)

    # === RETURNED === #

    def test_returned_and_credited_whole_leaves_nothing(self):
        order = self.delivered_order(price=80.0)
        picking = self.transfer(order, 10)
        invoice = self.invoice_of(order)
        self.take_back(picking, 10)
        self.credit(invoice)
        self.assert_nothing_left(order)
        self.assertEqual(self.invoiced_total(), 0)

    def test_returned_and_credited_in_part_leaves_nothing(self):
        order = self.delivered_order(price=80.0)
        picking = self.transfer(order, 10)
        invoice = self.invoice_of(order)
        self.take_back(picking, 3)
        self.assertEqual(self.draft_total(order), 0)
        self.credit(invoice, 3)
        self.assert_nothing_left(order)
        self.assertEqual(self.invoiced_total(), 616)

    def test_returned_before_it_is_invoiced_leaves_what_the_customer_keeps(self):
        order = self.delivered_order(price=80.0)
        picking = self.transfer(order, 10)
        self.take_back(picking, 3)
        self.assertEqual(self.draft_total(order), 616)

    def test_goodwill_credit_for_what_was_delivered_short_makes_no_draft(self):
        order = self.delivered_order(price=80.0)
        self.transfer(order, 8, backorder=False)
        credit_note = self.invoice_of(order)._reverse_moves()
        credit_note.invoice_line_ids.price_unit = 5
        credit_note.action_post()
        self.assertEqual(self.draft_total(order), 0)

    # === OTHER APPLICATIONS === #

    def test_reward_invoiced_alone_leaves_what_is_to_be_delivered(self):
        order = self.delivered_order(price=80.0)
        reward = self.reward_line(order, -50.0)
        self.assertEqual(self.draft_total(order), 825)
        invoice = order._create_invoices(final=True)
        self.assertEqual(invoice.invoice_line_ids.sale_line_ids, reward)
        invoice.action_post()
        self.assertEqual(self.draft_total(order), 880)

    def test_order_settled_at_the_till_leaves_no_draft(self):
        order = self.delivered_order(price=80.0)
        self.assertEqual(self.draft_total(order), 880)
        self.settle_at_the_till(order, 10)
        self.assertEqual(order.order_line.qty_invoiced, 10)
        self.assertEqual(self.draft_total(order), 0)

    def test_order_settled_in_part_at_the_till_leaves_the_rest(self):
        order = self.delivered_order(price=80.0)
        self.settle_at_the_till(order, 4)
        self.assertEqual(self.draft_total(order), 528)

    def test_kit_delivered_in_part_is_a_draft_of_the_whole_order(self):
        order = self.delivered_order(product=self.kit(), price=80.0, quantity=4.0)
        self.assertEqual(self.draft_total(order), 352)
        picking = order.picking_ids
        for move in picking.move_ids:
            move.write({"quantity": move.product_uom_qty / 2, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.end_click()
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.invoice_of(order)
        self.assertEqual(self.draft_total(order), 176)

    def test_free_delivery_and_goods_are_one_draft(self):
        order = self.delivered_order(price=80.0)
        order.order_line = [
            Command.create(
                {
                    "product_id": self.carrier.product_id.id,
                    "price_unit": 15.0,
                    "tax_ids": self.gst.ids,
                    "is_delivery": True,
                }
            )
        ]
        self.end_click()
        self.assertEqual(self.draft_total(order), 896.5)
        self.transfer(order, 4)
        self.invoice_of(order)
        self.assertEqual(self.draft_total(order), 528)
