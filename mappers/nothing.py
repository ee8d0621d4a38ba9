"""Documents that come to nothing: free samples, repairs under warranty, coupons."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from .line import Line
from .order_lines import move_lines, purchase_lines, sale_lines

LINES = {
    "sale.order": sale_lines,
    "purchase.order": purchase_lines,
    "account.move": move_lines,
}


def books_nothing(record) -> bool:
    """Whether a document has lines, and they come to nothing on each account.

    What takes a down payment off in full belongs to that, and counts as something; so
    does what takes from one account and gives to another.

    :param record: ``sale.order``, ``purchase.order`` or ``account.move``
    """
    lines = [line for line in LINES[record._name](record) if not line.informs_only]
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for line in lines:
        sums[line.account, line.taxes] += line.untaxed
        sums[line.taxes] += line.tax
    return bool(lines) and not any(sums.values()) and not any(map(_is_deposit, lines))


def _is_deposit(line: Line) -> bool:
    record = line.record
    order_lines = record.sale_line_ids if "sale_line_ids" in record else record
    return "is_downpayment" in order_lines and any(order_lines.mapped("is_downpayment"))
