"""The pages a person opens: what each organisation holds, and each document."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .pages import Page, fragment
from .sandbox import Sandbox
from .store import Organisation

MOST_ROWS = 200
LATEST = 12
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Kind:
    """One kind of object as the pages show it."""

    title: str
    single: str
    endpoint: str
    number_key: str
    types: tuple[str, ...] = ()

    def has(self, stored: dict) -> bool:
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
DOCUMENT_KINDS = [name for name in KINDS if name not in ("contacts", "items")]
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
FACTS = [
    "Reference",
    "Date",
    "DueDate",
    "ExpiryDate",
    "DeliveryDate",
    "ExpectedArrivalDate",
    "CurrencyCode",
    "CurrencyRate",
    "LineAmountTypes",
    "SentToContact",
    "DeliveryAddress",
    "Title",
    "Summary",
    "Terms",
    "ContactNumber",
    "FirstName",
    "LastName",
    "EmailAddress",
    "TaxNumber",
    "AccountNumber",
    "IsCustomer",
    "IsSupplier",
    "DefaultCurrency",
    "Name",
    "Description",
    "PurchaseDescription",
    "IsSold",
    "IsPurchased",
    "FullyPaidOnDate",
]
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


def index(sandbox: Sandbox, request: Request) -> Response:
    """All organisations with their latest documents."""
    cards = []
    for organisation in sandbox.organisations.values():
        with organisation.lock:
            cards.append(_card(organisation))
    return Page("index").response(cards=Markup("").join(cards))


def listing(sandbox: Sandbox, request: Request, tenant: str, kind: str) -> Response:
    """The newest objects of one kind."""
    organisation = _organisation(sandbox, tenant)
    shape = _kind(kind)
    with organisation.lock:
        objects = [each for each in organisation[shape.endpoint] if shape.has(each)]
        newest = sorted(objects, key=_changed, reverse=True)[:MOST_ROWS]
        rows = [(kind, each) for each in newest]
        table = _documents(organisation, rows) if rows else _nothing()
    return Page("listing", f"{shape.title} · {organisation.name}").response(
        title=shape.title,
        organisation=organisation.name,
        count=len(objects),
        tabs=_tabs(organisation),
        table=table,
    )


def document(
    sandbox: Sandbox, request: Request, tenant: str, kind: str, identifier: str
) -> Response:
    """One object with its lines, amounts, files and history."""
    organisation = _organisation(sandbox, tenant)
    shape = _kind(kind)
    with organisation.lock:
        stored = organisation[shape.endpoint].get(identifier)
        if not stored:
            return _not_found()
        number = stored.get(shape.number_key) or "(no number)"
        return Page("document", f"{number} · {organisation.name}").response(
            number=number,
            single=shape.single,
            status=_status(stored.get("Status") or stored.get("ContactStatus")),
            organisation=organisation.name,
            tabs=_tabs(organisation),
            contact=_contact_link(organisation, stored),
            facts=_facts(stored),
            source=_source_link(stored),
            lines=_lines(stored),
            totals=_totals(stored),
            details=_details(organisation, kind, stored),
            history=_history(organisation, identifier),
        )


def deep_link(
    sandbox: Sandbox, request: Request, short_code: str = "", rest: str = ""
) -> Response:
    """Where go.xero.com's links to a document lead (xero-api.md §3.8)."""
    short_code = short_code or request.args.get("shortcode", "")
    wanted = rest or request.args.get("redirecturl", "")
    for organisation in sandbox.organisations.values():
        if organisation.short_code == short_code:
            match = _GUID.search(wanted)
            path = _path_of(organisation, match[0].lower()) if match else ""
            return redirect(path or f"/organisation/{organisation.tenant_id}/invoices")
    return _not_found()


def _path_of(organisation: Organisation, identifier: str) -> str:
    for name, kind in KINDS.items():
        stored = organisation[kind.endpoint].get(identifier)
        if stored and kind.has(stored):
            return _path(organisation, name, identifier)
    return ""


def _path(organisation: Organisation, kind: str, identifier: str) -> str:
    return f"/organisation/{organisation.tenant_id}/{kind}/{identifier}"


def _organisation(sandbox: Sandbox, tenant: str) -> Organisation:
    if tenant not in sandbox.organisations:
        raise NotFound
    return sandbox.organisations[tenant]


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise NotFound
    return KINDS[name]


def _not_found() -> Response:
    return Page("error").response(
        404, error="Not found", description="The local Xero does not hold this."
    )


# --- parts of a page ------------------------------------------------------------------


def _card(organisation: Organisation) -> Markup:
    rows = [
        (name, each)
        for name in DOCUMENT_KINDS
        for each in organisation[KINDS[name].endpoint]
        if KINDS[name].has(each)
    ]
    rows.sort(key=lambda row: _changed(row[1]), reverse=True)
    rows = rows[:LATEST]
    return fragment(
        "organisation_card",
        name=organisation.name,
        currency=organisation.currency,
        tabs=_tabs(organisation),
        table=_documents(organisation, rows) if rows else _nothing(),
    )


def _tabs(organisation: Organisation) -> Markup:
    return Page.each(
        "tab",
        [
            {
                "path": f"/organisation/{organisation.tenant_id}/{name}",
                "title": kind.title,
                "count": sum(map(kind.has, organisation[kind.endpoint])),
            }
            for name, kind in KINDS.items()
        ],
    )


def _documents(organisation: Organisation, rows: list[tuple[str, dict]]) -> Markup:
    """A table of objects, the number of each being a link."""
    heads = ("Number", "Kind", "Contact", "Reference", "Date", "Status", "Total")
    body = []
    for name, stored in rows:
        kind = KINDS[name]
        identifier = stored[organisation[kind.endpoint].id_key]
        body.append(
            (
                fragment(
                    "link",
                    path=_path(organisation, name, identifier),
                    text=stored.get(kind.number_key) or "(no number)",
                ),
                kind.single,
                _contact_link(organisation, stored) or stored.get("EmailAddress", ""),
                stored.get("Reference") or stored.get("Name", ""),
                _text(stored.get("Date")),
                _status(stored.get("Status") or stored.get("ContactStatus")),
                _money(stored),
            )
        )
    return _table(heads, body, numeric={"Total"})


def _table(heads: tuple, rows: list[tuple], numeric: set[str]) -> Markup:
    kinds = ["number" if head in numeric else "" for head in heads]
    return fragment(
        "table",
        heads=Page.each(
            "head",
            [
                {"text": head, "kind": kind}
                for head, kind in zip(heads, kinds, strict=True)
            ],
        ),
        rows=Page.each(
            "row",
            [
                {
                    "cells": Page.each(
                        "cell",
                        [
                            {"text": cell, "kind": kind}
                            for cell, kind in zip(row, kinds, strict=True)
                        ],
                    )
                }
                for row in rows
            ],
        ),
    )


def _nothing() -> Markup:
    return fragment("nothing")


def _contact_link(organisation: Organisation, stored: dict) -> Markup | str:
    identifier = (stored.get("Contact") or {}).get("ContactID")
    contact = organisation["Contacts"].get(identifier)
    if not contact:
        return ""
    path = _path(organisation, "contacts", contact["ContactID"])
    return fragment("link", path=path, text=contact["Name"])


def _source_link(stored: dict) -> Markup | str:
    url = str(stored.get("Url") or "")
    if not url.startswith(("http://", "https://")):
        return ""
    return fragment("source", path=url)


def _facts(stored: dict) -> Markup:
    shown = [(key, stored[key]) for key in FACTS if stored.get(key) not in (None, "")]
    return Page.each(
        "fact", [{"name": _words(key), "value": _text(each)} for key, each in shown]
    )


def _lines(stored: dict) -> Markup | str:
    if "LineItems" not in stored:
        return ""
    heads = tuple(title for title, _key in LINE_COLUMNS) + ("Tracking",)
    rows = []
    for line in stored["LineItems"]:
        tracking = ", ".join(f"{t['Name']}: {t['Option']}" for t in line["Tracking"])
        values = tuple(_text(line.get(key)) for _title, key in LINE_COLUMNS)
        rows.append((*values, tracking))
    numeric = {"Quantity", "Unit price", "Discount", "Tax", "Amount"}
    return _table(heads, rows, numeric)


def _totals(stored: dict) -> Markup:
    return Page.each(
        "total",
        [
            {"name": name, "value": _text(stored[key])}
            for name, key in TOTALS
            if key in stored
        ],
    )


def _details(organisation: Organisation, kind: str, stored: dict) -> Markup:
    """What only some kinds have: addresses, prices, files, allocations."""
    parts: list[dict] = []
    for key in ("Addresses", "Phones", "ContactPersons", "Allocations"):
        for value in stored.get(key) or []:
            parts.append({"name": key, "value": _joined(value)})
    for key in ("SalesDetails", "PurchaseDetails"):
        if stored.get(key):
            parts.append({"name": _words(key), "value": _joined(stored[key])})
    identifier = stored[organisation[KINDS[kind].endpoint].id_key]
    for name, file in organisation.attachments.get(identifier, {}).items():
        size = f"{file['ContentLength']} bytes"
        parts.append({"name": "File", "value": f"{name}, {size}"})
    return Page.each("fact", parts)


def _joined(value: dict) -> str:
    shown = []
    for each in value.values():
        each = " ".join(map(str, each.values())) if isinstance(each, dict) else each
        if each not in ("", None, False):
            shown.append(_text(each))
    return ", ".join(shown)


def _history(organisation: Organisation, identifier: str) -> Markup:
    records = organisation.history.get(identifier, [])
    return Page.each(
        "history",
        [
            {
                "moment": _text(each["DateUTC"]),
                "changes": each["Changes"],
                "user": each["User"],
                "details": each["Details"],
            }
            for each in reversed(records)
        ],
    )


# --- values ---------------------------------------------------------------------------


def _changed(stored: dict) -> datetime:
    return stored["UpdatedDateUTC"]


def _status(status: str | None) -> Markup | str:
    return fragment("status", status=status) if status else ""


def _money(stored: dict) -> str:
    if "Total" not in stored:
        return ""
    return f"{stored['Total']:,.2f} {stored['CurrencyCode']}"


_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "Yes" if value else "No"),
    (Decimal, lambda value: _number(value)),
    (datetime, lambda value: value.strftime("%d %b %Y %H:%M:%S UTC")),
    (date, lambda value: value.strftime("%d %b %Y")),
)


def _text(value: Any) -> str:
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return "" if value is None else str(value)


def _number(value: Decimal) -> str:
    """At least two decimals, more where they say something."""
    text = f"{value:,f}"
    whole, _, decimals = text.partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"


def _words(key: str) -> str:
    """``DueDate`` as "Due date"."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", key)
    return words[0] + words[1:].lower()
