"""Xero rings: what the local Xero posts, and what becomes of it."""

import os
from datetime import timedelta
from unittest.mock import patch

from cryptography.fernet import Fernet

from odoo import fields
from odoo.tests import tagged

from ...models.connection.sealing import VARIABLE
from ..security.webhook_case import EVENT, WebhookCase, body_of
from ..xero_server import TENANT_UK


@tagged("post_install", "-at_install")
class TestWebhook(WebhookCase):
    def test_the_intent_to_receive_passes(self):
        self.assertEqual(self.portal(), "OK")
        self.assertEqual(self.asked(), 0, "it tells of nothing")

    def test_the_intent_to_receive_does_not_pass_with_another_key(self):
        self.portal()
        self.connection.webhook_key = "the-key-of-another-webhook"
        self.env.flush_all()
        with self.allow_requests(all_requests=True):
            told = self.xero.intent_to_receive(self.connection.client_id)
        self.assertIn("answered 401 instead of 200", told)

    def key_kept(self):
        return self.connection.sudo().webhook_key_stored

    def test_the_key_is_encrypted_where_the_server_has_one_for_secrets(self):
        key = Fernet.generate_key().decode()
        with patch.dict(os.environ, {VARIABLE: key}):
            self.assertEqual(self.portal(), "OK")
            self.assertTrue(self.key_kept().startswith("fernet:"))
        with (
            patch.dict(os.environ, {VARIABLE: ""}),
            self.allow_requests(all_requests=True),
        ):
            told = self.xero.intent_to_receive(self.connection.client_id)
        self.assertIn("answered 401 instead of 200", told)

    def test_a_key_stored_before_is_encrypted_with_the_next_run(self):
        self.portal()
        key = Fernet.generate_key().decode()
        with patch.dict(os.environ, {VARIABLE: key}):
            self.run_job(self.connection)
            self.assertTrue(self.key_kept().startswith("fernet:"))

    def test_what_changes_in_xero_is_read_without_anybody_asking(self):
        self.connection.holdings_share = 0  # not by itself
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        self.portal()
        row = invoice.xero_document_ids
        self.xero.advance(60)
        self.xero.edit("Invoices", row.xero_id, AmountPaid=110.0, AmountDue=0.0)
        self.long_ago()
        self.deliver()
        self.assertEqual(self.xero.deliveries()[-1]["outcome"], "delivered")
        self.run_job(self.connection)
        self.assertEqual((row.xero_paid, row.xero_due), (110.0, 0.0))

    def test_a_flood_becomes_one_reading(self):
        body = body_of(EVENT)
        self.long_ago()
        jobs = [("cron_id", "=", self.connection.cron_id.id)]
        self.env["ir.cron.trigger"].search(jobs).unlink()
        for _post in range(50):
            self.assert_taken(self.post(body))
        self.assertEqual(self.asked(), 1)
        self.assertEqual(self.env["ir.cron.trigger"].search_count(jobs), 1)
        self.xero.clear_calls()
        self.run_job(self.connection)
        lists = [call["path"] for call in self.xero.calls()]
        self.assertEqual(len(lists), len(set(lists)), lists)

    def test_a_post_wakes_the_job_at_once(self):
        self.long_ago()
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self.post(body_of(EVENT))
        [woken] = triggers.search([("cron_id", "=", self.connection.cron_id.id)])
        self.assertLessEqual(woken.call_at, fields.Datetime.now())

    def test_books_in_which_much_is_done_are_read_once_a_minute(self):
        self.connection.sudo().holdings_share = 0  # not by itself
        self.post(body_of(EVENT))
        self.assertEqual(self.readings(), 1)
        self.post(body_of(EVENT))
        self.assertEqual(self.readings(), 0)
        [woken] = self.env["ir.cron.trigger"].search(
            [("cron_id", "=", self.connection.cron_id.id)], order="id desc", limit=1
        )
        wait = woken.call_at - self.connection.holdings_at
        self.assertEqual(wait, timedelta(minutes=1))
        with self.later(minutes=2):
            self.assertEqual(self.readings(), 1)

    def test_who_rings_during_a_reading_is_heard_a_minute_after_it(self):
        """What woke the job for them, it has used up by then."""
        self.connection.sudo().holdings_share = 0  # not by itself
        self.long_ago()
        self.assertEqual(self.posted_during_a_reading(), 1)
        triggers = self.env["ir.cron.trigger"]
        triggers.search([]).unlink()
        self.assertEqual(self.readings(), 0)
        self.assertEqual(self.readings(), 0)
        [woken] = triggers.search([("cron_id", "=", self.connection.cron_id.id)])
        wait = woken.call_at - self.connection.holdings_at
        self.assertEqual(wait, timedelta(minutes=1))

    def posted_during_a_reading(self):
        """How many wishes a post leaves that comes once a reading has begun."""
        connection = self.env.registry["xero.connection"]
        begin = connection._begin_reading

        def begin_and_post(connection):
            begin(connection)
            connection._ask_for_reading()

        with patch.object(connection, "_begin_reading", begin_and_post):
            self.connection._ask_for_reading(by_person=True)
            self.run_job(self.connection)
        return self.asked()

    def test_who_presses_check_now_does_not_wait_for_that(self):
        self.post(body_of(EVENT))
        self.assertEqual(self.readings(), 1)
        self.connection.action_check_now()
        self.assertEqual(self.readings(), 1)

    def readings(self):
        """How many readings the job makes now, by the list that each begins with."""
        self.xero.clear_calls()
        self.run_job(self.connection)
        return len(self.xero.calls("GET", "/Contacts"))

    def long_ago(self):
        """The last reading was not just now."""
        self.connection.sudo().holdings_at = "2026-01-02 03:04:05"
        self.env.flush_all()

    def test_what_changes_while_a_reading_goes_on_is_read_by_the_next(self):
        self.post(body_of(EVENT))
        self.env["xero.doorbell"].sudo().search([]).unlink()
        self.post(body_of(EVENT))
        self.assertEqual(self.asked(), 1)

    def test_repeated_and_out_of_order_posts_are_taken(self):
        later, earlier = body_of(EVENT, first=7), body_of(EVENT, first=1)
        for body in (later, earlier, later):
            self.assert_taken(self.post(body))
        self.assertEqual(self.asked(), 1)

    def test_each_kind_of_event_counts(self):
        invoice, credit_note = self.sent("out_invoice"), self.sent("out_refund")
        for category, xero_id in (
            ("INVOICE", invoice.xero_id),
            ("CREDITNOTE", credit_note.xero_id.upper()),
            ("CONTACT", EVENT["resourceId"]),
        ):
            with self.subTest(category=category):
                told = {"eventCategory": category, "resourceId": xero_id}
                self.assertEqual(self.asked_by(told), 1)

    def sent(self, move_type):
        """The row of a document that is in Xero."""
        move = self.new_move(move_type)
        move.action_post()
        self.run_job(self.connection)
        return move.xero_document_ids

    def asked_by(self, told, moment="2099-01-01T00:00:00.000"):
        """How many readings a post asks for.

        :param told: what the event says otherwise than EVENT
        """
        self.env["xero.doorbell"].sudo().search([]).unlink()
        event = {**EVENT, "eventDateUtc": moment, **told}
        self.assert_taken(self.post(body_of(event)))
        return self.asked()

    def test_what_odoo_did_itself_asks_for_no_reading(self):
        row = self.sent("out_invoice")
        told = {"eventCategory": "INVOICE", "resourceId": row.xero_id}
        for seconds, asked in ((-60, 0), (1, 0), (3, 1)):
            with self.subTest(seconds=seconds):
                moment = row.xero_updated + timedelta(seconds=seconds)
                text = moment.isoformat(timespec="milliseconds")
                self.assertEqual(self.asked_by(told, text), asked)
        self.assertEqual(self.asked_by(told, "some day"), 1, "who knows when")

    def test_what_others_made_in_xero_asks_for_no_reading(self):
        unknown = EVENT["resourceId"].replace("a", "b")
        for category in ("INVOICE", "CREDITNOTE", "CONTACT"):
            told = {"eventCategory": category, "resourceId": unknown}
            self.assertEqual(self.asked_by(told), 0)

    def test_what_no_reading_answers_asks_for_none(self):
        self.assert_taken(
            self.post(body_of({**EVENT, "eventCategory": "SUBSCRIPTION"}))
        )
        self.assertEqual(self.asked(), 0)

    def test_one_application_serves_all_its_connections(self):
        """Its one webhook has the address and key of one of them."""
        other = self.setup_other_company(name="Hobart Pty")["company"]
        theirs = self.connect_to_britain(other)
        ours = self.connection.sudo()
        theirs.sudo().write(
            {"client_id": ours.client_id, "client_secret": "another-secret"}
        )
        self.env["xero.contact"].sudo().create(
            {
                "connection_id": theirs.id,
                "name": "City Agency",
                "xero_id": EVENT["resourceId"],
            }
        )
        self.env["xero.doorbell"].sudo().search([]).unlink()
        told = body_of({**EVENT, "tenantId": TENANT_UK})
        self.post(told)
        self.assertEqual(self.asked(theirs), 0, "who knows the name only, is not told")
        theirs.sudo().client_secret_stored = ours.client_secret_stored
        self.post(told)
        self.assertEqual((self.asked(theirs), self.asked()), (1, 0))

    def test_a_connection_that_is_not_live_is_not_asked(self):
        self.connection.sudo().state = "draft"
        self.assert_taken(self.post(body_of(EVENT)))
        self.assertEqual(self.asked(), 0)

    def test_each_connection_has_an_address_of_its_own(self):
        other = self.setup_other_company(name="Hobart Pty")["company"]
        theirs = self.env["xero.connection"].create({"company_id": other.id})
        self.assertNotEqual(theirs.webhook_url, self.connection.webhook_url)
        self.assertIn("/xero_sync/webhook/", theirs.webhook_url)
