"""The client against the local Xero, over real HTTP."""

import json
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from xero_python.accounting import (
    Contact,
    Invoice,
    Item,
    LineItem,
    PurchaseOrder,
    Quote,
)

from odoo.tests import tagged

from ... import xero_api
from ..xero_server import TENANT_AU, TENANT_UK
from .client_case import ClientCase


@tagged("post_install", "-at_install")
class TestDocuments(ClientCase):
    def test_an_order_becomes_a_draft_invoice(self):
        (element,) = self.put("Invoices", self.invoice(url="https://o.example.com/42"))
        self.assertTrue(element.ok, element.errors)
        self.assertEqual((element.status, element.type), ("DRAFT", "ACCREC"))
        self.assertTrue(element.number)
        self.assertEqual(element.total, Decimal("23.10"))
        self.assertEqual(element.line_count, 2)
        self.assertEqual(element.url, "https://o.example.com/42")

    def test_four_decimals_of_a_price_arrive(self):
        invoice = self.invoice()
        invoice.line_items[1].unit_amount = Decimal("0.1234")
        invoice.line_items[1].quantity = Decimal("1000")
        (element,) = self.put("Invoices", invoice)
        self.assertEqual(element.total, Decimal("135.74"))  # 10 % tax included

    def test_what_xero_received_is_the_body_byte_for_byte(self):
        body = xero_api.serialise("Invoices", [self.invoice("S00042 – é")])
        self.client.write("Invoices", "PUT", body, "key-1")
        (call,) = self.xero.calls("PUT", "/Invoices")
        self.assertEqual(call["body"], body)

    def test_every_kind_of_document_can_be_written_and_listed(self):
        contact = Contact(contact_id=self.new_contact())
        line = LineItem(
            description="Desk", quantity=1, unit_amount=10, account_code="200"
        )
        day = datetime(2026, 11, 22).date()
        models = {
            "Items": Item(code="DESK", name="Desk"),
            "Invoices": self.invoice("S1", contact.contact_id),
            "CreditNotes": {
                "Type": "ACCRECCREDIT",
                "Contact": contact,
                "LineItems": [line],
            },
            "PurchaseOrders": PurchaseOrder(contact=contact, line_items=[line]),
            "Quotes": Quote(contact=contact, line_items=[line], date=day),
        }
        for endpoint, model in models.items():
            with self.subTest(endpoint=endpoint):
                (element,) = self.put(endpoint, model)
                self.assertTrue(element.ok, element.errors)
                since = datetime.now(timezone.utc) - timedelta(minutes=5)
                listed = self.client.changed_since(endpoint, since)
                self.assertIn(element.xero_id, {one.xero_id for one in listed})

    def test_invoices_are_looked_up_by_their_ids(self):
        contact_id = self.new_contact()
        models = [self.invoice(f"S{number}", contact_id) for number in range(3)]
        elements = self.put("Invoices", *models)
        wanted = [element.xero_id for element in elements[:2]]
        page = self.client.documents_page("Invoices", 1, ids=wanted)
        self.assertEqual({one.xero_id for one in page.items}, set(wanted))

    def test_ids_of_other_documents_cannot_be_looked_up(self):
        with self.assertRaises(ValueError):
            self.client.documents_page("Quotes", 1, ids=[TENANT_AU])

    def test_a_change_by_hand_is_refused_and_changes_nothing(self):
        (created,) = self.put("Invoices", self.invoice())
        self.xero.edit("Invoices", created.xero_id, Status="VOIDED")
        update = Invoice(invoice_id=created.xero_id, status="DELETED")
        (refused,) = self.post("Invoices", update)
        self.assertTrue(refused.errors)
        self.assertEqual(refused.status, "")

    def test_answers_are_paired_with_what_was_sent(self):
        contact_id = self.new_contact()
        models = [self.invoice(f"S{number}", contact_id) for number in range(50)]
        models[7].line_items[1].account_code = "nonsense"
        body = xero_api.serialise("Invoices", models)
        received = self.client.write("Invoices", "PUT", body, "key-1")
        sent = xero_api.sent_elements("Invoices", body)
        pairs = xero_api.pair(sent, received[::-1], "Invoices")
        references = [element.reference for element in pairs]
        self.assertEqual(references, [f"S{number}" for number in range(50)])
        self.assertEqual([element.ok for element in pairs].index(False), 7)


@tagged("post_install", "-at_install")
class TestAnswersLostOnTheWire(ClientCase):
    def invoices(self):
        return self.xero.state()["Invoices"]

    def lose(self, fault, **options):
        """Write an invoice whose answer never comes; return the body."""
        body = xero_api.serialise("Invoices", [self.invoice()])
        self.xero.fault(fault, method="PUT", path="/Invoices", **options)
        before = len(self.invoices())
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.client.write("Invoices", "PUT", body, "key-1")
        return body, len(self.invoices()) - before

    def test_an_answer_lost_after_processing(self):
        for fault in ("lost_answer", "half_answer", "html_ok", "garbage_json"):
            with self.subTest(fault=fault):
                self.xero.reset()
                self.client = self.connect(self.xero.grant()["access_token"])
                _body, created = self.lose(fault)
                self.assertEqual(created, 1)

    def test_a_request_lost_before_processing(self):
        _body, created = self.lose("dropped_before")
        self.assertEqual(created, 0)

    def test_an_error_of_the_server_before_and_after_processing(self):
        for fault, expected in (("server_error", 0), ("server_error_after", 1)):
            with self.subTest(fault=fault):
                self.xero.reset()
                self.client = self.connect(self.xero.grant()["access_token"])
                _body, created = self.lose(fault)
                self.assertEqual(created, expected)

    def test_xero_unavailable_on_a_write(self):
        body = xero_api.serialise("Contacts", [Contact(name="Acme")])
        self.xero.fault("unavailable", method="PUT", path="/Contacts")
        with self.assertRaises(xero_api.OutcomeUnknown) as caught:
            self.client.write("Contacts", "PUT", body, "key-1")
        self.assertEqual(caught.exception.status, 503)

    def test_a_slow_answer(self):
        self.client = self.connect(timeout=(5, 0.2))
        body = xero_api.serialise("Contacts", [Contact(name="Acme")])
        self.xero.fault("slow", method="PUT", path="/Contacts", seconds=1)
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.client.write("Contacts", "PUT", body, "key-1")

    def test_the_same_key_and_body_within_six_minutes_create_once(self):
        body, _created = self.lose("lost_answer")
        before = len(self.invoices())
        (element,) = self.client.write("Invoices", "PUT", body, "key-1")
        self.assertTrue(element.ok)
        self.assertEqual(len(self.invoices()), before)

    def test_after_six_minutes_it_is_found_by_what_we_gave_it(self):
        body, _created = self.lose("lost_answer")
        self.xero.advance(3600)
        self.client = self.connect(self.xero.grant()["access_token"])
        (sent,) = xero_api.sent_elements("Invoices", body)
        since = datetime.now(timezone.utc) - timedelta(minutes=10)
        found = list(self.client.changed_since("Invoices", since))
        same = [one for one in found if xero_api.is_ours(sent, one, "Invoices")]
        self.assertEqual(len(same), 1)

    def test_a_key_used_for_another_body_is_refused(self):
        self.put("Contacts", Contact(name="Acme"), key="key-1")
        with self.assertRaises(xero_api.RequestRefused) as caught:
            self.put("Contacts", Contact(name="Other"), key="key-1")
        self.assertEqual(caught.exception.kind, "IdempotencyKeyReuse")


@tagged("post_install", "-at_install")
class TestRefusals(ClientCase):
    def assert_read_fails(self, kind):
        with self.assertRaises(kind) as caught:
            self.client.contacts_page(1)
        return caught.exception

    def test_an_expired_token(self):
        self.xero.advance(31 * 60)
        self.assert_read_fails(xero_api.TokenRejected)

    def test_a_token_nobody_issued(self):
        self.client = self.connect("nonsense")
        self.assert_read_fails(xero_api.TokenRejected)

    def test_a_missing_scope(self):
        scopes = ["accounting.invoices"]
        self.client = self.connect(self.xero.grant(scopes=scopes)["access_token"])
        self.assert_read_fails(xero_api.ScopeMissing)

    def test_an_organisation_that_threw_us_out(self):
        self.xero.disconnect()
        error = self.assert_read_fails(xero_api.Forbidden)
        self.assertTrue(error.disconnected)

    def test_an_organisation_never_connected(self):
        self.client = self.connect(tenant=TENANT_UK)
        error = self.assert_read_fails(xero_api.Forbidden)
        self.assertTrue(error.disconnected)

    def test_a_user_whose_role_is_too_low(self):
        self.xero.revoke_role()
        with self.assertRaises(xero_api.Forbidden) as caught:
            self.put("Contacts", Contact(name="Acme"))
        self.assertFalse(caught.exception.disconnected)

    def test_the_limit_of_a_minute(self):
        self.xero.limits(enabled=True, minute=2)
        self.client.accounts()
        self.assertEqual(self.client.budget.minute.remaining, 1)
        self.client.accounts()
        self.assertEqual(self.client.budget.minute.remaining, 0)
        made = len(self.xero.calls())
        error = self.assert_read_fails(xero_api.RateLimited)
        self.assertEqual(error.problem, "minute")
        self.assertLessEqual(error.retry_after, 60)
        self.assertEqual(len(self.xero.calls()), made, "it was not even tried")

    def test_the_limit_of_a_minute_that_others_used_up(self):
        self.xero.fault("rate_minute", retry_after=26)
        error = self.assert_read_fails(xero_api.RateLimited)
        self.assertEqual((error.problem, error.retry_after), ("minute", 26))
        self.assertEqual(self.client.budget.minute.remaining, 0)

    def test_the_limit_at_once_says_no_time(self):
        self.xero.fault("rate_concurrent")
        error = self.assert_read_fails(xero_api.RateLimited)
        self.assertEqual((error.problem, error.retry_after), ("concurrent", None))

    def test_the_budget_of_the_day(self):
        self.assertIsNone(self.client.budget.day.remaining)
        self.client.accounts()
        first = self.client.budget.day.remaining
        self.client.accounts()
        self.assertEqual(self.client.budget.day.remaining, first - 1)

    def test_a_bad_filter_is_named(self):
        with self.assertRaises(xero_api.RequestRefused) as caught:
            self.client.contacts_page(1, where='Name=="unfinished')
        self.assertEqual(caught.exception.kind, "QueryParseException")

    def test_an_update_of_what_does_not_exist(self):
        ghost = Invoice(invoice_id=str(uuid.uuid4()), status="DELETED")
        try:
            (element,) = self.post("Invoices", ghost)
        except xero_api.NotFound:
            return
        self.assertFalse(element.ok)


@tagged("post_install", "-at_install")
class TestOneAnswerPerCall(ClientCase):
    def test_fifty_invoices_are_one_call(self):
        contact_id = self.new_contact()
        models = [self.invoice(f"S{number}", contact_id) for number in range(50)]
        self.xero.clear_calls()
        elements = self.put("Invoices", *models)
        self.assertEqual(len(elements), 50)
        self.assertEqual(len(self.xero.calls()), 1)

    def test_what_is_serialised_is_json_of_the_endpoint(self):
        body = xero_api.serialise("Contacts", [Contact(name="Acme")])
        self.assertEqual(json.loads(body), {"Contacts": [{"Name": "Acme"}]})
