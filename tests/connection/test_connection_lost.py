"""However the connection is lost, no document is, and none goes out twice."""

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..xero_server import CLIENT_ID, CLIENT_SECRET, TENANT_AU, TENANT_UK
from .lost_case import LostCase


@tagged("post_install", "-at_install")
class TestLost(LostCase):
    """Each way to lose it: held, told once, and out by itself after Reconnect."""

    def setUp(self):
        super().setUp()
        self.before = self.confirmed_order()
        self.run_job(self.connection)

    def test_permission_revoked(self):
        self.connection._oauth_app().revoke(self.stale_token().refresh_token)
        orders = self.lose("expired or was taken back")
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_not_used_for_more_than_sixty_days(self):
        with self.later(days=61):
            orders = self.lose("expired or was taken back")
            self.reconnect()
            self.assert_all_went_out(orders)

    def test_role_taken_away(self):
        self.xero.revoke_role()
        orders = self.lose("Check the user's role")
        self.xero.revoke_role(revoked=False)
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_disconnected_in_xero(self):
        self.xero.disconnect()
        orders = self.lose("disconnected in Xero")
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_secret_of_the_application_changed(self):
        self.stale_token()
        self.connection.client_secret = "of yesterday"
        orders = self.lose("does not know this client ID and secret")
        self.connection.client_secret = CLIENT_SECRET
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_application_deleted(self):
        self.stale_token()
        self.connection.client_id = "deleted"
        orders = self.lose("does not know this client ID and secret")
        self.connection.client_id = CLIENT_ID
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_login_reaches_another_organisation_only(self):
        self.xero.disconnect()
        granted = self.xero.grant(tenants=[TENANT_UK])
        self.token().access_token = granted["access_token"]
        orders = self.lose("disconnected in Xero")
        self.assertEqual(self.xero_invoices(TENANT_UK), [])
        self.reconnect()
        self.assert_all_went_out(orders)

    def test_lost_together_with_an_answer(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.disconnect()
        with self.later(minutes=2):
            self.run_job(self.connection)
            self.assertEqual(self.connection.state, "broken")
            self.reconnect()
            self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)


@tagged("post_install", "-at_install")
class TestAnotherOrganisation(LostCase):
    """What belongs to one organisation never goes into another."""

    def reconnect_to_britain(self):
        """With a login that reaches another organisation only."""
        self.xero.disconnect()
        self.reconnect(tenants=(TENANT_UK,))

    def assert_refused(self):
        self.reconnect_to_britain()
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("Archive it and set up", self.connection.state_message)
        again = f"Connect again and allow “{self.connection.tenant_name}”"
        self.assertTrue(self.connection.state_message.startswith(again))
        self.run_job(self.connection)
        self.assertEqual(self.connection.tenant_id, TENANT_AU)
        self.assertEqual(self.xero_invoices(TENANT_UK), [])

    def test_documents_that_wait_are_not_sent_there(self):
        self.xero.disconnect()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assert_refused()

    def test_a_document_without_an_answer_is_not_sent_there(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "sending")
        self.assert_refused()

    def test_what_is_in_xero_is_not_sent_there(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.assert_refused()

    def test_links_of_customers_are_not_taken_there(self):
        self.assert_refused()

    def test_an_unused_connection_may_go_there_and_forgets_the_first(self):
        self.customer.xero_contact_id = False
        self.reconnect_to_britain()
        self.choose_britain()
        self.assertEqual(self.connection.tenant_id, TENANT_UK)
        self.run_job(self.connection)
        theirs = self.xero.state(TENANT_UK)["Contacts"]
        contacts = self.env["xero.contact"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(
            set(contacts.mapped("xero_id")), {each["ContactID"] for each in theirs}
        )

    def test_a_choice_that_was_open_meanwhile_is_refused_too(self):
        self.customer.xero_contact_id = False
        self.reconnect_to_britain()
        self.confirmed_order()
        with self.assertRaisesRegex(UserError, "Archive it and set up"):
            self.choose_britain()

    def choose_britain(self):
        choose = self.env["xero.organisation.choose"].with_user(self.admin)
        choose = choose.with_context(default_connection_id=self.connection.id)
        choose.create({"tenant_id": TENANT_UK}).action_choose()


@tagged("post_install", "-at_install")
class TestQuietConnection(LostCase):
    """A refresh token dies after sixty days without use."""

    def test_a_connection_without_documents_stays_alive(self):
        for days in range(20, 200, 20):
            with self.later(days=days):
                self.run_job(self.connection)
        self.assertEqual(self.connection.state, "connected")

    def test_its_token_is_renewed_every_day(self):
        before = self.token().refresh_token
        with self.later(days=1, minutes=1):
            self.run_job(self.connection)
        self.assertNotEqual(self.token().refresh_token, before)

    def test_that_it_was_taken_back_is_told_within_a_day(self):
        self.connection._oauth_app().revoke(self.token().refresh_token)
        with self.later(days=1, minutes=1):
            self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertTrue(self.connection.activity_ids)
