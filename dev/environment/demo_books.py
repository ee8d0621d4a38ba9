"""What the local Xero holds for one contact, compared with what Odoo has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

# endpoint → the keys of id and number
KEYS = {
    "Quotes": ("QuoteID", "QuoteNumber"),
    "Invoices": ("InvoiceID", "InvoiceNumber"),
    "CreditNotes": ("CreditNoteID", "CreditNoteNumber"),
    "PurchaseOrders": ("PurchaseOrderID", "PurchaseOrderNumber"),
}
GONE = ("DELETED", "VOIDED")


@dataclass(frozen=True)
class Found:
    """A document of Xero."""

    endpoint: str
    xero_id: str
    number: str
    status: str
    total: Decimal
    allocated_to: tuple[str, ...] = ()  # the invoices that a credit note pays
    files: int = 0

    @property
    def is_had(self) -> bool:
        """Whether a customer or vendor has it, so that Odoo's PDF belongs to it.

        A quote would be when it is marked as sent, which no walk does.
        """
        return self.endpoint != "Quotes" and self.status != "DRAFT"


@dataclass(frozen=True)
class Expected:
    """A document of Odoo, as Xero should hold it."""

    model: str
    record: int
    name: str  # in Odoo
    total: Decimal
    endpoint: str
    statuses: tuple[str, ...]  # one of these
    number: str = ""  # where Odoo chooses it
    xero_id: str = ""  # where it is one that Xero has already
    allocated_to: tuple[str, ...] = ()

    def fits(self, found: Found) -> bool:
        """Whether a document of Xero is this one."""
        return (
            (self.endpoint, self.total, self.allocated_to)
            == (found.endpoint, found.total, found.allocated_to)
            and found.status in self.statuses
            and bool(found.files) == found.is_had
            and self.number in ("", found.number)
            and self.xero_id in ("", found.xero_id)
        )


@dataclass(frozen=True)
class Pair:
    """The two sides of a document; one is missing where the other has no match."""

    expected: Expected | None
    found: Found | None

    def __str__(self) -> str:
        here = there = "nothing like it"
        if self.expected:
            here = _columns(self.expected.name, self.expected.total)
        if self.found:
            pdf = ", with PDF" if self.found.files else ""
            number = self.found.number or "no number"
            there = f"{_columns(number, self.found.total)}  {self.found.status}{pdf}"
        return f"  Odoo {here:<31}   Xero {there}"


def documents_of(books: dict, contact: str) -> list[Found]:
    """The documents of a contact that were not deleted or voided.

    :param books: what the local Xero tells of an organisation
    :param contact: the contact's name
    """
    ids = {each["ContactID"] for each in books["Contacts"] if each["Name"] == contact}
    return [
        _found(endpoint, document)
        for endpoint in KEYS
        for document in books[endpoint]
        if document["Contact"]["ContactID"] in ids and document["Status"] not in GONE
    ]


def pair(expected: Sequence[Expected], found: Iterable[Found]) -> list[Pair]:
    """Match both sides: first what is expected, in its order, then what is not."""
    left = list(found)
    pairs = []
    for each in expected:
        match = next((document for document in left if each.fits(document)), None)
        if match:
            left.remove(match)
        pairs.append(Pair(each, match))
    return pairs + [Pair(None, document) for document in left]


def _columns(number: str, total: Decimal) -> str:
    return f"{number:<20} {total:>10,.2f}"


def _found(endpoint: str, document: dict) -> Found:
    id_key, number_key = KEYS[endpoint]
    return Found(
        endpoint,
        document[id_key],
        document.get(number_key, ""),
        document["Status"],
        Decimal(str(document["Total"])),
        tuple(
            allocation["Invoice"]["InvoiceID"]
            for allocation in document.get("Allocations", ())
            if endpoint == "CreditNotes"
        ),
        len(document["Attachments"]),
    )
