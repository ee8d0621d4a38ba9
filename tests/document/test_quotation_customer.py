"""A confirmed order changes its customer: whose is the quote that was accepted?"""

from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationCustomer(QuotationCase):
    def setUp(self):
        super().setUp()
        self.other = self.env["res.partner"].create({"name": "Harbour Café"})

    def accepted(self):
        order = self.sent_quotation()
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.xero.clear_calls()
        return order

    def change_customer(self, order):
        order.write({"partner_id": self.other.id, "partner_invoice_id": self.other.id})
        self.run_job(self.connection)

    def contact_of(self, document):
        return document["Contact"]["ContactID"]

    def test_the_accepted_quote_follows_as_the_draft_does(self):
        order = self.accepted()
        before = self.xero_quote_of(order)
        self.change_customer(order)
        quote = self.xero_quote_of(order)
        contact = self.other.xero_contact_id.xero_id
        self.assertTrue(contact)
        self.assertEqual(self.contact_of(quote), contact)
        self.assertEqual(self.contact_of(self.xero_invoice_of(order)), contact)
        for name in ("Status", "Title", "Total", "QuoteNumber", "LineItems"):
            self.assertEqual(quote[name], before[name])
        self.assertEqual(len(self.sent_statuses()), 1)
        self.assertEqual(self.quotation_row(order).state, "synced")

    def test_the_quote_of_an_invoiced_order_follows_too(self):
        order = self.accepted()
        self.invoice_of(order)
        self.run_job(self.connection)
        self.change_customer(order)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "INVOICED")
        self.assertEqual(self.contact_of(quote), self.other.xero_contact_id.xero_id)

    def test_customer_and_last_invoice_at_once_are_one_step(self):
        order = self.accepted()
        order.write({"partner_id": self.other.id, "partner_invoice_id": self.other.id})
        self.invoice_of(order)
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "INVOICED")
        self.assertEqual(self.contact_of(quote), self.other.xero_contact_id.xero_id)

    def test_another_contact_of_the_same_customer_is_for_future_documents(self):
        order = self.accepted()
        before = self.contact_of(self.xero_quote_of(order))
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "PowerDirect")]
        )
        self.invoice_of(order)
        self.run_job(self.connection)
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], "INVOICED")
        self.assertEqual(self.contact_of(quote), before)

    def test_where_xero_keeps_the_customer_the_order_says_so_and_tries_no_more(self):
        self.xero.answer_otherwise(QUOTE_KEEPS_CONTACT=True)
        order = self.accepted()
        self.change_customer(order)
        row = self.quotation_row(order)
        self.assertEqual(row.state, "synced")
        self.assertIn("stays with Jane's Joinery", row.message)
        self.assertEqual(len(self.sent_statuses()), 1)
        order.note = "Another thing"
        self.run_job(self.connection)
        self.assertEqual(len(self.sent_statuses()), 1)
        self.assertIn("stays with Jane's Joinery", row.message)

    def test_where_xero_refuses_another_customer_a_person_is_asked(self):
        self.xero.answer_otherwise(QUOTE_FROZEN=["Contact"])
        order = self.accepted()
        self.change_customer(order)
        row = self.quotation_row(order)
        self.assertEqual(row.state, "failed")
        self.assertIn("Only the contact and notes", row.message)
