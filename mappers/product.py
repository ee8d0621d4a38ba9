"""Xero item → values of an Odoo product: the way back of ``item.py``."""

from .lookups import Lookups
from .problems import Problems
from .texts import many_lines, one_line

# How a row of the list shows an item that has no code
NO_CODE = "-"
DESCRIPTION_LENGTH = 4000
# Of an item's details and a product's fields: side → account, tax type
SIDES = {
    "sale": ("sales_account", "sales_tax_type"),
    "purchase": ("purchase_account", "purchase_tax_type"),
}
FIELDS = {
    "sale": ("property_account_income_id", "taxes_id"),
    "purchase": ("property_account_expense_id", "supplier_taxes_id"),
}


def product_values(item, lookups: Lookups | None = None) -> tuple[dict, list[str]]:
    """Values for ``product.product.create`` from an item of Xero's.

    Prices come along because a person imports them; Odoo's are never changed later.

    :param item: ``xero.item`` as read from Xero, with its details
    :param lookups: of the item's connection, when many items are mapped
    :return: the values, and in words what Odoo has no field for
    :raise MappingError: when the item has neither a code nor a name
    """
    lookups = lookups or Lookups(item.connection_id)
    details, notes = item.details or {}, []
    code = one_line(item.code or "")
    code = "" if code == NO_CODE else code
    values = {
        "name": _name(item, code),
        "default_code": code or False,
        "sale_ok": bool(details.get("is_sold")),
        "purchase_ok": bool(details.get("is_purchased")),
        "list_price": float(details.get("sales_price") or 0),
        "standard_price": float(details.get("purchase_price") or 0),
    }
    name = values["name"]
    values["description_sale"] = _description(details.get("description"), name)
    values["description_purchase"] = _description(
        details.get("purchase_description"), name
    )
    for side in SIDES:
        values.update(_accounting(side, details, lookups, notes))
    if details.get("is_tracked"):
        notes.append(item.env._("Xero tracks its stock; Odoo does not import that."))
    return values, notes


def _name(item, code: str) -> str:
    """:raise MappingError: when there is nothing to call it by"""
    name, problems = one_line(item.name or "") or code, Problems()
    if not name:
        problems.add(
            f"item_name:{item.id}",
            title=item.env._(
                "The Xero item %s has neither a code nor a name.", item.xero_id
            ),
            remedy=item.env._("Give the item a code in Xero."),
            record=item,
            fixer="user",
        )
    problems.check()
    return name


def _description(text: str | None, name: str) -> str | bool:
    """What goes out without a description is described by its name."""
    description = many_lines(text or "", DESCRIPTION_LENGTH)
    return description if description != name and description else False


def _accounting(side: str, details: dict, lookups: Lookups, notes: list[str]) -> dict:
    """Account and tax of one side, where one of Odoo's stands for Xero's."""
    (code, tax_type), values = (details.get(key) for key in SIDES[side]), {}
    account_field, tax_field = FIELDS[side]
    if account := lookups.account(code):
        values[account_field] = account.id
    elif code:
        notes.append(lookups.env._("Account in Xero: %s", code))
    if tax := lookups.tax(tax_type, side):
        values[tax_field] = [tax.id]
    elif tax_type:
        notes.append(lookups.env._("Tax rate in Xero: %s", tax_type))
    return values
