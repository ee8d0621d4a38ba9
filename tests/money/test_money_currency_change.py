"""Odoo keeps thousandths of a document whose currency is changed to one of cents.

It writes no amount that is the same as before in the new currency's coins.
"""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ...models.document.xero_document import ENDPOINTS
from .money_cases import MoneyCase, cents
from .money_strategies import DocumentCase, LineCase

KINDS = ("quotation", "sale_order", "purchase_order", "out_invoice", "in_invoice")
PRICES = ("43.637", "48.001", "10.005", "0.995", "33.333", "1234.5678")


@tagged("post_install", "-at_install")
class TestMoneyCurrencyChange(MoneyCase):
    def changed(self, case):
        """A record of dinars, after its currency was changed to dollars."""
        (record,) = self.make([case])
        self.env.flush_all()
        record.currency_id = self.env.ref("base.AUD")
        self.env.flush_all()
        self.env.invalidate_all()
        return record

    def test_thousandths_that_odoo_keeps_are_no_difference(self):
        case = DocumentCase("purchase_order", (LineCase("1", "43.637"),), "KWD")
        order = self.changed(case)
        self.assertEqual(cents(order.amount_total), cents(48.001))
        body = self.build(order, "purchase_order")
        (answer,) = self.put("PurchaseOrders", [body])
        self.assertEqual(answer.total, 48)

    def test_every_kind_goes_with_the_cents_that_odoo_shows(self):
        for rounding in ("round_globally", "round_per_line"):
            self.company.tax_calculation_rounding_method = rounding
            for kind in KINDS:
                for price in PRICES:
                    lines = (LineCase("1", price), LineCase("3", price))
                    with self.subTest(rounding=rounding, kind=kind, price=price):
                        self.check_changed(DocumentCase(kind, lines, "KWD"))

    def check_changed(self, case):
        try:
            with self.env.cr.savepoint():
                record = self.changed(case)
        except UserError:  # Odoo itself does not get it balanced
            self.tally["refused by Odoo"] += 1
            return
        kind = self.kind_of(record, case)
        document = self.build(record, kind)
        (answer,) = self.put(ENDPOINTS[kind], [document])
        aud = self.env.ref("base.AUD")
        self.assertEqual(float(answer.total), aud.round(record.amount_total))
        self.assertEqual(float(answer.total_tax), aud.round(record.amount_tax))
