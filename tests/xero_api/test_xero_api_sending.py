"""What the SDK does to what it sends, and our client does not."""

import json
from datetime import date
from decimal import Decimal

from xero_python.accounting import (
    Contact,
    Invoice,
    LineItem,
    Quote,
    QuoteLineAmountTypes,
)
from xero_python.api_client.serializer import serialize

from odoo.tests import tagged

from ... import xero_api
from ..xero_stub import Reply
from .trap_case import ACCEPTED, INVOICE_ID, TENANT, TrapCase, plain_api


@tagged("post_install", "-at_install")
class TestSending(TrapCase):
    def test_sdk_changes_the_bytes_of_a_body(self):
        stub = self.stub(Reply(ACCEPTED))
        body = {"Invoices": [{"Reference": "é"}]}
        plain_api(stub.url).create_invoices(TENANT, body)
        self.assertNotIn("é".encode(), stub.requests[0].body)

    def test_the_body_is_sent_byte_for_byte(self):
        stub = self.stub(Reply(ACCEPTED))
        body = '{ "Invoices": [ {"Reference": "é\\u00e9", "Total": 1.10 } ] }'
        self.ours(stub).write("Invoices", "PUT", body, "key-1")
        self.assertEqual(stub.requests[0].body, body.encode())

    def test_sdk_sends_days_as_milliseconds_and_decimals_as_floats(self):
        line = LineItem(unit_amount=Decimal("12345678901234.5678"))
        sent = serialize(Invoice(date=date(2026, 11, 22), line_items=[line]))
        self.assertIn("/Date(", sent["Date"])
        self.assertNotEqual(
            Decimal(repr(sent["LineItems"][0]["UnitAmount"])), line.unit_amount
        )

    def test_a_day_is_sent_as_a_day(self):
        body = xero_api.serialise("Invoices", [Invoice(date=date(2026, 11, 22))])
        self.assertEqual(body, '{"Invoices":[{"Date":"2026-11-22"}]}')

    def test_a_decimal_keeps_its_digits(self):
        line = LineItem(
            quantity=Decimal("12345678901234.5678"), unit_amount=Decimal("0.00001")
        )
        body = xero_api.serialise("Invoices", [Invoice(line_items=[line])])
        self.assertIn('"Quantity":12345678901234.5678,"UnitAmount":0.00001', body)

    def test_a_float_is_sent_without_an_exponent(self):
        line = LineItem(quantity=1e-07, unit_amount=0.1)
        body = xero_api.serialise("Invoices", [Invoice(line_items=[line])])
        self.assertIn('"Quantity":0.0000001,"UnitAmount":0.1', body)

    def test_sdk_adds_flags_nobody_set(self):
        self.assertIn("HasAttachments", serialize(Contact(contact_id=INVOICE_ID)))

    def test_a_contact_inside_a_document_is_its_id_only(self):
        invoice = Invoice(contact=Contact(contact_id=INVOICE_ID))
        body = xero_api.serialise("Invoices", [invoice])
        expected = {"Invoices": [{"Contact": {"ContactID": INVOICE_ID}}]}
        self.assertEqual(json.loads(body), expected)

    def test_empty_clears_and_none_is_left_out(self):
        contact = Contact(email_address="", phones=[], tax_number=None)
        body = xero_api.serialise("Contacts", [contact])
        self.assertEqual(body, '{"Contacts":[{"EmailAddress":"","Phones":[]}]}')

    def test_enumerations_are_sent_as_their_words(self):
        quote = Quote(line_amount_types=QuoteLineAmountTypes.EXCLUSIVE)
        body = xero_api.serialise("Quotes", [quote])
        self.assertEqual(body, '{"Quotes":[{"LineAmountTypes":"EXCLUSIVE"}]}')

    def test_letters_are_sent_as_they_are(self):
        body = xero_api.serialise("Contacts", [Contact(name="Café „Ü“")])
        self.assertIn("Café „Ü“", body)

    def test_the_same_models_give_the_same_bytes(self):
        def build():
            line = LineItem(description="é", quantity=Decimal("1.50"), unit_amount=0.1)
            return [Invoice(reference="S00042", line_items=[line])]

        self.assertEqual(
            xero_api.serialise("Invoices", build()),
            xero_api.serialise("Invoices", build()),
        )

    def test_bodies_put_together_are_the_body_of_all(self):
        models = [Invoice(reference=name) for name in ("é", "]}", '{"Invoices":[')]
        singly = [xero_api.serialise("Invoices", [model]) for model in models]
        together = xero_api.joined("Invoices", singly)
        self.assertEqual(together, xero_api.serialise("Invoices", models))

    def test_a_number_that_is_none_is_refused_before_it_is_sent(self):
        invoice = Invoice(line_items=[LineItem(quantity=float("nan"))])
        with self.assertRaises(ValueError):
            xero_api.serialise("Invoices", [invoice])

    def test_quotes_are_asked_without_a_page_size(self):
        with self.assertRaises(TypeError):
            plain_api("http://127.0.0.1:9").get_quotes(TENANT, page_size=1000)
        stub = self.stub(Reply({"Quotes": []}))
        self.ours(stub).documents_page("Quotes", 2, page_size=1000)
        self.assertEqual(stub.requests[0].query, "page=2")
