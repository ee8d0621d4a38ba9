"""Amounts of a line, in the form in which Xero computes the same as Odoo."""

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .lines import Line

# What Xero keeps: https://developer.xero.com/documentation/api/accounting/invoices.
# Unit amounts have four decimals with ``unitdp=4``.
UNIT_DECIMALS = 4
QUANTITY_DECIMALS = 4
DISCOUNT_DECIMALS = 2
AMOUNT_DECIMALS = 2


def amount_fields(line: "Line", inclusive: bool, discounts: bool) -> dict[str, Any]:
    """Text, quantity, unit amount and discount of a line for Xero.

    Odoo's own figures, where Xero's arithmetic with them gives Odoo's line amount. If
    not, one piece at that amount, with the real quantity in the text.

    :param inclusive: whether the document's unit amounts contain the tax
    :param discounts: whether Xero knows discounts on this kind of document
    :return: keyword arguments of the SDK's ``LineItem``
    """
    expected = _decimal(line.total if inclusive else line.untaxed)
    unit = _unit_amount(line, inclusive)
    discount = _decimal(line.discount)
    if discount and not discounts:
        unit, discount = unit * (1 - discount / 100), Decimal(0)
    unit = _round(unit, UNIT_DECIMALS)
    quantity = _decimal(line.quantity)
    if _xero_line_amount(quantity, unit, discount) == expected:
        return {
            "description": line.text,
            "quantity": quantity,
            "unit_amount": unit,
            # Xero refuses a discount of zero on a negative line, so none is sent
            "discount_rate": discount or None,
        }
    return {
        "description": _text_with_quantity(line),
        "quantity": Decimal(1),
        "unit_amount": expected,
    }


def _xero_line_amount(quantity: Decimal, unit: Decimal, discount: Decimal) -> Decimal:
    """The line amount Xero computes from these fields."""
    kept = _round(quantity, QUANTITY_DECIMALS) * unit
    return _round(
        kept * (1 - _round(discount, DISCOUNT_DECIMALS) / 100), AMOUNT_DECIMALS
    )


def _unit_amount(line: "Line", inclusive: bool) -> Decimal:
    """Price of one unit before discount, in the form the document declares."""
    if inclusive or not any(line.taxes.mapped("price_include")):
        return _decimal(line.price_unit)
    taxes = line.taxes.with_context(round=False, round_base=False)
    untaxed = taxes.compute_all(
        line.price_unit, currency=line.record.currency_id, product=line.product
    )["total_excluded"]
    return _decimal(untaxed)


def _text_with_quantity(line: "Line") -> str:
    """The line's text with what is not sent as figures."""
    env = line.record.env
    figures = env._(
        "%(quantity)s at %(price)s",
        quantity=f"{_decimal(line.quantity):f}",
        price=f"{_decimal(line.price_unit):f}",
    )
    if line.discount:
        figures = env._(
            "%(figures)s less %(discount)s%%",
            figures=figures,
            discount=f"{_decimal(line.discount):f}",
        )
    return f"{line.text} ({figures})"


def _decimal(number: float) -> Decimal:
    """The number a person would read; a float's own digits go on much longer."""
    return Decimal(repr(round(number, 10))).normalize() + 0


def _round(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
