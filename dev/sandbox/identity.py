"""HTTP side of the identity service: consent page, tokens, connections."""

import json

from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

from .api import authenticate
from .errors import json_error, not_found
from .oauth import App, OAuthError
from .pages import each_of, page
from .sandbox import Sandbox
from .scopes import GRANULAR

# The consent page must be a page of its own (xero-api.md §1.1).
NO_FRAMES = {
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


def authorize(sandbox: Sandbox, request: Request) -> Response:
    """GET shows the consent page, POST takes the person's decision."""
    try:
        if request.method == "POST":
            return _decide(sandbox, request)
        handle = sandbox.oauth.begin(request.args.to_dict())
    except OAuthError as error:
        if error.redirect:
            return redirect(error.redirect)
        return page(
            "error",
            "Something went wrong",
            400,
            NO_FRAMES,
            error=error.error,
            description=error.description,
        )
    return _consent_page(sandbox, handle)


def _consent_page(sandbox: Sandbox, handle: str, hint: str = "") -> Response:
    params = sandbox.oauth.pending_request(handle)
    app = sandbox.oauth.app_named(params["client_id"])
    scopes = [GRANULAR[each] for each in params["scope"].split()]
    return page(
        "consent",
        f"Allow {app.name}",
        200,
        NO_FRAMES,
        app=app.name,
        handle=handle,
        hint=hint,
        scopes=each_of("consent_scope", ({"words": words} for words in scopes)),
        organisations=each_of(
            "consent_organisation",
            (
                {"tenant_id": each.tenant_id, "name": each.name}
                for each in sandbox.organisations.values()
            ),
        ),
    )


def _decide(sandbox: Sandbox, request: Request) -> Response:
    handle = request.form.get("request", "")
    if request.form.get("decision") != "allow":
        return redirect(sandbox.oauth.cancel(handle))
    tenants = [
        each for each in request.form.getlist("tenant") if each in sandbox.organisations
    ]
    if not tenants:
        return _consent_page(sandbox, handle, "Choose at least one organisation.")
    answer = redirect(sandbox.oauth.allow(handle, tenants))
    sandbox.changed.set()
    return answer


def token(sandbox: Sandbox, request: Request) -> Response:
    """POST /connect/token, with the app's credentials in HTTP Basic or the form."""
    form = request.form.to_dict()
    grants = {
        "authorization_code": sandbox.oauth.exchange_code,
        "refresh_token": sandbox.oauth.refresh,
        "client_credentials": sandbox.oauth.client_credentials,
    }
    try:
        app = _app_of(sandbox, request)
        grant = grants.get(form.get("grant_type", ""))
        if not grant:
            raise OAuthError("unsupported_grant_type")
        answer = grant(app, form)
    except OAuthError as error:
        raise json_error(400, {"error": error.error}) from None
    sandbox.changed.set()
    return _json(answer)


def revocation(sandbox: Sandbox, request: Request) -> Response:
    """POST /connect/revocation: 200 and nothing, whether the token was known or not."""
    try:
        app = _app_of(sandbox, request)
    except OAuthError as error:
        raise json_error(400, {"error": error.error}) from None
    sandbox.oauth.revoke(app, request.form.get("token", ""))
    sandbox.changed.set()
    return Response(status=200)


def _app_of(sandbox: Sandbox, request: Request) -> App:
    basic = request.authorization
    if basic and basic.type == "basic":
        return sandbox.oauth.authenticate(basic.username or "", basic.password or "")
    form = request.form
    return sandbox.oauth.authenticate(
        form.get("client_id", ""), form.get("client_secret", "")
    )


def connections(sandbox: Sandbox, request: Request, identifier: str = "") -> Response:
    """GET /connections, DELETE /connections/{id}."""
    client_id = authenticate(sandbox, request).client_id
    if request.method == "GET":
        event_id = request.args.get("authEventId", "")
        return _json(sandbox.oauth.connections_of(client_id, event_id))
    if not sandbox.oauth.delete_connection(client_id, identifier):
        raise not_found()
    sandbox.changed.set()
    return Response(status=204)


def _json(body: object) -> Response:
    return Response(json.dumps(body), content_type="application/json; charset=utf-8")
