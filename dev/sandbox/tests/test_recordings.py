"""Our answers beside real ones: the same keys, types and date forms.

The recordings lie outside the repository; without them these tests are skipped.
"""

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .client import Xero, line

HERE = Path(__file__).resolve()
FOLDER = Path(
    os.environ.get("XERO_RECORDINGS", HERE.parents[4] / "shared" / "xero-recordings")
)

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="no recordings here")

UNKNOWN = "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3"
NEW_CONTACT = {
    "Name": "[TEST] Recording",
    "EmailAddress": "a@example.com",
    "Phones": [{"PhoneType": "DEFAULT", "PhoneNumber": "1"}],
    "IsCustomer": True,
}


def recorded(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def kind(value: Any) -> str:
    """The type of a value; dates by their written form."""
    if isinstance(value, str) and value.startswith("/Date("):
        return re.sub(r"\d{5,}", "0", value)
    return "number" if type(value) in (int, float) else type(value).__name__


def differences(ours: Any, theirs: Any, path: str = "") -> set[str]:
    """Where two answers differ in keys, types or date forms."""
    if kind(ours) != kind(theirs):
        return {f"{path}: {kind(ours)} for {kind(theirs)}"}
    if isinstance(theirs, list):
        if not ours or not theirs:
            return set()
        return differences(ours[0], theirs[0], f"{path}[]")
    if not isinstance(theirs, dict):
        return set()
    found = {f"{path}.{key} missing" for key in theirs.keys() - ours.keys()}
    found |= {f"{path}.{key} extra" for key in ours.keys() - theirs.keys()}
    for key in theirs.keys() & ours.keys():
        found |= differences(ours[key], theirs[key], f"{path}.{key}")
    return found


# --- what is done to get the same answer ----------------------------------------------


def new_contact(xero: Xero) -> str:
    return xero.create("Contacts", NEW_CONTACT)["ContactID"]


def new_invoice(xero: Xero, **values: Any) -> dict:
    contact = {"ContactID": new_contact(xero)}
    element = xero.invoice(
        Contact=contact, Status="AUTHORISED", Reference="recording", **values
    )
    return xero.api("PUT", "/Invoices", {"Invoices": [element]}).json


def post(xero: Xero, endpoint: str, element: dict) -> dict:
    query = {"summarizeErrors": "False"}
    return xero.api("POST", f"/{endpoint}", {endpoint: [element]}, query).json


def invoice_delete_authorised(xero: Xero) -> dict:
    made = new_invoice(xero)["Invoices"][0]
    contact = {"ContactID": made["Contact"]["ContactID"]}
    element = {
        "InvoiceID": made["InvoiceID"],
        "Type": "ACCREC",
        "Contact": contact,
        "Date": "2026-09-14",
        "DueDate": "2026-09-14",
        "LineItems": [
            {
                key: made["LineItems"][0][key]
                for key in ("LineItemID", "Description", "Quantity", "UnitAmount")
            }
        ],
        "Status": "DELETED",
    }
    return post(xero, "Invoices", element)


def settled_invoice(xero: Xero) -> dict:
    """A read of an invoice that a credit note has paid, as recorded."""
    option = {"Name": "Region", "Option": "North"}
    lines = [line(ItemCode="BOOK", Tracking=[option])]
    element = {"LineAmountTypes": "Inclusive", "LineItems": lines}
    invoice = new_invoice(xero, SentToContact=True, **element)["Invoices"][0]
    note = {
        "Type": "ACCRECCREDIT",
        "Contact": {"ContactID": invoice["Contact"]["ContactID"]},
        "Status": "AUTHORISED",
        **element,
    }
    made = xero.create("CreditNotes", note)
    allocation = {
        "Amount": invoice["Total"],
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
    }
    path = f"/CreditNotes/{made['CreditNoteID']}/Allocations"
    assert xero.api("PUT", path, {"Allocations": [allocation]}).status == 200
    return xero.api("GET", f"/Invoices/{invoice['InvoiceID']}").json


def bills_page(xero: Xero) -> dict:
    xero.create("Invoices", xero.bill(Status="AUTHORISED", InvoiceNumber="Elec."))
    query = {"where": 'Type=="ACCPAY"', "page": 1, "pageSize": 2}
    return xero.api("GET", "/Invoices", query=query).json


def attachment(xero: Xero) -> dict:
    path = f"/Invoices/{new_invoice(xero)['Invoices'][0]['InvoiceID']}/Attachments"
    query = {"IncludeOnline": "False"}
    return xero.api("PUT", f"{path}/recording.pdf", b"%PDF-1.4 recording", query).json


def note(xero: Xero) -> dict:
    path = f"/Invoices/{new_invoice(xero)['Invoices'][0]['InvoiceID']}/History"
    body = {"HistoryRecords": [{"Details": "Recorded by the catalogue"}]}
    return xero.api("PUT", path, body).json


def item(xero: Xero) -> dict:
    element = {
        "Code": "REC",
        "Name": "Recorded",
        "PurchaseDetails": {"UnitPrice": 98.61, "AccountCode": "310"},
        "SalesDetails": {"UnitPrice": 128.19, "AccountCode": "200"},
    }
    return xero.api("POST", "/Items", {"Items": [element]}).json


def items(xero: Xero) -> dict:
    return xero.api("GET", "/Items", query={"where": 'Code=="BOOK"'}).json


def order(xero: Xero, **values: Any) -> dict:
    contact = {"ContactID": new_contact(xero)}
    element = xero.order(Contact=contact, Status="SUBMITTED", **values)
    return post(xero, "PurchaseOrders", element)


def order_change(xero: Xero, **values: Any) -> dict:
    made = order(xero)["PurchaseOrders"][0]
    element = {"PurchaseOrderID": made["PurchaseOrderID"], **values}
    return post(xero, "PurchaseOrders", element)


def order_read(xero: Xero) -> dict:
    values = {
        "DeliveryAddress": "1 Dock Rd\r\nSydney",
        "AttentionTo": "Ann",
        "Telephone": "123",
        "DeliveryInstructions": "Ring",
        "DeliveryDate": "2026-12-01",
        "Reference": "710",
        "LineItems": [line(AccountCode=None, TaxType="INPUT")],
    }
    made = order(xero, **values)["PurchaseOrders"][0]
    return xero.api("GET", f"/PurchaseOrders/{made['PurchaseOrderID']}").json


def quote(xero: Xero, status: str = "DRAFT") -> dict:
    contact = {"ContactID": new_contact(xero)}
    element = xero.quote(Contact=contact, LineItems=[line()], Terms="Recorded")
    query = {"summarizeErrors": "False"}
    answer = xero.api("PUT", "/Quotes", {"Quotes": [element]}, query).json
    identifier = answer["Quotes"][0]["QuoteID"]
    for step in {"DRAFT": [], "SENT": ["SENT"], "ACCEPTED": ["SENT", "ACCEPTED"]}[
        status
    ]:
        answer = post(
            xero, "Quotes", {**element, "QuoteID": identifier, "Status": step}
        )
    return answer


def quote_read(xero: Xero) -> dict:
    contact = {"ContactID": new_contact(xero)}
    element = xero.quote(Contact=contact, LineItems=[line()], Reference="48101")
    made = xero.create("Quotes", element)
    return xero.api("GET", f"/Quotes/{made['QuoteID']}").json


CASES: dict[str, Callable[[Xero], dict]] = {
    "accounts": lambda xero: xero.api("GET", "/Accounts").json,
    "bills_page": bills_page,
    "branding_themes": lambda xero: xero.api("GET", "/BrandingThemes").json,
    "contact": lambda xero: (
        xero.api("GET", f"/Contacts/{xero.contact('Gateway Motors')['ContactID']}").json
    ),
    "contact_archive": lambda xero: post(
        xero,
        "Contacts",
        {"ContactID": new_contact(xero), "ContactStatus": "ARCHIVED"},
    ),
    "contact_create": lambda xero: xero.api("PUT", "/Contacts", NEW_CONTACT).json,
    "contact_create_duplicate_name": lambda xero: (
        xero.api("PUT", "/Contacts", {**NEW_CONTACT, "Name": "Bayside Club"}).json
    ),
    "contact_update": lambda xero: (
        xero.api(
            "POST", f"/Contacts/{new_contact(xero)}", {"EmailAddress": "b@example.com"}
        ).json
    ),
    "contacts_by_name": lambda xero: (
        xero.api("GET", "/Contacts", query={"where": 'Name=="Gateway Motors"'}).json
    ),
    "contacts_page": lambda xero: (
        xero.api(
            "GET",
            "/Contacts",
            query={"page": 1, "pageSize": 2, "where": 'Name=="Gateway Motors"'},
        ).json
    ),
    "invoice": settled_invoice,
    "invoice_attachment_create": attachment,
    "invoice_create": new_invoice,
    "invoice_delete_authorised": invoice_delete_authorised,
    "invoice_history_create": note,
    "item_create": item,
    "item_update": item,
    "items": items,
    "organisation": lambda xero: xero.api("GET", "/Organisation").json,
    "purchase_order": order_read,
    "purchase_order_create": order,
    "purchase_order_create_batch": order,
    "purchase_order_update": lambda xero: order_change(xero, Status="AUTHORISED"),
    "purchase_order_delete": lambda xero: order_change(xero, Status="DELETED"),
    "quote": quote_read,
    "quote_create": quote,
    "quote_send": lambda xero: quote(xero, "SENT"),
    "quote_accept": lambda xero: quote(xero, "ACCEPTED"),
    "tax_rates": lambda xero: xero.api("GET", "/TaxRates").json,
}

# Differences that come from what the recorded organisation or request held.
FROM_THE_SCREENS = {
    "FirstName",
    "LastName",
    "TaxNumber",
    "AccountsReceivableTaxType",
    "AccountsPayableTaxType",
}
ALLOWED: dict[str, set[str]] = {
    "accounts": {
        f".Accounts[].{key} missing"
        for key in ("BankAccountNumber", "ReportingCode", "ReportingCodeName")
    },
    "contact_archive": {".Contacts[].DefaultCurrency missing"},
    "invoice": {f".Invoices[].Contact.{key} missing" for key in FROM_THE_SCREENS}
    | {
        f".Invoices[].Contact.Addresses[].{key} missing"
        for key in ("AttentionTo", *(f"AddressLine{number}" for number in range(1, 5)))
    },
    "items": {".Items[].PurchaseDescription extra"},
    "organisation": {
        ".Organisations[].PeriodLockDate missing",
        ".Organisations[].Addresses[].AddressLine2 missing",
        ".Organisations[].Addresses[].AttentionTo missing",
    },
    "purchase_order": {
        f".PurchaseOrders[].Contact.{key} missing" for key in FROM_THE_SCREENS
    }
    | {".PurchaseOrders[].BrandingThemeID missing"},
}


@pytest.mark.parametrize("name", CASES)
def test_answer_has_the_recorded_form(xero, name):
    theirs = recorded(name)["body"]
    found = differences(CASES[name](xero), theirs)
    assert found - ALLOWED.get(name, set()) == set()


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("invoice_not_found", f"/Invoices/{UNKNOWN}"),
        ("accounts", "/Accounts"),
        ("quote", "/Quotes"),
    ],
)
def test_status_and_content_type_are_the_recorded_ones(xero, name, path):
    theirs = recorded(name)["response"]
    answer = xero.api("GET", path)
    assert answer.status == theirs["status"]
    assert answer.headers["Content-Type"] == theirs["content_type"]


def test_minute_limit_answers_as_recorded(xero):
    theirs = recorded("rate_limit_minute")["response"]
    xero.control("POST", "faults", fault="rate_minute")
    answer = xero.api("GET", "/Organisation")
    assert answer.status == theirs["status"]
    assert (answer.headers["Content-Type"] or "") == theirs["content_type"]
    for name, value in theirs["headers"].items():
        assert answer.headers[name] == value


def test_refusal_of_a_taken_name_is_the_recorded_text(xero):
    theirs = recorded("contact_create_duplicate_name")["body"]["Elements"][0]
    expected = theirs["ValidationErrors"][0]["Message"].replace(
        theirs["Name"], "Bayside Club"
    )
    assert xero.refused("Contacts", {"Name": "Bayside Club"}) == [expected]
