"""Documents that come to nothing: free samples, repairs under warranty, coupons."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from .line import Line
from .mapping import xero_account
from .order_lines import move_lines, purchase_lines, sale_lines
from .problems import Problems
from .tracking import tracked_lines

LINES = {
    "sale.order": sale_lines,
    "purchase.order": purchase_lines,
    "account.move": move_lines,
}


def books_nothing(record, connection) -> bool:
    """Whether a document has lines, and they come to nothing wherever they are booked.

    What takes a down payment off in full belongs to that, and counts as something; so
    does what takes from one account and gives to another, in Odoo or in Xero, or from
    one of Xero's tracking options.

    :param record: ``sale.order``, ``purchase.order`` or ``account.move``
    :param connection: ``xero.connection`` whose mapping counts
    """
    lines = [line for line in LINES[record._name](record) if not line.informs_only]
    sums: dict[Any, Decimal] = defaultdict(Decimal)
    for line in lines:
        account = xero_account(line.account, line.product, connection, _side(record))
        # What stands for no option is asked about when it is sent
        for part in tracked_lines(line, connection, False, Problems()):
            place = (line.account, account, part.options, line.taxes)
            sums[place] += part.untaxed
        sums[line.taxes] += line.tax
    return bool(lines) and not any(sums.values()) and not any(map(_is_deposit, lines))


def _side(record) -> str:
    if record._name == "account.move":
        sale = record.is_sale_document(include_receipts=True)
        return "sale" if sale else "purchase"
    return "sale" if record._name == "sale.order" else "purchase"


def _is_deposit(line: Line) -> bool:
    record = line.record
    order_lines = record.sale_line_ids if "sale_line_ids" in record else record
    return "is_downpayment" in order_lines and any(order_lines.mapped("is_downpayment"))
