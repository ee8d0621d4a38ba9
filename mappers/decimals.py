"""Decimals of Odoo's numbers, and Xero's way to round them."""

from decimal import ROUND_HALF_UP, Decimal

# Of every currency: https://developer.xero.com/documentation/guides/how-to-guides/rounding-in-xero
AMOUNT_DECIMALS = 2
# So many digits of a decimal survive in a float
FLOAT_DIGITS = 15
ZERO = Decimal(0)


def decimal_of(number: float) -> Decimal:
    """The number a person would read; a float's own digits go on much longer."""
    return Decimal(f"{round(number, 10):.{FLOAT_DIGITS}g}").normalize() + 0


def money(amount: float, currency) -> Decimal:
    """An amount as its currency counts it; a sum of floats is a little beside it.

    :param currency: ``res.currency``
    """
    return rounded(decimal_of(amount), currency.decimal_places)


def rounded(number: Decimal, decimals: int = AMOUNT_DECIMALS) -> Decimal:
    """Half up, away from zero, as Xero rounds."""
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def plain(number: Decimal) -> Decimal:
    """Without the zeros rounding left behind it."""
    return number.normalize() + 0
