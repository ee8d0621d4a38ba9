"""The control API under ``/_sandbox/``: what tests do to the sandbox itself."""

import json
from collections.abc import Callable
from dataclasses import asdict, fields
from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.wrappers import Request, Response

from . import person, unverified
from .faults import Fault
from .limits import Limits
from .oauth import OAuthError
from .sandbox import Sandbox
from .scopes import RefusedScope
from .seeds import generated
from .store import Organisation


class ControlError(Exception):
    """A control request that cannot be done; answered with 400."""


TAKEN_FOR_TRUE = {
    name: value for name, value in vars(unverified).items() if name.isupper()
}

REFUSALS = (
    ControlError,
    person.Impossible,
    OAuthError,
    KeyError,
    ValueError,
    TypeError,
)


def handle(sandbox: Sandbox, request: Request, action: str) -> Response:
    """Answer ``/_sandbox/{action}``; errors come as ``{"error": …}``."""
    handler = ACTIONS.get((request.method, action))
    if not handler:
        return _json({"error": f"No such control: {request.method} {action}"}, 404)
    try:
        data = json.loads(request.get_data() or b"{}", parse_float=Decimal)
        answer = handler(sandbox, {**request.args.to_dict(), **data})
    except REFUSALS as error:
        return _json({"error": f"{type(error).__name__}: {error}"}, 400)
    if request.method != "GET":
        sandbox.changed.set()
    return _json(answer if answer is not None else {"ok": True})


def _json(body: Any, status: int = 200) -> Response:
    text = json.dumps(body, default=_plain, ensure_ascii=False)
    return Response(text, status, content_type="application/json; charset=utf-8")


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    raise TypeError(f"Cannot show {type(value).__name__}")


def _organisation(sandbox: Sandbox, data: dict) -> Organisation:
    tenant = data.get("tenant") or next(iter(sandbox.organisations))
    if tenant not in sandbox.organisations:
        raise ControlError(f"No organisation {tenant}")
    return sandbox.organisations[tenant]


def _reset(sandbox: Sandbox, data: dict) -> None:
    sandbox.reset()
    _answer_otherwise(sandbox, TAKEN_FOR_TRUE)


def _answer_otherwise(sandbox: Sandbox, data: dict) -> None:
    """Let what no source proves be as Xero may do it, too."""
    for name, value in data.items():
        if name not in TAKEN_FOR_TRUE:
            raise ControlError(f"Nothing unverified is called {name}")
        setattr(unverified, name, value)


def _remember(sandbox: Sandbox, data: dict) -> None:
    sandbox.remember()


def _recall(sandbox: Sandbox, data: dict) -> None:
    sandbox.recall()


def _state(sandbox: Sandbox, data: dict) -> dict:
    organisation = _organisation(sandbox, data)
    with organisation.lock:
        books = organisation.dump()
        for endpoint in DOCUMENTS:
            books[endpoint] = [
                {**each, **_parts(organisation, endpoint, each)}
                for each in books[endpoint]
            ]
        return _shown(books)


DOCUMENTS = ("Invoices", "CreditNotes", "PurchaseOrders", "Quotes")


def _parts(organisation: Organisation, endpoint: str, document: dict) -> dict:
    """The files of a document, and what credit notes give to an invoice."""
    identifier = document[organisation[endpoint].id_key]
    files = organisation.attachments.get(identifier, {})
    parts: dict[str, list] = {"Attachments": list(files.values())}
    if endpoint == "Invoices":
        parts["Allocations"] = [
            {**allocation, "CreditNoteID": note["CreditNoteID"]}
            for note in organisation["CreditNotes"]
            for allocation in note["Allocations"]
            if allocation["Invoice"]["InvoiceID"] == identifier
        ]
    return parts


def _calls(sandbox: Sandbox, data: dict) -> list[dict]:
    return sandbox.calls.listed()


def _forget_calls(sandbox: Sandbox, data: dict) -> None:
    sandbox.calls.clear()


def _plan_fault(sandbox: Sandbox, data: dict) -> None:
    sandbox.faults.plan(Fault(**data))


def _faults(sandbox: Sandbox, data: dict) -> list[dict]:
    return sandbox.faults.listed()


def _forget_faults(sandbox: Sandbox, data: dict) -> None:
    sandbox.faults.clear()


def _clock(sandbox: Sandbox, data: dict) -> dict:
    clock = sandbox.clock
    return {"now": clock.now().isoformat(), "offset": clock.offset}


def _set_clock(sandbox: Sandbox, data: dict) -> dict:
    if data.get("reset"):
        sandbox.clock.reset()
    else:
        sandbox.clock.advance(float(data["advance"]))
    return _clock(sandbox, {})


def _set_limits(sandbox: Sandbox, data: dict) -> dict:
    limits = sandbox.limiter.limits
    known = {each.name for each in fields(Limits)}
    for name, value in data.items():
        if name not in known:
            raise ControlError(f"No such limit: {name}")
        setattr(limits, name, value)
    return asdict(limits)


def _grant(sandbox: Sandbox, data: dict) -> dict:
    scopes = data.get("scopes") or DEFAULT_SCOPES
    scopes = scopes.split() if isinstance(scopes, str) else scopes
    client_id = data.get("client_id", "LOCAL-WEB-APP")
    tenants = data.get("tenants") or list(sandbox.organisations)[:1]
    answer = sandbox.oauth.grant(client_id, scopes, tenants)
    return {**answer, "connections": sandbox.oauth.connections_of(client_id)}


DEFAULT_SCOPES = (
    "openid profile email offline_access accounting.contacts accounting.invoices "
    "accounting.payments accounting.settings accounting.attachments"
)


def _edit(sandbox: Sandbox, data: dict) -> dict:
    organisation = _organisation(sandbox, data)
    endpoint, identifier = data["endpoint"], data.get("id", "")
    with organisation.lock:
        values = data["values"]
        return _shown(person.edit(sandbox, organisation, endpoint, identifier, values))


def _merge(sandbox: Sandbox, data: dict) -> dict:
    organisation = _organisation(sandbox, data)
    with organisation.lock:
        return _shown(person.merge(organisation, data["id"], data["into"]))


def _shown(value: dict) -> dict:
    return json.loads(json.dumps(value, default=_plain))


def _disconnect(sandbox: Sandbox, data: dict) -> dict:
    return {"disconnected": sandbox.oauth.disconnect(data["tenant"])}


def _revoke_role(sandbox: Sandbox, data: dict) -> None:
    _organisation(sandbox, data).role_revoked = bool(data.get("revoked", True))


def _refuse_scope(sandbox: Sandbox, data: dict) -> None:
    sandbox.refused_scopes.add(RefusedScope(**data))


def _forget_refused_scopes(sandbox: Sandbox, data: dict) -> None:
    sandbox.refused_scopes.clear()


def _webhook(sandbox: Sandbox, data: dict) -> dict:
    """Enter an address in the app's page; events follow the intent to receive."""
    client_id = data.get("client_id", "LOCAL-WEB-APP")
    sandbox.oauth.app_named(client_id)
    given = {name: data[name] for name in ("key", "by_itself") if name in data}
    hook = sandbox.webhooks.register(client_id, data["url"], **given)
    return {"client_id": client_id, "key": hook.key, "status": hook.status}


def _intent(sandbox: Sandbox, data: dict) -> dict:
    client_id = data.get("client_id", "LOCAL-WEB-APP")
    return {"status": sandbox.webhooks.validate(client_id)}


def _webhooks(sandbox: Sandbox, data: dict) -> dict:
    return sandbox.webhooks.listed()


def _deliver(sandbox: Sandbox, data: dict) -> dict:
    return {"attempts": sandbox.webhooks.deliver()}


def _rounding_amount(sandbox: Sandbox, data: dict) -> None:
    enabled = bool(data.get("enabled", True))
    _organisation(sandbox, data).rounding_amount_enabled = enabled


def _seed(sandbox: Sandbox, data: dict) -> dict:
    """Write elements through the endpoint's own rules, without a wire call."""
    organisation = _organisation(sandbox, data)
    endpoint = data["endpoint"]
    elements = data.get("elements")
    if elements is None:
        count, first = int(data["count"]), int(data.get("first", 1))
        elements = generated.elements(endpoint, range(first, first + count))
    with organisation.lock:
        return {"elements": person.seed(sandbox, organisation, endpoint, elements)}


ACTIONS: dict[tuple[str, str], Callable[[Sandbox, dict], Any]] = {
    ("POST", "reset"): _reset,
    ("POST", "remember"): _remember,
    ("POST", "recall"): _recall,
    ("GET", "state"): _state,
    ("GET", "calls"): _calls,
    ("DELETE", "calls"): _forget_calls,
    ("POST", "faults"): _plan_fault,
    ("GET", "faults"): _faults,
    ("DELETE", "faults"): _forget_faults,
    ("GET", "clock"): _clock,
    ("POST", "clock"): _set_clock,
    ("POST", "limits"): _set_limits,
    ("POST", "unverified"): _answer_otherwise,
    ("POST", "grant"): _grant,
    ("POST", "edit"): _edit,
    ("POST", "merge"): _merge,
    ("POST", "disconnect"): _disconnect,
    ("POST", "revoke_role"): _revoke_role,
    ("POST", "scope_refused"): _refuse_scope,
    ("DELETE", "scope_refused"): _forget_refused_scopes,
    ("POST", "rounding_amount"): _rounding_amount,
    ("POST", "webhook"): _webhook,
    ("POST", "intent"): _intent,
    ("GET", "webhooks"): _webhooks,
    ("POST", "deliver"): _deliver,
    ("POST", "seed"): _seed,
}
