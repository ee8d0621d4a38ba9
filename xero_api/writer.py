"""What changes something in Xero: each write goes out exactly once."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from . import const, readers, values
from .answers import Element
from .caller import METHOD_NAMES, SINGLE_NAMES, WITH_UNITDP, Caller
from .errors import NotFound, OutcomeUnknown, RequestRefused, XeroError
from .refusals import refusal
from .wire import Answer, header_value

_VERBS = {"PUT": "create", "POST": "update_or_create"}
# Page: api/accounting/attachments
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*+\x00-\x1f]')


class Writer(Caller):
    """The writing half of the client."""

    # pylint: disable-next=method-required-super  # not the write of Odoo's models
    def write(
        self,
        endpoint: str,
        method: str,
        body: str,
        idempotency_key: str,
        parent_id: str | None = None,
        allow_backorders: bool = False,
    ) -> list[Element]:
        """Create or update some objects with exactly one HTTP request.

        Allocations are put and deleted, one deletion a request. One that is gone
        already counts as deleted. When Xero's answer names no id of a new allocation,
        it is read from the credit note: one more request, a GET.

        :param endpoint: a key of ``const.ID_KEYS``
        :param method: ``PUT`` creates, ``POST`` updates by Xero's id, ``DELETE`` takes
            an allocation back
        :param body: what goes over the wire, byte for byte, as UTF-8; of a deletion
            only the id does
        :param idempotency_key: new for a new body; the same with the same body within
            ``const.IDEMPOTENCY_SAFE_SECONDS`` repeats nothing
        :param parent_id: Xero's id of the credit note, for ``Allocations`` only
        :param allow_backorders: invoices may take more of an item than is in stock
        :return: Xero's answer for each object; see `pair` for which is whose
        :raise ValueError: when the body could hit another object than meant
        :raise OutcomeUnknown: when it may or may not have been processed
        :raise XeroError: any other: it was not processed
        """
        sent = _check_write(endpoint, method, body, parent_id)
        if len(body.encode()) > const.MAX_BODY_BYTES:
            raise RequestRefused("The request is too large.", kind="BodyTooLarge")
        key = _checked_key(idempotency_key)
        if method == "DELETE":
            return self._delete_allocation(str(parent_id), sent[0])
        if endpoint == "Allocations":
            return self._allocate(str(parent_id), body, key)
        arguments: dict[str, Any] = {}
        if endpoint in WITH_UNITDP:
            arguments["unitdp"] = 4
        if endpoint == "Invoices" and allow_backorders:
            arguments["allow_backorders"] = True
        return self._put_or_post(method, endpoint, body, key, arguments)

    def attach(
        self,
        endpoint: str,
        xero_id: str,
        file_name: str,
        content: bytes,
        idempotency_key: str,
        online: bool = False,
    ) -> None:
        """Attach a file to a document with one HTTP request, a PUT.

        A file of the same name is replaced; Xero takes ten files per document and
        reads the type off the name. Characters Xero does not take become hyphens.

        :param endpoint: a key of ``const.NUMBER_KEYS``
        :param content: at most ``const.MAX_BODY_BYTES``
        :param online: customers see it with the online document; Xero has that for
            invoices and credit notes
        :raise ValueError: for another endpoint, no name, an empty or too large file
        :raise OutcomeUnknown: when it may or may not be there; repeating it is safe
        :raise XeroError: any other: it was not attached
        """
        if endpoint not in SINGLE_NAMES:
            raise ValueError(f"{endpoint!r} takes no attachments here")
        name = clean_file_name(file_name)
        if not name:
            raise ValueError("the file needs a name")
        if not 0 < len(content) <= const.MAX_BODY_BYTES:
            raise ValueError("the file is empty or too large")
        answer = self._call(
            f"create_{SINGLE_NAMES[endpoint]}_attachment_by_file_name",
            xero_id,
            name,
            content,
            write=True,
            idempotency_key=_checked_key(idempotency_key),
            **({"include_online": True} if online else {}),
        )
        self._written(answer, "Attachments")

    def allocations(self, credit_note_id: str) -> list[Element]:
        """The allocations of a credit note, as `write` answers them.

        :raise NotFound: when Xero does not have the credit note
        """
        data = self._read("credit_note", "CreditNotes", credit_note_id)
        return [
            readers.element(allocation, "Allocations")
            for note in values.objects(data["CreditNotes"])
            for allocation in values.objects(note.get("Allocations"))
            if not values.flag(allocation, "IsDeleted")
        ]

    def _written(self, answer: Answer, endpoint: str) -> list[Element]:
        """Xero's answer to a write, element by element."""
        if not 200 <= answer.status < 300:
            raise refusal(answer, write=True, endpoint=endpoint, secrets=(self._token,))
        found = answer.json_object().get(endpoint)
        if not isinstance(found, list):
            raise OutcomeUnknown(
                "Xero's answer could not be read.", status=answer.status
            )
        return readers.elements(found, endpoint)

    def _put_or_post(
        self,
        method: str,
        endpoint: str,
        body: str,
        key: str,
        arguments: dict[str, Any],
    ) -> list[Element]:
        """:param arguments: what else the SDK's method takes"""
        answer = self._call(
            f"{_VERBS[method]}_{METHOD_NAMES[endpoint]}",
            body,
            write=True,
            summarize_errors=False,
            idempotency_key=key,
            **arguments,
        )
        return self._written(answer, endpoint)

    def _allocate(self, note_id: str, body: str, key: str) -> list[Element]:
        answer = self._call(
            "create_credit_note_allocation",
            note_id,
            body,
            write=True,
            summarize_errors=False,
            idempotency_key=key,
        )
        elements = self._written(answer, "Allocations")
        if all(element.xero_id or element.errors for element in elements):
            return elements
        # The example answer of the official description has no AllocationID.
        try:
            known = self.allocations(note_id)
        except XeroError as error:
            raise OutcomeUnknown(error.message, status=error.status) from None
        return [_identified(element, known) for element in elements]

    def _delete_allocation(self, note_id: str, sent: values.Json) -> list[Element]:
        """Xero takes no idempotency key for a DELETE; repeating one is harmless."""
        answer = self._call(
            "delete_credit_note_allocations",
            note_id,
            sent[const.ID_KEYS["Allocations"]],
            write=True,
        )
        deleted = replace(readers.element(sent, "Allocations"), status="DELETED")
        if 200 <= answer.status < 300:
            return [deleted]
        error = refusal(
            answer, write=True, endpoint="Allocations", secrets=(self._token,)
        )
        if isinstance(error, NotFound):
            return [deleted]
        raise error


def clean_file_name(file_name: str) -> str:
    """The name under which Xero keeps an attachment; empty when nothing is left."""
    return _NOT_IN_FILE_NAMES.sub("-", file_name).strip(" .")


def _identified(element: Element, known: list[Element]) -> Element:
    """A new allocation with its id: the latest one of its invoice and amount."""
    if element.xero_id or element.errors:
        return element
    same = [
        each for each in known if (each.key, each.total) == (element.key, element.total)
    ]
    return same[-1] if same else element


def _checked_key(idempotency_key: str) -> str:
    if len(idempotency_key) > const.IDEMPOTENCY_KEY_MAX:
        raise ValueError("the idempotency key is too long")
    return header_value(idempotency_key, "the idempotency key")


def _check_write(
    endpoint: str, method: str, body: str, parent_id: str | None
) -> list[values.Json]:
    """POST without an id would change what has the same number or name, silently.

    :return: the elements of the body
    :raise ValueError: for those, and for a body that is no list of this endpoint
    """
    methods = ("PUT", "DELETE") if endpoint == "Allocations" else ("PUT", "POST")
    if endpoint not in const.ID_KEYS or method not in methods:
        raise ValueError(f"cannot {method} {endpoint!r}")
    if (endpoint == "Allocations") != bool(parent_id):
        raise ValueError("allocations need their credit note, others take no parent")
    data: Any = json.loads(body)
    sent = data.get(endpoint) if isinstance(data, dict) and len(data) == 1 else None
    if not sent or values.objects(sent) != sent:
        raise ValueError(f"the body must be a list of {endpoint} and nothing else")
    id_key = const.ID_KEYS[endpoint]
    for item in sent:
        if method == "PUT" and item.get(id_key):
            raise ValueError(f"PUT creates: it takes no {id_key}")
        if method != "PUT" and values.guid(item, id_key) is None:
            raise ValueError(f"{method} needs each {id_key}")
    if method == "DELETE" and len(sent) > 1:
        raise ValueError("only one allocation can be deleted at a time")
    return sent
