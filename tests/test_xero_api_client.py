"""The client and the sign-in against the local Xero, over real HTTP."""

import json
import uuid
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from urllib.parse import parse_qs, urlsplit

from xero_python.accounting import (
    Contact,
    Invoice,
    Item,
    LineItem,
    PurchaseOrder,
    Quote,
)

from odoo.tests import BaseCase, tagged

from .. import xero_api
from . import xero_server
from .xero_server import TENANT_AU, TENANT_UK, XeroServerMixin

REDIRECT = "http://localhost:8069/xero_sync/oauth/callback"


class ClientCase(XeroServerMixin, BaseCase):
    def setUp(self):
        super().setUp()
        self.xero.reset()
        self.xero.limits(enabled=False)
        self.token = self.xero.grant()["access_token"]
        self.client = self.connect()
        self.xero.clear_calls()

    def connect(self, token=None, tenant=TENANT_AU, **kwargs):
        client = xero_api.XeroClient(
            token or self.token, tenant, self.xero.url, **kwargs
        )
        return self.enterContext(client)

    def put(self, endpoint, *models, key=None):
        body = xero_api.serialise(endpoint, list(models))
        return self.client.write(endpoint, "PUT", body, key or str(uuid.uuid4()))

    def post(self, endpoint, *models):
        body = xero_api.serialise(endpoint, list(models))
        return self.client.write(endpoint, "POST", body, str(uuid.uuid4()))

    def new_contact(self, name="Acme"):
        (element,) = self.put("Contacts", Contact(name=name))
        return element.xero_id

    def invoice(self, reference="S00042", contact_id=None, **values):
        lines = [
            LineItem(description=f"Odoo order {reference}"),
            LineItem(
                description="Desk",
                quantity=Decimal("2"),
                unit_amount=Decimal("10.5000"),
                account_code="200",
                tax_type="OUTPUT",
            ),
        ]
        return Invoice(
            type="ACCREC",
            contact=Contact(contact_id=contact_id or self.new_contact()),
            line_items=lines,
            reference=reference,
            status="DRAFT",
            **values,
        )


@tagged("post_install", "-at_install")
class TestChoices(ClientCase):
    def test_organisation(self):
        found = self.client.organisation()
        self.assertEqual(found.name, "Demo Company (AU)")
        self.assertEqual((found.country_code, found.base_currency), ("AU", "AUD"))
        self.assertTrue(found.short_code.startswith("!"))

    def test_the_tenant_picks_the_books(self):
        token = self.xero.grant(tenants=[TENANT_AU, TENANT_UK])["access_token"]
        british = self.connect(token, TENANT_UK)
        self.assertEqual(british.organisation().base_currency, "GBP")

    def test_organisation_actions(self):
        self.assertIs(self.client.organisation_actions()["CreateDraftInvoice"], True)

    def test_accounts(self):
        accounts = {account.code: account for account in self.client.accounts()}
        self.assertEqual(accounts["200"].type, "REVENUE")
        self.assertEqual(accounts["205"].status, "ARCHIVED")
        self.assertTrue(accounts["610"].system_account)

    def test_tax_rates(self):
        rates = {rate.tax_type: rate for rate in self.client.tax_rates()}
        self.assertEqual(rates["OUTPUT"].effective_rate, Decimal(10))
        self.assertTrue(rates["OUTPUT"].can_apply_to_revenue)

    def test_currencies(self):
        codes = {currency.code for currency in self.client.currencies()}
        self.assertLessEqual({"AUD", "EUR"}, codes)

    def test_tracking_categories_have_options(self):
        names = {category.name for category in self.client.tracking_categories()}
        self.assertEqual(names, {"Region", "Department"})
        self.assertTrue(self.client.tracking_categories()[0].options)

    def test_branding_themes(self):
        self.assertTrue(self.client.branding_themes()[0].branding_theme_id)

    def test_items(self):
        codes = {item.code for item in self.client.items()}
        self.assertLessEqual({"BOOK", "PAPER"}, codes)


@tagged("post_install", "-at_install")
class TestContacts(ClientCase):
    def test_pages_hold_every_contact_once(self):
        found, page, page_count = [], 1, 1
        while page <= page_count:
            answer = self.client.contacts_page(page, page_size=3)
            found += [contact.xero_id for contact in answer.items]
            page, page_count = page + 1, answer.page_count
        self.assertGreater(page_count, 1)
        self.assertEqual(len(found), len(set(found)))
        whole = self.client.contacts_page(1).items
        self.assertEqual(set(found), {contact.xero_id for contact in whole})

    def test_archived_contacts_are_listed_unless_left_out(self):
        everyone = self.client.contacts_page(1).items
        active = self.client.contacts_page(1, include_archived=False).items
        self.assertTrue(any(contact.archived for contact in everyone))
        self.assertFalse(any(contact.archived for contact in active))

    def test_a_name_with_quotes_is_found_by_filter(self):
        name = 'The "Quoted" Company'
        self.new_contact(name)
        found = self.client.contacts_page(1, where=xero_api.where_equals("Name", name))
        self.assertEqual([contact.name for contact in found.items], [name])

    def test_search(self):
        found = self.client.contacts_page(1, search="Bayside")
        self.assertEqual(len(found.items), 2)

    def test_only_what_was_modified_since(self):
        self.xero.advance(20 * 60)
        contact_id = self.new_contact()
        since = datetime.now(timezone.utc) + timedelta(minutes=10)
        found = self.client.contacts_page(1, modified_since=since)
        self.assertEqual([contact.xero_id for contact in found.items], [contact_id])

    def test_create_then_update_by_id(self):
        contact_id = self.new_contact()
        updated = Contact(contact_id=contact_id, email_address="a@example.com")
        (element,) = self.post("Contacts", updated)
        self.assertTrue(element.ok)
        self.assertEqual((element.xero_id, element.name), (contact_id, "Acme"))

    def test_a_taken_name_is_refused_and_its_neighbour_accepted(self):
        refused, accepted = self.put(
            "Contacts", Contact(name="Bayside Club"), Contact(name="Acme")
        )
        self.assertIsNone(refused.xero_id)
        self.assertIn("already assigned to another contact", refused.errors[0])
        self.assertTrue(accepted.ok)


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
        self.assertEqual(element.sub_total, Decimal("123.40"))

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
class TestLostAnswers(ClientCase):
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
        same = [one for one in found if xero_api.is_same(sent, one, "Invoices")]
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
        self.assertEqual(self.client.budget.minute_remaining, 1)
        self.client.accounts()
        self.assertEqual(self.client.budget.minute_remaining, 0)
        error = self.assert_read_fails(xero_api.RateLimited)
        self.assertEqual(error.problem, "minute")
        self.assertLessEqual(error.retry_after, 60)

    def test_the_limit_at_once_says_no_time(self):
        self.xero.fault("rate_concurrent")
        error = self.assert_read_fails(xero_api.RateLimited)
        self.assertEqual((error.problem, error.retry_after), ("concurrent", None))

    def test_the_budget_of_the_day(self):
        self.assertIsNone(self.client.budget.day_remaining)
        self.client.accounts()
        first = self.client.budget.day_remaining
        self.client.accounts()
        self.assertEqual(self.client.budget.day_remaining, first - 1)

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
class TestSignIn(ClientCase):
    def app(self, client_id=xero_server.CLIENT_ID, secret=xero_server.CLIENT_SECRET):
        url = self.xero.url
        return xero_api.OAuthApp(client_id, secret, identity_url=url, login_url=url)

    def code(self, scopes=xero_api.const.SCOPES, **consent):
        url = self.app().consent_url(REDIRECT, "state-1", scopes)
        answer = urlsplit(self.xero.consent(url, **consent))
        return parse_qs(answer.query)

    def test_from_the_consent_page_to_the_organisation(self):
        answer = self.code()
        self.assertEqual(answer["state"], ["state-1"])
        tokens = self.app().exchange_code(answer["code"][0], REDIRECT)
        self.assertEqual(xero_api.missing_scopes(tokens.scopes), [])
        (connection,) = xero_api.connections(tokens.access_token, self.xero.url)
        self.assertEqual(connection.tenant_id, TENANT_AU)
        client = self.connect(tokens.access_token, connection.tenant_id)
        self.assertEqual(client.organisation().name, connection.tenant_name)

    def test_a_person_who_says_no(self):
        answer = self.code(allow=False)
        self.assertEqual(answer["error"], ["access_denied"])

    def test_a_code_works_once_and_for_its_address_only(self):
        code = self.code()["code"][0]
        self.app().exchange_code(code, REDIRECT)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().exchange_code(code, REDIRECT)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().exchange_code(self.code()["code"][0], REDIRECT + "/other")

    def test_refresh_rotates_and_the_old_one_works_for_half_an_hour(self):
        first = self.xero.grant()["refresh_token"]
        second = self.app().refresh(first).refresh_token
        self.assertNotEqual(first, second)
        self.xero.advance(20 * 60)
        self.app().refresh(first)
        self.xero.advance(20 * 60)
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().refresh(first)
        self.app().refresh(second)

    def test_a_refreshed_token_works_after_the_first_has_expired(self):
        granted = self.xero.grant()
        self.xero.advance(31 * 60)
        tokens = self.app().refresh(granted["refresh_token"])
        self.assertTrue(self.connect(tokens.access_token).accounts())

    def test_a_wrong_secret(self):
        with self.assertRaises(xero_api.OAuthRefused) as caught:
            self.app(secret="wrong").refresh("any")
        self.assertEqual(caught.exception.code, "invalid_client")

    def test_a_lost_answer_of_the_token_endpoint(self):
        refresh_token = self.xero.grant()["refresh_token"]
        self.xero.fault("lost_answer", path="/connect/token")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.app().refresh(refresh_token)
        self.app().refresh(refresh_token)

    def test_a_custom_connection_needs_no_tenant(self):
        app = self.app(xero_server.CUSTOM_CLIENT_ID, xero_server.CUSTOM_CLIENT_SECRET)
        tokens = app.client_credentials()
        self.assertIsNone(tokens.refresh_token)
        client = self.connect(tokens.access_token, tenant=None)
        self.assertEqual(client.organisation().country_code, "AU")
        (call,) = self.xero.calls(path="/Organisation")
        names = {name.lower() for name in call["headers"]}
        self.assertNotIn("xero-tenant-id", names)

    def test_scopes_of_old_apps_are_refused(self):
        app = self.app(xero_server.CUSTOM_CLIENT_ID, xero_server.CUSTOM_CLIENT_SECRET)
        with self.assertRaises(xero_api.OAuthRefused) as caught:
            app.client_credentials(["accounting.transactions"])
        self.assertEqual(caught.exception.code, "invalid_scope")

    def test_disconnecting_then_revoking(self):
        granted = self.xero.grant()
        token = granted["access_token"]
        (connection,) = xero_api.connections(token, self.xero.url)
        xero_api.disconnect(token, connection.id, self.xero.url)
        self.assertEqual(xero_api.connections(token, self.xero.url), [])
        self.app().revoke(granted["refresh_token"])
        with self.assertRaises(xero_api.GrantInvalid):
            self.app().refresh(granted["refresh_token"])


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
