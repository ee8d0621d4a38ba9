"""The parts that pages are made of: tables, facts, totals, written values."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from .pages import each_of, fragment
from .store import Organisation

Cell = Callable[[Organisation, str, dict], Any]


@dataclass(frozen=True)
class Kind:
    """One kind of object as the pages show it."""

    title: str
    single: str
    endpoint: str
    number_key: str
    types: tuple[str, ...] = ()

    def has(self, stored: dict) -> bool:
        """Whether the object is of this kind."""
        return not self.types or stored["Type"] in self.types


KINDS = {
    "invoices": Kind("Invoices", "Invoice", "Invoices", "InvoiceNumber", ("ACCREC",)),
    "bills": Kind("Bills", "Bill", "Invoices", "InvoiceNumber", ("ACCPAY",)),
    "quotes": Kind("Quotes", "Quote", "Quotes", "QuoteNumber"),
    "credit-notes": Kind(
        "Credit notes", "Credit note", "CreditNotes", "CreditNoteNumber"
    ),
    "purchase-orders": Kind(
        "Purchase orders", "Purchase order", "PurchaseOrders", "PurchaseOrderNumber"
    ),
    "contacts": Kind("Contacts", "Contact", "Contacts", "Name"),
    "items": Kind("Items", "Item", "Items", "Code"),
}
DOCUMENT_KINDS = tuple(name for name in KINDS if name not in ("contacts", "items"))

FACTS = (
    "Name",
    "ContactNumber",
    "FirstName",
    "LastName",
    "EmailAddress",
    "TaxNumber",
    "AccountNumber",
    "CompanyNumber",
    "Website",
    "MergedToContactID",
    "DefaultCurrency",
    "IsCustomer",
    "IsSupplier",
    "Reference",
    "Date",
    "DueDate",
    "ExpiryDate",
    "DeliveryDate",
    "ExpectedArrivalDate",
    "FullyPaidOnDate",
    "CurrencyCode",
    "CurrencyRate",
    "LineAmountTypes",
    "SentToContact",
    "DeliveryAddress",
    "Title",
    "Summary",
    "Terms",
    "Description",
    "PurchaseDescription",
    "IsSold",
    "IsPurchased",
)
TOTALS = (
    ("Subtotal", "SubTotal"),
    ("Tax", "TotalTax"),
    ("Rounding", "RoundingAmount"),
    ("Total", "Total"),
    ("Paid", "AmountPaid"),
    ("Credited", "AmountCredited"),
    ("Due", "AmountDue"),
    ("Remaining credit", "RemainingCredit"),
)
LINE_COLUMNS = (
    ("Item", "ItemCode"),
    ("Description", "Description"),
    ("Quantity", "Quantity"),
    ("Unit price", "UnitAmount"),
    ("Discount", "DiscountRate"),
    ("Account", "AccountCode"),
    ("Tax rate", "TaxType"),
    ("Tax", "TaxAmount"),
    ("Amount", "LineAmount"),
)
NUMERIC = frozenset(
    ("Quantity", "Unit price", "Discount", "Tax", "Amount", "Total", "Price", "Cost")
)


# --- values ---------------------------------------------------------------------------

_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "Yes" if value else "No"),
    (Decimal, lambda value: written_number(value)),
    (datetime, lambda value: value.strftime("%d %b %Y %H:%M:%S UTC")),
    (date, lambda value: value.strftime("%d %b %Y")),
)


def written(value: Any) -> str:
    """A stored value in words."""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def written_number(value: Decimal) -> str:
    """At least two decimals, more where they say something."""
    whole, _, decimals = f"{value:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def money(stored: dict) -> str:
    """A document's total with its currency."""
    return f"{stored['Total']:,.2f} {stored['CurrencyCode']}"


def words(key: str) -> str:
    """``DueDate`` as "Due date"."""
    parted = re.sub(r"(?<!^)([A-Z])", r" \1", key)
    return parted[0] + parted[1:].lower()


def changed(stored: dict) -> datetime:
    """When an object last changed."""
    return stored["UpdatedDateUTC"]


# --- links ----------------------------------------------------------------------------


def path_of(organisation: Organisation, kind: str, stored: dict) -> str:
    """The address of an object's page."""
    identifier = stored[organisation[KINDS[kind].endpoint].id_key]
    return f"/organisation/{organisation.tenant_id}/{kind}/{identifier}"


def own_link(organisation: Organisation, kind: str, stored: dict) -> Markup:
    """An object's number, leading to its page."""
    text = stored.get(KINDS[kind].number_key) or "(no number)"
    return fragment("link", path=path_of(organisation, kind, stored), text=text)


def contact_link(organisation: Organisation, stored: dict) -> Markup | str:
    """The name of a document's contact, leading to its page."""
    identifier = (stored.get("Contact") or {}).get("ContactID")
    contact = organisation["Contacts"].get(identifier)
    return own_link(organisation, "contacts", contact) if contact else ""


def source_link(stored: dict) -> Markup | str:
    """The way back to the app; only web addresses become links."""
    url = str(stored.get("Url") or "")
    if not url.startswith(("http://", "https://")):
        return ""
    return fragment("source", path=url)


def status(stored: dict) -> Markup | str:
    """The status as a coloured mark."""
    value = stored.get("Status") or stored.get("ContactStatus")
    return fragment("status", status=value) if value else ""


# --- tables ---------------------------------------------------------------------------


def table(heads: Iterable[str], rows: Iterable[Iterable[Any]]) -> Markup:
    """A table; columns with amounts are aligned to the right."""
    heads = list(heads)
    classes = ["number" if head in NUMERIC else "" for head in heads]
    body = [
        {
            "cells": each_of(
                "cell",
                (
                    {"text": cell, "kind": kind}
                    for cell, kind in zip(row, classes, strict=True)
                ),
            )
        }
        for row in rows
    ]
    if not body:
        return fragment("nothing")
    marked = zip(heads, classes, strict=True)
    return fragment(
        "table",
        heads=each_of("head", ({"text": head, "kind": kind} for head, kind in marked)),
        rows=each_of("row", body),
    )


def _field(key: str) -> Cell:
    return lambda organisation, kind, stored: written(stored.get(key))


def _price(side: str) -> Cell:
    return lambda organisation, kind, stored: written(stored[side].get("UnitPrice"))


def _status_cell(organisation: Organisation, kind: str, stored: dict) -> Markup | str:
    return status(stored)


DOCUMENT_COLUMNS: dict[str, Cell] = {
    "Number": own_link,
    "Kind": lambda organisation, kind, stored: KINDS[kind].single,
    "Contact": lambda organisation, kind, stored: contact_link(organisation, stored),
    "Reference": _field("Reference"),
    "Date": _field("Date"),
    "Status": _status_cell,
    "Total": lambda organisation, kind, stored: money(stored),
}
COLUMNS: dict[str, dict[str, Cell]] = {
    "contacts": {
        "Name": own_link,
        "Number": _field("ContactNumber"),
        "Email": _field("EmailAddress"),
        "Customer": _field("IsCustomer"),
        "Supplier": _field("IsSupplier"),
        "Status": _status_cell,
    },
    "items": {
        "Code": own_link,
        "Name": _field("Name"),
        "Price": _price("SalesDetails"),
        "Cost": _price("PurchaseDetails"),
    },
}


def objects_table(
    organisation: Organisation, kind: str, rows: Iterable[tuple[str, dict]]
) -> Markup:
    """A table of objects in the columns of ``kind``; rows are (kind, object)."""
    columns = COLUMNS.get(kind, DOCUMENT_COLUMNS)
    return table(
        columns,
        ([cell(organisation, *row) for cell in columns.values()] for row in rows),
    )


def lines_table(stored: dict) -> Markup | str:
    """The lines of a document."""
    if "LineItems" not in stored:
        return ""
    rows = []
    for line in stored["LineItems"]:
        # A description-only line shows no amounts, as in Xero.
        keys = [key for _title, key in LINE_COLUMNS]
        if "Quantity" not in line:
            line = {"Description": line["Description"], "Tracking": []}
        tracking = ", ".join(f"{t['Name']}: {t['Option']}" for t in line["Tracking"])
        rows.append([*(written(line.get(key)) for key in keys), tracking])
    return table([*(title for title, _key in LINE_COLUMNS), "Tracking"], rows)


# --- lists ----------------------------------------------------------------------------


def facts(stored: dict) -> Markup:
    """Names and values of the fields that hold something."""
    return each_of(
        "fact",
        (
            {"name": words(key), "value": written(stored[key])}
            for key in FACTS
            if stored.get(key) not in (None, "")
        ),
    )


def totals(stored: dict) -> Markup:
    """The amounts under a document's lines."""
    return each_of(
        "total",
        (
            {"name": name, "value": written(stored[key])}
            for name, key in TOTALS
            if key in stored
        ),
    )


def details(organisation: Organisation, kind: str, stored: dict) -> Markup:
    """What only some kinds have: addresses, prices, allocations, files."""
    found: list[dict] = []
    for key in ("Addresses", "Phones", "ContactPersons", "Allocations"):
        for value in stored.get(key) or []:
            found.append({"name": words(key), "value": _joined(value)})
    for key in ("SalesDetails", "PurchaseDetails", "PaymentTerms"):
        if stored.get(key):
            found.append({"name": words(key), "value": _joined(stored[key])})
    identifier = stored[organisation[KINDS[kind].endpoint].id_key]
    for name, file in organisation.attachments.get(identifier, {}).items():
        value = f"{name}, {file['ContentLength']} bytes"
        found.append({"name": "File", "value": value})
    return each_of("fact", found)


def actions(organisation: Organisation, kind: str, stored: dict) -> Markup | str:
    """What a person may do with a contact."""
    if kind != "contacts":
        return ""
    path = path_of(organisation, kind, stored)
    is_active = stored["ContactStatus"] == "ACTIVE"
    return fragment("contact_actions" if is_active else "contact_restore", path=path)


def _joined(value: dict) -> str:
    shown = []
    for each in value.values():
        each = " ".join(map(str, each.values())) if isinstance(each, dict) else each
        if each not in ("", None, False):
            shown.append(written(each))
    return ", ".join(shown)


def history(organisation: Organisation, identifier: str) -> Markup:
    """What happened to an object, newest first."""
    records = organisation.history.get(identifier, [])
    return each_of(
        "history",
        (
            {
                "moment": written(each["DateUTC"]),
                "changes": each["Changes"],
                "user": each["User"],
                "details": each["Details"],
            }
            for each in reversed(records)
        ),
    )


def tabs(organisation: Organisation) -> Markup:
    """The organisation's name and a link to each kind, with how many it has."""
    links = each_of(
        "tab",
        (
            {
                "path": f"/organisation/{organisation.tenant_id}/{name}",
                "title": kind.title,
                "count": sum(map(kind.has, organisation[kind.endpoint])),
            }
            for name, kind in KINDS.items()
        ),
    )
    return fragment("tabs", organisation=organisation.name, links=links)
