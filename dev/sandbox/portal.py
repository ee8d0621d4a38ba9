"""The webhooks of Xero's developer portal, as a person enters and follows them."""

import json

from markupsafe import Markup
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from . import parts
from .oauth import OAuthError
from .pages import each_of, fragment, page
from .sandbox import Sandbox
from .webhooks import Delivery, Webhook


def webhooks(sandbox: Sandbox, request: Request) -> Response:
    """The address and key of each app, and what was delivered, newest first."""
    hooks = sandbox.webhooks
    with hooks.lock:
        return page(
            "webhooks",
            "Webhooks",
            apps=each_of("webhook_app", map(_app, sandbox.oauth.apps)),
            entered=Markup("").join(map(_entered, hooks.hooks.values())),
            deliveries=parts.table(
                ("App", "Sent", "Events", "Answers", "Outcome"),
                map(_row, reversed(hooks.deliveries)),
            ),
        )


def change_webhook(sandbox: Sandbox, request: Request, action: str) -> Response:
    """The buttons: ``enter`` an address, send the ``intent`` to receive."""
    client_id = request.form.get("client_id", "")
    url = request.form.get("url", "").strip()
    try:
        sandbox.oauth.app_named(client_id)
        if action == "enter" and url.startswith(("http://", "https://")):
            sandbox.webhooks.register(client_id, url)
        elif action == "intent" and client_id in sandbox.webhooks.hooks:
            sandbox.webhooks.validate(client_id)
        else:
            raise OAuthError("Not possible", "Enter an address first")
    except OAuthError as error:
        values = {"error": error.error, "description": error.description}
        return page("error", "Not possible", 400, **values)
    sandbox.changed.set()
    return redirect("/webhooks")


def _app(client_id: str) -> dict:
    return {"client_id": client_id}


def _entered(hook: Webhook) -> Markup:
    return fragment(
        "webhook",
        client_id=hook.client_id,
        url=hook.url,
        key=hook.key,
        status=hook.status,
    )


def _row(delivery: Delivery) -> tuple:
    events = json.loads(delivery.body)["events"]
    told = ", ".join(
        f"{each['eventCategory']} {each['eventType']} {each['resourceId'][:8]}"
        for each in events[:5]
    )
    more = f" and {len(events) - 5} more" if len(events) > 5 else ""
    answers = "\n".join(
        f"{each['status'] or ''} {each['problem'] or 'taken'}, {each['seconds']:.3f} s"
        for each in delivery.attempts
    )
    moment = parts.written(delivery.first)
    return delivery.webhook.client_id, moment, told + more, answers, delivery.outcome
