from odoo.tests import tagged

from .common import XeroCase


@tagged("post_install", "-at_install")
class TestQuotationFlow(XeroCase):
    """A quotation is a quote in Xero, through its whole life."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_quotation=True)

    # === CREATE === #

    def test_a_customer_and_a_line_make_a_quote(self):
        order = self.new_order()
        self.run_job(self.connection)
        quote = self.xero_document_of(order)
        self.assertEqual(quote["Status"], "DRAFT")
        self.assertEqual(quote["Total"], order.amount_total)
        self.assertEqual(quote["TotalTax"], order.amount_tax)
        self.assertEqual(order.xero_number, quote["QuoteNumber"])
        self.assertEqual(order.xero_state, "synced")
