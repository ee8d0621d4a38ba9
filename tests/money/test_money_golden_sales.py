"""Golden request bodies of quantities, prices and discounts on sales."""

from odoo.tests import tagged

from ... import mappers
from ..xero_server import TENANT_AU
from .money_cases import cents
from .money_golden import GoldenCase


@tagged("post_install", "-at_install")
class TestMoneyGoldenSales(GoldenCase):
    def test_plain_invoice(self):
        record = self.record("out_invoice", ("2", "150"))
        self.assert_golden(
            record, "invoice", "Exclusive", ("Oak", "2", "150", None, "OUTPUT")
        )

    def test_included_and_excluded_tax_on_one_document(self):
        record = self.record(
            "out_invoice", ("1", "110", "0", "ten_included"), ("1", "100")
        )
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Oak", "1", "100", None, "OUTPUT"),
        )

    def test_discount_of_many_decimals(self):
        record = self.record("sale_order", ("10", "100", "33.333"))
        self.assert_golden(
            record,
            "sale_order",
            "Exclusive",
            ("Oak (10 at 100 less 33.333%)", "1", "666.67", None, "OUTPUT"),
        )

    def test_discount_whose_decimals_make_no_difference(self):
        record = self.record("sale_order", ("1", "1", "33.333"))
        self.assert_golden(
            record, "sale_order", "Exclusive", ("Oak", "1", "1", "33.33", "OUTPUT")
        )

    def test_a_millionth_of_a_dear_thing(self):
        record = self.record("out_invoice", ("0.000001", "1000000"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak (0.000001 at 1000000)", "1", "1", None, "OUTPUT"),
        )

    def test_unit_price_with_five_decimals(self):
        record = self.record("out_invoice", ("1000", "0.12345"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak (1000 at 0.12345)", "1", "123.45", None, "OUTPUT"),
        )

    def test_negative_line_has_its_discount_in_the_price(self):
        record = self.record("out_invoice", ("1", "100"), ("-1", "20", "25"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Oak", "1", "-15", None, "OUTPUT"),
        )

    def test_returned_pieces_have_their_sign_on_the_price(self):
        returned = ("-2", "11", "0", "ten_included")
        record = self.record("sale_order", ("3", "11", "0", "ten_included"), returned)
        self.assert_golden(
            record,
            "sale_order",
            "Inclusive",
            ("Oak", "3", "11", None, "OUTPUT"),
            ("Oak", "2", "-11", None, "OUTPUT"),
        )

    def test_a_returned_piece_of_a_price_below_zero_keeps_its_discount(self):
        record = self.record("quotation", ("1", "100"), ("-2", "-20", "25"))
        self.assert_golden(
            record,
            "quotation",
            "EXCLUSIVE",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Oak", "2", "20", "25", "OUTPUT"),
        )

    def test_returned_parts_of_a_piece_say_how_many_they_are(self):
        record = self.record("out_invoice", ("1", "100"), ("-0.333333", "20"))
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Oak (-0.333333 at 20)", "0.3333", "-20", None, "OUTPUT"),
        )

    def test_a_distribution_of_what_is_returned_is_lines_that_add_up(self):
        returned = ("-1", "10.01", "0", "ten", False, "two")
        record = self.record("out_invoice", ("1", "100"), returned)
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "100", None, "OUTPUT"),
            ("Oak", "0.7", "-10.01", None, "OUTPUT"),
            ("Oak", "0.3", "-10.01", None, "OUTPUT"),
        )

    def test_an_amount_with_too_many_digits_is_refused(self):
        record = self.record("sale_order", ("1000000", "1000000"))
        with self.assertRaises(mappers.MappingError) as caught:
            self.build(record, "sale_order")
        self.assertIn("9,999,999,999.99", caught.exception.problems[0].title)

    def test_dozens_are_counted_as_dozens(self):
        record = self.record("sale_order", ("2.5", "120", "0", "ten", True))
        self.assert_golden(
            record, "sale_order", "Exclusive", ("Oak", "2.5", "120", None, "OUTPUT")
        )

    def test_down_payment_and_the_last_invoice(self):
        order = self.record("sale_order", ("1", "99.99"), ("3", "33.33"))
        order.action_confirm()
        advance = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        advance.create(
            {"advance_payment_method": "percentage", "amount": 33.0}
        ).create_invoices()
        first = order.invoice_ids
        first.action_post()
        advance.create({"advance_payment_method": "delivered"}).create_invoices()
        last = order.invoice_ids - first
        (taken_off,) = [
            (item["Quantity"], item["UnitAmount"])
            for item in self.body(last, "invoice")["LineItems"]
            if item.get("UnitAmount", "").startswith("-")
        ]
        self.assertEqual(taken_off, ("1", "-65.9934"))
        for move in (first, last):
            answer = self.taken(move, "invoice", TENANT_AU)
            self.assertEqual(cents(answer["Total"]), cents(move.amount_total))
            self.assertEqual(cents(answer["TotalTax"]), cents(move.amount_tax))
        self.assertEqual(
            cents(first.amount_total + last.amount_total), cents(order.amount_total)
        )

    def test_a_distribution_is_lines_that_add_up(self):
        lines = [("1", "10.01", "0", "ten", False, "two")]
        record = self.record("out_invoice", *lines)
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "0.7", "10.01", None, "OUTPUT"),
            ("Oak", "0.3", "10.01", None, "OUTPUT"),
        )
        tracking = [
            item["Tracking"] for item in self.body(record, "invoice")["LineItems"][1:]
        ]
        self.assertEqual(
            tracking,
            [
                [{"Name": "Region", "Option": "Eastside"}],
                [{"Name": "Region", "Option": "North"}],
            ],
        )
