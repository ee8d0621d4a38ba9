"""What the demo's Xero holds at first: some of it is in Odoo, some nearly, some not.

So that whoever looks at matching and at the import sees each case at once.
"""

import json
import urllib.request

from . import local_xero

_ADDRESS = {
    "AddressType": "POBOX",
    "AddressLine1": "8 Wharf Road",
    "City": "Cairns",
    "Region": "QLD",
    "PostalCode": "4870",
    "Country": "Australia",
}
_PHONE = {
    "PhoneType": "DEFAULT",
    "PhoneCountryCode": "61",
    "PhoneAreaCode": "07",
    "PhoneNumber": "5550 1234",
}
CONTACTS = [
    # The same as customers and vendors of demo_data.py
    {"Name": "Banksia Cafe Pty Ltd", "EmailAddress": "orders@banksia.example"},
    {"Name": "Olive Nguyen", "FirstName": "Olive", "LastName": "Nguyen"},
    {"Name": "Tasman Timber Supply", "EmailAddress": "sales@tasman.example"},
    # Nearly the same: the legal form, the e-mail address alone
    {"Name": "Harbour Dental Group Pty Ltd"},
    {"Name": "YVC Holdings", "EmailAddress": "hello@yarra.example"},
    # Only in Xero
    {
        "Name": "Coral Coast Kayaks",
        "EmailAddress": "paddle@coralcoast.example",
        "TaxNumber": "53 004 085 616",
        "FirstName": "Kirra",
        "LastName": "Walsh",
        "Addresses": [_ADDRESS],
        "Phones": [_PHONE],
        "IsCustomer": True,
    },
    {"Name": "Mulga Mining “North” & Co", "Addresses": [_ADDRESS]},
]
ITEMS = [
    {"Code": "DESK-01", "Name": "Jarrah desk", "IsSold": True},
    {"Code": "LAMP", "Name": "Desk lamp", "IsSold": True},
    {
        "Code": "STOOL-09",
        "Name": "Bar stool",
        "IsSold": True,
        "SalesDetails": {"UnitPrice": 129.00},
    },
]


def fill(xero_port: int) -> None:
    """Put them into the local Xero, unless they are there already."""
    names = {each["Name"] for each in local_xero.books(xero_port)["Contacts"]}
    if CONTACTS[0]["Name"] not in names:
        seed(xero_port, "Contacts", CONTACTS)
        seed(xero_port, "Items", ITEMS)


def seed(xero_port: int, endpoint: str, elements: list[dict]) -> None:
    """Put elements into the local Xero, as a person in its screens.

    :raise urllib.error.HTTPError: Xero's rules forbid one of them
    """
    request = urllib.request.Request(
        f"{local_xero.address(xero_port)}/_sandbox/seed",
        json.dumps({"endpoint": endpoint, "elements": elements}).encode(),
    )
    with urllib.request.urlopen(request, timeout=30):
        pass
