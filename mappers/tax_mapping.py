"""What the accountant mapped: taxes, and sets of them, to rates of an organisation."""

from decimal import Decimal

from .decimals import decimal_of, rounded
from .line import Line
from .mapping import DEFAULTS, add_missing_default, own
from .problems import Problems

# Of 0 %, for tax that is typed from a customs paper:
# https://developer.xero.com/documentation/api/accounting/types#tax-rates
TYPED_TAX_TYPES = ("GSTONIMPORTS", "GSTONCAPIMPORTS")
# Of an effective rate: https://developer.xero.com/documentation/api/accounting/taxrates
PERCENT_DECIMALS = 4


def tax_rate(line: Line, connection, side: str, problems: Problems):
    """Xero's rate for a line's taxes (``xero.tax.rate``); a missing one is noted.

    A group of taxes is one tax with a rate of its own. Several taxes are one set.
    """
    taxes = line.taxes
    if not taxes:
        return zero_rate(connection, side, problems)
    rate = own(_mapped_rate(taxes, connection), connection)
    if not rate:
        _add_missing_rate(taxes, problems)
    elif not rate.active:
        env = taxes.env
        problems.add(
            _tax_key(taxes),
            title=env._(
                "The Xero tax rate “%(rate)s” of %(taxes)s is archived.",
                rate=rate.name,
                taxes=tax_names(taxes),
            ),
            remedy=env._("Choose another Xero tax rate, or restore that one in Xero."),
            record=taxes,
        )
    else:
        _check_percent(taxes, rate, problems)
    return rate


def set_key(taxes) -> str:
    """Identity of a set of taxes, in whatever order they stand."""
    return ",".join(str(tax_id) for tax_id in sorted(taxes.ids))


def tax_names(taxes) -> str:
    """Names of taxes as a text."""
    return " + ".join(taxes.mapped("name"))


def effective_percent(taxes) -> Decimal | None:
    """What taxes come to together, in per cent of the amount without tax.

    By Odoo's own arithmetic: with taxes on taxes, and taxes within the price.

    :param taxes: ``account.tax``, a group counts as the taxes in it
    :return: with four decimals at most; None for taxes that are no plain percentage:
        fixed amounts, formulas, and a reverse charge, which counts both ways
    """
    flat = taxes.flatten_taxes_hierarchy()
    plain = all(
        tax.amount_type in ("percent", "division") and not tax.has_negative_factor
        for tax in flat
    )
    if not plain:
        return None
    if len(taxes) == 1 and taxes.amount_type == "percent":
        return decimal_of(taxes.amount)
    details = taxes._get_tax_details(1000.0, 1.0, rounding_method="round_globally")
    untaxed, total = details["total_excluded"], details["total_included"]
    if not untaxed:
        return None
    return rounded(decimal_of((total - untaxed) * 100 / untaxed), PERCENT_DECIMALS)


def zero_rate(connection, side: str, problems: Problems):
    """Xero's rate for what has no tax (``xero.tax.rate``); a missing one is noted."""
    env, default = connection.env, DEFAULTS[side][1]
    rate = connection[default]
    if not rate:
        add_missing_default(connection, default, problems)
    elif not rate.active:
        problems.add(
            f"{default}:{connection.id}",
            title=env._(
                "The Xero rate for lines without tax, “%(rate)s”, is archived.",
                rate=rate.name,
            ),
            remedy=env._("Choose another rate of 0% for lines without tax."),
            record=connection,
        )
    elif rate.effective_rate:
        problems.add(
            f"{default}:{connection.id}",
            title=env._(
                "The Xero rate for lines without tax, “%(rate)s”, is %(percent)s%%.",
                rate=rate.name,
                percent=_shown(decimal_of(rate.effective_rate)),
            ),
            remedy=env._("Choose a rate of 0% for lines without tax."),
            record=connection,
        )
    return rate


def _mapped_rate(taxes, connection):
    """What the accountant chose for a tax, or for a set of taxes on one line."""
    if len(taxes) == 1:
        return taxes.with_company(connection.company_id).xero_tax_rate_id
    key = set_key(taxes)
    row = connection.tax_set_ids.filtered(lambda tax_set: tax_set.key == key)
    return row.xero_tax_rate_id


def _tax_key(taxes) -> str:
    """Key of what is wrong with the mapping of a tax, or of a set."""
    return f"tax:{taxes.id}" if len(taxes) == 1 else f"taxes:{set_key(taxes)}"


def _add_missing_rate(taxes, problems: Problems) -> None:
    env = taxes.env
    if len(taxes) == 1:
        title = env._("Tax “%(tax)s” has no Xero tax rate.", tax=taxes.name)
        remedy = env._("Choose the Xero tax rate of this tax.")
    else:
        title = env._(
            "The taxes %(taxes)s, together on a line, have no Xero tax rate.",
            taxes=tax_names(taxes),
        )
        remedy = env._("Choose the Xero tax rate that stands for them together.")
    problems.add(_tax_key(taxes), title=title, remedy=remedy, record=taxes)


def _check_percent(taxes, rate, problems: Problems) -> None:
    """A rate of another percentage is the wrong one, whatever the sums say."""
    percent = effective_percent(taxes)
    xero_percent = decimal_of(rate.effective_rate)
    if percent is None or rate.tax_type in TYPED_TAX_TYPES or percent == xero_percent:
        return
    env = taxes.env
    problems.add(
        _tax_key(taxes),
        title=env._(
            "Tax “%(tax)s” is %(percent)s%%, its Xero tax rate “%(rate)s”"
            " %(xero_percent)s%%.",
            tax=tax_names(taxes),
            percent=_shown(percent),
            rate=rate.name,
            xero_percent=_shown(xero_percent),
        ),
        remedy=env._("Choose a Xero tax rate of the same percentage."),
        record=taxes,
    )


def _shown(percent: Decimal) -> str:
    """Without the zeros behind the last figure."""
    return f"{percent.normalize():f}"
