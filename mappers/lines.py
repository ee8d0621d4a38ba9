"""Lines of Odoo documents → lines of Xero documents."""

from xero_python.accounting import LineAmountTypes, LineItem

from .problems import Problems

# https://developer.xero.com/documentation/api/accounting/invoices
DESCRIPTION_LENGTH = 4000


def description_line(text: str) -> LineItem:
    """A line that informs only: Xero takes it with a description and nothing else."""
    return LineItem(description=text[:DESCRIPTION_LENGTH])


def order_lines(order, connection, problems: Problems) -> list[LineItem]:
    """The lines of a sales order in its sequence, sections and notes as text.

    :param order: ``sale.order``
    :param connection: ``xero.connection`` whose accounts and taxes are used
    :param problems: collects what is missing; lines are complete only without any
    """
    inclusive = line_amount_types(order) == LineAmountTypes.INCLUSIVE
    return [
        description_line(line.name or "-")
        if line.display_type
        else _order_line(line, inclusive, connection, problems)
        for line in order.order_line.sorted()
    ]


def line_amount_types(order) -> LineAmountTypes:
    """How Xero should read the unit amounts: with tax when every tax is included."""
    taxes = order.order_line.tax_ids
    if taxes and all(taxes.mapped("price_include")) and _all_lines_taxed(order):
        return LineAmountTypes.INCLUSIVE
    return LineAmountTypes.EXCLUSIVE


def account_code(product, fiscal_position, connection) -> str | None:
    """Code of the Xero account for selling a product.

    Odoo's own choice of income account (product, category, fiscal position) through
    its mapping, else the connection's default sales account.
    """
    template = product.product_tmpl_id.with_company(connection.company_id)
    income = template.get_product_accounts(fiscal_pos=fiscal_position)["income"]
    mapped = income.with_company(connection.company_id).xero_account_id
    return (own(mapped, connection) or connection.default_sale_account_id).code or None


def own(link, connection):
    """A link, when it leads into the connection's organisation; else none.

    Links of an earlier connection, or of another company, mean nothing in this one.
    """
    return link.filtered(lambda target: target.connection_id == connection)


def _all_lines_taxed(order) -> bool:
    amount_lines = order.order_line.filtered(lambda line: not line.display_type)
    return all(line.tax_ids for line in amount_lines)


def _order_line(line, inclusive: bool, connection, problems: Problems) -> LineItem:
    return LineItem(
        description=(line.name or line.product_id.display_name)[:DESCRIPTION_LENGTH],
        quantity=line.product_uom_qty,
        unit_amount=_unit_amount(line, inclusive),
        # Xero refuses a discount of zero on a negative line, so none is sent.
        discount_rate=line.discount or None,
        account_code=_line_account(line, connection, problems),
        tax_type=_line_tax_type(line, connection, problems),
        item_code=_item_code(line, connection),
    )


def _unit_amount(line, inclusive: bool) -> float:
    """Price of one unit before discount, in the form the document declares.

    Xero keeps four decimals (``unitdp=4``).
    """
    if inclusive or not any(line.tax_ids.mapped("price_include")):
        return round(line.price_unit, 4)
    taxes = line.tax_ids.with_context(round=False, round_base=False)
    untaxed = taxes.compute_all(
        line.price_unit, currency=line.currency_id, product=line.product_id
    )["total_excluded"]
    return round(untaxed, 4)


def _line_account(line, connection, problems: Problems) -> str | None:
    code = account_code(line.product_id, line.order_id.fiscal_position_id, connection)
    if not code:
        problems.add(
            f"default_sale_account_id:{connection.id}",
            title=connection.env._("No default sales account is chosen for Xero."),
            remedy=connection.env._("Choose the default sales account."),
            record=connection,
        )
    return code


def _line_tax_type(line, connection, problems: Problems) -> str | None:
    env = connection.env
    taxes = line.tax_ids
    if not taxes:
        if not connection.zero_sale_tax_rate_id:
            problems.add(
                f"zero_sale_tax_rate_id:{connection.id}",
                title=env._("No Xero tax rate is chosen for lines without tax."),
                remedy=env._("Choose the rate for sales without tax."),
                record=connection,
            )
        return connection.zero_sale_tax_rate_id.tax_type or None
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


def _item_code(line, connection) -> str | None:
    product = line.product_id.with_company(connection.company_id)
    return own(product.xero_item_id, connection).code or None
