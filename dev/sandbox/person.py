"""What a person does in Xero's own screens; the rules of the API do not apply."""

import json
from decimal import Decimal
from typing import Any, cast

from werkzeug.datastructures import Headers, MultiDict

from . import unverified
from .dates import parse_date
from .resources import RESOURCES, Call
from .resources.document import Document
from .sandbox import Sandbox
from .store import Organisation, folded

USER = "Demo User"
STATUSES = ("ACTIVE", "ARCHIVED", "GDPRREQUEST")
WITH_CONTACT = ("Invoices", "CreditNotes", "Quotes", "PurchaseOrders")


class Impossible(Exception):
    """Xero's screens would not let a person do this; the text says why."""


def call(sandbox: Sandbox, organisation: Organisation, body: bytes = b"") -> Call:
    """A call that did not come over the wire."""
    app = next(iter(sandbox.oauth.apps.values()))
    arguments = MultiDict({"summarizeErrors": "false", "unitdp": "4"})
    return Call(sandbox, organisation, app, "PUT", arguments, Headers(), body)


def seed(
    sandbox: Sandbox, organisation: Organisation, endpoint: str, elements: list[dict]
) -> list[dict]:
    """Write elements through the endpoint's own rules; return their answers."""
    body = json.dumps({endpoint: elements}, default=str).encode()
    response = RESOURCES[endpoint](call(sandbox, organisation, body)).handle()
    return json.loads(response.get_data())[endpoint]


def edit(
    sandbox: Sandbox,
    organisation: Organisation,
    endpoint: str,
    identifier: str,
    values: dict,
) -> dict:
    """Change an object, or the organisation itself; return it as it is then."""
    values = _typed(values)
    if endpoint == "Organisation":
        organisation.settings.update(values)
        return organisation.settings
    collection = organisation[endpoint]
    stored = collection.get(identifier)
    if not stored:
        raise Impossible(f"No {endpoint} {identifier}")
    stored.update(values)
    organisation.touch(endpoint, stored)
    if "LineItems" in values:
        resource = RESOURCES[endpoint](call(sandbox, organisation))
        cast(Document, resource).work_out(stored)
    collection.save(stored)
    organisation.note(identifier, "Edited", "Changed in Xero", USER)
    return stored


def change_status(organisation: Organisation, identifier: str, status: str) -> dict:
    """Archive a contact, restore it, or mark it for erasure; return it."""
    contact = _contact(organisation, identifier)
    if status not in STATUSES:
        raise Impossible(f"No status {status}")
    names = organisation["Contacts"].find("name", folded(contact["Name"]))
    if status == "ACTIVE" and any(each is not contact for each in names):
        raise Impossible(unverified.NAME_TAKEN_MEANWHILE)
    contact["ContactStatus"] = status
    organisation.touch("Contacts", contact)
    if status == "ACTIVE":
        contact.pop("MergedToContactID", None)
    organisation["Contacts"].save(contact)
    organisation.note(identifier, "Edited", f"Now {status}.", USER)
    return contact


def merge(organisation: Organisation, closed_id: str, kept_id: str) -> dict:
    """Merge a contact into another, which takes its documents; return the closed one.

    Merging archives one of the two and names the other in ``MergedToContactID``
    (xero-api.md §3.1).
    """
    closed = _contact(organisation, closed_id)
    kept = _contact(organisation, kept_id)
    if closed is kept or kept["ContactStatus"] != "ACTIVE":
        raise Impossible("Merge into another contact that is active")
    for endpoint in WITH_CONTACT:
        for document in organisation[endpoint]:
            if document["Contact"]["ContactID"] == closed_id:
                document["Contact"] = {"ContactID": kept_id}
    for flag in ("IsCustomer", "IsSupplier"):
        kept[flag] = kept[flag] or closed[flag]
    closed.update(ContactStatus="ARCHIVED", MergedToContactID=kept_id)
    organisation.touch("Contacts", closed)
    organisation["Contacts"].save(closed)
    organisation.note(closed_id, "Merged", f"Into {kept['Name']}.", USER)
    organisation.note(kept_id, "Merged", f"{closed['Name']} came in.", USER)
    return closed


def _contact(organisation: Organisation, identifier: str) -> dict:
    contact = organisation["Contacts"].get(identifier)
    if not contact:
        raise Impossible(f"No contact {identifier}")
    return contact


def _typed(value: Any, key: str = "") -> Any:
    """Give JSON values the types the books hold."""
    if isinstance(value, dict):
        return {name: _typed(each, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_typed(each) for each in value]
    if isinstance(value, int) and not isinstance(value, bool):
        # Money is Decimal in the books; the day of payment terms is a whole number.
        return value if key == "Day" else Decimal(value)
    if isinstance(value, str) and key.endswith("Date"):
        return parse_date(value)
    return value
