"""Customer credit notes and vendor refunds → Xero credit notes and allocations."""

import datetime as dt

from xero_python.accounting import (
    Allocation,
    CreditNote,
    Invoice,
)

from .amounts import CREDIT_NOTE
from .decimals import decimal_of, rounded
from .document import common_fields
from .move import xero_move_lines
from .target import Target


def move_to_credit_note(move, target: Target, title: str) -> CreditNote:
    """Build the credit note of a customer credit note or vendor refund.

    :param move: ``account.move``
    :param title: text of the first line, which carries Odoo's number
    :raise MappingError: when something is missing or would be refused
    """
    sales = move.is_sale_document(include_receipts=True)
    sent = xero_move_lines(move, target, CREDIT_NOTE)
    return CreditNote(
        credit_note_id=target.xero_id,
        credit_note_number=target.number,
        type="ACCRECCREDIT" if sales else "ACCPAYCREDIT",
        date=move.invoice_date or None,
        reference=move.name if sales else None,
        **common_fields(move, target, title, sent),
    )


def allocation(
    amount: float, invoice_id: str, date: dt.date, allocation_id: str | None = None
) -> Allocation:
    """Build the allocation of a credit note's amount to an invoice.

    :param amount: in the currency of both
    :param invoice_id: Xero's id of the invoice or bill
    :param date: the later of the two documents'; Xero derives it, the SDK demands it
    :param allocation_id: Xero's id of the one that is to be taken back
    """
    return Allocation(
        allocation_id=allocation_id,
        amount=rounded(decimal_of(amount)),
        invoice=Invoice(invoice_id=invoice_id),
        date=date,
    )
