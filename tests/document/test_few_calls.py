from datetime import timedelta

from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestFewCalls(QuotationCase):
    """Once half of a day's calls are used, new drafts go in rounds; nothing else waits.

    Xero has what is posted, approved or cancelled at once, however few are left.
    """

    quiet = timedelta(minutes=1)

    def setUp(self):
        super().setUp()
        self.connection.holdings_share = 0  # no reading but what a change needs
        self.xero.clear_calls()

    def work_at(self, minute, left=400):
        with self.at(minute):
            self.leave_calls(left)
            self.run_job(self.connection)

    def made(self, endpoint):
        return self.xero.calls("PUT", f"/{endpoint}")

    def assert_goes_at_once(self, make, endpoint):
        for left in (400, 200, 90):
            with self.subTest(left=left), self.at(1):
                self.leave_calls(left)
                record = make()
                self.run_job(self.connection)
                self.assertTrue(self.xero_document_of(record))
                self.assertEqual(record.xero_state, "synced")

    def test_new_quotes_of_five_minutes_are_one_call(self):
        for minute in (1, 2, 4):
            with self.at(minute):
                self.leave_calls(400)
                self.new_order()
                self.run_job(self.connection)
        self.assertEqual(self.made("Quotes"), [])
        self.work_at(5)
        self.assertEqual(len(self.made("Quotes")), 1)
        self.assertEqual(len(self.xero.state()["Quotes"]), 3)

    def test_with_less_than_a_quarter_left_they_go_each_quarter_of_an_hour(self):
        with self.at(1):
            self.leave_calls(200)
            order = self.new_order()
        self.work_at(14, left=200)
        self.assertEqual(self.made("Quotes"), [])
        self.work_at(15, left=200)
        self.assertTrue(self.xero_quote_of(order))

    def test_while_calls_are_plenty_a_new_quote_goes_at_once(self):
        with self.at(1):
            self.leave_calls(600)
            order = self.new_order()
            self.run_job(self.connection)
        self.assertTrue(self.xero_quote_of(order))

    def test_the_job_is_woken_for_what_is_new(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        with self.at(1):
            self.leave_calls(400)
            self.new_order()
            self.env.cr.precommit.run()
        triggers = self.env["ir.cron.trigger"].sudo().search([])
        self.assertIn(self.hour + timedelta(minutes=5), triggers.mapped("call_at"))

    def test_the_draft_of_a_confirmed_order_waits_too(self):
        with self.at(1):
            self.leave_calls(400)
            order = self.confirmed_order()
            self.run_job(self.connection)
        self.assertEqual(self.made("Invoices"), [])
        self.work_at(5)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DRAFT")

    def test_a_new_customer_goes_with_the_document(self):
        self.connection.create_contacts = True
        with self.at(1):
            self.leave_calls(400)
            customer = self.env["res.partner"].create({"name": "Newcomer"})
            order = self.new_order(partner_id=customer.id)
            self.run_job(self.connection)
        self.assertEqual(self.made("Contacts"), [])
        self.work_at(5)
        self.assertEqual(len(self.made("Contacts")), 1)
        self.assertTrue(self.xero_quote_of(order))

    def test_the_button_sends_what_is_new_at_once(self):
        with self.at(1):
            self.leave_calls(400)
            order = self.new_order()
            self.assertTrue(order.xero_sendable)
            order.action_xero_send()
            self.finish_request()
        self.assertTrue(self.xero_quote_of(order))

    def test_an_invoice_does_not_wait_for_the_draft_of_its_order(self):
        with self.at(1):
            self.leave_calls(400)
            order = self.confirmed_order()
        with self.at(3):
            self.leave_calls(400)
            invoice = self.invoice_of(order)
            self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["Status"], "AUTHORISED")
        self.work_at(5)
        self.assertEqual(len(self.xero_invoices()), 1)

    def test_what_a_part_invoice_leaves_becomes_a_draft_in_the_next_round(self):
        with self.at(1):
            self.leave_calls(400)
            order = self.confirmed_order()
        with self.at(3):
            self.leave_calls(400)
            self.invoice_of(order, quantity=1)
            self.run_job(self.connection)
        for minute in (5, 10):
            self.work_at(minute)
        held = {each["Status"]: each["Total"] for each in self.xero_invoices()}
        self.assertEqual(held, {"AUTHORISED": 165, "DRAFT": 165})

    def test_a_quotation_that_is_cancelled_before_its_round_is_never_made(self):
        with self.at(1):
            self.leave_calls(400)
            order = self.new_order()
        with self.at(2):
            self.leave_calls(400)
            order._action_cancel()
            self.run_job(self.connection)
        self.work_at(5)
        self.assertEqual(self.made("Quotes"), [])

    def test_a_posted_invoice_goes_at_once(self):
        self.assert_goes_at_once(lambda: self.document_of("invoice"), "Invoices")

    def test_a_posted_credit_note_goes_at_once(self):
        self.assert_goes_at_once(lambda: self.document_of("credit_note"), "CreditNotes")

    def test_an_approved_purchase_order_goes_at_once(self):
        self.vendor.xero_create_choice = "yes"
        make = self.approved_purchase
        self.assert_goes_at_once(make, "PurchaseOrders")

    def test_a_posted_bill_does_not_wait_for_its_draft(self):
        self.vendor.xero_create_choice = "yes"
        with self.at(1):
            self.leave_calls(400)
            bill = self.new_move("in_invoice", ref="B1")
            self.run_job(self.connection)
        self.assertEqual(self.made("Invoices"), [])
        with self.at(3):
            self.leave_calls(400)
            bill.action_post()
            self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(bill)["Status"], "AUTHORISED")
        self.assertEqual(len(self.made("Invoices")), 1)
