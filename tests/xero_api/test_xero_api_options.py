"""What a call may ask for besides its body, against the local Xero."""

import json
import uuid
from decimal import Decimal

from xero_python.accounting import Contact, LineItem, Quote, QuoteLineAmountTypes

from odoo.tests import tagged

from ... import xero_api
from .client_case import ClientCase


@tagged("post_install", "-at_install")
class TestOptions(ClientCase):
    def approved(self):
        model = self.invoice(date="2026-03-01", due_date="2026-04-01")
        model.status = "AUTHORISED"
        (element,) = self.put("Invoices", model)
        self.assertTrue(element.ok, element.errors)
        return element

    def last_query(self):
        return self.xero.calls()[-1]["query"]

    def query_of(self, endpoint, model, **options):
        body = xero_api.serialise(endpoint, [model])
        self.client.write(endpoint, "PUT", body, str(uuid.uuid4()), **options)
        return self.last_query()

    def test_back_orders_are_allowed_when_asked_for_and_for_invoices_only(self):
        model = self.invoice()
        self.assertNotIn("allowBackorders", self.query_of("Invoices", model))
        query = self.query_of("Invoices", model, allow_backorders=True)
        self.assertEqual((query["allowBackorders"], query["unitdp"]), ("True", "4"))
        contact = Contact(name="Other")
        query = self.query_of("Contacts", contact, allow_backorders=True)
        self.assertNotIn("allowBackorders", query)

    def test_a_file_is_shown_online_when_asked_for(self):
        invoice = self.approved()
        for online in (False, True):
            self.client.attach(
                "Invoices", invoice.xero_id, "a.pdf", b"%PDF", f"k{online}", online
            )
            self.assertEqual("IncludeOnline" in self.last_query(), online)
        (file,) = self.xero.state()["attachments"][invoice.xero_id].values()
        self.assertIs(file["IncludeOnline"], True)

    def test_the_address_of_the_online_invoice(self):
        url = self.client.online_invoice_url(self.approved().xero_id)
        self.assertTrue(url.startswith("https://in.xero.com/"), url)

    def test_a_draft_has_no_address(self):
        (draft,) = self.put("Invoices", self.invoice())
        with self.assertRaises(xero_api.RequestRefused):
            self.client.online_invoice_url(draft.xero_id)

    def test_an_address_that_is_not_xeros_is_none(self):
        invoice = self.approved()
        for url in (
            "https://evil.example/in.xero.com",
            "https://in.xero.com.evil.example/",
            "https://in.xero.com@evil.example/",
            "http://in.xero.com/",
            "javascript:alert(1)",
            "https://[",
            "",
        ):
            body = json.dumps({"OnlineInvoices": [{"OnlineInvoiceUrl": url}]})
            read = json.loads(body)
            self.patch(self.client, "_read", lambda *_args, found=read: found)
            with self.subTest(url), self.assertRaises(xero_api.UnreadableAnswer):
                self.client.online_invoice_url(invoice.xero_id)

    def test_a_quote_tells_its_head_and_an_invoice_has_none(self):
        self.assertIsNone(self.approved().quote_head)
        lines = [LineItem(description="Desk", unit_amount=Decimal("11"))]
        quote = Quote(
            contact=Contact(contact_id=self.new_contact("Other")),
            date="2026-03-01",
            expiry_date="2026-04-01",
            terms="Half now",
            line_amount_types=QuoteLineAmountTypes.INCLUSIVE,
            line_items=lines,
        )
        (element,) = self.put("Quotes", quote)
        theme = element.quote_head.branding_theme_id
        self.assertEqual(
            xero_api.quote_details(element.quote_head),
            {
                "date": "2026-03-01",
                "expiry_date": "2026-04-01",
                "terms": "Half now",
                "line_amount_types": "INCLUSIVE",
                "currency_code": "AUD",
                "currency_rate": "1.0",
                "branding_theme_id": theme,
            },
        )
        self.assertTrue(theme)
