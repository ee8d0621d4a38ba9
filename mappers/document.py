"""What Xero's invoices, credit notes and purchase orders have in common."""

from xero_python.accounting import Contact, CurrencyCode

from .header import foreign_rate
from .lines import XeroLines, description_line
from .target import Target


def common_fields(record, target: Target, title: str, sent: XeroLines) -> dict:
    """Build the part of a document that is named alike in each of them.

    :param record: the order or ``account.move``
    :param title: text of the first line, which carries Odoo's number
    :param sent: the other lines
    """
    return {
        "status": target.status,
        "contact": Contact(contact_id=target.contact_id),
        "line_amount_types": sent.amount_types,
        "line_items": [description_line(title), *sent.items],
        "currency_code": CurrencyCode(record.currency_id.name),
        "currency_rate": foreign_rate(record),
        "branding_theme_id": target.theme_id,
    }
