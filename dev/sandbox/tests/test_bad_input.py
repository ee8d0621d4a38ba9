"""Input no client should send: an answer in Xero's form, never a crash."""

import pytest

from .client import Xero, line

ODD = [7, "text", True, [], {}, [1], ["x"], [[]], {"a": 1}, [None], -1, 1e300, "ß" * 9]
ANSWERS = (200, 400, 404)


def try_all(xero: Xero, endpoint: str, element: dict, key: str, method="PUT") -> None:
    """Send the element once with each odd value under ``key``."""
    for odd in ODD:
        body = {endpoint: [{**element, key: odd}]}
        answer = xero.api(method, f"/{endpoint}", body)
        assert answer.status in ANSWERS, f"{key}={odd!r}"


@pytest.mark.parametrize(
    "key",
    [
        "Type",
        "Contact",
        "LineItems",
        "Date",
        "DueDate",
        "Status",
        "CurrencyCode",
        "CurrencyRate",
        "InvoiceNumber",
        "LineAmountTypes",
        "BrandingThemeID",
        "Url",
    ],
)
def test_odd_values_in_an_invoice_are_answered(xero, key):
    try_all(xero, "Invoices", xero.invoice(), key)


@pytest.mark.parametrize(
    "key",
    [
        "LineItemID",
        "Description",
        "Quantity",
        "UnitAmount",
        "LineAmount",
        "DiscountRate",
        "AccountCode",
        "TaxType",
        "TaxAmount",
        "ItemCode",
        "Tracking",
    ],
)
def test_odd_values_in_a_line_are_answered(xero, key):
    element = xero.invoice()
    for odd in ODD:
        body = {"Invoices": [{**element, "LineItems": [line(**{key: odd})]}]}
        assert xero.api("PUT", "/Invoices", body).status in ANSWERS, f"{key}={odd!r}"


@pytest.mark.parametrize(
    "key",
    ["ContactID", "Name", "EmailAddress", "Addresses", "Phones", "ContactPersons"],
)
def test_odd_values_in_a_contact_are_answered(xero, key):
    try_all(xero, "Contacts", {"Name": "Odd Ltd"}, key, method="POST")


@pytest.mark.parametrize("key", ["Invoice", "Account", "Amount", "Date"])
def test_odd_values_in_a_payment_are_answered(xero, key):
    made = xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
    element = {
        "Invoice": {"InvoiceID": made["InvoiceID"]},
        "Account": {"Code": "090"},
        "Amount": 1,
    }
    try_all(xero, "Payments", element, key)


@pytest.mark.parametrize("key", ["Code", "Name", "SalesDetails", "IsSold"])
def test_odd_values_in_an_item_are_answered(xero, key):
    try_all(xero, "Items", {"Code": "ODD"}, key)
