"""Golden request bodies where Odoo and Xero round in different ways."""

from odoo.fields import Command
from odoo.tests import tagged

from .money_golden import GoldenCase


@tagged("post_install", "-at_install")
class TestMoneyGoldenRounding(GoldenCase):
    def test_cash_rounding_as_a_line(self):
        record = self.record(
            "out_invoice", ("1", "9.97", "0", "none"), cash_rounding="add_invoice_line"
        )
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "9.97", None, "EXEMPTOUTPUT"),
            ("add_invoice_line", "1", "-0.02", None, "EXEMPTOUTPUT"),
        )

    def test_cash_rounding_in_the_tax(self):
        record = self.record("out_invoice", ("1", "9.97"), cash_rounding="biggest_tax")
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "9.97", None, "OUTPUT", "0.98"),
        )

    def test_cash_rounding_in_a_tax_that_is_zero_by_itself(self):
        record = self.record(
            "out_invoice", ("1", "9.97", "0", "reverse"), cash_rounding="biggest_tax"
        )
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "9.97", None, "EXEMPTOUTPUT", "-0.02"),
        )

    def test_tax_rounded_per_document_is_given_where_xero_differs(self):
        record = self.record("out_invoice", ("1", "0.05"), ("1", "0.05"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "0.05", None, "OUTPUT", "0.00"),
            ("Oak", "1", "0.05", None, "OUTPUT"),
        )

    def test_tax_rounded_per_document_takes_two_lines_on_a_quote(self):
        record = self.record("quotation", ("1", "0.05"), ("1", "0.05"))
        self.assert_golden(
            record,
            "quotation",
            "EXCLUSIVE",
            ("Oak", "1", "0.05", None, "OUTPUT"),
            ("Oak", "1", "0.05", None, "OUTPUT"),
            ("Tax rounded as in Odoo", "1", "-0.10", None, "OUTPUT"),
            ("Tax rounded as in Odoo", "1", "0.10", None, "EXEMPTOUTPUT"),
        )

    def test_cents_of_tax_that_even_out_are_left_to_xero(self):
        record = self.record("out_invoice", ("1", "0.05"), ("1", "0.14"))
        self.assertEqual(record.amount_tax, 0.02)
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "0.05", None, "OUTPUT"),
            ("Oak", "1", "0.14", None, "OUTPUT"),
        )

    def test_tax_rounded_per_line_is_left_to_xero(self):
        self.company.tax_calculation_rounding_method = "round_per_line"
        record = self.record("out_invoice", ("1", "0.05"), ("1", "0.05"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "0.05", None, "OUTPUT"),
            ("Oak", "1", "0.05", None, "OUTPUT"),
        )

    def test_early_payment_that_lowers_the_tax(self):
        term = self.early_payment_term()
        record = self.record("out_invoice", ("1", "100"))
        record.invoice_payment_term_id = term
        self.assertEqual(record.amount_tax, 9.8)
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Early Payment Discount (2.0%)", "1", "-2", None, "OUTPUT"),
            ("Early Payment Discount (2.0%)", "1", "2", None, "EXEMPTOUTPUT"),
        )

    def test_early_payment_that_lowers_the_tax_of_an_order(self):
        order = self.record("sale_order", ("1", "100"))
        order.payment_term_id = self.early_payment_term()
        self.assertEqual(order.amount_tax, 9.8)
        self.assert_golden(
            order,
            "sale_order",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Early payment discount", "1", "-2", None, "OUTPUT"),
            ("Early payment discount", "1", "2", None, "EXEMPTOUTPUT"),
        )

    def test_early_payment_on_an_order_of_many_lines_is_a_pair_for_each_tax(self):
        lines = [
            ("1", "33.33"),
            ("3", "19.99"),
            ("1", "4.57"),
            ("1", "8", "0", "third"),
        ]
        order = self.record("sale_order", *lines)
        order.payment_term_id = self.early_payment_term()
        self.assert_golden(
            order,
            "sale_order",
            "Exclusive",
            ("Oak", "1", "33.33", None, "OUTPUT"),
            ("Oak", "3", "19.99", None, "OUTPUT"),
            ("Oak", "1", "4.57", None, "OUTPUT"),
            ("Oak", "1", "8", None, "TAX001"),
            ("Early payment discount", "1", "-1.96", None, "OUTPUT"),
            ("Early payment discount", "1", "-0.16", None, "TAX001"),
            ("Early payment discount", "1", "2.12", None, "EXEMPTOUTPUT"),
        )

    def test_early_payment_on_a_quote_makes_up_for_rounded_tax_too(self):
        order = self.record("quotation", *[("1", "4.45")] * 4)
        order.payment_term_id = self.early_payment_term()
        self.assertEqual((order.amount_untaxed, order.amount_tax), (17.8, 1.74))
        self.assert_golden(
            order,
            "quotation",
            "EXCLUSIVE",
            *[("Oak", "1", "4.45", None, "OUTPUT")] * 4,
            ("Early payment discount", "1", "-0.60", None, "OUTPUT"),
            ("Early payment discount", "1", "0.60", None, "EXEMPTOUTPUT"),
        )

    def test_early_payment_on_an_order_without_tax_adds_nothing(self):
        order = self.record("sale_order", ("1", "100", "0", "none"))
        order.payment_term_id = self.early_payment_term()
        line = ("Oak", "1", "100", None, "EXEMPTOUTPUT")
        self.assert_golden(order, "sale_order", "Exclusive", line)

    def early_payment_term(self):
        return self.env["account.payment.term"].create(
            {
                "name": "2% in 7 days",
                "early_discount": True,
                "discount_percentage": 2.0,
                "discount_days": 7,
                "early_pay_discount_computation": "mixed",
                "line_ids": [Command.create({"value": "percent", "value_amount": 100})],
            }
        )

    def test_purchase_order_with_included_tax_rounded_per_document(self):
        lines = [("1", "0.05", "0", "ten_included")] * 3
        record = self.record("purchase_order", *lines)
        self.assertEqual(record.amount_tax, 0.01)
        self.assert_golden(
            record,
            "purchase_order",
            "Inclusive",
            *[("Oak", "1", "0.05", None, "INPUT")] * 3,
            ("Tax rounded as in Odoo", "1", "0.11", None, "INPUT"),
            ("Tax rounded as in Odoo", "1", "-0.11", None, "EXEMPTEXPENSES"),
        )
