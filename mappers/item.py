"""Odoo product → Xero item."""

from xero_python.accounting import Item, Purchase

from .mapping import account_code, is_tracked
from .order_lines import product_account
from .problems import Problems
from .texts import many_lines, one_line

# Lengths: https://developer.xero.com/documentation/api/accounting/items
CODE_LENGTH = 30
NAME_LENGTH = 50
DESCRIPTION_LENGTH = 4000
# Of the product's own name, beside long values of a variant
SHORTEST_NAME = 20
# Of a unit price (``unitdp=4``)
PRICE_DECIMALS = 4


def product_to_item(product, connection, xero_id: str | None = None) -> Item:
    """Build the untracked Xero item of a product variant.

    What Xero tracks as stock keeps its purchase side, which is tied to the stock's
    accounts there. Tax types are left to Xero, which takes those of the accounts.

    :param product: ``product.product``
    :param connection: ``xero.connection`` whose accounts are used
    :param xero_id: of the item to update, None to create one
    :raise MappingError: when the product has no internal reference, or one too long
    """
    company = connection.company_id
    # What people in Xero read does not depend on who saved the product in Odoo
    product = product.with_company(company).with_context(lang=company.partner_id.lang)
    code = _code(product)
    tracked = is_tracked(product, connection)
    item = Item(
        item_id=xero_id,
        code=code,
        name=item_name(product) or code,
        is_sold=product.sale_ok,
    )
    if product.sale_ok:
        item.description = _description(product, product.description_sale)
        item.sales_details = _details(product, connection, "sale", product.lst_price)
    if not tracked:
        item.is_purchased = product.purchase_ok
    if product.purchase_ok and not tracked:
        item.purchase_description = _description(product, product.description_purchase)
        cost = product.standard_price
        item.purchase_details = _details(product, connection, "purchase", cost)
    return item


def item_name(product) -> str:
    """What the item is called: a variant by the values that tell it from the others.

    Where Xero has no room for all of it, the name is cut before the values are.

    :param product: ``product.product``
    """
    name, values = one_line(product.name or ""), _values_of_variant(product)
    if not values:
        return name[:NAME_LENGTH].rstrip()
    ending = f" ({values})"
    room = max(NAME_LENGTH - len(ending), SHORTEST_NAME)
    return f"{name[:room].rstrip()}{ending}"[:NAME_LENGTH]


def _values_of_variant(product) -> str:
    """As Odoo shows them: none of what all variants have in common."""
    values = product.product_template_attribute_value_ids
    return one_line(values._get_combination_name())


def _code(product) -> str:
    """:raise MappingError: when it is none that Xero takes"""
    code, problems = (product.default_code or "").strip(), Problems()
    if not code or len(code) > CODE_LENGTH:
        problems.add(
            f"product_code:{product.id}",
            title=product.env._(
                "“%(product)s” has no internal reference of 1 to %(length)s characters,"
                " which Xero needs as the item's code.",
                product=product.display_name,
                length=CODE_LENGTH,
            ),
            remedy=product.env._("Set the product's internal reference."),
            record=product,
            fixer="user",
        )
    problems.check()
    return code


def _description(product, text: str | bool) -> str:
    name, values = product.name or "", _values_of_variant(product)
    named = f"{name} ({values})" if values else name
    return many_lines(text or named, DESCRIPTION_LENGTH)


def _details(product, connection, side: str, price: float) -> Purchase:
    """Price and account of one side.

    :param side: ``sale`` or ``purchase``
    """
    use = {"sale": "income", "purchase": "expense"}[side]
    no_position = product.env["account.fiscal.position"]
    account = product_account(product, no_position, connection.company_id, use)
    return Purchase(
        unit_price=round(price, PRICE_DECIMALS),
        account_code=account_code(account, connection, side, product),
    )
