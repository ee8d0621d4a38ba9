"""What the accountant chose: accounts, items and defaults of one organisation."""

from collections.abc import Mapping

from .line import Line
from .problems import Problems

# Fields of the connection that serve a line without account, and one without tax
DEFAULTS = {
    "sale": ("default_sale_account_id", "zero_sale_tax_rate_id"),
    "purchase": ("default_purchase_account_id", "zero_purchase_tax_rate_id"),
}
# Field of products and categories with the Xero account a person chose for them
OVERRIDES = {"sale": "xero_sale_account_id", "purchase": "xero_purchase_account_id"}


def own(link, connection):
    """A link, when it leads into the connection's organisation; else none.

    Links of an earlier connection, or of another company, mean nothing in this one.
    """
    if len(link) > 1:
        return link.filtered(lambda target: target.connection_id == connection)
    # As nearly always: several times for each line
    return link if link.connection_id == connection else link.browse()


# === ACCOUNTS === #


def xero_account(account, product, connection, side: str):
    """Xero's account of a line, by the first of these that there is:

    1. the Xero account of the line's own Odoo account, as the accountant mapped it: a
       line is at the same place in both books;
    2. the one chosen on the product, then on its category, then on the category's
       parents, the nearest first: an override wins where the Odoo account is not
       mapped, never over a mapped one;
    3. the connection's default for sales or purchases.

    All of them are those of the connection's company.

    :param account: ``account.account``, maybe empty
    :param product: ``product.product``, maybe empty or None
    :param side: ``sale`` or ``purchase``
    :return: ``xero.account``, maybe empty or archived
    """
    company = connection.company_id
    return (
        own(account.with_company(company).xero_account_id, connection)
        or _override(product, connection, side)
        or connection[DEFAULTS[side][0]]
    )


def account_code(account, connection, side: str, product=None) -> str | None:
    """Code of what :func:`xero_account` finds, None for nothing."""
    return xero_account(account, product, connection, side).code or None


def line_account(line: Line, connection, side: str, problems: Problems) -> str | None:
    """Code of the Xero account of a line; a missing or archived one is noted."""
    found = xero_account(line.account, line.product, connection, side)
    if not found:
        _add_missing_account(line.account, connection, side, problems)
    elif not found.active:
        _add_archived_account(line, found, connection, side, problems)
    return found.code or None


def _override(product, connection, side: str):
    """The Xero account a person chose on a product, or on one of its categories."""
    field = OVERRIDES[side]
    source = product and product.with_company(connection.company_id)
    while source:
        chosen = own(source[field], connection)
        if chosen:
            return chosen
        is_product = source._name == "product.product"
        source = source.categ_id if is_product else source.parent_id
    return connection.env["xero.account"]


def _add_missing_account(account, connection, side: str, problems: Problems) -> None:
    """Neither the line's account nor its product has a Xero account, nor a default."""
    if not account:
        add_missing_default(connection, DEFAULTS[side][0], problems)
        return
    env = connection.env
    name = account.with_company(connection.company_id).display_name  # with its code
    title = {
        "sale": env._(
            "Account “%(account)s” has no Xero account, and no default sales account is"
            " chosen.",
            account=name,
        ),
        "purchase": env._(
            "Account “%(account)s” has no Xero account, and no default purchase account"
            " is chosen.",
            account=name,
        ),
    }[side]
    problems.add(
        f"account:{account.id}",
        title=title,
        remedy=env._("Choose its Xero account, or a default for all that have none."),
        record=account,
    )


def _add_archived_account(
    line: Line, found, connection, side: str, problems: Problems
) -> None:
    """What was chosen is no longer in use in Xero: another one must be chosen."""
    env = connection.env
    mapped = line.account.with_company(connection.company_id).xero_account_id
    if found == mapped:
        source = line.account.with_company(connection.company_id)
        key = f"account:{source.id}"
        title = env._(
            "The Xero account “%(xero)s” of account “%(account)s” is archived.",
            xero=found.display_name,
            account=source.display_name,
        )
    elif found == _override(line.product, connection, side):
        source = line.product
        key = f"account:product:{source.id}"
        title = env._(
            "The Xero account “%(xero)s” of product “%(product)s” is archived.",
            xero=found.display_name,
            product=source.display_name,
        )
    else:
        source, key = connection, f"{DEFAULTS[side][0]}:{connection.id}"
        title = env._(
            "The default Xero account “%(xero)s” is archived.", xero=found.display_name
        )
    problems.add(
        key,
        title=title,
        remedy=env._("Choose another Xero account, or restore that one in Xero."),
        record=source,
    )


# === ITEMS === #


def item_code(line: Line, connection, coming: Mapping[int, str]) -> str | None:
    """Code of the Xero item of a line's product, if it has one, or gets one.

    :param coming: ``item_codes`` of the target
    """
    if line.is_sum:
        return None
    return _item(line.product, connection).code or coming.get(line.product.id)


def is_tracked(product, connection) -> bool:
    """Whether Xero keeps the product's stock.

    :param product: ``product.product``, maybe empty
    """
    details = _item(product, connection).details or {}
    return bool(details.get("is_tracked"))


def _item(product, connection):
    """The ``xero.item`` of a product, maybe none."""
    return own(product.with_company(connection.company_id).xero_item_id, connection)


# === DEFAULTS === #


def add_missing_default(connection, field: str, problems: Problems) -> None:
    """Note that a default is needed that nobody chose.

    :param field: of the connection, one of :data:`DEFAULTS`
    """
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
