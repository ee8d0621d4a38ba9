"""What payments and credits do to the documents they stand against."""

from decimal import Decimal

from ..store import Organisation
from .accounting_document import settle


def credit_invoice(
    organisation: Organisation, invoice: dict, note: dict, amount: Decimal
) -> None:
    """Credit an invoice from a credit note; a negative amount takes it back."""
    _add(organisation, invoice, "AmountCredited", "AmountDue", amount)
    notes = invoice.setdefault("_credit_note_ids", [])
    if note["CreditNoteID"] not in notes:
        notes.append(note["CreditNoteID"])


def pay_invoice(organisation: Organisation, invoice: dict, amount: Decimal) -> None:
    """Pay an invoice; a negative amount takes the payment back."""
    _add(organisation, invoice, "AmountPaid", "AmountDue", amount)


def refund_credit_note(organisation: Organisation, note: dict, amount: Decimal) -> None:
    """Pay a credit note out; a negative amount takes it back."""
    _add(organisation, note, "AmountPaid", "RemainingCredit", amount)


def _add(
    organisation: Organisation, document: dict, key: str, left: str, amount: Decimal
) -> None:
    document[key] += amount
    document[left] -= amount
    settle(document, document[left], organisation.today())
    endpoint = "Invoices" if left == "AmountDue" else "CreditNotes"
    organisation.touch(endpoint, document)
