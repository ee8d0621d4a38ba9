"""What all endpoints share: reading lists and objects, writing elements."""

import json
import uuid
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from werkzeug.datastructures import Headers, MultiDict
from werkzeug.wrappers import Response

from .. import queries, unverified
from ..answers import JSON_TYPE, ZERO_ID, dump, envelope, to_json
from ..errors import (
    Refused,
    bad_request,
    not_found,
    not_implemented,
    validation_exception,
)
from ..oauth import App
from ..store import Collection, Organisation
from .elements import Edit, is_well_formed, text_value

if TYPE_CHECKING:
    from ..sandbox import Sandbox


@dataclass
class Call:
    """One authorised call to the accounting API."""

    sandbox: "Sandbox"
    organisation: Organisation
    app: App
    method: str
    args: MultiDict
    headers: Headers
    body: bytes
    identifier: str = ""
    part: str = ""
    part_id: str = ""

    @property
    def now(self) -> datetime:
        return self.organisation.now()

    @property
    def unit_decimals(self) -> int:
        """Decimals of unit prices: 2 unless ``unitdp=4``."""
        return 4 if self.args.get("unitdp") == "4" else 2

    @property
    def summarizes(self) -> bool:
        """Whether refused elements fail the call; Xero's default is yes."""
        return self.args.get("summarizeErrors", "true").lower() != "false"

    def elements(self, name: str) -> list[dict]:
        """Read the body: ``{"Invoices": […]}``, a bare list, or one bare object."""
        number_kind = unverified.POST_DATA_ERROR
        try:
            data = json.loads(self.body, parse_float=Decimal)
        except ValueError:
            message = "Input string was not in a correct format."
            raise bad_request(*number_kind, message) from None
        if isinstance(data, dict):
            data = data.get(name, data)
        elements = data if isinstance(data, list) else [data]
        if not elements or not all(isinstance(each, dict) for each in elements):
            raise bad_request(*number_kind, f"No {name} were found in the request.")
        if not all(map(is_well_formed, elements)):
            raise bad_request(*number_kind, f"{name} could not be read.")
        return elements


class Resource:
    """An endpoint of the accounting API. Subclasses fill in names and rules."""

    endpoint = ""
    id_key = ""
    flag_key = ""  # the name of the "has errors" flag, where the endpoint has one
    date_offset = "+0000"
    write_date_offset = "+0000"
    content_type = JSON_TYPE
    paged = False
    always_paged = False
    shows_pagination = False
    methods: frozenset[str] = frozenset({"GET", "PUT", "POST"})
    filter_fields: frozenset[str] = frozenset()
    texts: dict[str, int] = {}  # field -> longest value
    # What hangs below one object, e.g. /Invoices/{id}/History.
    parts: dict[str, Callable[[Any], Response]] = {}

    def __init__(self, call: Call) -> None:
        self.call = call
        self.organisation = call.organisation

    @property
    def collection(self) -> Collection:
        return self.organisation[self.endpoint]

    # --- dispatch -----------------------------------------------------------------

    def handle(self) -> Response:
        """Answer a call to the endpoint or to one of its objects."""
        call = self.call
        if call.part:
            if call.part not in self.parts:
                raise not_found()
            return self.parts[call.part](self)
        self.only(*self.methods)
        if call.method == "GET":
            return self.read_one() if call.identifier else self.read_list()
        if call.identifier:
            return self.write_one()
        return self.write_many(call.elements(self.endpoint), call.summarizes)

    def only(self, *methods: str) -> None:
        """Refuse every method but these."""
        if self.call.method not in methods:
            raise not_implemented()

    # --- reading ------------------------------------------------------------------

    def read_list(self) -> Response:
        """GET /{Endpoint}, filtered, ordered and paged."""
        found = queries.select(self, self.candidates())
        found, pagination = queries.page_of(self, found)
        view = "page" if pagination else "list"
        shown = [self.shown(each, view) for each in found]
        return self.respond(shown, pagination=pagination)

    def read_one(self) -> Response:
        """GET /{Endpoint}/{id or number}."""
        return self.respond([self.shown(self.existing(), "one")])

    def candidates(self) -> list[dict]:
        """The objects a list starts from, before ``where``."""
        wanted = queries.split(self.call.args.get("IDs"))
        if wanted:
            found = [self.collection.get(each.lower()) for each in wanted]
            return [each for each in found if each]
        return list(self.collection)

    def existing(self) -> dict:
        """The object the path names, by id or natural key; raises 404."""
        stored = self.find_by_path(self.call.identifier)
        if not stored:
            raise not_found()
        return stored

    def find_by_path(self, identifier: str) -> dict | None:
        """Find an object by what stands in the path."""
        return self.collection.get(identifier.lower())

    def value_of(self, stored: dict, path: str) -> Any:
        """The value that a filter or order sees under ``path``."""
        value: Any = stored
        for key in path.split("."):
            value = value.get(key) if isinstance(value, dict) else None
        return value

    def shown(self, stored: dict, view: str) -> dict:
        """What an answer shows; ``view`` is list, page, one or write."""
        return stored

    # --- writing ------------------------------------------------------------------

    def write_one(self) -> Response:
        """POST /{Endpoint}/{ID}: one element, errors always summarised."""
        stored = self.existing()
        element = dict(self.call.elements(self.endpoint)[0])
        element[self.id_key] = stored[self.id_key]
        return self.write_many([element], summarizes=True)

    def write_many(self, elements: list[dict], summarizes: bool) -> Response:
        """Write each element by itself; one refused does not stop the others."""
        self.refuse_unknown_ids(elements)
        answers = [self.write_element(each) for each in elements]
        if summarizes:
            for answer, _problems in answers:
                answer.pop("StatusAttributeString", None)
        failed = [answer for answer, problems in answers if problems]
        if summarizes and failed:
            raise validation_exception(failed)
        shown = [answer for answer, _problems in answers]
        return self.respond(shown, offset=self.write_date_offset)

    def refuse_unknown_ids(self, elements: list[dict]) -> None:
        """Fail the whole request when an element names an object there is not."""
        if not unverified.UNKNOWN_ID_FAILS_WHOLE_REQUEST:
            return
        for element in elements:
            identifier = element.get(self.id_key)
            if not identifier or identifier == ZERO_ID:
                continue
            if not self.collection.get(str(identifier).lower()):
                raise not_found()

    def write_element(self, element: dict) -> tuple[dict, list[str]]:
        """Write one element; return (its answer, why it was refused)."""
        edit = self.begin(element)
        try:
            if not edit.problems:
                self.fill(edit)
        except Refused as refusal:
            edit.problems.extend(refusal.messages)
        if edit.problems:
            return self.echo(edit), edit.problems
        stored = self.commit(edit)
        answer = to_json(self.shown(stored, "write"), self.write_date_offset)
        if self.flag_key:
            answer[self.flag_key] = False
        answer["StatusAttributeString"] = "WARNING" if edit.warnings else "OK"
        if edit.warnings:
            answer["Warnings"] = [{"Message": each} for each in edit.warnings]
        return answer, []

    def begin(self, element: dict) -> Edit:
        """Find what the element updates; PUT creates, POST matches silently."""
        identifier = str(element.get(self.id_key) or "").lower()
        stored = self.collection.get(identifier)
        if self.call.method == "PUT":
            edit = Edit(element, None, self.blank(element))
            if stored:
                edit.refuse(unverified.ID_IN_PUT)
            return edit
        if not stored and identifier in ("", ZERO_ID):
            stored = self.match(element)
        draft = deepcopy(stored) if stored else self.blank(element)
        return Edit(element, stored, draft)

    def match(self, element: dict) -> dict | None:
        """The object a POST without id updates, by natural key."""
        return None

    def blank(self, element: dict) -> dict:
        """A new object, before the element fills it."""
        return {self.id_key: ZERO_ID}

    def fill(self, edit: Edit) -> None:
        """Check the element and apply it to the draft."""
        raise NotImplementedError

    def commit(self, edit: Edit) -> dict:
        """Put the draft into the books and return it."""
        draft = edit.draft
        created = edit.stored is None
        if created:
            draft[self.id_key] = str(uuid.uuid4())
        kind = "CREATE" if created else "UPDATE"
        self.organisation.touch(self.endpoint, draft, kind)
        self.collection.save(draft)
        for action in edit.afterwards:
            action()
        self.organisation.note(
            draft[self.id_key],
            "Created" if created else "Edited",
            self.history_text(draft),
            self.call.app.name,
        )
        return draft

    def history_text(self, stored: dict) -> str:
        """What the history says when the object was written."""
        return ""

    def echo(self, edit: Edit) -> dict:
        """A refused element: what was asked for, with the reasons."""
        answer = to_json(self.echoed(edit), self.write_date_offset)
        answer[self.id_key] = (
            edit.stored[self.id_key] if edit.stored else self.refused_id(edit)
        )
        if self.flag_key:
            answer[self.flag_key] = True
        answer["StatusAttributeString"] = "ERROR"
        answer["ValidationErrors"] = [{"Message": each} for each in edit.problems]
        return answer

    def refused_id(self, edit: Edit) -> str:
        """The id a refused create answers."""
        return ZERO_ID

    def echoed(self, edit: Edit) -> dict:
        """The element as asked for, in the draft's form where there is one."""
        return {
            key: edit.draft.get(key, value)
            for key, value in edit.element.items()
            if value is not None
        }

    # --- fields -------------------------------------------------------------------

    def fill_texts(self, edit: Edit) -> None:
        """Take over the text fields of the element, checking their length."""
        for name, limit in self.texts.items():
            if edit.sent(name):
                edit.draft[name] = text_value(edit, edit.element, name, limit)

    def respond(
        self,
        shown: list[dict],
        pagination: dict | None = None,
        offset: str | None = None,
        key: str = "",
    ) -> Response:
        """Wrap objects in the envelope, under ``key`` or the endpoint's own name."""
        members: dict[str, Any] = dict(self.envelope_members())
        if pagination and self.shows_pagination:
            members["pagination"] = pagination
        members[key or self.payload_key] = shown
        offset = self.date_offset if offset is None else offset
        body = envelope(self.call.app.name, self.call.now, **to_json(members, offset))
        return Response(dump(body), 200, content_type=self.content_type)

    @property
    def payload_key(self) -> str:
        return self.endpoint

    def envelope_members(self) -> dict:
        """What the endpoint's envelope has besides the usual."""
        return {}
