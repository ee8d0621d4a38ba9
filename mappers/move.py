"""What invoices, bills and the credit notes of both have in common."""

from .amounts import Form
from .checks import (
    NUMBER_LENGTH,
    check_currency,
    check_length,
    check_lines,
    check_totals,
)
from .lines import XeroLines, xero_lines
from .order_lines import booked_tax, move_lines
from .problems import Problems
from .target import Target


def xero_move_lines(move, target: Target, form: Form) -> XeroLines:
    """The lines of a journal entry for Xero, once nothing is missing.

    :param move: ``account.move``
    :raise MappingError: when something is missing or would be refused
    """
    problems = Problems()
    sign = 1 if move._xero_keeps_direction() else -1
    total, tax = sign * move.amount_total, sign * booked_tax(move)
    lines = move_lines(move, sign)
    check_lines(move, lines, total, problems)
    check_currency(move, target, problems)
    check_length(move, target.number, "ref", NUMBER_LENGTH, problems)
    side = "sale" if move.is_sale_document(include_receipts=True) else "purchase"
    sent = xero_lines(lines, target, side, form, problems)
    check_totals(move, sent, total, tax, problems)
    problems.check()
    return sent
