"""A discount for early payment that is given always: Odoo takes less tax at once."""

from odoo.fields import Command
from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestEarlyPayment(PartsCase):
    def setUp(self):
        super().setUp()
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )
        self.terms = self.env["account.payment.term"].create(
            {
                "name": "2 % within ten days",
                "early_discount": True,
                "discount_percentage": 2,
                "discount_days": 10,
                "early_pay_discount_computation": "mixed",
            }
        )

    def order_of_ten(self, price=100.0, **values):
        line = {
            "product_id": self.product.id,
            "product_uom_qty": 10,
            "price_unit": price,
            "tax_ids": self.gst.ids,
        }
        return self.sent_order(order_line=[Command.create(line)], **values)

    def test_what_is_left_has_its_discount_too(self):
        order = self.order_of_ten(payment_term_id=self.terms.id)
        self.assertEqual(order.amount_total, 1098)
        self.assertEqual(self.draft_of(order)["Total"], 1098)
        invoice = self.invoice_of(order, quantity=4)
        self.assertEqual(invoice.amount_total, 439.2)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Total"], 658.8)
        self.assert_sum_is(order)
        self.invoice_of(order)
        self.assert_sum_is(order)

    def test_the_discount_of_a_part_is_rounded_as_on_its_invoice(self):
        order = self.order_of_ten(price=33.33, payment_term_id=self.terms.id)
        self.invoice_of(order, quantity=3)
        self.run_job(self.connection)
        left = self.draft_of(order)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        last = self.invoice_of(order)
        self.assertEqual((left["Total"], left["TotalTax"]), (256.17, 22.86))
        self.assertEqual((last.amount_total, last.amount_tax), (256.17, 22.86))

    def test_terms_that_change_the_total_of_an_order_in_xero_are_noticed(self):
        order = self.order_of_ten(price=49.9654)
        self.assertEqual(order.amount_total, 549.62)
        order.payment_term_id = self.terms
        self.run_job(self.connection)
        self.assertEqual(order.amount_total, 548.62)
        self.assertEqual(self.draft_of(order)["Total"], 548.62)
