"""Golden request bodies of countries and currencies."""

from odoo.tests import tagged

from ... import mappers
from ..xero_server import TENANT_UK
from .money_golden import GoldenCase


@tagged("post_install", "-at_install")
class TestMoneyGoldenCountries(GoldenCase):
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
            ("Oak", "1", "105", None, "OUTPUT", "11.00"),
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
        self.assertIn("KWD 1.260 with 0.000 tax", problem.detail)
        self.assertIn("KWD 1.255 with 0.000 tax", problem.detail)

    def test_thousandths_of_lines_that_add_up_to_hundredths_are_restated(self):
        lines = (("1", "1.255", "0", "none"), ("1", "1.245", "0", "none"))
        record = self.record("out_invoice", *lines, currency="KWD")
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "1.255", None, "EXEMPTOUTPUT"),
            ("Oak (1 at 1.245)", "1", "1.24", None, "EXEMPTOUTPUT"),
        )

    def test_thousandths_of_tax_that_add_up_to_hundredths_are_restated(self):
        lines = (("1", "1.25"), ("1", "3.75"))
        record = self.record("out_invoice", *lines, currency="KWD")
        self.assertEqual(
            [
                line.price_total - line.price_subtotal
                for line in record.invoice_line_ids
            ],
            [0.125, 0.375],
        )
        self.assert_golden(
            record,
            "invoice",
            "Exclusive",
            ("Oak", "1", "1.25", None, "OUTPUT"),
            ("Oak", "1", "3.75", None, "OUTPUT", "0.37"),
        )

    def test_a_quotation_of_dinars_is_restated_too(self):
        record = self.record("quotation", ("1", "1"), ("1", "1"))
        dinar = self.env.ref("base.KWD")
        record.pricelist_id = self.env["product.pricelist"].create(
            {"name": "Dinars", "currency_id": dinar.id}
        )
        for line, price in zip(record.order_line, (1.255, 3.745), strict=True):
            line.price_unit = price
        self.assertEqual((record.currency_id, record.amount_tax), (dinar, 0.5))
        self.assert_golden(
            record,
            "quotation",
            "EXCLUSIVE",
            ("Oak", "1", "1.255", None, "OUTPUT"),
            ("Oak (1 at 3.745)", "1", "3.74", None, "OUTPUT"),
        )

    def test_foreign_currency_has_odoos_rate(self):
        record = self.record("out_invoice", ("1", "100"), currency="USD")
        record.invoice_currency_rate = 0.71234567
        self.assert_golden(
            record, "invoice", "Exclusive", ("Oak", "1", "100", None, "OUTPUT")
        )
        self.assertEqual(self.body(record, "invoice")["CurrencyRate"], "0.712346")

    def test_a_rate_that_six_decimals_cannot_hold_is_refused_with_both(self):
        record = self.record("out_invoice", ("1", "100"), currency="USD")
        record.invoice_currency_rate = 0.0000394
        with self.assertRaises(mappers.MappingError) as caught:
            self.build(record, "invoice")
        (problem,) = caught.exception.problems
        self.assertIn("0.000039 instead of 0.0000394", problem.title)

    def test_a_small_rate_of_six_decimals_is_sent(self):
        record = self.record("out_invoice", ("1", "100"), currency="USD")
        record.invoice_currency_rate = 0.000039
        self.assertEqual(self.body(record, "invoice")["CurrencyRate"], "0.000039")
