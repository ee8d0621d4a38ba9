"""What Xero, or an accountant, would refuse of a document: said before it is sent."""

import math

from odoo.tools import format_date

from .amounts import LARGEST_AMOUNT, Totals
from .decimals import AMOUNT_DECIMALS, decimal_of, money, rounded
from .header import RATE_DECIMALS, foreign_rate, odoo_rate
from .line import Line
from .lines import XeroLines
from .problems import Problems
from .target import Target

# https://developer.xero.com/documentation/api/accounting/invoices
NUMBER_LENGTH = 255
# How far a rate may move when it is cut to Xero's decimals. Those of most currencies
# move by a millionth; that of a rupiah to the dollar would move by a hundredth.
RATE_TOLERANCE = 0.0001
# Statuses in which a document does not count in the books, so that lock dates do not
# apply to it
UNBOOKED_STATUSES = ("DRAFT", "SUBMITTED", "DELETED")


def check_lines(record, lines: list[Line], total: float, problems: Problems) -> None:
    """A document needs a line, and a total Xero can hold; zero is one.

    :param total: in the document's currency
    """
    found = _fault_of_lines(record, lines, total)
    if found:
        _add(problems, found[0], record, *found[1:])


def _fault_of_lines(record, lines: list[Line], total: float) -> tuple | None:
    """The first thing wrong with them: its kind, what it is and what to do."""
    env, name = record.env, record.display_name
    priced = [line for line in lines if not line.informs_only]
    if not priced:
        return (
            "no_line",
            env._("%(record)s has no lines.", record=name),
            env._("Add a line."),
        )
    if record.currency_id.compare_amounts(total, 0) < 0:
        return (
            "negative_total",
            env._(
                "The total of %(record)s is below zero, which Xero does not take.",
                record=name,
            ),
            env._("Correct the lines, or make a credit note of it."),
        )
    if any(abs(line.total) > LARGEST_AMOUNT for line in priced):
        return (
            "too_large",
            env._(
                "A line of %(record)s is larger than %(most)s, the most Xero takes.",
                record=name,
                most=f"{LARGEST_AMOUNT:,}",
            ),
            env._("Split the line."),
        )
    return None


def check_totals(
    record, sent: XeroLines, total: float, tax: float, problems: Problems
) -> None:
    """Xero must arrive at Odoo's total and tax, or the document is not sent.

    It cannot for thousandths of a currency (that is one cause for all its documents),
    for quotes and purchase orders with tax
    at a rate of zero, and for tax that belongs to none of the lines.

    :param total: in the document's currency, as ``tax``
    """
    if not sent.totals:
        return  # what is missing was noted
    env, currency = record.env, record.currency_id
    odoo = Totals(money(total, currency), money(tax, currency))
    if sent.totals == odoo:
        return
    figures = env._(
        "Xero would calculate %(xero)s for %(record)s, Odoo calculates %(odoo)s.",
        record=record.display_name,
        xero=_shown(env, sent.totals, currency),
        odoo=_shown(env, odoo, currency),
    )
    if any(rounded(amount) != amount for amount in odoo):
        _add_thousandths(problems, env, currency, figures)
        return
    _add(
        problems,
        "amounts",
        record,
        figures,
        env._(
            "Change the lines so that Xero can calculate the same, or skip the"
            " document."
        ),
    )


def _add_thousandths(problems: Problems, env, currency, figures: str) -> None:
    """What Xero cannot keep of a currency, once for all its documents.

    https://developer.xero.com/documentation/guides/how-to-guides/rounding-in-xero

    :param figures: of this document
    """
    problems.add(
        f"decimals:{currency.name}",
        title=env._(
            "Xero keeps two decimals of every currency; documents in %(code)s with a"
            " third one in their total or tax cannot be the same there.",
            code=currency.name,
        ),
        remedy=env._(
            "Change the lines so that total and tax have two decimals, or skip these"
            " documents."
        ),
        fixer="user",
        detail=figures,
    )


def _shown(env, totals: Totals, currency) -> str:
    """Total and tax with every decimal they have."""
    decimals = max(AMOUNT_DECIMALS, currency.decimal_places)
    return env._(
        "%(currency)s %(total)s with %(tax)s tax",
        currency=currency.name,
        total=f"{rounded(totals.total, decimals):,}",
        tax=f"{rounded(totals.tax, decimals):,}",
    )


def check_lock(record, date, connection, status: str | None) -> None:
    """Xero takes nothing into a locked period, nor anything out of it.

    Drafts, and what waits for approval, may stand there.

    https://developer.xero.com/documentation/api/accounting/organisation

    :param date: of the document
    :param connection: ``xero.connection`` whose lock dates, and whose user, count
    :param status: that is sent; None leaves what is paid as it is
    :raise MappingError: the date is in a locked period
    """
    lock = connection._books_locked_until()
    if status in UNBOOKED_STATUSES or not (date and lock and date <= lock):
        return
    env, problems = record.env, Problems()
    problems.add(
        f"lock_date:{connection.id}:{lock}",
        title=env._(
            "Xero's books are locked up to %(lock)s.", lock=format_date(env, lock)
        ),
        remedy=env._(
            "Open the period in Xero and try again, date the documents later, or hold"
            " them until it opens."
        ),
        record=connection,
    )
    problems.check()


def check_currency(record, target: Target, problems: Problems) -> None:
    """The organisation must know the document's currency, and take its rate."""
    connection, code = target.connection, record.currency_id.name
    is_base = code == connection.base_currency
    if not is_base and code not in connection.currency_ids.mapped("xero_key"):
        env = record.env
        problems.add(
            f"currency:{connection.id}:{code}",
            title=env._("Xero does not know the currency %(code)s.", code=code),
            remedy=env._(
                "Add %(code)s to the currencies in Xero, then refresh from Xero.",
                code=code,
            ),
            record=connection,
            fixer="administrator",
        )
    _check_rate(record, problems)


def _check_rate(record, problems: Problems) -> None:
    """What the document is worth in the company's currency is the same in Xero."""
    rate, exact = foreign_rate(record), odoo_rate(record)
    if rate is None:
        return
    env, code = record.env, record.currency_id.name
    if not 0 < rate < math.inf:
        _add(
            problems,
            "rate",
            record,
            env._(
                "Xero cannot hold the exchange rate of %(record)s.",
                record=record.display_name,
            ),
            env._("Correct the rate of %(code)s.", code=code),
        )
    elif abs(rate / exact - 1) > RATE_TOLERANCE:
        _add(
            problems,
            "rate",
            record,
            env._(
                "Xero keeps %(most)s decimals of a rate: %(kept)s instead of"
                " %(rate)s on %(record)s.",
                most=RATE_DECIMALS,
                kept=f"{rate:f}",
                rate=f"{decimal_of(exact):f}",
                record=record.display_name,
            ),
            env._(
                "Use a rate of %(most)s decimals for %(code)s in Odoo.",
                most=RATE_DECIMALS,
                code=code,
            ),
        )


def check_length(
    record, text: str | None, field: str, most: int, problems: Problems
) -> None:
    """A text longer than Xero takes is said, not cut.

    :param field: name of the field of `record` that holds it
    :param most: characters
    """
    if text and len(text) > most:
        env = record.env
        label = record._fields[field].get_description(env, ["string"])["string"]
        _add(
            problems,
            f"long_{field}",
            record,
            env._(
                "“%(field)s” of %(record)s has %(length)s characters, Xero takes"
                " %(most)s.",
                field=label,
                record=record.display_name,
                length=len(text),
                most=most,
            ),
            env._("Shorten the text."),
        )


def _add(problems: Problems, kind: str, record, title: str, remedy: str) -> None:
    """A problem of this record alone, which any user of it can cure."""
    problems.add(
        f"{kind}:{record._name}:{record.id}",
        title=title,
        remedy=remedy,
        record=record,
        fixer="user",
    )
