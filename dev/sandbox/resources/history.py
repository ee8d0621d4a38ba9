"""History and notes below an object; notes cannot be deleted."""

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from .. import unverified
from ..answers import to_json
from ..errors import validation_exception

if TYPE_CHECKING:
    from .base import Resource


def history(resource: "Resource") -> Response:
    """GET and PUT /{Endpoint}/{id}/History."""
    resource.only("GET", "PUT")
    stored = resource.existing()
    identifier = stored[resource.id_key]
    if resource.call.method == "GET":
        records = resource.organisation.history.get(identifier, [])
        shown = [_shown(each) for each in reversed(records)]
    else:
        elements = resource.call.elements("HistoryRecords")
        shown = [_noted(resource, identifier, each) for each in elements]
    # Recorded without an offset (invoice_history_create).
    return resource.respond(shown, offset="", key="HistoryRecords")


def _noted(resource: "Resource", identifier: str, element: dict) -> dict:
    details = str(element.get("Details") or "")
    limit = unverified.HISTORY_NOTE_LENGTH
    message = ""
    if not details:
        message = unverified.HISTORY_EMPTY
    elif len(details) > limit:
        message = unverified.TOO_LONG.format(field="Details", limit=limit)
    if message:
        refused = {**element, "ValidationErrors": [{"Message": message}]}
        raise validation_exception([to_json(refused, "")])
    record = resource.organisation.note(
        identifier, "Note", details, resource.call.app.name
    )
    answer = _shown(record)
    del answer["Changes"], answer["User"]
    return {**answer, "ValidationErrors": []}


def _shown(record: dict) -> dict:
    moment = record["DateUTC"].strftime("%Y-%m-%dT%H:%M:%S")
    return {"DateUTCString": moment, **record}
