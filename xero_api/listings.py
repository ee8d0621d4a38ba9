"""Documents of one organisation, page by page."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timezone
from typing import Any, TypeVar

from . import const, readers, values
from .answers import Element, Head, Page
from .caller import METHOD_NAMES, WITH_UNITDP
from .writer import Writer

T = TypeVar("T")


class Listings(Writer):
    """Lists documents; see `XeroClient`."""

    def documents_page(
        self,
        endpoint: str,
        page: int,
        modified_since: datetime | None = None,
        page_size: int = const.PAGE_SIZE,
        created_by_my_app: bool = False,
        ids: Iterable[str] = (),
    ) -> Page[Element]:
        """One page of documents; quotes come by the hundred whatever the page size.

        :param endpoint: ``Invoices``, ``CreditNotes``, ``PurchaseOrders``, ``Quotes``
        :param created_by_my_app: narrows invoices; Xero has it for no other endpoint,
            where it changes nothing
        :param ids: only these, of invoices; Xero cannot do it for other documents
        :raise ValueError: for what Xero cannot do
        """
        if endpoint not in const.NUMBER_KEYS:
            raise ValueError(f"{endpoint!r} is no endpoint of documents")
        arguments: dict[str, Any] = modified(modified_since)
        if endpoint == "Invoices" and created_by_my_app:
            arguments["created_by_my_app"] = True
        if ids:
            if endpoint != "Invoices":
                raise ValueError(f"Xero cannot look up {endpoint} by a list of ids")
            arguments["i_ds"] = list(ids)
        return self._elements_page(endpoint, page, page_size, arguments)

    def changed_page(
        self, endpoint: str, page: int, since: datetime | None = None
    ) -> Page[Element]:
        """One page of the documents that changed since then; all without a time.

        By id: while a long list is read, a change moves no document to another page.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        :param since: of Xero's clock; give it an overlap of some minutes
        """
        arguments: dict[str, Any] = modified(since)
        arguments["order"] = f"{const.ID_KEYS[endpoint]} ASC"
        return self._elements_page(endpoint, page, const.PAGE_SIZE, arguments)

    def dated_page(
        self, endpoint: str, page: int, first: date, last: date
    ) -> Page[Head]:
        """One page of the documents that are dated from one day to another.

        By id, as :meth:`changed_page`. Their lines are not read.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        """
        arguments = _dated(endpoint, first, last)
        return self._elements_page(
            endpoint, page, const.PAGE_SIZE, arguments, read=readers.head
        )

    def dated_elements_page(
        self, endpoint: str, page: int, first: date, last: date
    ) -> Page[Element]:
        """As :meth:`dated_page`, with all that Xero says of each but its lines."""
        arguments = _dated(endpoint, first, last)
        return self._elements_page(
            endpoint, page, const.PAGE_SIZE, arguments, read=readers.lineless
        )

    def changed_since(self, endpoint: str, since: datetime) -> Iterator[Element]:
        """Everything of an endpoint that changed since then, archived contacts too.

        Reads page after page while it is iterated: one call each.

        :param endpoint: a key of ``const.ID_KEYS`` but ``Allocations``
        :param since: give it an overlap of some minutes, as for `contacts_page`
        """
        arguments: dict[str, Any] = modified(since)
        if endpoint == "Contacts":
            arguments["include_archived"] = True
        page, page_count = 1, 1
        while page <= page_count:
            found = self._elements_page(endpoint, page, const.PAGE_SIZE, arguments)
            yield from found.items
            page, page_count = page + 1, found.page_count

    def _elements_page(
        self,
        endpoint: str,
        page: int,
        page_size: int,
        arguments: dict[str, Any],
        read: Callable[[values.Json, str], Any] = readers.element,
    ) -> Page[Any]:
        """One page of any endpoint.

        :param read: makes an item of what Xero says, for an endpoint
        """
        arguments = dict(arguments)
        if endpoint == "Items":
            page_size = sys.maxsize  # Xero has no pages for them
        elif endpoint == "Quotes":
            page_size = const.QUOTES_PAGE_SIZE
            arguments["page"] = page
        else:
            arguments.update(page=page, page_size=page_size)
        if endpoint in WITH_UNITDP:
            arguments["unitdp"] = 4
        data = self._read(METHOD_NAMES[endpoint], endpoint, **arguments)
        return page_of(
            data,
            endpoint,
            lambda element: read(element, endpoint),
            page,
            page_size,
        )


def _dated(endpoint: str, first: date, last: date) -> dict[str, Any]:
    """The arguments that ask for documents of these days.

    Two endpoints know dates from and to, the others a filter only, whose form is that
    of Xero's page api/accounting/requests-and-responses.
    """
    arguments: dict[str, Any] = {"order": f"{const.ID_KEYS[endpoint]} ASC"}
    if endpoint in ("Quotes", "PurchaseOrders"):
        return {**arguments, "date_from": f"{first}", "date_to": f"{last}"}
    dates = f"Date >= {_moment(first)} AND Date <= {_moment(last)}"
    return {**arguments, "where": dates}


def _moment(day: date) -> str:
    """A day in Xero's language of filters."""
    return f"DateTime({day.year}, {day.month}, {day.day})"


def modified(modified_since: datetime | None) -> dict[str, str]:
    """``If-Modified-Since`` in the form Xero reads: UTC, whole seconds, no zone."""
    if modified_since is None:
        return {}
    if modified_since.tzinfo is not None:
        modified_since = modified_since.astimezone(timezone.utc)
    return {"if_modified_since": f"{modified_since:%Y-%m-%dT%H:%M:%S}"}


def page_of(
    data: values.Json,
    key: str,
    read: Callable[[values.Json], T | None],
    page: int,
    page_size: int,
) -> Page[T]:
    """Quotes, and contacts by filter, come without a count: a full page has a next."""
    count = values.whole(values.child(data, "pagination"), "pageCount")
    if not count:
        count = page + 1 if len(data[key]) >= page_size else page
    at = values.moment(data, "DateTimeUTC")
    return Page(values.each(data[key], read), page, count, at)
