"""Odoo documents → Xero invoices."""

import pytz
from xero_python.accounting import Contact, CurrencyCode, Invoice

from .lines import description_line, line_amount_types, order_lines
from .problems import Problems

# https://developer.xero.com/documentation/api/accounting/invoices
REFERENCE_LENGTH = 255


def order_to_draft_invoice(
    order, connection, contact_id: str, url: str | None, xero_id: str | None = None
) -> Invoice:
    """Build the draft sales invoice that stands for a confirmed sales order.

    :param order: ``sale.order`` in the state ``sale``
    :param connection: ``xero.connection`` whose accounts and taxes are used
    :param contact_id: Xero's id of the customer; nothing else of the contact is sent,
        because other fields would change the contact
    :param url: absolute link to the order, or None where Xero would refuse it
    :param xero_id: of the draft to update, None to create one
    :raise MappingError: when an account, a tax rate or a line is missing
    """
    problems = Problems()
    lines = order_lines(order, connection, problems)
    if all(line.unit_amount is None for line in lines):
        problems.add(
            f"no_line:sale.order:{order.id}",
            title=order.env._("Order %(order)s has no line.", order=order.name),
            remedy=order.env._("Add a line to the order."),
            record=order,
            fixer="user",
        )
    problems.check()
    title = order.env._("Odoo order %(order)s", order=order.name)
    return Invoice(
        invoice_id=xero_id,
        type="ACCREC",
        status="DRAFT",
        contact=Contact(contact_id=contact_id),
        date=_local_date(order),
        line_amount_types=line_amount_types(order),
        line_items=[description_line(title), *lines],
        currency_code=CurrencyCode(order.currency_id.name),
        currency_rate=_foreign_rate(order),
        reference=order.name[:REFERENCE_LENGTH],
        url=url,
    )


def invoice_to_delete(xero_id: str) -> Invoice:
    """The update that deletes a draft; a deleted invoice cannot come back."""
    return Invoice(invoice_id=xero_id, status="DELETED")


def _local_date(order):
    """The order's day where it was made; Odoo stores UTC.

    The zone is the company's, else the salesperson's, else that of who entered it.
    """
    people = order.company_id.partner_id | order.user_id.partner_id
    zones = (people | order.create_uid.partner_id).mapped("tz")
    zone = pytz.timezone(next(filter(None, zones), "UTC"))
    return pytz.utc.localize(order.date_order).astimezone(zone).date()


def _foreign_rate(order) -> float | None:
    """Units of the order's currency per unit of the company's, as Xero counts too."""
    if order.currency_id == order.company_id.currency_id:
        return None
    return round(order.currency_rate, 6)
