"""One organisation's books in memory: objects by id, with indexes on natural keys."""

from collections.abc import Callable, Hashable, Iterator
from copy import deepcopy
from datetime import date, datetime
from decimal import Decimal
from threading import RLock
from typing import Any
from zoneinfo import ZoneInfo

from .clock import Clock

Index = Callable[[dict], Hashable | None]

NUMBER_PREFIXES = {
    "Invoices": "INV-",
    "Quotes": "QU-",
    "CreditNotes": "CN-",
    "PurchaseOrders": "PO-",
}


def folded(value: Any) -> str | None:
    """The form in which Xero compares names and numbers."""
    return str(value).casefold() if value else None


def _typed_number(key: str) -> Index:
    def index(document: dict) -> Hashable | None:
        number = folded(document.get(key))
        return (document["Type"], number) if number else None

    return index


def _plain(key: str) -> Index:
    return lambda stored: folded(stored.get(key))


def _active_name(contact: dict) -> Hashable | None:
    active = contact["ContactStatus"] == "ACTIVE"
    return folded(contact["Name"]) if active else None


# endpoint -> (id key, indexes)
COLLECTIONS: dict[str, tuple[str, dict[str, Index]]] = {
    "Accounts": ("AccountID", {"code": _plain("Code")}),
    "TaxRates": ("TaxType", {}),
    "Currencies": ("Code", {}),
    "BrandingThemes": ("BrandingThemeID", {}),
    "TrackingCategories": ("TrackingCategoryID", {"name": _plain("Name")}),
    "Contacts": (
        "ContactID",
        {"name": _active_name, "number": _plain("ContactNumber")},
    ),
    "Items": ("ItemID", {"code": _plain("Code")}),
    "Quotes": ("QuoteID", {"number": _plain("QuoteNumber")}),
    "Invoices": ("InvoiceID", {"number": _typed_number("InvoiceNumber")}),
    "CreditNotes": ("CreditNoteID", {"number": _typed_number("CreditNoteNumber")}),
    "PurchaseOrders": ("PurchaseOrderID", {"number": _plain("PurchaseOrderNumber")}),
    "Payments": ("PaymentID", {"document": lambda each: each["_document_id"]}),
}


class Collection:
    """The objects of one endpoint."""

    def __init__(self, id_key: str, indexes: dict[str, Index]) -> None:
        self.id_key = id_key
        self._indexes = indexes
        self._objects: dict[str, dict] = {}
        self._ids: dict[str, dict[Hashable, dict[str, None]]] = {
            name: {} for name in indexes
        }
        self._keys: dict[str, dict[str, Hashable | None]] = {}

    def __iter__(self) -> Iterator[dict]:
        return iter(self._objects.values())

    def __len__(self) -> int:
        return len(self._objects)

    def get(self, identifier: str | None) -> dict | None:
        """Return the object with this id, or None."""
        return self._objects.get(str(identifier or ""))

    def find(self, index: str, value: Hashable) -> list[dict]:
        """Return the objects whose ``index`` equals ``value``, oldest first."""
        return [self._objects[each] for each in self._ids[index].get(value, ())]

    def save(self, stored: dict) -> None:
        """Add the object or replace the one with the same id."""
        identifier = stored[self.id_key]
        keys = self._keys.setdefault(identifier, {})
        for name, index in self._indexes.items():
            old, new = keys.get(name), index(stored)
            if old != new:
                self._ids[name].get(old, {}).pop(identifier, None)
            if new is not None:
                self._ids[name].setdefault(new, {})[identifier] = None
            keys[name] = new
        self._objects[identifier] = stored

    def remove(self, identifier: str) -> None:
        """Take an object out."""
        for name, key in self._keys.pop(identifier).items():
            self._ids[name].get(key, {}).pop(identifier, None)
        del self._objects[identifier]


class Organisation:
    """One Xero organisation: its settings and everything in its books."""

    def __init__(self, settings: dict, timezone: str, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.timezone = ZoneInfo(timezone)
        self.lock = RLock()
        self.role_revoked = False
        self.rounding_amount_enabled = False
        self.day_rates: dict[str, Decimal] = {}
        self.sequences: dict[str, int] = {}
        self.history: dict[str, list[dict]] = {}
        self.attachments: dict[str, dict[str, dict]] = {}
        self.told: Callable[[str, str, dict, str], None] | None = None
        self.collections = {
            name: Collection(id_key, indexes)
            for name, (id_key, indexes) in COLLECTIONS.items()
        }

    def __getitem__(self, endpoint: str) -> Collection:
        return self.collections[endpoint]

    @property
    def tenant_id(self) -> str:
        return self.settings["OrganisationID"]

    @property
    def name(self) -> str:
        return self.settings["Name"]

    @property
    def short_code(self) -> str:
        return self.settings["ShortCode"]

    @property
    def currency(self) -> str:
        return self.settings["BaseCurrency"]

    def now(self) -> datetime:
        """The sandbox's time in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The organisation's own date, which document dates default to."""
        return self.now().astimezone(self.timezone).date()

    def next_number(self, endpoint: str, taken: Callable[[str], bool]) -> str:
        """Draw the next free number of the sequence, e.g. ``INV-0001``."""
        while True:
            value = self.sequences.get(endpoint, 0) + 1
            self.sequences[endpoint] = value
            number = f"{NUMBER_PREFIXES[endpoint]}{value:04d}"
            if not taken(number):
                return number

    def touch(self, endpoint: str, stored: dict, kind: str = "UPDATE") -> None:
        """An object changes now: its time says so, and webhooks are told."""
        stored["UpdatedDateUTC"] = self.now()
        if self.told:
            self.told(self.tenant_id, endpoint, stored, kind)

    def note(self, identifier: str, changes: str, details: str, user: str) -> dict:
        """Add a line to an object's history and return it."""
        record = {
            "Changes": changes,
            "DateUTC": self.now(),
            "User": user,
            "Details": details,
        }
        self.history.setdefault(identifier, []).append(record)
        return record

    def dump(self) -> dict[str, Any]:
        """Everything in the books, as plain values."""
        return {
            "settings": deepcopy(self.settings),
            "role_revoked": self.role_revoked,
            "rounding_amount_enabled": self.rounding_amount_enabled,
            "sequences": dict(self.sequences),
            "day_rates": dict(self.day_rates),
            "history": self.history,
            "attachments": self.attachments,
            **{name: list(each) for name, each in self.collections.items()},
        }

    def load(self, dumped: dict[str, Any]) -> None:
        """Take over what :meth:`dump` gave."""
        self.settings = dumped["settings"]
        self.role_revoked = dumped["role_revoked"]
        self.rounding_amount_enabled = dumped["rounding_amount_enabled"]
        self.sequences = dumped["sequences"]
        self.day_rates = dumped["day_rates"]
        self.history = dumped["history"]
        self.attachments = dumped["attachments"]
        for name, (id_key, indexes) in COLLECTIONS.items():
            self.collections[name] = Collection(id_key, indexes)
            for stored in dumped[name]:
                self.collections[name].save(stored)
