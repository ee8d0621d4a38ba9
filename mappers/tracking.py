"""Analytic distributions of Odoo's lines → tracking on Xero's lines.

Of Odoo's plans those count that stand for a tracking category of Xero's: two at most,
https://developer.xero.com/documentation/api/accounting/trackingcategories
"""

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from xero_python.accounting import LineItemTracking

from .amounts import amount_parts, line_amount
from .decimals import decimal_of
from .line import Line
from .mapping import own
from .problems import Problems

HUNDRED = Decimal(100)
# Options of a part of a line, one for each category in use; None where it has none
Options = tuple[Any, ...]


def tracked_lines(
    line: Line, connection, inclusive: bool, problems: Problems
) -> list[Line]:
    """A line as Xero can track it: parts of it where it is distributed.

    The parts' amounts add up to the line's.

    :param connection: ``xero.connection`` whose tracking categories count
    :param inclusive: whether the document's unit amounts contain the tax
    :param problems: collects analytic accounts that stand for no option
    """
    if not line.distribution:
        return [line]
    categories = connection.tracking_category_ids.filtered("plan_id")
    if not categories:
        return [line]
    percents = _percents(line, connection, categories, problems)
    if min(percents.values()) < 0:
        _add_over_distributed(line, problems)
        return [line]
    return _parts(
        line, {key: each for key, each in percents.items() if each}, inclusive
    )


def item_tracking(line: Line, by_option: bool) -> list[LineItemTracking] | None:
    """What a line of Xero says of its tracking, None for nothing.

    :param by_option: the kind of document takes the id of an option and no names
    """
    if by_option:
        said = [
            LineItemTracking(tracking_option_id=each.xero_key) for each in line.options
        ]
    else:
        said = [
            LineItemTracking(name=each.category_id.name, option=each.name)
            for each in line.options
        ]
    return said or None


def _parts(line: Line, percents: dict[Options, Decimal], inclusive: bool) -> list[Line]:
    """The line, cut where its parts have not the same options."""
    shares = [percent / HUNDRED for percent in percents.values()]
    decimals = line.record.currency_id.decimal_places
    amounts = amount_parts(line_amount(line, inclusive), shares, decimals)
    taxes = amount_parts(line.tax, shares, decimals)
    return [
        replace(
            line,
            quantity=float(decimal_of(line.quantity) * share),
            untaxed=amount - tax if inclusive else amount,
            tax=tax,
            options=tuple(filter(None, options)),
        )
        for options, share, amount, tax in zip(
            percents, shares, amounts, taxes, strict=True
        )
    ]


def _percents(
    line: Line, connection, categories, problems: Problems
) -> dict[Options, Decimal]:
    """How much of a line, in per cent, has which options; below zero for too much."""
    percents: dict[Options, Decimal] = defaultdict(Decimal)
    for ids, percent in line.distribution.items():
        options = _options(line, ids, connection, problems)
        percents[tuple(map(options.get, categories))] += decimal_of(percent)
    return _joined(percents, len(categories))


def _options(line: Line, ids: str, connection, problems: Problems) -> dict[Any, Any]:
    """Tracking option of each category which these analytic accounts stand for.

    :param ids: as Odoo keeps them: separated by commas, one of each plan
    """
    accounts = line.record.env["account.analytic.account"].browse(
        int(each) for each in ids.split(",") if each.isdigit()
    )
    options = {}
    for account in accounts.exists().with_company(connection.company_id):
        category = connection.tracking_category_ids.filtered(
            lambda each, account=account: each.plan_id == account.root_plan_id
        )
        option = own(account.xero_tracking_option_id, connection)
        if category and option.active and option.category_id == category:
            options[category] = option
        elif category:
            _add_untracked(account, category, problems)
    return options


def _joined(percents: dict[Options, Decimal], count: int) -> dict[Options, Decimal]:
    """Percentages of a whole line, out of those that speak of one category each.

    What is said of both categories at once stays so. In the rest, they are independent
    of each other: half in the North and half in retail is a quarter in both.

    :param count: of categories
    """
    joined = defaultdict(
        Decimal, {key: percent for key, percent in percents.items() if all(key)}
    )
    rest = HUNDRED - sum(joined.values())
    single = {key: percent for key, percent in percents.items() if not all(key)}
    sides: list[dict[Any, Decimal]] = []
    for place in range(count):
        side: dict[Any, Decimal] = defaultdict(Decimal)
        for key, percent in single.items():
            if key[place]:
                side[key[place]] += percent
        side[None] = rest - sum(side.values())
        sides.append(side)
    left = min([rest, *(percent for side in sides for percent in side.values())])
    if left < 0 or not rest:
        return {**joined, (None,) * count: left}
    for key in product(*sides):
        percents_of_key = (side[each] for side, each in zip(sides, key, strict=True))
        joined[key] += prod(percents_of_key) / rest ** (count - 1)
    return joined


def _add_untracked(account, category, problems: Problems) -> None:
    env = account.env
    problems.add(
        f"tracking:{account.id}",
        title=env._(
            "Analytic account “%(account)s” has no option of Xero's tracking category"
            " “%(category)s”.",
            account=account.display_name,
            category=category.name,
        ),
        remedy=env._("Choose the tracking option of this analytic account."),
        record=account,
    )


def _add_over_distributed(line: Line, problems: Problems) -> None:
    env = line.record.env
    problems.add(
        f"distribution:{line.record._name}:{line.record.id}",
        title=env._(
            "The analytic distribution of “%(line)s” is not between 0 and 100%% of a"
            " plan which Xero tracks.",
            line=line.text,
        ),
        remedy=env._("Correct the analytic distribution of the line."),
        record=line.record,
        fixer="user",
    )
