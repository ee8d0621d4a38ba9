"""The pages a person opens: what each organisation holds, and each document."""

import re

from markupsafe import Markup
from werkzeug.exceptions import NotFound
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import parts, person
from .pages import fragment, page
from .sandbox import Sandbox
from .store import Organisation, folded

MOST_ROWS = 200
LATEST = 12
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def index(sandbox: Sandbox, request: Request) -> Response:
    """All organisations with their latest documents."""
    cards = []
    for organisation in sandbox.organisations.values():
        with organisation.lock:
            cards.append(_card(organisation))
    return page("index", "Local Xero", cards=Markup("").join(cards))


def _card(organisation: Organisation) -> Markup:
    rows = [
        (name, each)
        for name in parts.DOCUMENT_KINDS
        for each in _objects(organisation, name)
    ]
    rows.sort(key=lambda row: parts.changed(row[1]), reverse=True)
    return fragment(
        "organisation_card",
        currency=organisation.currency,
        tabs=parts.tabs(organisation),
        table=parts.objects_table(organisation, "", rows[:LATEST]),
    )


def listing(sandbox: Sandbox, request: Request, tenant: str, kind: str) -> Response:
    """The newest objects of one kind, or those that hold the words searched for."""
    organisation = _organisation(sandbox, tenant)
    title = _kind(kind).title
    searched = request.args.get("q", "").strip()
    with organisation.lock:
        objects = _objects(organisation, kind)
        if searched:
            objects = [each for each in objects if _holds(each, searched.casefold())]
        newest = sorted(objects, key=parts.changed, reverse=True)[:MOST_ROWS]
        rows = [(kind, each) for each in newest]
        return page(
            "listing",
            f"{title} · {organisation.name}",
            title=title,
            count=len(objects),
            searched=searched,
            tabs=parts.tabs(organisation),
            table=parts.objects_table(organisation, kind, rows),
        )


def document(
    sandbox: Sandbox, request: Request, tenant: str, kind: str, identifier: str
) -> Response:
    """One object with its lines, amounts, files and history."""
    organisation = _organisation(sandbox, tenant)
    shape = _kind(kind)
    with organisation.lock:
        stored = organisation[shape.endpoint].get(identifier)
        if not stored:
            return _not_found()
        number = stored.get(shape.number_key) or "(no number)"
        return page(
            "document",
            f"{number} · {organisation.name}",
            number=number,
            single=shape.single,
            status=parts.status(stored),
            tabs=parts.tabs(organisation),
            contact=parts.contact_link(organisation, stored),
            facts=parts.facts(stored),
            source=parts.source_link(stored),
            lines=parts.lines_table(stored),
            totals=parts.totals(stored),
            details=parts.details(organisation, kind, stored),
            history=parts.history(organisation, identifier),
            actions=parts.actions(organisation, kind, stored),
        )


def change_contact(
    sandbox: Sandbox, request: Request, tenant: str, identifier: str, action: str
) -> Response:
    """The buttons of a contact: ``merge`` into another, or another ``status``."""
    organisation = _organisation(sandbox, tenant)
    if action not in ("merge", "status"):
        return _not_found()
    try:
        with organisation.lock:
            if action == "merge":
                other = _contact_named(organisation, request.form.get("into", ""))
                person.merge(organisation, identifier, other)
            else:
                status = request.form.get("status", "")
                person.change_status(organisation, identifier, status)
    except person.Impossible as error:
        return page(
            "error", "Not possible", 400, error="Not possible", description=str(error)
        )
    sandbox.changed.set()
    return redirect(f"/organisation/{tenant}/contacts/{identifier}")


def _contact_named(organisation: Organisation, text: str) -> str:
    """The id of the active contact with this name; a text that is an id is one."""
    found = organisation["Contacts"].find("name", folded(text.strip()))
    return found[0]["ContactID"] if found else text.strip()


def deep_link(
    sandbox: Sandbox, request: Request, short_code: str = "", rest: str = ""
) -> Response:
    """Where go.xero.com's links to a document lead (xero-api.md §3.8)."""
    short_code = short_code or request.args.get("shortcode", "")
    wanted = rest or request.args.get("redirecturl", "")
    for organisation in sandbox.organisations.values():
        if organisation.short_code == short_code:
            match = _GUID.search(wanted)
            path = _path_to(organisation, match[0].lower()) if match else ""
            return redirect(path or f"/organisation/{organisation.tenant_id}/invoices")
    return _not_found()


def _path_to(organisation: Organisation, identifier: str) -> str:
    for name, kind in parts.KINDS.items():
        stored = organisation[kind.endpoint].get(identifier)
        if stored and kind.has(stored):
            return parts.path_of(organisation, name, stored)
    return ""


def _holds(stored: dict, text: str) -> bool:
    values = (each for each in stored.values() if isinstance(each, str))
    return any(text in each.casefold() for each in values)


def _objects(organisation: Organisation, kind: str) -> list[dict]:
    shape = parts.KINDS[kind]
    return [each for each in organisation[shape.endpoint] if shape.has(each)]


def _organisation(sandbox: Sandbox, tenant: str) -> Organisation:
    if tenant not in sandbox.organisations:
        raise NotFound
    return sandbox.organisations[tenant]


def _kind(name: str) -> parts.Kind:
    if name not in parts.KINDS:
        raise NotFound
    return parts.KINDS[name]


def _not_found() -> Response:
    return page(
        "error",
        "Not found",
        404,
        error="Not found",
        description="The local Xero does not hold this.",
    )
