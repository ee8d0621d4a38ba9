"""What Xero's answers are read into: small, typed, immutable.

Texts are never None: what Xero leaves out is empty. ``readers.py`` fills them.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

# Page: api/accounting/contacts
ARCHIVED_STATUSES = ("ARCHIVED", "GDPRREQUEST")


@dataclass(frozen=True)
class Allocation:
    """An amount of a credit note that stands against an invoice or bill."""

    xero_id: str
    invoice_id: str
    amount: Decimal | None


@dataclass(frozen=True)
class Line:
    """One line of a document, or what an item is bought or sold for.

    :ivar account: code; like `tax_type` empty where nothing is booked
    :ivar amount: of the line after discount, of an item its unit price
    """

    text: str
    account: str
    tax_type: str
    amount: Decimal


@dataclass(frozen=True)
class QuoteHead:
    """What a quote says besides its number, status, contact and lines.

    The names are those of the SDK's model of a quote.
    """

    expiry_date: datetime.date | None
    date: datetime.date | None
    reference: str
    title: str
    summary: str
    terms: str
    line_amount_types: str
    currency_code: str
    currency_rate: Decimal | None
    branding_theme_id: str


@dataclass(frozen=True)
class Element:
    """What Xero says about one object that was sent or asked for.

    Of an element with errors only the keys are kept: the rest is an echo of the
    request, not a state of Xero.

    :ivar xero_id: None for the all-zero GUID of a refused create
    :ivar number: the document's number, empty for contacts and items
    :ivar key: ContactNumber of a contact, Code of an item, InvoiceID of an
        allocation, else empty
    :ivar type: ACCREC, ACCPAY, ACCRECCREDIT or ACCPAYCREDIT, else empty
    :ivar total: of the document; the amount of an allocation
    :ivar date: of a document, None when it has none
    :ivar amount_types: whether a document's amounts contain the tax, in Xero's words
    :ivar lines: of a document, and what an item is sold and bought for
    :ivar line_count: None when the answer has no lines at all
    :ivar lines_digest: changes with the account, tax type or description of a line;
        None when the answer has no lines at all
    :ivar tracking_count: of all lines together
    :ivar negative_quantities: whether a line has a quantity below zero
    :ivar lost: what Xero did not keep of the lines that were sent: ``lines``,
        ``tracking`` or nothing; None when they were not compared, see ``compared``
    :ivar allocations: of a credit note; empty in the answer to a write
    :ivar quote_head: of a quote, else None
    :ivar left: what is left to pay of an invoice or bill, or to give of a credit note,
        in its currency; None for what has no such amount
    :ivar paid: what payments cover of an invoice or bill, in its currency; None where
        Xero does not say
    :ivar credited: what credit covers of an invoice or bill, or a credit note has given
        or paid out; None where Xero does not say
    :ivar paid_on: the day on which it was fully paid
    """

    xero_id: str | None
    number: str
    status: str
    contact_id: str | None
    currency: str
    currency_rate: Decimal | None
    total_tax: Decimal | None
    total: Decimal | None
    line_count: int | None
    reference: str
    url: str
    name: str
    key: str
    type: str
    updated: datetime.datetime | None
    archived: bool
    merged_to: str | None
    errors: tuple[str, ...]
    warnings: tuple[str, ...]
    allocations: tuple[Allocation, ...] = ()
    lines_digest: str | None = None
    tracking_count: int = 0
    negative_quantities: bool = False
    date: datetime.date | None = None
    amount_types: str = ""
    lines: tuple[Line, ...] = ()
    lost: str | None = None
    quote_head: QuoteHead | None = None
    left: Decimal | None = None
    paid: Decimal | None = None
    credited: Decimal | None = None
    paid_on: datetime.date | None = None

    @property
    def ok(self) -> bool:
        """Xero took it and it has an id."""
        return not self.errors and self.xero_id is not None


class Head(NamedTuple):
    """A document of a long list, without its lines; its fields are an `Element`'s.

    What a list of tens of thousands need not read, it does not: a reading of lines
    takes most of the time that reading takes.
    """

    xero_id: str | None
    number: str
    reference: str
    url: str
    type: str
    status: str
    contact_id: str | None
    currency: str
    date: datetime.date | None
    total: Decimal | None
    total_tax: Decimal | None


@dataclass(frozen=True)
class HistoryRecord:
    """One note of Xero's about what happened to an object.

    :ivar user: who did it, in Xero's words
    """

    changes: str
    details: str
    user: str
    at: datetime.datetime | None


@dataclass(frozen=True)
class Page(Generic[T]):
    """One page of a listing; ``page_count`` may grow where Xero does not tell it.

    :ivar at: Xero's time of the answer; None where nothing had changed
    """

    items: list[T]
    page: int
    page_count: int
    at: datetime.datetime | None = None


@dataclass(frozen=True)
class Organisation:
    name: str
    country_code: str
    base_currency: str
    short_code: str
    timezone: str
    version: str
    status: str
    period_lock_date: datetime.date | None
    end_of_year_lock_date: datetime.date | None


@dataclass(frozen=True)
class Account:
    account_id: str
    code: str
    name: str
    type: str
    account_class: str
    status: str
    tax_type: str
    system_account: str
    currency: str
    description: str


@dataclass(frozen=True)
class TaxRate:
    """``effective_rate`` is in percent."""

    tax_type: str
    name: str
    effective_rate: Decimal | None
    status: str
    can_apply_to_revenue: bool
    can_apply_to_expenses: bool


@dataclass(frozen=True)
class Currency:
    code: str
    description: str


@dataclass(frozen=True)
class TrackingOption:
    option_id: str
    name: str
    status: str


@dataclass(frozen=True)
class TrackingCategory:
    category_id: str
    name: str
    status: str
    options: tuple[TrackingOption, ...]


@dataclass(frozen=True)
class BrandingTheme:
    branding_theme_id: str
    name: str
    sort_order: int


@dataclass(frozen=True)
class Phone:
    type: str
    number: str
    area: str
    country: str


@dataclass(frozen=True)
class Address:
    type: str
    lines: tuple[str, ...]
    city: str
    region: str
    postal_code: str
    country: str
    attention_to: str


@dataclass(frozen=True)
class Person:
    first_name: str
    last_name: str
    email: str
    include_in_emails: bool


@dataclass(frozen=True)
class PaymentTerm:
    day: int
    type: str


@dataclass(frozen=True)
class Contact:
    """Phones and addresses come in any order and partly empty: find them by type."""

    xero_id: str
    name: str
    first_name: str
    last_name: str
    email: str
    number: str
    account_number: str
    tax_number: str
    company_number: str
    status: str
    merged_to: str | None
    is_customer: bool
    is_supplier: bool
    phones: tuple[Phone, ...]
    addresses: tuple[Address, ...]
    persons: tuple[Person, ...]
    currency: str
    sales_terms: PaymentTerm | None
    bill_terms: PaymentTerm | None
    website: str
    updated: datetime.datetime | None

    @property
    def archived(self) -> bool:
        """It takes no documents and cannot be edited."""
        return self.status in ARCHIVED_STATUSES


@dataclass(frozen=True)
class Item:
    xero_id: str
    code: str
    name: str
    description: str
    purchase_description: str
    is_sold: bool
    is_purchased: bool
    is_tracked: bool
    sales_price: Decimal | None
    sales_account: str
    sales_tax_type: str
    purchase_price: Decimal | None
    purchase_account: str
    purchase_tax_type: str
    updated: datetime.datetime | None
