from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestOrderPartsAmounts(PartsCase):
    """Draft and invoices are the order, whatever its lines are made of."""

    def test_several_lines_with_discounts(self):
        order = self.order_of(
            {"product_uom_qty": 10, "price_unit": 20, "discount": 10},
            {"product_uom_qty": 4, "price_unit": 100, "discount": 12.5},
            {"product_uom_qty": 1, "price_unit": 7.70},
        )
        self.invoice_parts(order, 4, 1, 0)
        self.assert_sum_is(order)
        self.invoice_parts(order, 1, 3, 1)
        self.assert_sum_is(order)
        self.invoice_parts(order, 5)
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_cents_that_rounding_the_parts_moves_stay_cents(self):
        order = self.order_of(
            {"product_uom_qty": 10, "price_unit": 19.99, "discount": 10}
        )
        for quantity in (4, 6):
            self.invoice_parts(order, quantity)
            self.run_job(self.connection)
            self.assertAlmostEqual(self.xero_sum(), order.amount_total, delta=0.011)

    def test_free_line_alone_needs_no_draft(self):
        order = self.order_of(
            {"product_uom_qty": 10}, {"product_uom_qty": 1, "price_unit": 0}
        )
        self.invoice_parts(order, 10, 0)
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])
        self.assertEqual(order.xero_state, "synced")

    def test_price_included_tax(self):
        self.gst.price_include_override = "tax_included"
        order = self.order_of({"product_uom_qty": 10, "price_unit": 110})
        self.invoice_parts(order, 3)
        self.assert_sum_is(order)
        self.assertEqual(self.draft_of(order)["LineAmountTypes"], "Inclusive")
        self.invoice_parts(order, 7)
        self.assert_sum_is(order)

    def test_order_without_tax(self):
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )
        order = self.order_of({"product_uom_qty": 10, "tax_ids": False})
        self.invoice_parts(order, 3)
        self.assert_sum_is(order)

    def test_sections_and_notes_stay_in_the_draft_of_the_rest(self):
        order = self.order_of(
            {"display_type": "line_section", "name": "Kitchen", "product_id": False},
            {"product_uom_qty": 10},
            {"display_type": "line_note", "name": "By hand", "product_id": False},
        )
        self.invoice_parts(order, 4)
        self.assert_sum_is(order)
        texts = [line["Description"] for line in self.draft_of(order)["LineItems"]]
        self.assertIn("Kitchen", texts)
        self.assertIn("By hand", texts)

    def test_order_whose_rest_is_only_sections_has_no_draft(self):
        order = self.order_of(
            {"display_type": "line_section", "name": "Kitchen", "product_id": False},
            {"product_uom_qty": 10},
        )
        self.invoice_parts(order, 10)
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_invoice_in_another_unit_than_the_order(self):
        order = self.order_of({"product_uom_qty": 24, "price_unit": 10})
        invoice = order._create_invoices()
        dozen = self.env.ref("uom.product_uom_dozen")
        invoice.invoice_line_ids.write(
            {"product_uom_id": dozen.id, "quantity": 1, "price_unit": 120}
        )
        invoice.action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.draft_of(order)["LineItems"][1]["Quantity"], 12)

    def test_parts_of_a_dozen_leave_exactly_the_rest_of_its_price(self):
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.order_of(
            {"product_uom_qty": 1, "product_uom_id": dozen.id, "price_unit": 120}
        )
        invoice = order._create_invoices()
        units = self.env.ref("uom.product_uom_unit")
        invoice.invoice_line_ids.write(
            {"product_uom_id": units.id, "quantity": 4, "price_unit": 10}
        )
        invoice.action_post()
        self.assert_sum_is(order)

    def test_whole_order_in_another_unit_takes_the_draft_over_with_leave(self):
        self.connection.partial_invoicing = "leave"
        order = self.order_of({"product_uom_qty": 24, "price_unit": 10})
        invoice = order._create_invoices()
        dozen = self.env.ref("uom.product_uom_dozen")
        invoice.invoice_line_ids.write(
            {"product_uom_id": dozen.id, "quantity": 2, "price_unit": 120}
        )
        self.assertFalse(invoice.xero_warning)
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(len(self.live_in_xero()), 1)

    def test_down_payment_of_a_percentage_then_the_final_invoice(self):
        order = self.order_of({"product_uom_qty": 2, "price_unit": 500})
        self.down_payment(order, "percentage", amount=20)
        self.assert_sum_is(order)
        self.assertEqual(self.draft_of(order)["Total"], 880)
        order._create_invoices(final=True).action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_down_payment_of_a_fixed_amount_then_parts(self):
        order = self.order_of({"product_uom_qty": 10, "price_unit": 100})
        self.down_payment(order, "fixed", fixed_amount=250)
        self.assert_sum_is(order)
        part = order._create_invoices()
        part.invoice_line_ids.filtered("product_id").quantity = 5
        part.action_post()
        self.assert_sum_is(order)
        order._create_invoices(final=True).action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_two_down_payments(self):
        order = self.order_of({"product_uom_qty": 3, "price_unit": 333.33})
        self.down_payment(order, "percentage", amount=10)
        self.assert_sum_is(order)
        self.down_payment(order, "percentage", amount=10)
        self.assert_sum_is(order)
        order._create_invoices(final=True).action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_down_payment_not_posted_changes_nothing(self):
        order = self.order_of({"product_uom_qty": 2, "price_unit": 500})
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create(
            {"advance_payment_method": "percentage", "amount": 20}
        ).create_invoices()
        self.assert_sum_is(order)
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_line_with_a_negative_quantity(self):
        order = self.order_of(
            {"product_uom_qty": 10, "price_unit": 100},
            {"product_uom_qty": -1, "price_unit": 50},
        )
        self.invoice_parts(order, 4)
        self.assert_sum_is(order)
        order._create_invoices(final=True).action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_rest_below_zero_has_no_draft_and_asks_nobody(self):
        order = self.order_of(
            {"product_uom_qty": 10, "price_unit": 100},
            {"product_uom_qty": -1, "price_unit": 50},
        )
        self.invoice_parts(order, 10)
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])
        self.assertEqual(order.xero_state, "synced")

    def test_one_invoice_for_several_orders_of_one_customer(self):
        first, second, third = (self.sent_order(quantity=q) for q in (2, 3, 4))
        drafts = {self.draft_of(o)["InvoiceID"] for o in (first, second, third)}
        invoice = (first + second + third)._create_invoices()
        self.assertEqual(len(invoice), 1)
        invoice.action_post()
        self.run_job(self.connection)
        (posted,) = self.live_in_xero()
        self.assertIn(posted["InvoiceID"], drafts)
        self.assertEqual(posted["Total"], invoice.amount_total)
        for order in (first, second, third):
            self.assertIn(order.name, posted["LineItems"][0]["Description"])
            self.assertEqual(order.xero_number, invoice.name)

    def test_one_invoice_for_parts_of_several_orders(self):
        first, second = self.sent_order(quantity=10), self.sent_order(quantity=10)
        invoice = (first + second)._create_invoices()
        lines = invoice.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        lines.quantity = 4
        invoice.action_post()
        self.run_job(self.connection)
        total = first.amount_total + second.amount_total
        self.assertEqual(self.xero_sum(), total)
        self.assertEqual(self.draft_of(first)["LineItems"][1]["Quantity"], 6)
        self.assertEqual(self.draft_of(second)["LineItems"][1]["Quantity"], 6)

    def test_delivered_quantities_less_than_ordered_then_the_rest(self):
        self.product.invoice_policy = "delivery"
        order = self.order_of({"product_uom_qty": 10})
        order.order_line.qty_delivered = 4
        order._create_invoices().action_post()
        self.assert_sum_is(order)
        order.order_line.qty_delivered = 10
        order._create_invoices().action_post()
        self.assert_sum_is(order)
        self.assertEqual(self.live_in_xero(status="DRAFT"), [])

    def test_more_delivered_than_ordered_is_what_was_invoiced_and_no_draft(self):
        self.product.invoice_policy = "delivery"
        order = self.order_of({"product_uom_qty": 10})
        order.order_line.qty_delivered = 12
        invoice = order._create_invoices()
        invoice.action_post()
        self.run_job(self.connection)
        (posted,) = self.live_in_xero()
        self.assertEqual(posted["Total"], invoice.amount_total)
        self.assertGreater(posted["Total"], order.amount_total)
