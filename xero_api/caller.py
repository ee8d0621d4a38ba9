"""One call to one organisation: made once, read within bounds, counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from . import const, values
from .budget import Budget, cause
from .errors import RateLimited, UnreadableAnswer, XeroError
from .refusals import refusal, retry_after, which_limit
from .wire import TRANSPORT_ERRORS, Answer, header_value, transport_error

T = TypeVar("T")

# The last part of the names of the SDK's methods: of lists, and of single documents.
METHOD_NAMES = {
    "Contacts": "contacts",
    "Items": "items",
    "Invoices": "invoices",
    "CreditNotes": "credit_notes",
    "PurchaseOrders": "purchase_orders",
    "Quotes": "quotes",
}
SINGLE_NAMES = {
    "Invoices": "invoice",
    "CreditNotes": "credit_note",
    "PurchaseOrders": "purchase_order",
    "Quotes": "quote",
}
# Four decimals of a unit price instead of two; quotes and orders always have four.
WITH_UNITDP = ("Items", "Invoices", "CreditNotes")


class Caller:
    """Holds one connection open to call Xero for one organisation.

    :param access_token: fresh; refreshing is the caller's
    :param tenant_id: the organisation; None only for a custom connection
    :param timeout: seconds to connect, seconds without a byte
    :param budget: what is known of the calls left; kept up to date in ``budget``
    """

    def __init__(
        self,
        access_token: str,
        tenant_id: str | None = None,
        api_url: str = const.API_URL,
        timeout: tuple[float, float] = const.TIMEOUT,
        *,
        budget: Budget | None = None,
    ):
        # Late: the SDK's import takes 0.2 to 0.4 s, and not every process calls Xero.
        from .sdk import accounting_api

        self._token = header_value(access_token, "the access token")
        self._tenant_id = header_value(tenant_id, "the tenant id") if tenant_id else ""
        self._timeout = timeout
        self._api = accounting_api(access_token, api_url)
        self.budget = budget or Budget()

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback) -> None:
        if isinstance(error, XeroError):
            error.budget = self.budget  # whoever handles it has no client any more
        self.close()

    def close(self) -> None:
        """Close the connection."""
        self._api.api_client.rest_client.close()

    def _listing(
        self, name: str, key: str, read: Callable[[values.Json], T | None], **arguments
    ) -> list[T]:
        return values.each(self._read(name, key, **arguments)[key], read)

    def _read(self, name: str, key: str, *path: str, **arguments) -> values.Json:
        """The parsed answer of a GET, which surely has a list under `key`.

        A missing list is no empty one: recovery would take it for "not in Xero".

        :param path: what stands in the address, for example an id
        """
        answer = self._call(f"get_{name}", *path, write=False, **arguments)
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
        """Call the SDK's method `name` and note the budget it leaves.

        :raise RateLimited: without a call, when the budget has none left
        """
        self._spare_refused_call()
        method = getattr(self._api, name)
        self.budget = self.budget.spent_on(cause(name))
        try:
            answer = method(
                self._tenant_id,
                *args,
                _preload_content=False,
                _request_timeout=self._timeout,
                **kwargs,
            )
        except TRANSPORT_ERRORS as error:
            self.budget = self.budget.counted()
            raise transport_error(error, write=write) from None
        self.budget = _after(self.budget, answer)
        return answer

    def _spare_refused_call(self) -> None:
        """:raise RateLimited: Xero would refuse the next call"""
        spent = self.budget.spent()
        if spent:
            problem, seconds = spent
            raise RateLimited(
                "Xero's calls are used up.", problem=problem, retry_after=seconds
            )


def _after(budget: Budget, answer: Answer) -> Budget:
    """The budget that an answer leaves."""
    if answer.status == 429:
        return budget.refused(which_limit(answer), retry_after(answer))
    return budget.counted(
        minute=_remaining(answer, "X-MinLimit-Remaining"),
        day=_remaining(answer, "X-DayLimit-Remaining"),
    )


def _remaining(answer: Answer, header: str) -> int | None:
    text = answer.header(header)
    return int(text[:9]) if text.isascii() and text.isdigit() else None
