"""What the accountant mapped: accounts, tax rates and items of one organisation."""

from typing import TYPE_CHECKING

from .amounts import decimal_of
from .problems import Problems

if TYPE_CHECKING:
    from .lines import Line

# Fields of the connection that serve a line without account, and one without tax
DEFAULTS = {
    "sale": ("default_sale_account_id", "zero_sale_tax_rate_id"),
    "purchase": ("default_purchase_account_id", "zero_purchase_tax_rate_id"),
}
# Of 0 %, for tax that is typed from a customs paper:
# https://developer.xero.com/documentation/api/accounting/types#tax-rates
TYPED_TAX_TYPES = ("GSTONIMPORTS", "GSTONCAPIMPORTS")


def own(link, connection):
    """A link, when it leads into the connection's organisation; else none.

    Links of an earlier connection, or of another company, mean nothing in this one.
    """
    return link.filtered(lambda target: target.connection_id == connection)


def account_code(account, connection, side: str) -> str | None:
    """Code of the Xero account of an Odoo account: its mapping, else the default.

    :param account: ``account.account``, maybe empty
    """
    mapped = account.with_company(connection.company_id).xero_account_id
    default = connection[DEFAULTS[side][0]]
    return (own(mapped, connection) or default).code or None


def line_account(line: "Line", connection, side: str, problems: Problems) -> str | None:
    """Code of the Xero account of a line; a missing one is noted."""
    code = account_code(line.account, connection, side)
    if not code:
        _add_missing_default(connection, DEFAULTS[side][0], problems)
    return code


def item_code(line: "Line", connection) -> str | None:
    """Code of the Xero item of a line's product, if it has one."""
    product = line.product.with_company(connection.company_id)
    return own(product.xero_item_id, connection).code or None


def tax_rate(line: "Line", connection, side: str, problems: Problems):
    """Xero's rate for a line's taxes (``xero.tax.rate``); a missing one is noted."""
    env, taxes = connection.env, line.taxes
    if not taxes:
        return zero_rate(connection, side, problems)
    if len(taxes) > 1:
        names = ", ".join(taxes.mapped("name"))
        problems.add(
            f"taxes:{','.join(map(str, sorted(taxes.ids)))}",
            title=env._("Several taxes on one line (%(taxes)s).", taxes=names),
            remedy=env._("Use one tax that stands for them, and map it to Xero."),
            record=taxes[0],
        )
        return env["xero.tax.rate"]
    rate = own(taxes.xero_tax_rate_id, connection)
    if not rate:
        problems.add(
            f"tax:{taxes.id}",
            title=env._("Tax “%(tax)s” has no Xero tax rate.", tax=taxes.name),
            remedy=env._("Choose the Xero tax rate of this tax."),
            record=taxes,
        )
    else:
        _check_percent(taxes, rate, problems)
    return rate


def zero_rate(connection, side: str, problems: Problems):
    """Xero's rate for what has no tax (``xero.tax.rate``); a missing one is noted."""
    env, default = connection.env, DEFAULTS[side][1]
    rate = connection[default]
    if not rate:
        _add_missing_default(connection, default, problems)
    elif rate.effective_rate:
        problems.add(
            f"{default}:{connection.id}",
            title=env._(
                "The Xero rate for lines without tax, “%(rate)s”, is %(percent)s%%.",
                rate=rate.name,
                percent=f"{decimal_of(rate.effective_rate):f}",
            ),
            remedy=env._("Choose a rate of 0% for lines without tax."),
            record=connection,
        )
    return rate


def _check_percent(tax, rate, problems: Problems) -> None:
    """A rate of another percentage is the wrong one, whatever the sums say.

    Only plain percentages can be compared; a reverse charge counts both ways.
    """
    plain = tax.amount_type == "percent" and not tax.has_negative_factor
    percents = decimal_of(tax.amount), decimal_of(rate.effective_rate)
    if not plain or rate.tax_type in TYPED_TAX_TYPES or percents[0] == percents[1]:
        return
    env = tax.env
    problems.add(
        f"tax:{tax.id}",
        title=env._(
            "Tax “%(tax)s” is %(percent)s%%, its Xero tax rate “%(rate)s”"
            " %(xero_percent)s%%.",
            tax=tax.name,
            percent=f"{percents[0]:f}",
            rate=rate.name,
            xero_percent=f"{percents[1]:f}",
        ),
        remedy=env._("Choose a Xero tax rate of the same percentage."),
        record=tax,
    )


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
