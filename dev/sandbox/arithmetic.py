"""Xero's money: exact decimals, each line rounded half up, then summed.

Xero rounds the tax of every line to two decimals and adds the rounded amounts
(https://developer.xero.com/documentation/guides/how-to-guides/rounding-in-xero).
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ZERO = Decimal("0")
HUNDRED = Decimal("100")


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """Round half away from zero, as Xero does, to ``decimals`` places."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def decimal_of(value: object) -> Decimal | None:
    """Read a JSON number (or a number in a string); None when it is neither."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def line_total(
    quantity: Decimal, unit: Decimal, rate: Decimal = ZERO, amount: Decimal = ZERO
) -> Decimal:
    """Amount of a line: quantity times price, less a discount rate (%) or amount."""
    gross = quantity * unit
    return rounded(gross - gross * rate / HUNDRED - amount)


def line_tax(amount: Decimal, rate: Decimal, inclusive: bool) -> Decimal:
    """Tax on (or, with ``inclusive``, inside) a line amount at ``rate`` per cent."""
    divisor = HUNDRED + rate if inclusive else HUNDRED
    return rounded(amount * rate / divisor)


def totals(lines: Iterable[dict], inclusive: bool) -> tuple[Decimal, Decimal, Decimal]:
    """Return (SubTotal, TotalTax, Total) of a document's lines."""
    lines = list(lines)
    amount = sum((line["LineAmount"] for line in lines), ZERO)
    tax = sum((line["TaxAmount"] for line in lines), ZERO)
    if inclusive:
        return rounded(amount - tax), rounded(tax), rounded(amount)
    return rounded(amount), rounded(tax), rounded(amount + tax)
