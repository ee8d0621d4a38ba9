"""Lines of Odoo documents → lines of Xero documents."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from xero_python.accounting import LineAmountTypes, LineItem

from .amounts import (
    Form,
    TaxedAmount,
    Totals,
    amount_fields,
    line_amount,
    put_sign_on_price,
    tax_correction,
    tax_differences,
    xero_tax,
    xero_totals,
)
from .decimals import decimal_of, rounded
from .line import Line
from .mapping import is_tracked, item_code, line_account
from .problems import Problems
from .sections import as_printed
from .target import Target
from .tax_mapping import tax_rate, zero_rate
from .thousandths import in_hundredths
from .tracking import item_tracking, tracked_lines

# https://developer.xero.com/documentation/api/accounting/invoices
DESCRIPTION_LENGTH = 4000


@dataclass(frozen=True)
class XeroLines:
    """The lines of a document for Xero.

    :ivar amount_types: how Xero is to read the unit amounts
    :ivar totals: what Xero will compute, None when something is missing
    """

    amount_types: LineAmountTypes
    items: list[LineItem]
    totals: Totals | None = None


def description_line(text: str) -> LineItem:
    """A line that informs only: Xero takes it with a description and nothing else."""
    return LineItem(description=text[:DESCRIPTION_LENGTH])


def xero_lines(
    lines: list[Line], target: Target, side: str, form: Form, problems: Problems
) -> XeroLines:
    """Lines for Xero, sections and notes as text.

    Sections that Odoo prints collapsed go so, if the accountant wants that. A line
    that is distributed over tracking options becomes a line of each.

    Where Xero's tax would not be Odoo's, lines get the tax amount. On a document that
    takes none, its discount for early payment makes up for it, or two lines more.

    :param side: ``sale`` or ``purchase``
    :param problems: collects what is missing; lines are complete only without any
    """
    if side == "sale" and target.connection.collapse_sections:
        lines = as_printed(lines, target.connection, side)
    amount_types = _amount_types(lines)
    inclusive = amount_types == LineAmountTypes.INCLUSIVE
    lines = in_hundredths(lines, inclusive)
    builder = _Builder(target, side, form, inclusive, problems)
    items = [
        builder.item(part)
        for line in lines
        for part in tracked_lines(line, target.connection, inclusive, problems)
    ]
    if not problems:
        items += builder.match_tax()
    if problems:
        return XeroLines(amount_types, items)
    totals = xero_totals(items, builder.percents, inclusive)
    return XeroLines(amount_types, items, totals)


def _amount_types(lines: list[Line]) -> LineAmountTypes:
    """Amounts contain the tax when every tax is in its price.

    What has no tax is the same in both.
    """
    included = [line.includes_tax for line in lines if line.includes_tax is not None]
    if included and all(included):
        return LineAmountTypes.INCLUSIVE
    return LineAmountTypes.EXCLUSIVE


class _Builder:
    """Builds the lines of one document.

    :ivar percents: of every tax type that is used
    :ivar discounts: for early payment, by tax type: the item and its amount
    """

    def __init__(
        self, target: Target, side: str, form: Form, inclusive: bool, problems: Problems
    ) -> None:
        self.connection = target.connection
        self.coming_items = target.item_codes
        self.keeps_negative_quantities = target.negative_quantities
        self.side = side
        self.form = form
        self.inclusive = inclusive
        self.problems = problems
        self.percents: dict[str, Decimal] = {}
        self.taxed: list[tuple[LineItem, TaxedAmount]] = []
        self.discounts: dict[str, tuple[LineItem, Decimal]] = {}
        # Lines of a document mostly share them: each is looked up once
        self.rates: dict[Any, Any] = {}
        self.accounts: dict[Any, str | None] = {}

    def item(self, line: Line) -> LineItem:
        """One line, with Xero's own tax."""
        if line.informs_only:
            self.check_text(line, line.text)
            return description_line(line.text or "-")
        rate = self.rate_of(line)
        item = LineItem(
            account_code=self.account_of(line),
            tax_type=rate.tax_type or None,
            item_code=item_code(line, self.connection, self.coming_items),
            tracking=item_tracking(line, self.form.tracking_by_option),
            **amount_fields(line, self.inclusive, self.form),
        )
        if line.quantity < 0 and not self.keeps_negative_quantities:
            put_sign_on_price(item)
            if is_tracked(line.product, self.connection):
                item.item_code = None  # Xero would take from its stock what came back
        self.check_text(line, item.description)
        amount = line_amount(line, self.inclusive)
        tax_type = self.use(rate)
        self.taxed.append((item, TaxedAmount(amount, line.tax, tax_type)))
        if line.is_early_payment:
            self.discounts.setdefault(tax_type, (item, amount))
        return item

    def rate_of(self, line: Line):
        """Xero's rate for the line's taxes (``xero.tax.rate``)."""
        key = line.taxes
        if key not in self.rates:
            self.rates[key] = tax_rate(line, self.connection, self.side, self.problems)
        return self.rates[key]

    def account_of(self, line: Line) -> str | None:
        """Code of the Xero account of the line."""
        key = (line.account, line.product)
        if key not in self.accounts:
            self.accounts[key] = line_account(
                line, self.connection, self.side, self.problems
            )
        return self.accounts[key]

    def use(self, rate) -> str:
        """Remember the percentage of a rate; return its tax type."""
        self.percents[rate.tax_type] = decimal_of(rate.effective_rate)
        return rate.tax_type

    def match_tax(self) -> list[LineItem]:
        """Make Xero's tax Odoo's; return the lines that are needed for it besides."""
        amounts = [amount for _item, amount in self.taxed]
        differences = tax_differences(amounts, self.percents, self.inclusive)
        if not self.form.tax_amounts:
            return [
                item
                for tax_type, difference in differences.items()
                if not self.is_in_discount(tax_type, difference)
                for item in self.corrections(tax_type, difference)
            ]
        for item, amount in self.taxed:
            percent = self.percents[amount.tax_type]
            own = xero_tax(amount.amount, percent, self.inclusive)
            if amount.tax_type in differences and amount.tax != own:
                item.tax_amount = rounded(amount.tax)
        return []

    def is_in_discount(self, tax_type: str, difference: Decimal) -> bool:
        """Whether the lines for early payment make up for it: they are changed so."""
        free = zero_rate(self.connection, self.side, self.problems).tax_type
        if not {tax_type, free} <= self.discounts.keys():
            return False
        (item, amount), (opposite, left) = (
            self.discounts[each] for each in (tax_type, free)
        )
        percent = self.percents[tax_type]
        wanted = xero_tax(amount, percent, self.inclusive) + difference
        exact = tax_correction(wanted, percent, self.inclusive)
        if exact is None:
            return False
        left += amount - exact
        item.unit_amount, opposite.unit_amount = exact, left
        self.discounts[free] = opposite, left
        return True

    def corrections(self, tax_type: str, difference: Decimal) -> list[LineItem]:
        """Two lines that cancel out but for the tax; none where no rate helps."""
        percent = self.percents[tax_type]
        amount = tax_correction(difference, percent, self.inclusive)
        if amount is None:
            return []
        free = self.use(zero_rate(self.connection, self.side, self.problems))
        text = self.connection.env._("Tax rounded as in Odoo")
        account = next(
            item.account_code
            for item, _amount in self.taxed
            if item.tax_type == tax_type
        )
        return [
            LineItem(
                description=text,
                quantity=Decimal(1),
                unit_amount=unit_amount,
                account_code=account,
                tax_type=each,
            )
            for unit_amount, each in ((amount, tax_type), (-amount, free))
        ]

    def check_text(self, line: Line, text: str) -> None:
        """Note a text that is longer than Xero takes."""
        if len(text) <= DESCRIPTION_LENGTH:
            return
        env = line.record.env
        self.problems.add(
            f"text:{line.record._name}:{line.record.id}",
            title=env._(
                "The line “%(start)s…” has %(length)s characters, Xero takes %(most)s.",
                start=text[:40],
                length=len(text),
                most=DESCRIPTION_LENGTH,
            ),
            remedy=env._("Shorten the text of the line."),
            record=line.record,
            fixer="user",
        )
