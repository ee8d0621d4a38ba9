"""Odoo product → Xero item."""

from xero_python.accounting import Item, Purchase

from .mapping import account_code
from .order_lines import product_account
from .problems import Problems

# Lengths: https://developer.xero.com/documentation/api/accounting/items
CODE_LENGTH = 30
NAME_LENGTH = 50
DESCRIPTION_LENGTH = 4000


def product_to_item(product, connection, xero_id: str | None = None) -> Item:
    """Build the untracked Xero item of a product variant.

    :param product: ``product.product``
    :param connection: ``xero.connection`` whose accounts and taxes are used
    :param xero_id: of the item to update, None to create one
    :raise MappingError: when the product has no internal reference, or one too long
    """
    problems = Problems()
    code = (product.default_code or "").strip()
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
    no_position = product.env["account.fiscal.position"]
    income = product_account(product, no_position, connection.company_id, "income")
    account = account_code(income, connection, "sale")
    problems.check()
    return Item(
        item_id=xero_id,
        code=code,
        name=(product.name or code)[:NAME_LENGTH],
        description=(product.description_sale or product.name or code)[
            :DESCRIPTION_LENGTH
        ],
        is_sold=product.sale_ok,
        sales_details=Purchase(
            unit_price=round(product.lst_price, 4), account_code=account
        )
        if product.sale_ok
        else None,
    )
