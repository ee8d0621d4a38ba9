from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..outbox_case import OutboxCase
from ..xero_server import CLIENT_ID, CLIENT_SECRET


@tagged("post_install", "-at_install")
class TestLimitsAndTokens(OutboxCase):
    """Xero's limits are kept, its tokens renewed, without a person noticing."""

    connects_anew = True

    def test_no_call_before_retry_after(self):
        self.xero.fault("rate_minute", path="/Invoices", retry_after=26)
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls()), 1)
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls()), 1)
        with self.later(seconds=30):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_pause_that_began_late_in_a_second_is_no_shorter(self):
        self.xero.fault("rate_minute", path="/Invoices", retry_after=26)
        self.confirmed_order()
        moment = datetime.now().replace(microsecond=900_000)
        with freeze_time(moment):
            self.run_job(self.connection)
        ends = moment + timedelta(seconds=26)
        self.assertGreaterEqual(self.connection.next_allowed, ends)

    def test_a_limit_without_retry_after_is_backed_off(self):
        self.xero.fault("rate_concurrent", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertGreater(self.connection.next_allowed, datetime.now())
        with self.later(minutes=6):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_limited_rows_go_with_a_new_key_for_they_were_not_processed(self):
        self.xero.fault("rate_minute", path="/Invoices")
        self.confirmed_order()
        self.run_job(self.connection)
        (request,) = self.env["xero.request"].search([])
        self.assertEqual(request.outcome, "not_sent")

    def test_used_up_minute_pauses_without_a_429(self):
        with self.later(minutes=2):
            self.xero.limits(enabled=True, minute=1)
            first = self.confirmed_order()
            self.run_job(self.connection)
            second = self.confirmed_order()
            self.run_job(self.connection)
        self.assertEqual([call["status"] for call in self.xero.calls()], [200])
        self.assertEqual(first.xero_state, "synced")
        with self.later(minutes=4):
            self.run_job(self.connection)
        self.assert_in_xero_once(second)

    def test_token_expired_between_two_batches_is_renewed_at_once(self):
        self.xero.fault("expired_token", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.xero.calls(path="/connect/token")), 1)

    def test_token_near_its_end_is_renewed_before_the_call(self):
        order = self.confirmed_order()
        with self.later(minutes=29):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertNotIn(401, [call["status"] for call in self.xero.calls()])

    def test_rejecting_even_a_new_token_breaks_the_connection_in_words(self):
        self.xero.fault("unauthorised", path="/Invoices", times=5)
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("rejects even a new token", self.connection.state_message)

    def test_refresh_token_rotates_and_the_new_one_is_kept(self):
        token = self.use_web_app()
        before = token.refresh_token
        token.expires_at = datetime.now()
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertNotEqual(token.refresh_token, before)

    def test_lost_refresh_answer_is_repeated_with_the_old_token(self):
        token = self.use_web_app()
        token.expires_at = datetime.now()
        self.xero.fault("lost_answer", path="/connect/token")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=6):
            self.run_job(self.connection)
        self.assertEqual(self.connection.state, "connected")
        self.assert_in_xero_once(order)

    def test_spent_refresh_token_asks_for_a_new_consent(self):
        token = self.use_web_app()
        token.write({"expires_at": datetime.now(), "refresh_token": "spent"})
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("expired or was taken back", self.connection.state_message)

    def test_user_role_taken_away_is_told(self):
        self.xero.revoke_role()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("Check the user's role", self.connection.state_message)

    def use_web_app(self):
        """The connection works with a rotating token set from now on."""
        granted = self.xero.grant()
        self.connection.write(
            {
                "auth_method": "authorization_code",
                "client_id": CLIENT_ID,
                "client_secret": CLIENT_SECRET,
            }
        )
        token = (
            self.env["xero.token"]
            .sudo()
            .search([("connection_id", "=", self.connection.id)])
        )
        token.write(
            {
                "access_token": granted["access_token"],
                "refresh_token": granted["refresh_token"],
            }
        )
        return token
