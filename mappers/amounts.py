"""Amounts of lines, in the form in which Xero computes the same as Odoo.

Xero rounds each line half up to two decimals, its tax too, and adds the rounded
amounts: https://developer.xero.com/documentation/guides/how-to-guides/rounding-in-xero
It does so in every currency.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from .decimals import AMOUNT_DECIMALS, ZERO, decimal_of, plain, rounded
from .line import Line

# What Xero keeps: https://developer.xero.com/documentation/api/accounting/invoices.
# Unit amounts have four decimals with ``unitdp=4``.
UNIT_DECIMALS = 4
QUANTITY_DECIMALS = 4
QUANTITY_LENGTH = 13
DISCOUNT_DECIMALS = 2
LARGEST_AMOUNT = Decimal("9999999999.99")


@dataclass(frozen=True)
class Form:
    """What Xero takes on the lines of a kind of document.

    :ivar discounts: a discount in per cent
    :ivar tax_amounts: another tax amount than Xero's own
    :ivar tracking_by_option: the id of a tracking option, and no names
    """

    discounts: bool = False
    tax_amounts: bool = False
    tracking_by_option: bool = False


# https://developer.xero.com/documentation/api/accounting/quotes
QUOTE = Form(discounts=True, tracking_by_option=True)
PURCHASE_ORDER = Form(discounts=True)
SALES_INVOICE = Form(discounts=True, tax_amounts=True)
BILL = Form(tax_amounts=True)
CREDIT_NOTE = Form(tax_amounts=True)


class Totals(NamedTuple):
    """Of a document, in its own currency."""

    total: Decimal
    tax: Decimal


class TaxedAmount(NamedTuple):
    """What a line says of its tax.

    :ivar amount: with tax in a document whose amounts include it, else without
    :ivar tax: Odoo's
    :ivar tax_type: Xero's code of the line's tax rate
    """

    amount: Decimal
    tax: Decimal
    tax_type: str


# === LINE AMOUNTS === #


def line_amount(line: Line, inclusive: bool) -> Decimal:
    """What Odoo counts for the line, in the form the document declares."""
    return line.total if inclusive else line.untaxed


def amount_fields(line: Line, inclusive: bool, form: Form) -> dict[str, Any]:
    """Text, quantity, unit amount and discount of a line for Xero.

    Odoo's own figures, where Xero's arithmetic with them gives Odoo's line amount. If
    not, one piece at that amount. The real quantity is in the text, where Xero would
    keep another.

    :param inclusive: whether the document's unit amounts contain the tax
    :return: keyword arguments of the SDK's ``LineItem``
    """
    expected = line_amount(line, inclusive)
    real_quantity = decimal_of(line.quantity)
    quantity = rounded(real_quantity, QUANTITY_DECIMALS)
    unit, discount = _unit_and_discount(line, quantity, inclusive, form)
    fits = len(f"{quantity:f}") <= QUANTITY_LENGTH
    if fits and xero_line_amount(quantity, unit, discount) == expected:
        exact = quantity == real_quantity
        return {
            "description": line.text if exact else _text_with_quantity(line),
            "quantity": plain(quantity),
            "unit_amount": plain(unit),
            "discount_rate": plain(discount) if discount else None,
        }
    return {
        "description": _text_with_quantity(line),
        "quantity": Decimal(1),
        "unit_amount": plain(expected),
    }


def put_sign_on_price(item: Any) -> None:
    """Xero refuses a quantity below zero, and takes such a price.

    The amount stays what it was: Xero rounds up and down alike.

    :param item: ``LineItem`` of the SDK, changed here
    """
    if item.quantity < 0:
        item.quantity, item.unit_amount = -item.quantity, -item.unit_amount


def xero_line_amount(
    quantity: Decimal, unit: Decimal, discount: Decimal = ZERO
) -> Decimal:
    """The line amount Xero computes from what it keeps of these.

    :param discount: per cent
    """
    gross = rounded(quantity, QUANTITY_DECIMALS) * rounded(unit, UNIT_DECIMALS)
    return rounded(gross * (1 - rounded(discount, DISCOUNT_DECIMALS) / 100))


def _unit_and_discount(
    line: Line, quantity: Decimal, inclusive: bool, form: Form
) -> tuple[Decimal, Decimal]:
    """Unit amount and discount with Xero's decimals.

    The discount is in the unit amount where Xero takes none: on some kinds of
    document, on a negative line, and one below zero or above all.
    """
    unit, discount = _unit_amount(line, inclusive), decimal_of(line.discount)
    taken = form.discounts and quantity * unit > 0 and 0 < discount <= 100
    if not taken:
        unit, discount = unit * (1 - discount / 100), ZERO
    return rounded(unit, UNIT_DECIMALS), rounded(discount, DISCOUNT_DECIMALS)


def _unit_amount(line: Line, inclusive: bool) -> Decimal:
    """Price of one unit before discount, in the form the document declares."""
    if inclusive or line.price_is_net:
        return decimal_of(line.price_unit)
    details = line.taxes._get_tax_details(
        line.price_unit, 1.0, rounding_method="round_globally", product=line.product
    )
    return decimal_of(details["total_excluded"])


def amount_parts(
    amount: Decimal, shares: list[Decimal], decimals: int = AMOUNT_DECIMALS
) -> list[Decimal]:
    """Proportional parts of an amount, that add up to it.

    Each is at most one unit of the last decimal away from its share, and none has
    another sign than the amount. What rounding leaves is in the last.

    :param shares: of one, together one
    :param decimals: of the parts, two at most
    """
    decimals = min(decimals, AMOUNT_DECIMALS)
    ends = [rounded(amount * share, decimals) for share in accumulate(shares[:-1])]
    return [end - start for start, end in pairwise([ZERO, *ends, amount])]


def _text_with_quantity(line: Line) -> str:
    """The line's text with Odoo's figures, where others are sent."""
    env = line.record.env
    quantity, discount = decimal_of(line.quantity), decimal_of(line.discount)
    if quantity == 1 and not discount and not line.restated:
        return line.text
    figures = env._(
        "%(quantity)s at %(price)s",
        quantity=f"{quantity:f}",
        price=f"{decimal_of(line.price_unit):f}",
    )
    if discount:
        figures = env._(
            "%(figures)s less %(discount)s%%", figures=figures, discount=f"{discount:f}"
        )
    return f"{line.text} ({figures})"


# === TAX === #


def xero_tax(amount: Decimal, percent: Decimal, inclusive: bool) -> Decimal:
    """The tax Xero computes on a line amount, or within it."""
    return rounded(amount * percent / (100 + percent if inclusive else 100))


def tax_differences(
    lines: Iterable[TaxedAmount], percents: dict[str, Decimal], inclusive: bool
) -> dict[str, Decimal]:
    """Odoo's tax less Xero's of each tax type, where they are not the same.

    The sums count: cents that even out between lines are no difference.
    """
    differences: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        own = xero_tax(line.amount, percents[line.tax_type], inclusive)
        differences[line.tax_type] += line.tax - own
    return {tax_type: amount for tax_type, amount in differences.items() if amount}


def tax_correction(
    difference: Decimal, percent: Decimal, inclusive: bool
) -> Decimal | None:
    """The smallest line amount whose tax in Xero is this difference, None for none.

    With its opposite free of tax beside it, the document's tax changes and nothing
    else: what Xero's quotes and purchase orders need, which take no tax amount.
    """
    if not percent:
        return None
    exact = difference * (100 + percent if inclusive else 100) / percent
    amount = rounded(exact)
    return amount if xero_tax(amount, percent, inclusive) == difference else None


def xero_totals(
    items: Iterable[Any], percents: dict[str, Decimal], inclusive: bool
) -> Totals:
    """What Xero will compute from lines.

    :param items: ``LineItem`` of the SDK
    :param percents: of each tax type
    """
    amounts = tax = ZERO
    for item in items:
        if item.quantity is None:
            continue  # informs only
        amount = xero_line_amount(
            item.quantity, item.unit_amount, item.discount_rate or ZERO
        )
        own = xero_tax(amount, percents[item.tax_type], inclusive)
        amounts += amount
        tax += own if item.tax_amount is None else rounded(item.tax_amount)
    return Totals(total=amounts if inclusive else amounts + tax, tax=tax)
