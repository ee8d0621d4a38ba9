"""What is kept of contacts, items and quotes beside columns: dicts for a Json field.

Texts are as Xero sent them, decimals are texts with the digits Xero sent, days are
texts of the form ``YYYY-MM-DD``.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from .answers import Contact, Item, QuoteHead

_CONTACT_PARTS = (
    "first_name",
    "last_name",
    "company_number",
    "addresses",
    "persons",
    "phones",
    "currency",
    "sales_terms",
    "bill_terms",
    "website",
)
_ITEM_PARTS = (
    "description",
    "purchase_description",
    "is_sold",
    "is_purchased",
    "is_tracked",
    "sales_price",
    "sales_account",
    "sales_tax_type",
    "purchase_price",
    "purchase_account",
    "purchase_tax_type",
)


def contact_details(contact: Contact) -> dict[str, Any]:
    """Addresses, persons, phones, currency, terms and the like of a contact.

    :return: keys as the fields of :class:`Contact`, with lists and dicts inside; what
        Xero left empty is missing; empty for a person who had their data erased
    """
    if contact.status == "GDPRREQUEST":
        return {}
    return _parts(contact, _CONTACT_PARTS)


def item_details(item: Item) -> dict[str, Any]:
    """Descriptions, uses, prices, account codes and tax types of an item.

    :return: keys as the fields of :class:`Item`; what Xero left empty is missing
    """
    return _parts(item, _ITEM_PARTS)


def quote_details(head: QuoteHead) -> dict[str, str]:
    """What a quote says besides its lines.

    :return: keys as the fields of :class:`QuoteHead`; what Xero left empty is missing
    """
    return {name: _plain(value) for name, value in asdict(head).items() if value}


def _parts(element: Contact | Item, names: tuple[str, ...]) -> dict[str, Any]:
    """A price of nothing stays: it is not the same as no price."""
    values = asdict(element)
    return {
        name: _plain(values[name])
        for name in names
        if values[name] or isinstance(values[name], Decimal)
    }


def _plain(value: Any) -> Any:
    """The form in which a Json field gives it back."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value
