"""Quotations → Xero quotes."""

import datetime

from xero_python.accounting import (
    Contact,
    CurrencyCode,
    Quote,
    QuoteLineAmountTypes,
    QuoteStatusCodes,
)

from odoo.tools import html2plaintext

from .amounts import QUOTE
from .checks import check_currency, check_length, check_lines, check_totals
from .header import foreign_rate, local_date
from .lines import description_line, xero_lines
from .order_lines import sale_lines
from .problems import Problems
from .target import Target

# https://developer.xero.com/documentation/api/accounting/quotes
TITLE_LENGTH = 100
TERMS_LENGTH = 4000


def order_to_quote(order, target: Target) -> Quote:
    """Build the quote of a quotation.

    The whole of it every time: Xero does not surely keep what an update leaves out.

    :param order: ``sale.order``
    :raise MappingError: when an account, a tax rate or a line is missing
    """
    problems = Problems()
    lines = sale_lines(order)
    terms = html2plaintext(order.note or "").strip()
    check_lines(order, lines, order.amount_total, problems)
    check_currency(order, target, problems)
    check_length(order, terms, "note", TERMS_LENGTH, problems)
    sent = xero_lines(lines, target, "sale", QUOTE, problems)
    check_totals(order, sent, order.amount_total, order.amount_tax, problems)
    problems.check()
    title = order.env._("Odoo quotation %(order)s", order=order.name)
    quote = quote_step(order, target, local_date(order, order.date_order))
    quote.line_amount_types = QuoteLineAmountTypes(sent.amount_types.value.upper())
    quote.line_items = [description_line(title), *sent.items]
    quote.currency_code = CurrencyCode(order.currency_id.name)
    quote.currency_rate = foreign_rate(order)
    quote.expiry_date = order.validity_date or None
    quote.title = title[:TITLE_LENGTH]
    quote.terms = terms
    quote.branding_theme_id = target.theme_id
    return quote


def quote_step(order, target: Target, date: datetime.date) -> Quote:
    """Build the update that only moves a quote to another status.

    Contact, date and number must be repeated; without lines Xero keeps those it has.

    :param date: of the quote, which can no longer change once it was decided on
    """
    return Quote(
        quote_id=target.xero_id,
        quote_number=target.number,
        status=QuoteStatusCodes(target.status),
        contact=Contact(contact_id=target.contact_id),
        date=date,
        reference=order.name,
    )
