"""Golden request bodies of purchases and credit notes."""

from decimal import Decimal

from odoo.tests import tagged

from ..xero_server import TENANT_AU
from .money_golden import GoldenCase


@tagged("post_install", "-at_install")
class TestMoneyGoldenPurchases(GoldenCase):
    def test_bill_has_its_discount_in_the_price(self):
        record = self.record("in_invoice", ("4", "100", "12.5"))
        self.assert_golden(
            record, "bill", "Exclusive", ("Oak", "4", "87.5", None, "INPUT")
        )

    def test_purchase_order_has_its_discount(self):
        record = self.record("purchase_order", ("4", "100", "12.5"))
        self.assert_golden(
            record, "purchase_order", "Exclusive", ("Oak", "4", "100", "12.5", "INPUT")
        )

    def test_credit_note_has_its_discount_in_the_price(self):
        record = self.record("out_refund", ("4", "100", "12.5"))
        self.assert_golden(
            record, "credit_note", "Exclusive", ("Oak", "4", "87.5", None, "OUTPUT")
        )

    def test_tax_a_person_typed_on_a_bill(self):
        record = self.record("in_invoice", ("1", "100"), typed_tax="0.01")
        self.assertEqual(record.amount_tax, 10.01)
        self.assert_golden(
            record,
            "bill",
            "Exclusive",
            ("Oak", "1", "100", None, "INPUT", "10.01"),
        )

    def test_fixed_tax_per_piece(self):
        record = self.record("in_invoice", ("3", "10", "0", "fixed"))
        self.assert_golden(
            record, "bill", "Exclusive", ("Oak", "3", "10", None, "INPUT", "1.11")
        )

    def test_group_of_taxes_is_one_rate_in_xero(self):
        record = self.record("in_invoice", ("1", "100", "0", "group"))
        self.assert_golden(
            record, "bill", "Exclusive", ("Oak", "1", "100", None, "INPUT", "10.37")
        )

    def test_private_part_of_a_bill_is_a_cost_with_its_tax(self):
        record = self.record("in_invoice", ("1", "100"))
        record.invoice_line_ids.deductible_amount = 60.0
        self.assertEqual((record.amount_total, record.amount_tax), (110.0, 10.0))
        self.assert_golden(
            record,
            "bill",
            "Exclusive",
            ("Oak", "1", "100", None, "INPUT"),
            ("Oak", "1", "-40", None, "INPUT"),
            ("private part", "1", "40", None, "EXEMPTEXPENSES"),
            ("private part (taxes)", "1", "4", None, "EXEMPTEXPENSES"),
        )
        self.assertEqual(self.taken(record, "bill", TENANT_AU)["TotalTax"], 6)

    def test_two_taxes_are_one_rate_in_xero(self):
        record = self.record("in_invoice", ("1", "100", "0", "pair"))
        self.assert_golden(
            record, "bill", "Exclusive", ("Oak", "1", "100", None, "BASEXCLUDED")
        )

    def test_one_included_tax_and_one_on_top(self):
        record = self.record("purchase_order", ("2", "110", "0", "pair_mixed"))
        self.assertEqual(record.amount_total, 230)
        self.assert_golden(
            record,
            "purchase_order",
            "Exclusive",
            ("Oak", "2", "100", None, "BASEXCLUDED"),
        )

    def test_bill_below_zero_goes_as_a_credit_note_with_signs_turned(self):
        record = self.record("in_invoice", ("1", "10"), ("-1", "110"))
        answer = self.taken(record, "refund", TENANT_AU)
        self.assertEqual(Decimal(str(answer["Total"])), Decimal("110"))
        self.assertEqual(answer["Type"], "ACCPAYCREDIT")
