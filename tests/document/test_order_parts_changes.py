from odoo.fields import Command
from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestOrderPartsChanges(PartsCase):
    """The order, or one of its invoices, changes after the first part."""

    def setUp(self):
        super().setUp()
        self.order = self.sent_order(quantity=10.0)
        self.invoice = self.invoice_of(self.order, 4.0)
        self.run_job(self.connection)

    def drafts(self):
        return self.live_in_xero(status="DRAFT")

    # === THE ORDER === #

    def test_quantity_up(self):
        self.order.order_line.product_uom_qty = 15
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 11)

    def test_quantity_down(self):
        self.order.order_line.product_uom_qty = 7
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 3)

    def test_quantity_down_to_what_is_invoiced_deletes_the_draft(self):
        self.order.order_line.product_uom_qty = 4
        self.assert_sum_is(self.order)
        self.assertEqual(self.drafts(), [])

    def test_quantity_up_again_makes_a_new_draft(self):
        self.order.order_line.product_uom_qty = 4
        self.run_job(self.connection)
        self.order.order_line.product_uom_qty = 9
        self.assert_sum_is(self.order)
        self.assertEqual(len(self.drafts()), 1)

    def test_new_line(self):
        self.order.order_line = [
            Command.create({"product_id": self.product.id, "product_uom_qty": 3})
        ]
        self.assert_sum_is(self.order)
        quantities = [x.get("Quantity") for x in self.drafts()[0]["LineItems"][1:]]
        self.assertEqual(quantities, [6, 3])

    def test_line_removed(self):
        extra = Command.create({"product_id": self.product.id, "product_uom_qty": 3})
        self.order.order_line = [extra]
        self.run_job(self.connection)
        # Odoo lets no line of a confirmed order go, but its quantity may be zero
        self.order.order_line[1].product_uom_qty = 0
        self.assert_sum_is(self.order)
        self.assertEqual(len(self.drafts()[0]["LineItems"]), 2)

    def test_order_cancelled_deletes_the_draft_and_keeps_the_invoice(self):
        self.order._action_cancel()
        self.run_job(self.connection)
        (left,) = self.live_in_xero()
        self.assertEqual(left["InvoiceNumber"], self.invoice.name)
        self.assertEqual(left["Status"], "AUTHORISED")

    # === ITS INVOICES === #

    def test_cancelled_part_is_voided_and_the_draft_holds_all_again(self):
        self.invoice.button_cancel()
        self.assert_sum_is(self.order)
        (left,) = self.live_in_xero()
        self.assertEqual(left["Status"], "DRAFT")
        self.assertEqual(left["LineItems"][1]["Quantity"], 10)

    def test_cancelled_full_invoice_gives_the_order_a_draft_again(self):
        order = self.sent_order()
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertIsNone(self.draft_of(order))
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Status"], "DRAFT")
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_cancelled_then_invoiced_anew_is_the_order_once(self):
        self.invoice.button_cancel()
        self.run_job(self.connection)
        self.invoice_of(self.order)
        self.assert_sum_is(self.order)
        self.assertEqual(self.drafts(), [])

    def test_deleted_invoice_gives_the_order_its_draft_back(self):
        self.invoice.button_draft()
        self.invoice.with_context(force_delete=True).unlink()
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 10)

    def test_cancelled_invoice_of_two_orders_gives_both_a_draft_again(self):
        orders = self.sent_order(quantity=2.0) + self.sent_order(quantity=3.0)
        invoice = orders._create_invoices()
        invoice.action_post()
        self.run_job(self.connection)
        invoice.button_cancel()
        self.run_job(self.connection)
        for order in orders:
            self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_less_ordered_than_invoiced_is_refunded_to_the_order(self):
        self.order.order_line.product_uom_qty = 1
        refund = self.order._create_invoices(final=True)
        self.assertEqual(refund.move_type, "out_refund")
        refund.action_post()
        self.assert_sum_is(self.order)
        self.assertEqual(self.drafts(), [])

    def test_reset_to_draft_sends_nothing_and_posted_again_updates(self):
        self.xero.clear_calls()
        self.invoice.button_draft()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.invoice.invoice_line_ids.quantity = 6
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.invoice.action_post()
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 4)

    def test_reset_to_draft_before_it_was_sent_leaves_the_draft(self):
        order = self.sent_order(quantity=5.0)
        invoice = self.invoice_of(order)
        invoice.button_draft()
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_cancelled_before_it_was_sent_leaves_the_draft(self):
        order = self.sent_order(quantity=5.0)
        invoice = self.invoice_of(order)
        self.xero.clear_calls()
        invoice.button_draft()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(self.draft_of(order)["Status"], "DRAFT")

    def test_reset_to_draft_and_deleted_before_it_was_sent_leaves_the_draft(self):
        order = self.sent_order(quantity=5.0)
        invoice = self.invoice_of(order)
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    # === CREDIT NOTES === #

    def test_credit_note_on_a_part_makes_what_is_left_grow(self):
        self.credit(self.invoice)
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 10)

    def test_credit_note_on_a_part_in_part(self):
        self.credit(self.invoice, 1.0)
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 7)
        self.assertEqual(self.order.order_line.qty_to_invoice, 7)

    def test_new_invoice_after_a_credit_note(self):
        self.credit(self.invoice, 1.0)
        self.run_job(self.connection)
        self.invoice_of(self.order)
        self.assert_sum_is(self.order)
        self.assertEqual(self.drafts(), [])

    def test_credit_note_on_the_full_invoice_gives_a_draft_again(self):
        order = self.sent_order()
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.credit(invoice)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_credit_note_cancelled_shrinks_what_is_left(self):
        credit_note = self.credit(self.invoice)
        self.run_job(self.connection)
        credit_note.button_cancel()
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 6)

    def test_credit_note_not_sent_leaves_the_draft_as_it_is(self):
        self.connection.auto_credit_note = False
        self.credit(self.invoice)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 6)

    def test_invoice_and_its_credit_note_in_one_transaction(self):
        second = self.invoice_of(self.order, 2.0)
        self.credit(second)
        self.assert_sum_is(self.order)
        self.assertEqual(self.draft_of(self.order)["LineItems"][1]["Quantity"], 6)
