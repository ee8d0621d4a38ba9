"""Purchase orders → Xero purchase orders."""

from xero_python.accounting import PurchaseOrder

from .amounts import PURCHASE_ORDER
from .checks import check_currency, check_lines, check_totals
from .contact import PHONE_LENGTH
from .document import common_fields
from .header import local_date
from .lines import xero_lines
from .order_lines import purchase_lines, shown_amounts
from .problems import Problems
from .target import Target

# No page names these: the smallest of Xero's other fields of the kind
ADDRESS_LENGTH = 500
ATTENTION_LENGTH = 255


def order_to_purchase_order(order, target: Target) -> PurchaseOrder:
    """Build the purchase order of an approved one.

    :param order: ``purchase.order``
    :raise MappingError: when an account, a tax rate or a line is missing
    """
    problems = Problems()
    lines = purchase_lines(order)
    shown = shown_amounts(order)
    total, tax = shown["odoo_total"], shown["odoo_tax"]
    check_lines(order, lines, total, problems)
    check_currency(order, target, problems)
    sent = xero_lines(lines, target, "purchase", PURCHASE_ORDER, problems)
    check_totals(order, sent, total, tax, problems)
    problems.check()
    title = order.env._("Odoo purchase order %(order)s", order=order.name)
    place = order.dest_address_id or order.company_id.partner_id
    address = place._display_address(without_company=True)
    expected = local_date(order, order.date_planned)
    return PurchaseOrder(
        purchase_order_id=target.xero_id,
        purchase_order_number=target.number,
        date=local_date(order, order.date_order),
        delivery_date=expected,
        expected_arrival_date=expected,
        reference=order.name,
        delivery_address=address.strip()[:ADDRESS_LENGTH],
        attention_to=(place.name or "")[:ATTENTION_LENGTH],
        telephone=(place.phone or "")[:PHONE_LENGTH],
        **common_fields(order, target, title, sent),
    )
