from odoo.tests import tagged

from .common import XeroCase


@tagged("post_install", "-at_install")
class TestOrderInParts(XeroCase):
    """The order's draft becomes its invoice; in parts, both together are the order."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def xero_total(self, order):
        """Sum of what Xero holds for an order: draft, invoices, less credit notes."""
        rows = order.xero_document_ids + order.invoice_ids.xero_document_ids
        total = 0
        for row in rows.filtered("xero_id"):
            endpoint = row._xero_endpoint()
            key = "CreditNoteID" if endpoint == "CreditNotes" else "InvoiceID"
            found = [
                each
                for each in self.xero.state()[endpoint]
                if each[key] == row.xero_id
                and each["Status"] not in ("DELETED", "VOIDED")
            ]
            sign = -1 if endpoint == "CreditNotes" else 1
            total += sign * sum(each["Total"] for each in found)
        return total

    def test_one_full_invoice_takes_the_draft_over(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        draft = self.xero_document_of(order)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        posted = self.xero_document_of(invoice)
        self.assertEqual(posted["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(posted["Status"], "AUTHORISED")
        self.assertEqual(posted["InvoiceNumber"], invoice.name)
        self.assertEqual(posted["Total"], invoice.amount_total)
        self.assertEqual(len(self.xero_invoices()), 1)
        self.assertEqual(order.xero_number, invoice.name)

    def test_after_each_part_draft_and_invoices_are_the_order(self):
        order = self.new_order(quantity=10.0)
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_total(order), order.amount_total)
        for quantity in (3.0, 2.0, 5.0):
            self.invoice_of(order, quantity)
            self.run_job(self.connection)
            self.assertEqual(self.xero_total(order), order.amount_total)
        drafts = [x for x in self.xero_invoices() if x["Status"] == "DRAFT"]
        self.assertEqual(drafts, [])
