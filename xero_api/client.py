"""One organisation's client."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timezone
from typing import TypeVar

from . import const, readers, values
from .answers import (
    Account,
    BrandingTheme,
    Contact,
    Currency,
    Element,
    HistoryRecord,
    Item,
    Organisation,
    Page,
    TaxRate,
    TrackingCategory,
)
from .caller import SINGLE_NAMES, WITH_UNITDP
from .errors import NotFound, UnreadableAnswer
from .listings import Listings, modified, page_of

T = TypeVar("T")


class XeroClient(Listings):
    """Calls Xero for one organisation; one instance per job, never shared by threads.

    Every call is made once, within a time and a size, and either returns typed
    results or raises a `XeroError`. Use it as a context manager: it holds one
    connection open. See `Caller` for its parameters.
    """

    # What there is to choose from

    def organisation(self) -> Organisation:
        """The organisation this client works for.

        :raise UnreadableAnswer: when the answer names none
        """
        found = self._listing("organisations", "Organisations", readers.organisation)
        if not found:
            raise UnreadableAnswer("Xero named no organisation.")
        return found[0]

    def organisation_actions(self) -> dict[str, bool]:
        """What the connecting user may do there, by Xero's name of the action."""
        return dict(self._listing("organisation_actions", "Actions", readers.action))

    def accounts(self) -> list[Account]:
        """The whole chart, archived accounts too."""
        return self._listing("accounts", "Accounts", readers.account)

    def tax_rates(self) -> list[TaxRate]:
        """All tax rates, deleted ones too."""
        return self._listing("tax_rates", "TaxRates", readers.tax_rate)

    def currencies(self) -> list[Currency]:
        """The currencies the organisation is subscribed to."""
        return self._listing("currencies", "Currencies", readers.currency)

    def tracking_categories(self) -> list[TrackingCategory]:
        """All tracking categories with their options, archived ones too."""
        return self._listing(
            "tracking_categories",
            "TrackingCategories",
            readers.tracking_category,
            include_archived=True,
        )

    def branding_themes(self) -> list[BrandingTheme]:
        """All branding themes."""
        return self._listing(
            "branding_themes", "BrandingThemes", readers.branding_theme
        )

    def items(self, modified_since: datetime | None = None) -> list[Item]:
        """All items: Xero has no pages for them."""
        return self._listing(
            "items", "Items", readers.item, unitdp=4, **modified(modified_since)
        )

    # Contacts and documents

    def contacts_page(
        self,
        page: int,
        modified_since: datetime | None = None,
        page_size: int = const.PAGE_SIZE,
        include_archived: bool = True,
        search: str | None = None,
        where: str | None = None,
    ) -> Page[Contact]:
        """One page of contacts; without a page Xero would leave fields out.

        :param modified_since: Xero counts in whole seconds and misses some changes,
            so give it an overlap of some minutes
        :param search: part of a name, number, e-mail and the like
        :param where: a filter, see `where_equals`
        """
        arguments = {
            "page": page,
            "page_size": page_size,
            "include_archived": include_archived,
            **modified(modified_since),
        }
        if search:
            arguments["search_term"] = search
        if where:
            arguments["where"] = where
        data = self._read("contacts", "Contacts", **arguments)
        return page_of(data, "Contacts", readers.contact, page, page_size)

    def document(self, endpoint: str, id_or_number: str) -> Element | None:
        """One document, by Xero's id or by its number, with its allocations.

        Bills may share a number, and so may a bill and a sales invoice. What is not
        deleted or voided comes first; when more than one is left, none is returned.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        :return: None when Xero has none, or more than one of that number
        """
        if endpoint not in SINGLE_NAMES:
            raise ValueError(f"{endpoint!r} is no endpoint of documents")
        number = id_or_number.strip()
        if xero_id := values.guid({"id": number}, "id"):
            return self._single(SINGLE_NAMES[endpoint], endpoint, xero_id)
        if not number:
            return None
        if endpoint == "PurchaseOrders":
            # Xero has no filter by number for them, but an address.
            return self._single("purchase_order_by_number", endpoint, number)
        return _only(self._numbered(endpoint, number), number)

    def online_invoice_url(self, invoice_id: str) -> str:
        """The address at which a customer sees a sales invoice, and may pay it.

        :param invoice_id: Xero's id; of a draft there is none
        :raise UnreadableAnswer: when the answer names no address of Xero's
        """
        data = self._read("online_invoice", "OnlineInvoices", invoice_id)
        urls = values.each(data["OnlineInvoices"], readers.online_invoice_url)
        if not urls:
            raise UnreadableAnswer("Xero named no address of its own.")
        return urls[0]

    def history(self, endpoint: str, xero_id: str) -> list[HistoryRecord]:
        """What happened to a document, the newest first.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        :raise NotFound: when Xero has no such document
        """
        name = f"{SINGLE_NAMES[endpoint]}_history"
        data = self._read(name, "HistoryRecords", xero_id)
        records = values.each(data["HistoryRecords"], readers.history_record)
        oldest = datetime.min.replace(tzinfo=timezone.utc)
        return sorted(records, key=lambda each: each.at or oldest, reverse=True)

    def documents(self, endpoint: str, ids: Iterable[str]) -> list[Element]:
        """Some documents by their ids; those Xero does not have are left out.

        One call for ``const.BATCH_SIZE`` invoices; one call each for the others.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        """
        wanted = list(ids)
        if endpoint != "Invoices":
            found = (self.document(endpoint, xero_id) for xero_id in wanted)
            return [element for element in found if element]
        elements: list[Element] = []
        for start in range(0, len(wanted), const.BATCH_SIZE):
            part = wanted[start : start + const.BATCH_SIZE]
            elements += self.documents_page(endpoint, 1, ids=part).items
        return elements

    def _single(self, name: str, endpoint: str, id_or_number: str) -> Element | None:
        """What stands at one address."""
        arguments = {"unitdp": 4} if endpoint in WITH_UNITDP else {}
        try:
            data = self._read(name, endpoint, id_or_number, **arguments)
        except NotFound:
            return None
        found = readers.elements(data[endpoint], endpoint)
        return found[0] if found else None

    def _numbered(self, endpoint: str, number: str) -> list[Element]:
        """Documents of this number, and quotes that merely have it in theirs.

        Not by the number's address: a slash in it would not survive the way there.
        """
        if endpoint == "Quotes":
            arguments = {"quote_number": number}
        else:
            arguments = {"where": where_equals(const.NUMBER_KEYS[endpoint], number)}
        found, page, page_count = [], 1, 1
        while page <= page_count:
            answer = self._elements_page(endpoint, page, const.PAGE_SIZE, arguments)
            found += answer.items
            page, page_count = page + 1, answer.page_count
        return found


def where_equals(field: str, value: str) -> str:
    """A filter for `contacts_page`: `field` is `value`, whatever `value` holds."""
    return '{}=="{}"'.format(field, value.replace('"', '""'))


def _only(found: list[Element], number: str) -> Element | None:
    """The one document of this number; the living before the dead."""
    same = [each for each in found if each.number.casefold() == number.casefold()]
    living = [each for each in same if each.status not in const.GONE_STATUSES]
    wanted = living or same
    return wanted[0] if len(wanted) == 1 else None
