from odoo.fields import Command
from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestWhatIsLeft(PartsCase):
    """The draft in Xero is what Odoo would still invoice of the order."""

    def draft_total(self):
        """What the drafts in Xero come to, after what is due was sent."""
        self.run_job(self.connection)
        return sum(each["Total"] for each in self.live_in_xero(status="DRAFT"))

    def credit_at(self, invoice, price):
        """Post a credit note of all pieces of an invoice at another price."""
        credit_note = invoice._reverse_moves()
        credit_note.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        ).price_unit = price
        credit_note.action_post()
        return credit_note

    # === DOWN PAYMENTS === #

    def test_down_payment_credited_in_part_is_taken_off_as_far_as_it_is_left(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        deposit = self.down_payment(order, "percentage", amount=10)
        self.assertEqual(deposit.amount_total, 110)
        self.assertEqual(self.draft_total(), 990)
        self.assertEqual(self.credit_at(deposit, 20).amount_total, 22)
        self.assertEqual(self.draft_total(), 1012)
        self.assert_sum_is(order)

    def test_down_payment_credited_in_pieces_is_taken_off_as_far_as_it_is_left(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        deposit = self.down_payment(order, "percentage", amount=10)
        credit_note = deposit._reverse_moves()
        credit_note.invoice_line_ids.filtered("is_downpayment").quantity = 0.2
        credit_note.action_post()
        self.assertEqual(self.draft_total(), 1012)

    def test_down_payment_credited_whole_leaves_the_whole_order(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        deposit = self.down_payment(order, "percentage", amount=10)
        deposit._reverse_moves().action_post()
        self.assertEqual(self.draft_total(), 1100)
        self.assert_sum_is(order)

    def test_down_payment_keeps_its_exact_tax(self):
        order = self.order_of({"product_uom_qty": 1, "price_unit": 100.05})
        self.assertEqual(order.amount_total, 110.06)
        deposit = self.down_payment(order, "percentage", amount=50)
        self.assertEqual(deposit.amount_total, 55.03)
        self.assertEqual(self.draft_total(), 55.03)
        order._create_invoices(final=True).action_post()
        self.assertEqual(self.draft_total(), 0)
        self.assert_sum_is(order)

    def test_down_payment_that_is_not_posted_puts_no_line_on_the_draft(self):
        order = self.order_of({"product_uom_qty": 2, "price_unit": 500})
        self.draft_down_payment(order, "percentage", amount=20)
        self.assertEqual(self.draft_total(), 1100)
        quantities = [
            line.get("Quantity") for line in self.draft_of(order)["LineItems"]
        ]
        self.assertNotIn(0, quantities)

    # === CREDIT BELOW THE PRICE === #

    def test_goodwill_credit_of_all_pieces_makes_no_draft(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        invoice = self.invoice_of(order)
        self.assertEqual(self.credit_at(invoice, 5).amount_total, 55)
        self.assertEqual(order.order_line.qty_to_invoice, 10)
        self.assertEqual(self.draft_total(), 0)
        self.assertEqual(self.xero_sum(), 1045)

    def test_goodwill_credit_leaves_the_rest_of_the_order_as_it_was(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        invoice = self.invoice_of(order, 4)
        self.credit_at(invoice, 5)
        self.assertEqual(self.draft_total(), 660)

    def test_goodwill_credit_is_due_again_where_the_setting_says_so(self):
        self.connection.price_credit = "due"
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        invoice = self.invoice_of(order)
        self.credit_at(invoice, 5)
        self.assertEqual(self.draft_total(), 1100)

    def test_credit_at_the_price_of_a_cheaper_invoice_gives_the_pieces_back(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        invoice = order._create_invoices()
        invoice.invoice_line_ids.price_unit = 90
        invoice.action_post()
        self.credit_at(invoice, 90)
        self.assertEqual(self.draft_total(), 1100)

    # === RIGHT SO FAR === #

    def test_crediting_a_debit_note_leaves_the_order_as_it_was(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        invoice = self.invoice_of(order, 4)
        debit_note = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "ref": invoice.name,
                "invoice_line_ids": [
                    Command.create({"name": "Freight", "price_unit": 30})
                ],
            }
        )
        debit_note.action_post()
        self.assertEqual(self.draft_total(), 660)
        debit_note._reverse_moves().action_post()
        self.assertEqual(self.draft_total(), 660)

    def test_section_that_is_not_invoiced_leaves_what_odoo_would_invoice(self):
        section = {"display_type": "line_section", "product_id": False}
        order = self.order_of(
            {**section, "name": "Kitchen"},
            {"product_uom_qty": 3, "price_unit": 100},
            {**section, "name": "Bath"},
            {"product_uom_qty": 5, "price_unit": 10},
        )
        invoice = order._create_invoices()
        bath = invoice.invoice_line_ids.filtered(lambda line: line.price_unit == 10)
        texts = invoice.invoice_line_ids.filtered(lambda line: line.name == "Bath")
        (bath + texts).unlink()
        invoice.action_post()
        self.assertEqual(self.draft_total(), 55)
        self.assert_sum_is(order)

    # === WHAT ODOO INVOICES BESIDES === #

    def test_more_delivered_than_ordered_is_in_the_draft_before_it_is_invoiced(self):
        self.product.invoice_policy = "delivery"
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        order.order_line.qty_delivered = 12
        self.assertEqual(self.draft_total(), 1320)

    def test_more_invoiced_than_ordered_is_taken_off_the_rest(self):
        order = self.order_of(
            {"product_uom_qty": 10, "price_unit": 100},
            {"product_uom_qty": 5, "price_unit": 100},
        )
        self.invoice_parts(order, 12, 1)
        self.assertEqual(self.draft_total(), 220)
        self.assert_sum_is(order)
