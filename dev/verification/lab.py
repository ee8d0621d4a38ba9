"""The bench on which an experiment is made: an organisation, a contact, a hand."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .client import Client, Exchange
from .company import Offer
from .hands import Hand
from .reading import Outcome, outcomes_of

PREFIX = "Verify"  # of everything that the experiments name
WRITING = {"summarizeErrors": "false", "unitdp": "4"}
SALES = frozenset({"invoice", "quote", "credit note"})
# What a document is called here -> its endpoint, the name of its number, its Type
KINDS = {
    "invoice": ("Invoices", "InvoiceNumber", "ACCREC"),
    "bill": ("Invoices", "InvoiceNumber", "ACCPAY"),
    "credit note": ("CreditNotes", "CreditNoteNumber", "ACCRECCREDIT"),
    "refund": ("CreditNotes", "CreditNoteNumber", "ACCPAYCREDIT"),
    "quote": ("Quotes", "QuoteNumber", ""),
    "order": ("PurchaseOrders", "PurchaseOrderNumber", ""),
}


class Lab:
    """What experiments work with."""

    def __init__(self, client: Client, offer: Offer, hand: Hand, stamp: str) -> None:
        """:param stamp: stands in every name, so that runs do not collide"""
        self.client = client
        self.offer = offer
        self.hand = hand
        self.stamp = stamp
        self.today = date.today()
        self.contact: dict = {}

    def open(self) -> None:
        """Make the contact of the documents."""
        [made] = self.put("Contacts", self.person("base"))
        self.contact = {"ContactID": made.required("the contact")["ContactID"]}

    # --- calls --------------------------------------------------------------------

    def put(self, endpoint: str, *elements: dict, **query: str) -> list[Outcome]:
        """Create elements with one call."""
        return self._write("PUT", endpoint, elements, query)

    def post(self, endpoint: str, *elements: dict, **query: str) -> list[Outcome]:
        """Update elements with one call, or create those that are not there."""
        return self._write("POST", endpoint, elements, query)

    def _write(
        self, method: str, endpoint: str, elements: tuple[dict, ...], query: Mapping
    ) -> list[Outcome]:
        body = {endpoint: list(elements)}
        exchange = self.client.call(method, f"/{endpoint}", body, {**WRITING, **query})
        return outcomes_of(exchange, len(elements))

    def get(self, path: str, headers: Mapping | None = None, **query: str) -> Exchange:
        """Read."""
        return self.client.call("GET", path, query=query, headers=headers)

    def one(self, endpoint: str, identifier: str) -> dict:
        """Read one object; empty when Xero does not show it."""
        found = self.get(f"/{endpoint}/{identifier}").elements()
        return found[0] if found else {}

    # --- elements -----------------------------------------------------------------

    def day(self, days: int = 0) -> str:
        """A date so many days from today."""
        return (self.today + timedelta(days=days)).isoformat()

    def number(self, suffix: str) -> str:
        """A number that no other document has."""
        return f"{PREFIX}-{self.stamp}-{suffix}"

    def name(self, suffix: str) -> str:
        """A name that no other contact has."""
        return f"{PREFIX} {self.stamp} {suffix}"

    def person(self, suffix: str, **values: Any) -> dict:
        """A contact with an e-mail address."""
        address = f"{PREFIX.lower()}-{self.stamp}@example.com"
        return {"Name": self.name(suffix), "EmailAddress": address, **values}

    def line(self, kind: str, **values: Any) -> dict:
        """A line of one piece at 10.00."""
        sale = kind in SALES
        return {
            "Description": "Experiment",
            "Quantity": 1,
            "UnitAmount": 10,
            "AccountCode": self.offer.income if sale else self.offer.expense,
            "TaxType": (self.offer.output if sale else self.offer.input).code,
            **values,
        }

    def tax_on(self, kind: str, amount: int) -> Decimal:
        """Xero's own figure of the tax on a line of ``kind``."""
        sale = kind in SALES
        return (self.offer.output if sale else self.offer.input).on(Decimal(amount))

    def document(self, kind: str, lines: list[dict], **values: Any) -> dict:
        """A draft of today; a value of None leaves the field out."""
        _endpoint, _number, type_name = KINDS[kind]
        element = {
            "Contact": self.contact,
            "Date": self.day(),
            "DueDate": self.day(30) if kind in ("invoice", "bill") else None,
            "Type": type_name or None,
            "LineItems": lines,
            **values,
        }
        return {key: value for key, value in element.items() if value is not None}

    def sale(self, *lines: dict, **values: Any) -> dict:
        """A draft invoice, of one usual line where none is given."""
        return self.document("invoice", list(lines) or [self.line("invoice")], **values)

    def quote(self, *lines: dict, **values: Any) -> dict:
        """A draft quote, of one usual line where none is given."""
        return self.document("quote", list(lines) or [self.line("quote")], **values)
