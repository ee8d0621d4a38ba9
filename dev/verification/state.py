"""What a run has done, kept so that it can go on, or clean up, after a break.

The file holds no token and no secret; it names what was made in the Demo Company.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from .client import Exchange
from .reading import NOT_TRIED, Reading

# Endpoint -> the name of its objects' ids, and of their numbers
IDS = {
    "Invoices": ("InvoiceID", "InvoiceNumber"),
    "CreditNotes": ("CreditNoteID", "CreditNoteNumber"),
    "Quotes": ("QuoteID", "QuoteNumber"),
    "PurchaseOrders": ("PurchaseOrderID", "PurchaseOrderNumber"),
    "Items": ("ItemID", "Code"),
    "Contacts": ("ContactID", "Name"),
}
NO_ID = "00000000-0000-0000-0000-000000000000"
GONE = frozenset({"DELETED", "VOIDED", "ARCHIVED"})


@dataclass
class Made:
    """Something that was made in Xero, as it was last seen."""

    endpoint: str
    identifier: str
    number: str = ""
    status: str = ""
    contact: str = ""  # the id of a document's contact
    allocated: bool = False

    @property
    def gone(self) -> bool:
        """Whether nothing is left to clean up."""
        return self.status in GONE


@dataclass
class State:
    """What was read off Xero so far, and what was made there and must go again."""

    path: Path
    readings: dict[str, Reading] = field(default_factory=dict)
    made: dict[str, Made] = field(default_factory=dict)

    @classmethod
    def of(cls, directory: Path, organisation_id: str) -> "State":
        """The state of the runs in one organisation, whose id it does not tell."""
        digest = hashlib.sha256(organisation_id.encode()).hexdigest()[:12]
        state = cls(directory / f"state-{digest}.json")
        if state.path.exists():
            state._load(json.loads(state.path.read_text(encoding="utf-8")))
        return state

    def _load(self, kept: dict) -> None:
        self.readings = {
            code: Reading(**reading)
            for code, reading in kept["readings"].items()
            if NOT_TRIED not in reading["facts"]
        }
        self.made = {each["identifier"]: Made(**each) for each in kept["made"]}

    def save(self) -> None:
        """Write the file, whole or not at all, for its owner only."""
        content = {
            "readings": {
                code: reading.dump() for code, reading in self.readings.items()
            },
            "made": [vars(each) for each in self.made.values()],
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        beside = self.path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(content, file, indent=1)
        beside.replace(self.path)

    def keep(self, code: str, reading: Reading) -> None:
        """Keep what was read off an experiment."""
        self.readings[code] = reading
        self.save()

    def forget(self, codes: Iterable[str]) -> None:
        """Forget what was read off these experiments."""
        for code in codes:
            self.readings.pop(code, None)

    def notice(self, exchange: Exchange) -> None:
        """Note what a call made, and how known things are now."""
        parts = exchange.path.strip("/").split("/")
        if exchange.status != 200 or exchange.endpoint not in IDS:
            return
        if parts[2:] == ["Allocations"]:
            self.made[parts[1]].allocated = True
        elif len(parts) <= 2:
            for element in exchange.elements():
                self._see(exchange, element)
        if exchange.method != "GET":
            self.save()

    def _see(self, exchange: Exchange, element: dict) -> None:
        id_name, number_name = IDS[exchange.endpoint]
        identifier = element.get(id_name) or NO_ID
        if identifier == NO_ID or element.get("ValidationErrors"):
            return  # a refused element only repeats what was asked for
        made = self.made.get(identifier)
        if not made:
            if exchange.method == "GET":
                return
            made = self.made[identifier] = Made(exchange.endpoint, identifier)
        made.number = element.get(number_name) or made.number
        made.contact = element.get("Contact", {}).get("ContactID", "")
        made.status = element.get("Status") or element.get("ContactStatus") or ""
