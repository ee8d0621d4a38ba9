from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import XeroCase
from .xero_server import CLIENT_ID, CLIENT_SECRET

OUTBOX = "odoo.addons.xero_sync.models.xero_outbox"


class OutboxCase(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )

    @contextmanager
    def later(self, **delta):
        """Both clocks, Odoo's and Xero's, show a later time for a while."""
        ahead = timedelta(**delta)
        self.xero.advance(ahead.total_seconds())
        with freeze_time(datetime.now() + ahead):
            yield
        self.xero.advance(-ahead.total_seconds())

    def assert_in_xero_once(self, order):
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")


@tagged("post_install", "-at_install")
class TestLostAnswers(OutboxCase):
    """Whatever becomes of an answer, Xero holds one invoice in the end."""

    def test_lost_answer_is_found_out_with_the_same_key_within_six_minutes(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertIn("did not answer", order.xero_message)
        with self.later(minutes=2):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        first, second = self.write_calls("/Invoices")
        self.assertEqual(
            first["headers"]["Idempotency-Key"], second["headers"]["Idempotency-Key"]
        )
        self.assertEqual(first["body"], second["body"])

    def test_lost_answer_is_looked_up_after_six_minutes(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_what_xero_never_got_is_sent_again_after_six_minutes(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_half_a_batch_known_to_xero_is_adopted_and_the_rest_sent(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        known, unknown = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        document = known.xero_document_ids
        self.xero.seed(
            "Invoices",
            [
                {
                    "Type": "ACCREC",
                    "Status": "DRAFT",
                    "Contact": {"ContactID": self.customer.xero_contact_id.xero_id},
                    "Reference": known.name,
                    "Url": known._xero_back_link(),
                    "LineItems": [
                        {"Description": f"Odoo order {known.name}"},
                        {
                            "Description": "Oak table",
                            "Quantity": 2,
                            "UnitAmount": 150,
                            "AccountCode": "200",
                            "TaxType": "OUTPUT",
                        },
                    ],
                }
            ],
        )
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assertTrue(document.xero_id)
        self.assert_in_xero_once(known)
        self.assert_in_xero_once(unknown)

    def test_each_way_to_lose_an_answer_ends_with_one_invoice(self):
        for fault in (
            "lost_answer",
            "dropped_before",
            "half_answer",
            "server_error",
            "server_error_after",
            "unavailable",
            "html_ok",
            "garbage_json",
        ):
            for minutes in (2, 10):
                with self.subTest(fault=fault, minutes=minutes):
                    self.connection.next_allowed = False
                    self.xero.fault(fault, method="PUT", path="/Invoices")
                    order = self.confirmed_order()
                    self.run_job(self.connection)
                    self.assertFalse(order.xero_number)
                    with self.later(minutes=minutes):
                        self.run_job(self.connection)
                    with self.later(minutes=minutes + 20):
                        self.run_job(self.connection)
                    self.assert_in_xero_once(order)

    def test_lost_answer_of_an_update_is_sent_again(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.fault("lost_answer", method="POST", path="/Invoices")
        order.order_line.product_uom_qty = 8
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_lost_contact_is_adopted_not_doubled(self):
        self.customer.xero_contact_id = False
        self.xero.fault("lost_answer", method="PUT", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        names = [contact["Name"] for contact in self.xero.state()["Contacts"]]
        self.assertEqual(names.count(self.customer.name), 1)
        self.assert_in_xero_once(order)

    def test_lost_contact_read_from_the_list_meanwhile_is_linked_not_doubled(self):
        self.customer.xero_contact_id = False
        self.xero.fault("lost_answer", method="PUT", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(self.connection)
        # On a cursor of its own: reading commits page by page
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            connection = self.connection.with_env(self.env(cr=cr, su=True))
            with connection._client() as client:
                connection._refresh_contacts(client)
        with self.later(minutes=2):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(self.customer.xero_contact_id.name, self.customer.name)

    def test_a_document_xero_never_answers_about_is_given_to_a_person(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices", times=99)
        order = self.confirmed_order()
        for minutes in range(0, 400, 8):
            with self.later(minutes=minutes):
                self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertIn("never answers", order.xero_message)
        self.xero.clear_faults()
        self.connection.next_allowed = False
        order.action_xero_send()
        self.finish_request()
        self.assert_in_xero_once(order)

    def test_second_failure_during_recovery_does_not_forget_the_first(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.fault("rate_minute", method="PUT", path="/Invoices")
        with self.later(minutes=2):
            self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_request_left_open_by_a_dead_worker_is_settled(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            count, request = self.connection.sudo()._open_batch("xero.document")
        self.assertEqual((count, request.outcome), (1, "open"))
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        (call,) = self.write_calls("/Invoices")
        self.assertEqual(call["headers"]["Idempotency-Key"], request.idempotency_key)

    def test_worker_that_slept_over_its_key_does_not_send(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            connection = self.connection.sudo()
            _count, request = connection._open_batch("xero.document")
            request.sent_at = datetime.now() - timedelta(minutes=7)
            connection._call(request)
        self.assertEqual(self.write_calls(), [])
        self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_change_while_sending_reaches_xero_afterwards(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        order.order_line.product_uom_qty = 6
        self.end_click()
        self.assertTrue(order.xero_document_ids.changed_while_sending)
        self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_change_that_cures_a_refusal_while_sending_goes_by_itself(self):
        order = self.confirmed_order()
        income = self.company_data["default_account_revenue"].copy()
        account = self.env["xero.account"].search([("code", "=", "260")])
        income.xero_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        good = order.order_line.product_id
        order.order_line.product_id = self.env["product.product"].create(
            {
                "name": "Rug",
                "taxes_id": self.gst.ids,
                "property_account_income_id": income.id,
            }
        )
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        order.order_line.product_id = good
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 2)

    def test_contact_linked_by_a_person_while_one_is_made_stays_the_link(self):
        chosen = self.customer.xero_contact_id
        self.customer.xero_contact_id = False
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            connection = self.connection.sudo()
            connection._open_batch("xero.document")
            connection._open_batch("xero.contact")
        self.customer.xero_contact_id = chosen
        self.run_job(self.connection)
        self.assertEqual(self.customer.xero_contact_id, chosen)
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"], chosen.xero_id
        )

    def test_cancel_while_sending_deletes_the_draft_afterwards(self):
        order = self.confirmed_order()
        with self.enter_registry_test_mode():
            self.connection.sudo()._open_batch("xero.document")
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DELETED")


@tagged("post_install", "-at_install")
class TestLimitsAndTokens(OutboxCase):
    """Xero's limits are kept, its tokens renewed, without a person noticing."""

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
        self.assertIn("Check the role", self.connection.state_message)

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


@tagged("post_install", "-at_install")
class TestBatches(OutboxCase):
    """Many rows, few calls, and no row in another's way."""

    def test_fifty_documents_go_in_one_call(self):
        orders = self.env["sale.order"].concat(*(self.new_order() for _n in range(51)))
        orders.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls("/Invoices")), 2)
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})

    def test_whole_request_refused_is_sent_singly_to_find_the_culprit(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        (good + bad).order_line.product_uom_qty = 3
        # An id Xero does not have makes the whole request a 404
        bad.xero_document_ids.sudo().xero_id = "99999999-9999-4999-8999-999999999999"
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")

    def test_unforeseen_mapping_error_fails_one_row_only(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        bad.currency_id = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "active": True}
        )
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")

    @mute_logger(f"{OUTBOX}_batch")
    def test_bug_on_one_record_stops_no_other(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        orders = type(self.env["sale.order"])
        prepare = orders._xero_prepare

        def broken(order, *args):
            return 1 / 0 if order == bad else prepare(order, *args)

        self.patch(orders, "_xero_prepare", broken)
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")
        self.assertIn("unexpected error", bad.xero_message)

    @mute_logger(OUTBOX)
    def test_failing_run_after_a_click_does_not_fail_the_click(self):
        order = self.confirmed_order()
        self.patch(
            type(self.env["xero.connection"]), "_run", lambda *args, **kwargs: 1 / 0
        )
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "pending")

    def test_skipped_document_stays_until_somebody_asks(self):
        order = self.confirmed_order()
        order.xero_document_ids.action_skip()
        order.order_line.product_uom_qty = 4
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        order.action_xero_send()
        self.finish_request()
        self.assert_in_xero_once(order)
