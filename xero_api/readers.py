"""Reads parsed answers into the results of ``answers.py``.

Nothing here trusts the answer: a missing key, a null, an unknown word or a wrong type
becomes an empty value, and one unusable element never spoils its neighbours.
"""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import urlsplit

from . import const
from .answers import (
    ARCHIVED_STATUSES,
    Account,
    Address,
    Allocation,
    BrandingTheme,
    Contact,
    Currency,
    Element,
    Head,
    HistoryRecord,
    Item,
    Organisation,
    PaymentTerm,
    Person,
    Phone,
    QuoteHead,
    TaxRate,
    TrackingCategory,
    TrackingOption,
)
from .line_readers import (
    document_lines,
    has_negative_quantities,
    item_sides,
    lines_digest,
)
from .values import (
    Json,
    child,
    day,
    decimal,
    each,
    flag,
    guid,
    moment,
    objects,
    short,
    text,
    whole,
)

# Where Xero says what is left to pay or to give
_LEFT_KEYS = {"Invoices": "AmountDue", "CreditNotes": "RemainingCredit"}
_NO_WORDS = "Xero refused this without giving a reason."


def elements(values: object, endpoint: str) -> list[Element]:
    """Every object of a JSON list as an element, in its order."""
    return [element(data, endpoint) for data in objects(values)]


def element(data: Json, endpoint: str) -> Element:
    """One contact, item, document or allocation of a write answer or a listing."""
    errors = _errors(data)
    # A refused element echoes the request: the refused delete of an authorised
    # invoice says "DELETED" (recorded). So nothing but its keys is believed.
    state = {} if errors else data
    lines = data.get("LineItems")
    contact_status = text(state, "ContactStatus")
    return Element(
        xero_id=guid(data, const.ID_KEYS.get(endpoint, "")),
        number=text(data, const.NUMBER_KEYS.get(endpoint, "")),
        status=contact_status or text(state, "Status"),
        contact_id=guid(child(data, "Contact"), "ContactID"),
        currency=text(state, "CurrencyCode") or text(state, "DefaultCurrency"),
        currency_rate=decimal(state, "CurrencyRate"),
        total_tax=decimal(state, "TotalTax"),
        total=decimal(state, "Amount" if endpoint == "Allocations" else "Total"),
        line_count=len(lines) if isinstance(lines, list) else None,
        reference=text(data, "Reference"),
        url=text(data, "Url"),
        name=text(data, "Name"),
        key=own_key(data, endpoint),
        type=text(data, "Type"),
        updated=moment(state, "UpdatedDateUTC"),
        archived=contact_status in ARCHIVED_STATUSES,
        merged_to=guid(state, "MergedToContactID"),
        errors=errors,
        warnings=_messages(data, "Warnings"),
        allocations=tuple(each(state.get("Allocations"), _allocation)),
        lines_digest=lines_digest(lines),
        tracking_count=sum(
            len(objects(line.get("Tracking"))) for line in objects(lines)
        ),
        negative_quantities=has_negative_quantities(lines),
        date=day(state, "Date"),
        amount_types=text(state, "LineAmountTypes"),
        lines=item_sides(state) if endpoint == "Items" else document_lines(state),
        quote_head=_quote_head(data) if endpoint == "Quotes" and not errors else None,
        left=decimal(state, _LEFT_KEYS.get(endpoint, "")),
        paid=decimal(state, "AmountPaid"),
        credited=_credited(state, endpoint),
        paid_on=day(state, "FullyPaidOnDate"),
    )


def lineless(data: Json, endpoint: str) -> Element:
    """A document without its lines, which are most of the work of reading it."""
    return element({**data, "LineItems": None}, endpoint)


def head(data: Json, endpoint: str) -> Head:
    """A document of a listing, without its lines."""
    return Head(
        xero_id=guid(data, const.ID_KEYS[endpoint]),
        number=text(data, const.NUMBER_KEYS[endpoint]),
        reference=text(data, "Reference"),
        url=text(data, "Url"),
        type=text(data, "Type"),
        status=text(data, "Status"),
        contact_id=guid(child(data, "Contact"), "ContactID"),
        currency=text(data, "CurrencyCode"),
        date=day(data, "Date"),
        total=decimal(data, "Total"),
        total_tax=decimal(data, "TotalTax"),
    )


def _credited(data: Json, endpoint: str) -> Decimal | None:
    """Of a credit note Xero says only what is left."""
    if endpoint != "CreditNotes":
        return decimal(data, "AmountCredited")
    total, left = decimal(data, "Total"), decimal(data, _LEFT_KEYS[endpoint])
    return None if total is None or left is None else total - left


def _quote_head(data: Json) -> QuoteHead:
    return QuoteHead(
        date=day(data, "Date"),
        expiry_date=day(data, "ExpiryDate"),
        reference=text(data, "Reference"),
        title=text(data, "Title"),
        summary=text(data, "Summary"),
        terms=text(data, "Terms"),
        line_amount_types=text(data, "LineAmountTypes"),
        currency_code=text(data, "CurrencyCode"),
        currency_rate=decimal(data, "CurrencyRate"),
        branding_theme_id=guid(data, "BrandingThemeID") or "",
    )


def own_key(data: Json, endpoint: str) -> str:
    """What tells the element apart, besides Xero's id and the document's number."""
    if endpoint == "Allocations":
        return guid(child(data, "Invoice"), "InvoiceID") or ""
    return text(data, const.OWN_KEYS.get(endpoint, ""))


def _allocation(data: Json) -> Allocation | None:
    """None for one that is deleted or names no id or no invoice."""
    found = element(data, "Allocations")
    if flag(data, "IsDeleted") or not (found.xero_id and found.key):
        return None
    return Allocation(found.xero_id, found.key, found.total)


def _errors(data: Json) -> tuple[str, ...]:
    """Why Xero refused the element; empty when it did not.

    HTTP 200 and an envelope of "OK" say nothing: with ``summarizeErrors=false`` only
    the element tells, by any of these marks (recorded; they differ by endpoint).
    """
    own = _messages(data, "ValidationErrors")
    flagged = (
        text(data, "StatusAttributeString").upper() == "ERROR"
        or flag(data, "HasErrors")
        or flag(data, "HasValidationErrors")
    )
    if not own and not flagged:
        return ()
    parts = [
        part
        for key in ("LineItems", "Phones", "Addresses", "ContactPersons")
        for part in objects(data.get(key))
    ]
    nested = [word for part in parts for word in _messages(part, "ValidationErrors")]
    return tuple(dict.fromkeys([*own, *nested])) or (_NO_WORDS,)


def _messages(data: Json, key: str) -> tuple[str, ...]:
    found = (text(item, "Message").strip() for item in objects(data.get(key)))
    return tuple(message[: const.MAX_MESSAGE] for message in found if message)


def organisation(data: Json) -> Organisation | None:
    """The organisation; None without its id."""
    if guid(data, "OrganisationID") is None:
        return None
    return Organisation(
        name=text(data, "Name"),
        country_code=text(data, "CountryCode"),
        base_currency=text(data, "BaseCurrency"),
        short_code=text(data, "ShortCode"),
        timezone=text(data, "Timezone"),
        version=text(data, "Version"),
        status=text(data, "OrganisationStatus"),
        period_lock_date=day(data, "PeriodLockDate"),
        end_of_year_lock_date=day(data, "EndOfYearLockDate"),
    )


def action(data: Json) -> tuple[str, bool]:
    """An organisation action and whether the connecting user may do it."""
    return text(data, "Name"), text(data, "Status") == "ALLOWED"


def history_record(data: Json) -> HistoryRecord:
    """One note of an object's history; its time comes without a zone, in UTC."""
    return HistoryRecord(
        changes=text(data, "Changes"),
        details=text(data, "Details")[: const.MAX_MESSAGE],
        user=text(data, "User"),
        at=moment(data, "DateUTC") or moment(data, "DateUTCString"),
    )


def online_invoice_url(data: Json) -> str | None:
    """Where a customer sees an invoice; None for an address that is not Xero's."""
    url = text(data, "OnlineInvoiceUrl")
    try:
        parts = urlsplit(url)
        host = f".{parts.hostname or ''}"
    except ValueError:
        return None
    return url if parts.scheme == "https" and host.endswith(".xero.com") else None


def account(data: Json) -> Account | None:
    """One account; None without an id."""
    account_id = guid(data, "AccountID")
    if account_id is None:
        return None
    return Account(
        account_id=account_id,
        code=text(data, "Code"),
        name=text(data, "Name"),
        type=text(data, "Type"),
        account_class=text(data, "Class"),
        status=text(data, "Status"),
        tax_type=text(data, "TaxType"),
        system_account=text(data, "SystemAccount"),
        currency=text(data, "CurrencyCode"),
        description=text(data, "Description"),
    )


def tax_rate(data: Json) -> TaxRate | None:
    """One tax rate; None without its code."""
    tax_type = short(data, "TaxType")
    if not tax_type:
        return None
    return TaxRate(
        tax_type=tax_type,
        name=text(data, "Name"),
        effective_rate=decimal(data, "EffectiveRate"),
        status=text(data, "Status"),
        can_apply_to_revenue=flag(data, "CanApplyToRevenue"),
        can_apply_to_expenses=flag(data, "CanApplyToExpenses"),
    )


def currency(data: Json) -> Currency | None:
    """One currency; None without its code."""
    code = short(data, "Code")
    return Currency(code, text(data, "Description")) if code else None


def tracking_category(data: Json) -> TrackingCategory | None:
    """One tracking category with its options; None without an id."""
    category_id = guid(data, "TrackingCategoryID")
    if category_id is None:
        return None
    return TrackingCategory(
        category_id=category_id,
        name=text(data, "Name"),
        status=text(data, "Status"),
        options=tuple(each(data.get("Options"), _tracking_option)),
    )


def _tracking_option(data: Json) -> TrackingOption | None:
    option_id = guid(data, "TrackingOptionID")
    if option_id is None:
        return None
    return TrackingOption(option_id, text(data, "Name"), text(data, "Status"))


def branding_theme(data: Json) -> BrandingTheme | None:
    """One branding theme; None without an id."""
    theme_id = guid(data, "BrandingThemeID")
    if theme_id is None:
        return None
    return BrandingTheme(theme_id, text(data, "Name"), whole(data, "SortOrder"))


def item(data: Json) -> Item | None:
    """One item; None without an id."""
    item_id = guid(data, "ItemID")
    if item_id is None:
        return None
    sales, purchase = child(data, "SalesDetails"), child(data, "PurchaseDetails")
    return Item(
        xero_id=item_id,
        code=text(data, "Code"),
        name=text(data, "Name"),
        description=text(data, "Description"),
        purchase_description=text(data, "PurchaseDescription"),
        is_sold=flag(data, "IsSold"),
        is_purchased=flag(data, "IsPurchased"),
        is_tracked=flag(data, "IsTrackedAsInventory"),
        sales_price=decimal(sales, "UnitPrice"),
        sales_account=text(sales, "AccountCode"),
        sales_tax_type=text(sales, "TaxType"),
        purchase_price=decimal(purchase, "UnitPrice"),
        purchase_account=text(purchase, "AccountCode"),
        purchase_tax_type=text(purchase, "TaxType"),
        updated=moment(data, "UpdatedDateUTC"),
    )


def contact(data: Json) -> Contact | None:
    """One contact of a listing; None without an id."""
    contact_id = guid(data, "ContactID")
    if contact_id is None:
        return None
    terms = child(data, "PaymentTerms")
    return Contact(
        xero_id=contact_id,
        name=text(data, "Name"),
        first_name=text(data, "FirstName"),
        last_name=text(data, "LastName"),
        email=text(data, "EmailAddress"),
        number=text(data, "ContactNumber"),
        account_number=text(data, "AccountNumber"),
        tax_number=text(data, "TaxNumber"),
        company_number=text(data, "CompanyNumber"),
        status=text(data, "ContactStatus"),
        merged_to=guid(data, "MergedToContactID"),
        is_customer=flag(data, "IsCustomer"),
        is_supplier=flag(data, "IsSupplier"),
        phones=tuple(each(data.get("Phones"), _phone)),
        addresses=tuple(each(data.get("Addresses"), _address)),
        persons=tuple(each(data.get("ContactPersons"), _person)),
        currency=text(data, "DefaultCurrency"),
        sales_terms=_payment_term(child(terms, "Sales")),
        bill_terms=_payment_term(child(terms, "Bills")),
        website=text(data, "Website"),
        updated=moment(data, "UpdatedDateUTC"),
    )


def _phone(data: Json) -> Phone | None:
    number = text(data, "PhoneNumber")
    if not number:
        return None
    return Phone(
        type=text(data, "PhoneType"),
        number=number,
        area=text(data, "PhoneAreaCode"),
        country=text(data, "PhoneCountryCode"),
    )


def _address(data: Json) -> Address | None:
    lines = [text(data, f"AddressLine{number}") for number in range(1, 5)]
    while lines and not lines[-1]:
        lines.pop()  # an empty line before another one keeps its place
    found = Address(
        type=text(data, "AddressType"),
        lines=tuple(lines),
        city=text(data, "City"),
        region=text(data, "Region"),
        postal_code=text(data, "PostalCode"),
        country=text(data, "Country"),
        attention_to=text(data, "AttentionTo"),
    )
    parts = (found.lines, found.city, found.region, found.postal_code, found.country)
    return found if any(parts) else None


def _person(data: Json) -> Person:
    return Person(
        first_name=text(data, "FirstName"),
        last_name=text(data, "LastName"),
        email=text(data, "EmailAddress"),
        include_in_emails=flag(data, "IncludeInEmails"),
    )


def _payment_term(data: Json) -> PaymentTerm | None:
    kind = text(data, "Type")
    return PaymentTerm(whole(data, "Day"), kind) if kind else None
