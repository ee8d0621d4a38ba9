from odoo import fields
from odoo.tests import tagged

from ...xero_api import XeroError
from ..holdings.restored_case import RestoredCase
from ..xero_server import CLIENT_ID, CLIENT_SECRET, CUSTOM_CLIENT_SECRET


def copied(held):
    """What a person makes who copies an invoice in Xero."""
    lines = [
        {name: line[name] for name in ("Description", "UnitAmount", "AccountCode")}
        for line in held["LineItems"]
        if line.get("UnitAmount")
    ]
    return {
        **{name: held[name] for name in ("Type", "Status", "Url", "Reference")},
        "Contact": {"ContactID": held["Contact"]["ContactID"]},
        "Date": "2026-03-02",
        "DueDate": "2026-03-02",
        "LineItems": lines,
    }


@tagged("post_install", "-at_install")
class TestCopiedDatabase(RestoredCase):
    """A copy sends nothing until a person says so, and leaves the original's token."""

    def become_a_copy(self):
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("database.uuid", "11111111-2222-3333-4444-555555555555")
        self.xero.clear_calls()

    def test_a_copy_makes_no_call_and_asks(self):
        self.become_a_copy()
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.assertEqual(self.connection.state, "moved")
        self.assertIn("is a copy of", self.connection.state_message)
        self.assertIn("may be a copy", order.xero_message)
        self.assertTrue(self.connection.sudo().activity_ids)

    def test_it_asks_once(self):
        self.become_a_copy()
        self.run_job(self.connection)
        before = len(self.connection.sudo().message_ids)
        self.run_job(self.connection)
        self.assertEqual(len(self.connection.sudo().message_ids), before)

    def test_a_database_on_another_server_asks(self):
        self.move("server")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.assertEqual(self.connection.state, "moved")
        self.assertEqual(order.xero_document_ids.state, "pending")

    def test_what_replaces_the_original_reads_first_and_then_sends(self):
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore(place="server")
        self.run_job(self.connection)
        self.connection.action_replaces()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        self.assertFalse(self.connection.sudo().activity_ids)
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.held("Invoices"), [held])
        self.assertEqual(order.xero_document_ids.state, "synced")

    def test_a_copy_whose_job_never_ran_opens_no_online_invoice(self):
        """Its token is the original's: whoever renews it, takes it from there."""
        row = self.posted().xero_document_ids.sudo()
        with self.enter_registry_test_mode():
            self.assertTrue(row._online_invoice_url())
            self.become_a_copy()
            with self.assertRaises(XeroError):
                row._online_invoice_url()
        self.assertEqual(self.xero.calls(), [])

    def test_a_copy_that_is_disconnected_keeps_no_secret(self):
        self.become_a_copy()
        self.run_job(self.connection)
        self.connection.action_disconnect()
        self.finish_request()
        self.assertEqual(self.xero.calls(), [])
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("is a copy", self.connection.state_message)
        self.assertFalse(self.connection.has_client_secret)
        self.assertFalse(
            self.env["xero.token"]
            .sudo()
            .search([("connection_id", "=", self.connection.id)])
        )

    def test_a_copy_connected_anew_goes_on(self):
        self.become_a_copy()
        self.run_job(self.connection)
        self.connection.action_disconnect()
        self.finish_request()
        self.connection.client_secret = CUSTOM_CLIENT_SECRET
        self.connection.action_connect()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")


@tagged("post_install", "-at_install")
class TestOriginal(RestoredCase):
    """The original of a copy that sends, too."""

    def made_by_the_copy(self):
        """What a copy of this database makes in Xero."""
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        self.restore(place=None)
        self.check_now()

    def test_it_says_that_another_one_sends_and_stops(self):
        self.confirmed_order()
        self.made_by_the_copy()
        self.assertEqual(self.connection.state, "moved")
        self.assertIn("Another database sends", self.connection.state_message)
        self.xero.clear_calls()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_after_a_restore_it_notices_another_one_too(self):
        self.confirmed_order()
        self.back_up()
        self.restore()
        self.run_job(self.connection)
        self.assertTrue(self.connection.restored_from)
        self.made_by_the_copy()
        self.assertEqual(self.connection.state, "moved")

    def test_whose_token_another_one_renewed_is_told_so_and_reads_first(self):
        spent = self.use_rotating_token()
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore(place=None)
        self.connection._oauth_app().refresh(spent)  # as the other one does
        with self.later(minutes=40):  # Xero takes a spent one for half an hour
            order = self.confirmed_order()
            self.run_job_as_if_never_silent()
            self.assertEqual(self.connection.state, "broken")
            self.assertIn("another copy of this", self.connection.state_message)
            self.assertIn("reconnect", order.xero_message)
            self.use_rotating_token()
            self.connection.sudo().state = "connected"  # as Reconnect ends
            self.run_job_as_if_never_silent()
        self.assertEqual(self.held("Invoices"), [held])
        row = order.xero_document_ids
        self.assertEqual(row.state, "synced", row.message)

    def test_after_a_restore_it_gets_its_own_token_though_the_old_one_is_good(self):
        old = self.use_rotating_token()
        self.back_up()
        self.restore()
        self.run_job(self.connection)
        token = self.env["xero.token"].sudo().search([])
        self.assertNotEqual(token.refresh_token, old)
        self.assertEqual(self.connection.state, "connected")

    def run_job_as_if_never_silent(self):
        """The token alone tells that another one is at work."""
        self.connection.sudo().cron_id.lastcall = fields.Datetime.now()
        self.run_job(self.connection)

    def use_rotating_token(self):
        """As of a web app; returns the token that renews it once."""
        granted = self.xero.grant()
        self.connection.write(
            {
                "auth_method": "authorization_code",
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            }
        )
        tokens = self.env["xero.token"].sudo()
        token = tokens.search([("connection_id", "=", self.connection.id)])
        token.write({name: granted[name] for name in ("access_token", "refresh_token")})
        token.expires_at = fields.Datetime.add(fields.Datetime.now(), minutes=30)
        self.env.flush_all()
        return granted["refresh_token"]

    def test_of_a_document_that_was_deleted_here_nobody_is_asked(self):
        invoice = self.posted()
        row = invoice.xero_document_ids
        self.posted()
        self.pay(row, 10)
        row.sudo().unlink()
        invoice.button_draft()
        invoice.name = False
        invoice.unlink()
        self.end_click()
        self.check_now()
        self.assertEqual(self.connection.state, "connected")

    def test_a_link_to_an_address_that_begins_alike_is_no_other_database(self):
        held = self.xero_document_of(self.posted())
        elsewhere = "https://odoo.example.com.au/mail/view?model=account.move"
        url = f"{elsewhere}&res_id={2**31 - 1}"
        self.xero.seed("Invoices", [{**copied(held), "Url": url}])
        self.check_now()
        self.assertEqual(self.connection.state, "connected")

    def test_told_to_go_on_it_makes_nothing_twice(self):
        self.confirmed_order()
        self.made_by_the_copy()
        self.connection.action_replaces()
        self.finish_request()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.held("Invoices")), 2)

    def test_a_document_that_a_person_copied_in_xero_is_no_other_database(self):
        invoice = self.posted()
        self.xero.seed("Invoices", [copied(self.xero_document_of(invoice))])
        self.check_now()
        self.assertEqual(self.connection.state, "connected")

    def test_links_in_xero_follow_a_new_address_with_the_next_change(self):
        invoice = self.posted()
        self.env["ir.config_parameter"].sudo().set_param(
            "web.base.url", "https://new.example.com"
        )
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 75
        invoice.action_post()
        self.run_job(self.connection)
        url = self.xero_document_of(invoice)["Url"]
        self.assertTrue(url.startswith("https://new.example.com/"), url)
