"""Sections that Odoo prints collapsed → one line for each, as on Odoo's document."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from .decimals import ZERO
from .line import Line
from .mapping import is_tracked, xero_account

# Models whose lines have sections that may be collapsed
MODELS = ("sale.order.line", "account.move.line")


def as_printed(lines: list[Line], connection, side: str) -> list[Line]:
    """The lines as Odoo's reports of orders and invoices show them.

    A section of which only the sum is printed is a line with that sum. Where its lines
    have several taxes, accounts or distributions, there is a line for each, so that
    total, tax and accounts are what they were. Below it stand the texts of what is in
    it, where those are printed without their prices.

    A section with an item whose stock Xero tracks stays as it is, or Xero's stock
    would not go down.

    :param lines: of one document, in its sequence
    :param connection: ``xero.connection`` whose accounts count
    :param side: ``sale`` or ``purchase``
    """
    if not any(_is_collapsed(line.record) for line in lines):
        return lines  # without asking Odoo what stands in which section
    inside: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        if section := _collapsed_section(line.record):
            inside[section].append(line)
    kept = {
        section
        for section, members in inside.items()
        if any(not each.informs_only for each in members)
        and not any(_is_stock(each, connection) for each in members)
    }
    printed = []
    for line in lines:
        if line.record in kept:
            printed += _sums(line, inside[line.record], connection, side)
            printed += _texts(line.record, inside[line.record])
        elif _collapsed_section(line.record) not in kept:
            printed.append(line)
    return printed


def _collapsed_section(record):
    """The outermost collapsed section around a line of Odoo's, None for none."""
    if record._name not in MODELS:
        return None
    for section in (record.parent_id.parent_id, record.parent_id):
        if _is_collapsed(section):
            return section
    return None


def _is_collapsed(section) -> bool:
    return section._name in MODELS and (
        section.collapse_composition or section.collapse_prices
    )


def _is_stock(line: Line, connection) -> bool:
    return not line.informs_only and is_tracked(line.product, connection)


def _sums(section: Line, members: list[Line], connection, side: str) -> list[Line]:
    """What a section comes to, of each tax, account and distribution in it.

    :param section: its line of text
    :param members: the lines in it
    """
    groups: dict[Any, list[Line]] = defaultdict(list)
    for line in members:
        if not line.informs_only:
            account = xero_account(line.account, line.product, connection, side)
            shares = tuple(sorted((line.distribution or {}).items()))
            groups[line.taxes, account, line.account, shares].append(line)
    return [_sum(section, group) for group in groups.values()]


def _sum(section: Line, group: list[Line]) -> Line:
    first = group[0]
    untaxed = sum((line.untaxed for line in group), ZERO)
    tax = sum((line.tax for line in group), ZERO)
    price = untaxed + tax if first.includes_tax else untaxed
    return replace(
        first,
        record=section.record,
        text=section.text or "-",
        quantity=1.0,
        price_unit=float(price),
        discount=0.0,
        untaxed=untaxed,
        tax=tax,
        is_sum=True,
    )


def _texts(section, members: list[Line]) -> list[Line]:
    """What is printed of the lines in a section of which the prices are not."""
    if section.collapse_composition:
        return []
    return [
        Line(record=line.record, text=_without_price(line), informs_only=True)
        for line in members
        if not line.record.parent_id.collapse_composition
    ]


def _without_price(line: Line) -> str:
    if line.informs_only:
        return line.text
    text = line.record.env._(
        "%(text)s: %(quantity)s %(unit)s",
        text=line.text,
        quantity=f"{line.quantity:g}",
        unit=line.record.product_uom_id.name or "",
    )
    return text.rstrip()
