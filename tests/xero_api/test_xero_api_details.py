"""What is kept of contacts and items: JSON, complete, nothing of erased persons."""

import json
from dataclasses import fields

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ...xero_api import readers
from .xero_answers import CONTACT, ID_1

ITEM = {
    "ItemID": ID_1,
    "Code": "OAK-1",
    "Name": "Oak table",
    "IsSold": True,
    "SalesDetails": {"UnitPrice": 150.1234, "AccountCode": "200"},
    "PurchaseDetails": {"UnitPrice": 0},
    "IsTrackedAsInventory": False,
}
# Columns of the rows, which are not kept twice
CONTACT_COLUMNS = {
    "xero_id",
    "name",
    "email",
    "number",
    "account_number",
    "tax_number",
    "status",
    "merged_to",
    "is_customer",
    "is_supplier",
    "updated",
}
ITEM_COLUMNS = {"xero_id", "code", "name", "updated"}


def parsed(data):
    """As an answer of Xero is parsed: numbers are decimals."""
    return xero_api.wire.Answer(200, {}, json.dumps(data).encode()).json()


@tagged("post_install", "-at_install")
class TestXeroApiDetails(BaseCase):
    """What is stored is what comes back from a Json field."""

    def test_contact_details_survive_a_json_field(self):
        contact = readers.contact(
            parsed(
                {
                    **CONTACT,
                    "ContactPersons": [
                        {"FirstName": "Al", "EmailAddress": "al@example.com"}
                    ],
                    "PaymentTerms": {"Sales": {"Day": 20, "Type": "OFCURRENTMONTH"}},
                    "DefaultCurrency": "NZD",
                }
            )
        )
        details = xero_api.contact_details(contact)
        self.assertEqual(details, json.loads(json.dumps(details)))
        self.assertEqual(details["sales_terms"], {"day": 20, "type": "OFCURRENTMONTH"})
        self.assertEqual(details["persons"][0]["first_name"], "Al")
        self.assertEqual(details["currency"], "NZD")
        box = next(each for each in details["addresses"] if each["type"] == "POBOX")
        self.assertEqual((box["lines"], box["city"]), (["1 High St"], "Perth"))

    def test_every_field_of_a_contact_is_a_column_or_a_detail(self):
        contact = readers.contact(parsed(CONTACT))
        full = {
            each.name: getattr(contact, each.name) or "x" for each in fields(contact)
        }
        kept = xero_api.contact_details(type(contact)(**full))
        self.assertEqual(CONTACT_COLUMNS & set(kept), set())
        self.assertEqual(CONTACT_COLUMNS | set(kept), set(full))

    def test_an_empty_contact_has_no_details(self):
        contact = readers.contact({"ContactID": ID_1})
        self.assertEqual(xero_api.contact_details(contact), {})

    def test_nothing_is_kept_of_a_person_who_was_erased(self):
        contact = readers.contact(
            parsed({**CONTACT, "ContactStatus": "GDPRREQUEST", "FirstName": "Jane"})
        )
        self.assertEqual(xero_api.contact_details(contact), {})

    def test_item_details_are_texts_with_xero_s_digits(self):
        details = xero_api.item_details(readers.item(parsed(ITEM)))
        self.assertEqual(details, json.loads(json.dumps(details)))
        self.assertEqual(details["sales_price"], "150.1234")
        self.assertEqual(details["purchase_price"], "0")
        self.assertEqual(details["sales_account"], "200")
        self.assertNotIn("purchase_account", details)

    def test_every_field_of_an_item_is_a_column_or_a_detail(self):
        item = readers.item(parsed(ITEM))
        full = {each.name: getattr(item, each.name) or "x" for each in fields(item)}
        kept = xero_api.item_details(type(item)(**full))
        self.assertEqual(ITEM_COLUMNS & set(kept), set())
        self.assertEqual(ITEM_COLUMNS | set(kept), set(full))
