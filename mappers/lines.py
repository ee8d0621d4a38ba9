"""Lines of Odoo documents → lines of Xero documents."""

from dataclasses import dataclass
from typing import Any

from xero_python.accounting import LineAmountTypes, LineItem

from .amounts import amount_fields
from .problems import Problems

# https://developer.xero.com/documentation/api/accounting/invoices
DESCRIPTION_LENGTH = 4000
# Fields of the connection that serve a line without account, and one without tax
DEFAULTS = {
    "sale": ("default_sale_account_id", "zero_sale_tax_rate_id"),
    "purchase": ("default_purchase_account_id", "zero_purchase_tax_rate_id"),
}


@dataclass(frozen=True)
class Line:
    """One line of an Odoo document, of whatever model.

    :ivar record: the Odoo line
    :ivar text: what the other side reads
    :ivar informs_only: a section or a note: text without an amount
    :ivar quantity: in the line's own unit of measure
    :ivar price_unit: before discount, in the document's currency, as Odoo stores it
    :ivar discount: percent
    :ivar untaxed: what Odoo counts for the line without tax
    :ivar total: the same with tax
    :ivar account: ``account.account`` Odoo books it on, maybe empty
    """

    record: Any
    text: str
    informs_only: bool = False
    quantity: float = 0.0
    price_unit: float = 0.0
    discount: float = 0.0
    untaxed: float = 0.0
    total: float = 0.0
    taxes: Any = None
    product: Any = None
    account: Any = None


def description_line(text: str) -> LineItem:
    """A line that informs only: Xero takes it with a description and nothing else."""
    return LineItem(description=text[:DESCRIPTION_LENGTH])


def line_items(
    lines: list[Line], connection, side: str, problems: Problems, discounts: bool
) -> list[LineItem]:
    """Lines for Xero, sections and notes as text.

    :param connection: ``xero.connection`` whose accounts and taxes are used
    :param side: ``sale`` or ``purchase``
    :param problems: collects what is missing; lines are complete only without any
    :param discounts: whether Xero knows discounts on this kind of document
    """
    inclusive = line_amount_types(lines) == LineAmountTypes.INCLUSIVE
    return [
        _text_item(line, problems)
        if line.informs_only
        else _line_item(line, inclusive, connection, side, problems, discounts)
        for line in lines
    ]


def line_amount_types(lines: list[Line]) -> LineAmountTypes:
    """How Xero should read the unit amounts: with tax when every tax is included."""
    priced = [line for line in lines if not line.informs_only]
    if priced and all(
        line.taxes and all(line.taxes.mapped("price_include")) for line in priced
    ):
        return LineAmountTypes.INCLUSIVE
    return LineAmountTypes.EXCLUSIVE


def account_code(account, connection, side: str) -> str | None:
    """Code of the Xero account of an Odoo account: its mapping, else the default.

    :param account: ``account.account``, maybe empty
    """
    mapped = account.with_company(connection.company_id).xero_account_id
    default = connection[DEFAULTS[side][0]]
    return (own(mapped, connection) or default).code or None


def own(link, connection):
    """A link, when it leads into the connection's organisation; else none.

    Links of an earlier connection, or of another company, mean nothing in this one.
    """
    return link.filtered(lambda target: target.connection_id == connection)


def _text_item(line: Line, problems: Problems) -> LineItem:
    _check_text(line, problems)
    return description_line(line.text or "-")


def _line_item(
    line: Line,
    inclusive: bool,
    connection,
    side: str,
    problems: Problems,
    discounts: bool,
) -> LineItem:
    _check_text(line, problems)
    return LineItem(
        account_code=_line_account(line, connection, side, problems),
        tax_type=_line_tax_type(line, connection, side, problems),
        item_code=_item_code(line, connection),
        **amount_fields(line, inclusive, discounts),
    )


def _check_text(line: Line, problems: Problems) -> None:
    if len(line.text) > DESCRIPTION_LENGTH:
        env = line.record.env
        problems.add(
            f"text:{line.record._name}:{line.record.id}",
            title=env._(
                "The line “%(start)s…” has %(length)s characters, Xero takes %(most)s.",
                start=line.text[:40],
                length=len(line.text),
                most=DESCRIPTION_LENGTH,
            ),
            remedy=env._("Shorten the text of the line."),
            record=line.record,
            fixer="user",
        )


def _line_account(line: Line, connection, side: str, problems: Problems) -> str | None:
    code = account_code(line.account, connection, side)
    if not code:
        _add_missing_default(connection, DEFAULTS[side][0], problems)
    return code


def _line_tax_type(line: Line, connection, side: str, problems: Problems) -> str | None:
    env = connection.env
    taxes = line.taxes
    if not taxes:
        default = DEFAULTS[side][1]
        if not connection[default]:
            _add_missing_default(connection, default, problems)
        return connection[default].tax_type or None
    if len(taxes) > 1:
        names = ", ".join(taxes.mapped("name"))
        problems.add(
            f"taxes:{','.join(map(str, sorted(taxes.ids)))}",
            title=env._("Several taxes on one line (%(taxes)s).", taxes=names),
            remedy=env._("Use one tax that stands for them, and map it to Xero."),
            record=taxes[0],
        )
        return None
    rate = own(taxes.xero_tax_rate_id, connection)
    if not rate:
        problems.add(
            f"tax:{taxes.id}",
            title=env._("Tax “%(tax)s” has no Xero tax rate.", tax=taxes.name),
            remedy=env._("Choose the Xero tax rate of this tax."),
            record=taxes,
        )
    return rate.tax_type or None


def _add_missing_default(connection, field: str, problems: Problems) -> None:
    env = connection.env
    title, remedy = {
        "default_sale_account_id": (
            env._("No default sales account is chosen for Xero."),
            env._("Choose the default sales account."),
        ),
        "default_purchase_account_id": (
            env._("No default purchase account is chosen for Xero."),
            env._("Choose the default purchase account."),
        ),
        "zero_sale_tax_rate_id": (
            env._("No Xero tax rate is chosen for sales without tax."),
            env._("Choose the rate for sales without tax."),
        ),
        "zero_purchase_tax_rate_id": (
            env._("No Xero tax rate is chosen for purchases without tax."),
            env._("Choose the rate for purchases without tax."),
        ),
    }[field]
    problems.add(
        f"{field}:{connection.id}", title=title, remedy=remedy, record=connection
    )


def _item_code(line: Line, connection) -> str | None:
    product = line.product.with_company(connection.company_id)
    return own(product.xero_item_id, connection).code or None
