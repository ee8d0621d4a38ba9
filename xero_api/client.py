"""One organisation's client."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, TypeVar

from . import const, readers, values
from .answers import (
    Account,
    BrandingTheme,
    Contact,
    Currency,
    Element,
    Item,
    Organisation,
    Page,
    TaxRate,
    TrackingCategory,
)
from .errors import OutcomeUnknown, RequestRefused, UnreadableAnswer
from .refusals import refusal
from .wire import TRANSPORT_ERRORS, Answer, header_value, transport_error

T = TypeVar("T")

# The last part of the names of the SDK's methods.
_METHOD_NAMES = {
    "Contacts": "contacts",
    "Items": "items",
    "Invoices": "invoices",
    "CreditNotes": "credit_notes",
    "PurchaseOrders": "purchase_orders",
    "Quotes": "quotes",
}
_VERBS = {"PUT": "create", "POST": "update_or_create"}
# Four decimals of a unit price instead of two; quotes and orders always have four.
_WITH_UNITDP = ("Items", "Invoices", "CreditNotes")


@dataclass(frozen=True)
class Budget:
    """Calls left, as the last answer said; None while unknown."""

    day_remaining: int | None = None
    minute_remaining: int | None = None


class XeroClient:
    """Calls Xero for one organisation; one instance per job, never shared by threads.

    Every call is made once, within a time and a size, and either returns typed
    results or raises a `XeroError`. Use it as a context manager: it holds one
    connection open.

    :param access_token: fresh; refreshing is the caller's
    :param tenant_id: the organisation; None only for a custom connection
    :param timeout: seconds to connect, seconds without a byte
    """

    def __init__(
        self,
        access_token: str,
        tenant_id: str | None = None,
        api_url: str = const.API_URL,
        timeout: tuple[float, float] = const.TIMEOUT,
    ):
        # Late: the SDK's import takes 0.2 to 0.4 s, and not every process calls Xero.
        from .sdk import accounting_api

        self._token = header_value(access_token, "the access token")
        self._tenant_id = header_value(tenant_id, "the tenant id") if tenant_id else ""
        self._timeout = timeout
        self._api = accounting_api(access_token, api_url)
        self.budget = Budget()

    def __enter__(self) -> XeroClient:
        return self

    def __exit__(self, *exc_info) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._api.api_client.rest_client.close()

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
            "items", "Items", readers.item, unitdp=4, **_since(modified_since)
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
            **_since(modified_since),
        }
        if search:
            arguments["search_term"] = search
        if where:
            arguments["where"] = where
        data = self._read("contacts", "Contacts", **arguments)
        return _page(data, "Contacts", readers.contact, page, page_size)

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
        arguments: dict[str, Any] = _since(modified_since)
        if endpoint == "Invoices" and created_by_my_app:
            arguments["created_by_my_app"] = True
        if ids:
            if endpoint != "Invoices":
                raise ValueError(f"Xero cannot look up {endpoint} by a list of ids")
            arguments["i_ds"] = list(ids)
        return self._elements_page(endpoint, page, page_size, arguments)

    def changed_since(self, endpoint: str, since: datetime) -> Iterator[Element]:
        """Everything of an endpoint that changed since then, archived contacts too.

        Reads page after page while it is iterated: one call each.

        :param endpoint: a key of ``const.ID_KEYS``
        :param since: give it an overlap of some minutes, as for `contacts_page`
        """
        arguments: dict[str, Any] = _since(since)
        if endpoint == "Contacts":
            arguments["include_archived"] = True
        page, page_count = 1, 1
        while page <= page_count:
            found = self._elements_page(endpoint, page, const.PAGE_SIZE, arguments)
            yield from found.items
            page, page_count = page + 1, found.page_count

    def _elements_page(
        self, endpoint: str, page: int, page_size: int, arguments: dict[str, Any]
    ) -> Page[Element]:
        """One page of any endpoint."""
        arguments = dict(arguments)
        if endpoint == "Items":
            page_size = sys.maxsize  # Xero has no pages for them
        elif endpoint == "Quotes":
            page_size = const.QUOTES_PAGE_SIZE
            arguments["page"] = page
        else:
            arguments.update(page=page, page_size=page_size)
        if endpoint in _WITH_UNITDP:
            arguments["unitdp"] = 4
        data = self._read(_METHOD_NAMES[endpoint], endpoint, **arguments)
        return _page(
            data,
            endpoint,
            lambda element: readers.element(element, endpoint),
            page,
            page_size,
        )

    # Writing

    # pylint: disable-next=method-required-super  # not the write of Odoo's models
    def write(
        self, endpoint: str, method: str, body: str, idempotency_key: str
    ) -> list[Element]:
        """Create or update some objects with exactly one HTTP request.

        :param endpoint: a key of ``const.ID_KEYS``
        :param method: ``PUT`` creates, ``POST`` updates by Xero's id
        :param body: what goes over the wire, byte for byte, as UTF-8
        :param idempotency_key: new for a new body; the same with the same body within
            ``const.IDEMPOTENCY_SAFE_SECONDS`` repeats nothing
        :return: Xero's answer for each object; see `pair` for which is whose
        :raise ValueError: when the body could hit another object than meant
        :raise OutcomeUnknown: when it may or may not have been processed
        :raise XeroError: any other: it was not processed
        """
        _check_write(endpoint, method, body)
        if len(idempotency_key) > const.IDEMPOTENCY_KEY_MAX:
            raise ValueError("the idempotency key is too long")
        if len(body.encode()) > const.MAX_BODY_BYTES:
            raise RequestRefused("The request is too large.", kind="BodyTooLarge")
        arguments = {"unitdp": 4} if endpoint in _WITH_UNITDP else {}
        answer = self._call(
            f"{_VERBS[method]}_{_METHOD_NAMES[endpoint]}",
            body,
            write=True,
            summarize_errors=False,
            idempotency_key=header_value(idempotency_key, "the idempotency key"),
            **arguments,
        )
        if not 200 <= answer.status < 300:
            raise refusal(answer, write=True, endpoint=endpoint, secrets=(self._token,))
        found = answer.json_object().get(endpoint)
        if not isinstance(found, list):
            raise OutcomeUnknown(
                "Xero's answer could not be read.", status=answer.status
            )
        return readers.elements(found, endpoint)

    # One call

    def _listing(
        self, name: str, key: str, read: Callable[[values.Json], T | None], **arguments
    ) -> list[T]:
        return values.each(self._read(name, key, **arguments)[key], read)

    def _read(self, name: str, key: str, **arguments) -> values.Json:
        """The parsed answer of a GET, which surely has a list under `key`.

        A missing list is no empty one: recovery would take it for "not in Xero".
        """
        answer = self._call(f"get_{name}", write=False, **arguments)
        if answer.status == 304:
            return {key: []}  # nothing was modified
        if not 200 <= answer.status < 300:
            raise refusal(answer, write=False, secrets=(self._token,))
        data = answer.json_object()
        if not isinstance(data.get(key), list):
            raise UnreadableAnswer(
                "Xero's answer could not be read.", status=answer.status
            )
        return data

    def _call(self, name: str, *args, write: bool, **kwargs) -> Answer:
        """Call the SDK's method `name` and note the budget it leaves."""
        method = getattr(self._api, name)
        try:
            answer = method(
                self._tenant_id,
                *args,
                _preload_content=False,
                _request_timeout=self._timeout,
                **kwargs,
            )
        except TRANSPORT_ERRORS as error:
            raise transport_error(error, write=write) from None
        self.budget = Budget(
            _remaining(answer, "X-DayLimit-Remaining", self.budget.day_remaining),
            _remaining(answer, "X-MinLimit-Remaining", self.budget.minute_remaining),
        )
        return answer


def where_equals(field: str, value: str) -> str:
    """A filter for `contacts_page`: `field` is `value`, whatever `value` holds."""
    return '{}=="{}"'.format(field, value.replace('"', '""'))


def _since(modified_since: datetime | None) -> dict[str, str]:
    """``If-Modified-Since`` in the form Xero reads: UTC, whole seconds, no zone."""
    if modified_since is None:
        return {}
    if modified_since.tzinfo is not None:
        modified_since = modified_since.astimezone(timezone.utc)
    return {"if_modified_since": f"{modified_since:%Y-%m-%dT%H:%M:%S}"}


def _page(
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
    return Page(values.each(data[key], read), page, count)


def _check_write(endpoint: str, method: str, body: str) -> None:
    """POST without an id would change what has the same number or name, silently.

    :raise ValueError: for those, and for a body that is no list of this endpoint
    """
    if endpoint not in const.ID_KEYS or method not in _VERBS:
        raise ValueError(f"cannot {method} {endpoint!r}")
    data: Any = json.loads(body)
    sent = data.get(endpoint) if isinstance(data, dict) and len(data) == 1 else None
    if not sent or values.objects(sent) != sent:
        raise ValueError(f"the body must be a list of {endpoint} and nothing else")
    id_key = const.ID_KEYS[endpoint]
    for item in sent:
        if method == "PUT" and item.get(id_key):
            raise ValueError(f"PUT creates: it takes no {id_key}")
        if method == "POST" and values.guid(item, id_key) is None:
            raise ValueError(f"POST updates: it needs each {id_key}")


def _remaining(answer: Answer, header: str, before: int | None) -> int | None:
    text = answer.header(header)
    return int(text[:9]) if text.isascii() and text.isdigit() else before
