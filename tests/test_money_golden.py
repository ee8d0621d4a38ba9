"""What goes over the wire for named documents, to the last field that is money.

Each is taken by the local Xero under its own rules, and comes to Odoo's total and tax.
"""

import json
from decimal import Decimal

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.xero_sync import mappers, xero_api
from odoo.addons.xero_sync.models.xero_document import ENDPOINTS

from .money_cases import DocumentCase, LineCase, MoneyCase, cents
from .xero_server import TENANT_AU, TENANT_UK

MONEY = (
    "Description",
    "Quantity",
    "UnitAmount",
    "DiscountRate",
    "TaxType",
    "TaxAmount",
)


class GoldenCase(MoneyCase):
    def setUp(self):
        super().setUp()
        self.company.tax_calculation_rounding_method = "round_globally"

    def record(self, kind, *lines, **values):
        """A record of a random test's form, of lines (quantity, price, …)."""
        case = DocumentCase(kind, tuple(LineCase(*line) for line in lines), **values)
        return self.make([case])[0]

    def body(self, record, kind):
        """What is sent for a record, numbers as they are written."""
        built = self.build(record, kind)
        text = xero_api.serialise(ENDPOINTS[kind], [built])
        data = json.loads(text, parse_float=str, parse_int=str)
        return data[ENDPOINTS[kind]][0]

    def assert_golden(self, record, kind, form, *lines, tenant=TENANT_AU):
        """The body has these lines after its title; Xero arrives at Odoo's figures.

        :param form: ``LineAmountTypes``
        :param lines: values of ``MONEY``, None for what is not sent
        """
        body = self.body(record, kind)
        found = [
            tuple(item.get(name) for name in MONEY) for item in body["LineItems"][1:]
        ]
        self.assertEqual(found, [self.padded(line) for line in lines])
        self.assertEqual(body["LineAmountTypes"], form)
        self.assertEqual(body["CurrencyCode"], record.currency_id.name)
        answer = self.taken(record, kind, tenant)
        self.assertEqual(
            (cents(answer["Total"]), cents(answer["TotalTax"])),
            (cents(record.amount_total), cents(record.amount_tax)),
        )

    def padded(self, line):
        """A line without its last values; every line but a note is some oak."""
        return (*line, *[None] * (len(MONEY) - len(line)))

    def taken(self, record, kind, tenant):
        """Xero's document out of the body."""
        body = xero_api.serialise(ENDPOINTS[kind], [self.build(record, kind)])
        element = json.loads(body)[ENDPOINTS[kind]][0]
        contact = self.xero.state(tenant)["Contacts"][0]
        element["Contact"] = {"ContactID": contact["ContactID"]}
        (answer,) = self.xero.seed(ENDPOINTS[kind], [element], tenant=tenant)
        self.assertFalse(answer.get("ValidationErrors"))
        return answer

    def foreign_tax(self, use, tax_type, percent, reverse=False):
        """A tax of another country, and its rate in that country's Xero."""
        tax = self.taxes[use]["reverse" if reverse else "ten"]
        tax.amount = percent
        tax.xero_tax_rate_id = (
            self.env["xero.tax.rate"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_key": tax_type,
                    "tax_type": tax_type,
                    "name": tax_type,
                    "effective_rate": 0 if reverse else percent,
                }
            )
        )


@tagged("post_install", "-at_install")
class TestMoneyGoldenSales(GoldenCase):
    def test_plain_invoice(self):
        record = self.record("out_invoice", ("2", "150"))
        self.assert_golden(
            record, "invoice", "Exclusive", ("Oak", "2", "150", None, "OUTPUT")
        )

    def test_gst_inclusive(self):
        record = self.record("out_invoice", ("3", "19.99", "0", "ten_included"))
        self.assert_golden(
            record, "invoice", "Inclusive", ("Oak", "3", "19.99", None, "OUTPUT")
        )

    def test_gst_inclusive_beside_a_line_without_tax_stays_inclusive(self):
        record = self.record(
            "quotation", ("3", "19.99", "0", "ten_included"), ("1", "5", "0", "none")
        )
        self.assert_golden(
            record,
            "quotation",
            "INCLUSIVE",
            ("Oak", "3", "19.99", None, "OUTPUT"),
            ("Oak", "1", "5", None, "EXEMPTOUTPUT"),
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
            ("Oak", "-1", "15", None, "OUTPUT"),
        )

    def test_us_sale_without_tax(self):
        self.xero.seed("Currencies", [{"Code": "USD"}], tenant=TENANT_UK)
        rate = (
            self.env["xero.tax.rate"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_key": "NONE",
                    "tax_type": "NONE",
                    "name": "Tax Exempt",
                }
            )
        )
        self.connection.zero_sale_tax_rate_id = rate
        record = self.record("out_invoice", ("4", "12.5", "0", "none"), currency="USD")
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "4", "12.5", None, "NONE"),
            tenant=TENANT_UK,
        )
        self.assertEqual(self.body(record, "invoice")["CurrencyRate"], "0.652")

    def test_uk_reverse_charge(self):
        self.foreign_tax("sale", "DRCHARGESUPPLY20", 20.0, reverse=True)
        record = self.record("out_invoice", ("1", "99.99", "0", "reverse"))
        record.currency_id = self.env.ref("base.GBP")
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "99.99", None, "DRCHARGESUPPLY20"),
            tenant=TENANT_UK,
        )

    def test_nz_gst_of_fifteen_percent(self):
        self.xero.edit("TaxRates", "OUTPUT2", tenant=TENANT_UK, EffectiveRate=15)
        self.foreign_tax("sale", "OUTPUT2", 15.0)
        record = self.record("out_invoice", ("3", "19.99"))
        record.currency_id = self.env.ref("base.GBP")
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "3", "19.99", None, "OUTPUT2"),
            tenant=TENANT_UK,
        )

    def test_yen_has_no_decimals(self):
        record = self.record(
            "out_invoice", ("3", "333.4"), ("1", "105"), currency="JPY"
        )
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak (3 at 333.4)", "1", "1000", None, "OUTPUT"),
            ("Oak", "1", "105", None, "OUTPUT", "11"),
        )

    def test_dinar_of_whole_hundredths(self):
        record = self.record("out_invoice", ("2", "1.25"), currency="KWD")
        self.assert_golden(
            record, "invoice", "Exclusive", ("Oak", "2", "1.25", None, "OUTPUT")
        )

    def test_thousandths_of_a_dinar_are_refused_with_both_figures(self):
        record = self.record("out_invoice", ("1", "1.255", "0", "none"), currency="KWD")
        with self.assertRaises(mappers.MappingError) as caught:
            self.build(record, "invoice")
        (problem,) = caught.exception.problems
        self.assertIn("KWD 1.260 with 0.000 tax", problem.title)
        self.assertIn("KWD 1.255 with 0.000 tax", problem.title)

    def test_an_amount_with_too_many_digits_is_refused(self):
        record = self.record("sale_order", ("1000000", "1000000"))
        with self.assertRaises(mappers.MappingError) as caught:
            self.build(record, "sale_order")
        self.assertIn("9,999,999,999.99", caught.exception.problems[0].title)

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
            ("Oak", "1", "0.05", None, "OUTPUT", "0"),
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

    def test_dozens_are_counted_as_dozens(self):
        record = self.record("sale_order", ("2.5", "120", "0", "ten", True))
        self.assert_golden(
            record, "sale_order", "Exclusive", ("Oak", "2.5", "120", None, "OUTPUT")
        )

    def test_foreign_currency_has_odoos_rate(self):
        record = self.record("out_invoice", ("1", "100"), currency="USD")
        record.invoice_currency_rate = 0.71234567
        self.assert_golden(
            record, "invoice", "Exclusive", ("Oak", "1", "100", None, "OUTPUT")
        )
        self.assertEqual(self.body(record, "invoice")["CurrencyRate"], "0.712346")

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
        for move in (first, last):
            answer = self.taken(move, "invoice", TENANT_AU)
            self.assertEqual(cents(answer["Total"]), cents(move.amount_total))
            self.assertEqual(cents(answer["TotalTax"]), cents(move.amount_tax))
        self.assertEqual(
            cents(first.amount_total + last.amount_total), cents(order.amount_total)
        )


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

    def test_a_bill_that_is_partly_private_is_refused_with_both_figures(self):
        record = self.record("in_invoice", ("1", "100"))
        record.invoice_line_ids.deductible_amount = 50.0
        with self.assertRaises(mappers.MappingError) as caught:
            self.build(record, "bill")
        (problem,) = caught.exception.problems
        self.assertIn("AUD 105.00 with 5.00 tax", problem.title)
        self.assertIn("AUD 110.00 with 10.00 tax", problem.title)

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

    def test_bill_below_zero_goes_as_a_credit_note_with_signs_turned(self):
        record = self.record("in_invoice", ("1", "10"), ("-1", "110"))
        answer = self.taken(record, "refund", TENANT_AU)
        self.assertEqual(Decimal(str(answer["Total"])), Decimal("110"))
        self.assertEqual(answer["Type"], "ACCPAYCREDIT")
