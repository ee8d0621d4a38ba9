"""Dates and rates in the heads of documents."""

import datetime

import pytz

# https://developer.xero.com/documentation/api/accounting/invoices
RATE_DECIMALS = 6


def local_date(order, moment) -> datetime.date | None:
    """A day where the order was made; Odoo stores UTC.

    The zone is the company's, else the salesperson's or buyer's, else that of who
    entered it.

    :param moment: naive UTC datetime, or nothing
    """
    if not moment:
        return None
    people = order.company_id.partner_id | order.user_id.partner_id
    zones = (people | order.create_uid.partner_id).mapped("tz")
    zone = pytz.timezone(next(filter(None, zones), "UTC"))
    return pytz.utc.localize(moment).astimezone(zone).date()


def foreign_rate(record) -> float | None:
    """Units of the record's currency per unit of the company's, as Xero counts too.

    None in the company's own currency: Xero then needs no rate.
    """
    rate = odoo_rate(record)
    return None if rate is None else round(rate, RATE_DECIMALS)


def odoo_rate(record) -> float | None:
    """As :func:`foreign_rate`, with all of Odoo's decimals."""
    if record.currency_id == record.company_id.currency_id:
        return None
    is_move = record._name == "account.move"
    return record.invoice_currency_rate if is_move else record.currency_rate
