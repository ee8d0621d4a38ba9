"""One element of a request: its shape, its values, and what becomes of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .. import unverified
from ..arithmetic import decimal_of
from ..dates import parse_date

LISTS = frozenset(
    ("LineItems", "Addresses", "Phones", "ContactPersons", "Tracking", "HistoryRecords")
)
OBJECTS = frozenset(
    (
        "Contact",
        "Invoice",
        "CreditNote",
        "Account",
        "SalesDetails",
        "PurchaseDetails",
        "PaymentTerms",
        "Sales",
        "Bills",
    )
)
# May hold anything: the endpoints do not look into them.
UNREAD = frozenset(
    (
        "Attachments",
        "ContactGroups",
        "PurchasesTrackingCategories",
        "SalesTrackingCategories",
        "Item",
        "ValidationErrors",
        "Warnings",
    )
)
# Beyond this no field of Xero's can hold a number.
LARGEST_NUMBER = Decimal("1e15")


@dataclass
class Edit:
    """One element on its way into the books; ``draft`` replaces ``stored``."""

    element: dict
    stored: dict | None
    draft: dict
    problems: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)

    def sent(self, key: str) -> bool:
        """Whether the element gives a value; null counts as left out."""
        return self.element.get(key) is not None

    def refuse(self, message: str) -> None:
        """Note why the element cannot be taken."""
        if message not in self.problems:
            self.problems.append(message)


def is_well_formed(value: Any, key: str = "") -> bool:
    """Whether lists, objects and plain values stand where they belong."""
    if value is None:
        return bool(key)
    if key in LISTS:
        return isinstance(value, list) and all(map(is_well_formed, value))
    if key in OBJECTS or not key:
        return isinstance(value, dict) and all(
            is_well_formed(each, name) for name, each in value.items()
        )
    return key in UNREAD or not isinstance(value, list | dict)


def names(text: str) -> frozenset[str]:
    """The words of ``text``, as a set."""
    return frozenset(text.split())


def text_value(edit: Edit, source: dict, name: str, limit: int) -> str:
    """Read a text; too long a one refuses the element."""
    value = str(source[name])
    if len(value) > limit:
        edit.refuse(unverified.TOO_LONG.format(field=name, limit=limit))
    return value


def date_value(edit: Edit, name: str) -> date | None:
    """Read a date of the element; an unreadable one refuses it."""
    value = parse_date(edit.element[name])
    if value is None:
        edit.refuse(unverified.NOT_A_DATE.format(field=name))
    return value


def number_value(edit: Edit, source: dict, name: str) -> Decimal | None:
    """Read a number, None when left out; an unreadable one refuses the element."""
    if source.get(name) is None:
        return None
    value = decimal_of(source[name])
    if value is None or abs(value) > LARGEST_NUMBER:
        edit.refuse(unverified.NOT_A_NUMBER.format(field=name))
        return None
    return value
