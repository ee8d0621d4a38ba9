"""Lines in a currency of three decimals (dinars, Omani rials) for Xero's two."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate, pairwise

from .amounts import line_amount
from .decimals import ZERO, rounded
from .line import Line


def in_hundredths(lines: list[Line], inclusive: bool) -> list[Line]:
    """The same lines with amounts of whole hundredths that come to the same sums.

    Each amount, and each tax, is less than a hundredth away from Odoo's. Lines stay
    what they are where they have hundredths already, and where their sum, or that of
    their tax, has a thousandth too: no lines in Xero could come to it.

    :param inclusive: whether the document's amounts contain the tax
    """
    priced = [line for line in lines if not line.informs_only]
    amounts = [line_amount(line, inclusive) for line in priced]
    taxes = [line.tax for line in priced]
    whole = _is_whole(sum(amounts, ZERO)) and _is_whole(sum(taxes, ZERO))
    if not whole or all(map(_is_whole, amounts + taxes)):
        return lines
    restated = {
        id(line): _restated(line, amount, tax, inclusive)
        for line, amount, tax in zip(
            priced, _hundredths(amounts), _hundredths(taxes), strict=True
        )
    }
    return [restated.get(id(line), line) for line in lines]


def _restated(line: Line, amount: Decimal, tax: Decimal, inclusive: bool) -> Line:
    untaxed = amount - tax if inclusive else amount
    changed = line_amount(line, inclusive) != amount
    return replace(line, untaxed=untaxed, tax=tax, restated=changed)


def _hundredths(amounts: Iterable[Decimal]) -> list[Decimal]:
    """Amounts of whole hundredths, of which the first n always come to the same."""
    ends = [ZERO, *(rounded(end) for end in accumulate(amounts))]
    return [end - start for start, end in pairwise(ends)]


def _is_whole(amount: Decimal) -> bool:
    return rounded(amount) == amount
