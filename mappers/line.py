"""A line of an Odoo document, as all that makes a line for Xero of it reads it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .decimals import ZERO


@dataclass(frozen=True)
class Line:
    """One line of an Odoo document, of whatever model.

    :ivar record: the Odoo line
    :ivar text: what the other side reads
    :ivar informs_only: a section or a note: text without an amount
    :ivar quantity: in the line's own unit of measure
    :ivar price_unit: before discount, in the document's currency, as Odoo stores it
    :ivar discount: percent
    :ivar untaxed: what Odoo counts for the line without tax, as in its totals
    :ivar tax: what Odoo counts for the line's taxes, as in its totals
    :ivar includes_tax: whether the price contains every tax, None without tax
    :ivar price_is_net: whether the price contains no tax at all
    :ivar account: ``account.account`` Odoo books it on, maybe empty
    :ivar distribution: Odoo's analytic distribution: ids of accounts → per cent
    :ivar options: ``xero.tracking.option`` records of what is all theirs
    :ivar restated: whether its amounts are a part of a hundredth beside Odoo's
    :ivar is_early_payment: whether it only makes the tax what it is after a discount
        for early payment: such lines together come to that tax and nothing else
    :ivar is_sum: what several lines come to: it has the account of their products, and
        is none of these items
    """

    record: Any
    text: str
    informs_only: bool = False
    quantity: float = 0.0
    price_unit: float = 0.0
    discount: float = 0.0
    untaxed: Decimal = ZERO
    tax: Decimal = ZERO
    includes_tax: bool | None = None
    price_is_net: bool = True
    taxes: Any = None
    product: Any = None
    account: Any = None
    distribution: dict[str, float] | None = None
    options: tuple[Any, ...] = ()
    restated: bool = False
    is_early_payment: bool = False
    is_sum: bool = False

    @property
    def total(self) -> Decimal:
        """What Odoo counts for the line with tax."""
        return self.untaxed + self.tax
