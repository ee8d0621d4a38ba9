"""Quotations → Xero quotes."""

from decimal import Decimal

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
from .order_lines import sale_lines, shown_amounts
from .problems import Problems
from .target import Target

# https://developer.xero.com/documentation/api/accounting/quotes
TITLE_LENGTH = 100
TERMS_LENGTH = 4000

# What a person may say otherwise in Xero; another currency or way of taxing is noticed
TYPED = ("date", "expiry_date", "reference", "title", "terms", "branding_theme_id")


def order_to_quote(order, target: Target) -> Quote:
    """Build the quote of a quotation, the whole of what Odoo says of it.

    :param order: ``sale.order``
    :raise MappingError: when an account, a tax rate or a line is missing
    """
    problems = Problems()
    lines = sale_lines(order)
    shown = shown_amounts(order)
    total, tax = shown["odoo_total"], shown["odoo_tax"]
    terms = html2plaintext(order.note or "").strip()
    check_lines(order, lines, total, problems)
    check_currency(order, target, problems)
    check_length(order, terms, "note", TERMS_LENGTH, problems)
    sent = xero_lines(lines, target, "sale", QUOTE, problems)
    check_totals(order, sent, total, tax, problems)
    problems.check()
    title = order.env._("Odoo quotation %(order)s", order=order.name)
    return Quote(
        quote_id=target.xero_id,
        quote_number=target.number,
        status=QuoteStatusCodes(target.status),
        contact=Contact(contact_id=target.contact_id),
        date=local_date(order, order.date_order),
        expiry_date=order.validity_date or None,
        reference=order.name,
        title=title[:TITLE_LENGTH],
        terms=terms,
        line_amount_types=QuoteLineAmountTypes(sent.amount_types.value.upper()),
        line_items=[description_line(title), *sent.items],
        currency_code=CurrencyCode(order.currency_id.name),
        currency_rate=foreign_rate(order),
        branding_theme_id=target.theme_id,
    )


def quote_words(quote: Quote) -> dict[str, str]:
    """What Odoo says of a quote that a person may say otherwise in Xero.

    :param quote: as made by :func:`order_to_quote`
    """
    return {name: str(getattr(quote, name) or "") for name in TYPED}


def keep_what_was_typed(quote: Quote, held: dict, said: dict) -> None:
    """Repeat what Xero holds, where Odoo says nothing new.

    :param quote: the update that :func:`order_to_quote` made; changed here
    :param held: what the quote says in Xero now, see ``xero_api.quote_details``
    :param said: what Odoo said last, see :func:`quote_words`
    """
    for name, words in quote_words(quote).items():
        if words == said.get(name):
            setattr(quote, name, held.get(name))
    quote.summary = held.get("summary")  # Odoo has none
    quote.branding_theme_id = quote.branding_theme_id or held.get("branding_theme_id")


def quote_step(target: Target, head: dict) -> Quote:
    """Build the update that only moves a quote to another status.

    Xero empties what an update leaves out, its lines apart, and takes a quote for
    exclusive of tax then; so all it says is said again. Lines that are sent again are
    drawn anew, and Xero answers those of an inclusive quote with prices without tax.
    (XeroAPI/xero-mcp-server#309, and two recordings of a deletion.)

    :param head: what the quote says in Xero now, see ``xero_api.quote_details``
    """
    rate = head.get("currency_rate")
    is_foreign = head.get("currency_code") != target.connection.base_currency
    return Quote(
        quote_id=target.xero_id,
        quote_number=target.number,
        status=QuoteStatusCodes(target.status),
        contact=Contact(contact_id=target.contact_id),
        **{**head, "currency_rate": Decimal(rate) if rate and is_foreign else None},
    )
