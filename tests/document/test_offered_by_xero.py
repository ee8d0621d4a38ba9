import json
from contextlib import contextmanager

from odoo.tests import HttpCase, tagged
from odoo.tests.common import new_test_user
from odoo.tools import mute_logger

from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestBackOrders(InvoiceCase):
    """Sales of an item that Xero tracks, beyond the stock it has there."""

    def setUp(self):
        super().setUp()
        item = self.env["xero.item"].search([("code", "=", "BOOK")])
        tracked = {"IsTrackedAsInventory": True, "QuantityOnHand": 0}
        self.xero.edit("Items", item.xero_id, **tracked)
        self.product.xero_item_id = item

    def test_they_are_refused_unless_the_setting_allows_them(self):
        invoice = self.posted()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        self.connection.allow_backorders = True
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)
        self.assertEqual(self.xero_document_of(invoice)["Status"], "AUTHORISED")


@tagged("post_install", "-at_install")
class TestSentToContact(InvoiceCase):
    """Xero is told that the customer has the invoice from Odoo."""

    def flags(self):
        return [
            invoice.get("SentToContact")
            for call in self.write_calls("/Invoices")
            for invoice in json.loads(call["body"])["Invoices"]
        ]

    def test_an_invoice_that_odoo_sent_is_marked_as_sent(self):
        invoice = self.posted()
        invoice.is_move_sent = True
        self.run_job(self.connection)
        self.assertIs(self.xero_document_of(invoice)["SentToContact"], True)

    def test_one_that_is_not_sent_says_nothing_of_it(self):
        self.sent()
        self.assertEqual(self.flags(), [None])

    def test_sending_it_later_goes_with_the_next_change_and_is_no_call_by_itself(self):
        invoice = self.sent()
        self.xero.clear_calls()
        invoice.is_move_sent = True
        invoice.invoice_line_ids.price_unit = invoice.invoice_line_ids.price_unit
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(self.flags(), [])
        self.change(invoice, 200)
        self.assertEqual(self.flags(), [True])
        self.assertIs(self.xero_document_of(invoice)["SentToContact"], True)

    def test_what_awaits_approval_in_xero_is_not_marked(self):
        self.connection.invoice_status = "SUBMITTED"
        invoice = self.posted()
        invoice.is_move_sent = True
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)
        self.assertEqual(self.flags(), [None])

    def test_a_bill_is_sent_to_nobody(self):
        bill = self.posted("in_invoice", ref="B-1")
        bill.is_move_sent = True
        self.run_job(self.connection)
        self.assertEqual(self.flags(), [None])


@tagged("post_install", "-at_install")
class TestOnlineInvoice(InvoiceCase, HttpCase):
    """From the invoice to what its customer sees in Xero."""

    def setUp(self):
        super().setUp()
        self.invoice = self.sent()
        self.row = self.invoice.xero_document_ids
        groups = "account.group_account_invoice,xero_sync.xero_sync_group_user"
        self.log_in("clerk", groups)
        self.xero.clear_calls()

    @contextmanager
    def enter_registry_test_mode(self):
        """A test over HTTP shares its cursor from the start."""
        self.env.flush_all()
        yield
        self.env.invalidate_all()

    def log_in(self, login, groups):
        company = self.company
        user = new_test_user(
            self.env, login, groups, company_id=company.id, company_ids=company.ids
        )
        self.authenticate(login, login)
        return user

    def follow(self, row=None):
        self.env.flush_all()
        path = f"/xero_sync/online_invoice/{(row or self.row).id}"
        answer = self.url_open(path, allow_redirects=False)
        self.env.invalidate_all()
        return answer

    def online_calls(self):
        return self.xero.calls("GET", "/OnlineInvoice")

    def test_the_button_leads_to_xeros_page_with_one_call(self):
        action = self.invoice.action_xero_open_online_invoice()
        self.assertEqual(self.online_calls(), [], "no call in the user's transaction")
        answer = self.url_open(action["url"], allow_redirects=False)
        self.assertEqual(answer.status_code, 303)
        self.assertTrue(answer.headers["Location"].startswith("https://in.xero.com/"))
        self.assertEqual(len(self.online_calls()), 1)

    def test_only_an_approved_sales_invoice_has_the_button(self):
        bill = self.sent("in_invoice", ref="B-1")
        note = self.sent("out_refund")
        waiting = self.posted()
        self.assertTrue(self.invoice.xero_has_online_invoice)
        for move in (bill, note, waiting):
            with self.subTest(move.move_type):
                self.assertFalse(move.xero_has_online_invoice)
                row = move.xero_document_ids
                self.assertEqual(self.follow(row).status_code, 404)
        self.assertEqual(self.online_calls(), [])

    def test_who_does_not_see_the_document_is_told_nothing(self):
        for login, groups in (
            ("visitor", "base.group_portal"),
            ("employee", "base.group_user"),
            ("buyer", "purchase.group_purchase_user,xero_sync.xero_sync_group_user"),
        ):
            self.log_in(login, groups)
            with self.subTest(login):
                self.assertEqual(self.follow().status_code, 404)
        self.authenticate(None, None)
        self.assertIn("/web/login", self.follow().headers["Location"])
        self.assertEqual(self.online_calls(), [])

    @mute_logger("odoo.http")
    def test_when_xero_gives_no_address_the_page_says_why(self):
        self.xero.edit("Invoices", self.row.xero_id, Status="DRAFT")
        answer = self.follow()
        self.assertEqual(answer.status_code, 502)
        self.assertIn(self.invoice.name, answer.text)
        self.assertEqual(self.connection.state, "connected")

    @mute_logger("odoo.http")
    def test_when_xero_is_not_reached_the_connection_stays(self):
        self.xero.fault("dropped_before", method="GET", path="/Invoices")
        self.assertEqual(self.follow().status_code, 502)
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.follow().status_code, 303)

    @mute_logger("odoo.http")
    def test_a_pause_that_xero_asks_for_holds_for_clicks_too(self):
        self.xero.fault("rate_minute", method="GET", path="/Invoices")
        self.assertEqual(self.follow().status_code, 502)
        self.xero.clear_calls()
        self.assertEqual(self.follow().status_code, 502)
        self.assertEqual(self.online_calls(), [])
