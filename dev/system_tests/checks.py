"""What must be true in the end, however rough the way was."""

import json
from collections import Counter, defaultdict

from .local_xero import LocalXero, key_of
from .shop import Orders, Shop

ENDPOINTS = ("Contacts", "Invoices")


def assert_sent_once(shop: Shop, orders: Orders) -> None:
    """Xero has one contact and one invoice for each order, and Odoo knows it."""
    assert_in_xero_once(shop.xero, orders)
    rows = shop.rows(orders)
    assert Counter(row["state"] for row in rows) == {"synced": len(orders.ids)}, rows
    invoices = shop.xero.invoices_of(orders.names)
    numbers = [invoices[name][0]["InvoiceNumber"] for name in orders.names]
    assert [row["xero_number"] for row in rows] == numbers
    assert_nothing_open(shop)
    assert_same_key_same_body(shop.xero)


def assert_in_xero_once(xero: LocalXero, orders: Orders) -> None:
    """Xero has one contact and one invoice with the right total for each order."""
    invoices, contacts = (
        xero.invoices_of(orders.names),
        xero.contacts_of(orders.customers),
    )
    counts = {name: len(found) for name, found in {**invoices, **contacts}.items()}
    assert set(counts.values()) == {1}, {k: n for k, n in counts.items() if n != 1}
    totals = [invoices[name][0]["Total"] for name in orders.names]
    assert totals == orders.totals
    for name, customer in zip(orders.names, orders.customers, strict=True):
        contact = contacts[customer][0]["ContactID"]
        assert invoices[name][0]["Contact"]["ContactID"] == contact


def assert_nothing_open(shop: Shop) -> None:
    """No call waits to be found out, no row is on its way."""
    sql = "SELECT id, outcome FROM xero_request WHERE outcome IN ('open', 'unknown')"
    assert shop.query(sql) == []
    for table in ("xero_document", "xero_contact", "xero_allocation"):
        sql = f"SELECT id, state FROM {table} WHERE state IN ('pending', 'sending')"
        assert shop.query(sql) == []


def assert_same_key_same_body(xero: LocalXero) -> None:
    """Each write has a key, and a key belongs to one body."""
    bodies = defaultdict(set)
    for endpoint in ENDPOINTS:
        for call in xero.writes(endpoint):
            bodies[key_of(call)].add((call["method"], call["path"], call["body"]))
    assert None not in bodies
    assert all(len(different) == 1 for different in bodies.values())


def keys_that_created(xero: LocalXero, endpoint: str) -> dict[str, set[str]]:
    """The keys of the creating calls that named each object.

    :return: name of a contact or reference of an invoice → keys
    """
    field = {"Contacts": "Name", "Invoices": "Reference"}[endpoint]
    keys = defaultdict(set)
    for call in xero.writes(endpoint):
        if call["method"] == "PUT":
            for element in json.loads(call["body"])[endpoint]:
                keys[element[field]].add(key_of(call))
    return keys
