"""Answers of Xero in the shapes that were recorded, and how tests read them."""

import json

from ...xero_api import readers
from ...xero_api.wire import Answer

ID_1 = "60aa5d55-a47e-4665-a974-874bb50263b9"
ID_2 = "2f79af6c-5f57-49e8-9e44-301499538add"
ID_3 = "8696589a-a719-463b-8ff3-b58e0a08ab28"
ZERO = "00000000-0000-0000-0000-000000000000"

# Shapes as recorded from a Xero demo organisation in September 2026
INVOICE = {
    "Type": "ACCREC",
    "InvoiceID": ID_1,
    "InvoiceNumber": "INV-0055",
    "Reference": "S00042",
    "Url": "https://odoo.example.com/odoo/sales/42",
    "Payments": [],
    "AmountDue": 24.15,
    "CurrencyRate": 1.0,
    "HasErrors": False,
    "Contact": {"ContactID": ID_2, "Name": "Acme", "HasValidationErrors": False},
    "Date": "/Date(1789344000000+0000)/",
    "Status": "DRAFT",
    "LineItems": [{"Description": "Odoo order S00042"}, {"LineAmount": 21.0}],
    "SubTotal": 21.0,
    "TotalTax": 3.15,
    "Total": 24.15,
    "UpdatedDateUTC": "/Date(1789378199100+0000)/",
    "CurrencyCode": "AUD",
    "StatusAttributeString": "OK",
}
ALLOCATION = {
    "AllocationID": ID_3,
    "Amount": 12.5,
    "Date": "/Date(1789344000000+0000)/",
    "Invoice": {"InvoiceID": ID_2, "InvoiceNumber": "INV-0055"},
    "IsDeleted": False,
}
CONTACT = {
    "ContactID": ID_2,
    "ContactNumber": "odoo-7",
    "ContactStatus": "ACTIVE",
    "Name": "Acme",
    "EmailAddress": "office@acme.example.com",
    "TaxNumber": "51824753556",
    "Addresses": [
        {"AddressType": "STREET"},
        {"AddressType": "POBOX", "AddressLine1": "1 High St", "City": "Perth"},
    ],
    "Phones": [
        {"PhoneType": "DDI"},
        {"PhoneType": "DEFAULT", "PhoneNumber": "555", "PhoneAreaCode": "08"},
    ],
    "ContactPersons": [
        {"FirstName": "Ann", "EmailAddress": "ann@acme.example.com"},
    ],
    "PaymentTerms": {"Sales": {"Day": 30, "Type": "DAYSAFTERBILLDATE"}},
    "IsCustomer": True,
    "IsSupplier": False,
    "DefaultCurrency": "AUD",
    "UpdatedDateUTC": "/Date(1789184815213+0000)/",
}


def parsed(value):
    """`value` as it comes out of an answer: numbers are decimals."""
    return Answer(200, {}, json.dumps(value).encode()).json()


def element(data, endpoint="Invoices"):
    return readers.element(parsed(data), endpoint)
