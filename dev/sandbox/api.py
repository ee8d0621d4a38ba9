"""The accounting API's front door: token, tenant, scope, limits, idempotency."""

import hashlib
import time

from werkzeug.wrappers import Request, Response

from . import scopes, unverified
from .errors import ApiError, not_found, problem
from .faults import Fault
from .oauth import App, Token
from .resources import RESOURCES, Call
from .sandbox import Sandbox
from .store import Organisation

LARGEST_REQUEST = 3_500_000
LARGEST_FILE = 25_000_000
# What a 401 says of a token: three captures of an expired one; of a wrong one, and of
# one without the scope, xeroizer's stubs and Apex-for-Xero #25
# (xero-truth-2026-11.md, W11 and section 2). The misspelling is that of Xero's FAQ.
TOKEN_EXPIRED = "TokenExpired: token expired at {moment}"
TOKEN_INVALID = "AuthenticationUnsuccessful"
MISSING_SCOPE_DETAIL = "AuthorizationUnsuccessful"
MISSING_SCOPE_HEADER = {"WWW-Authenticate": 'Bearer error="insufficent_scope"'}
# Idempotency keys count on these methods only (xero-api.md §2.4).
KEYED_METHODS = frozenset({"POST", "PUT", "PATCH"})


class Front:
    """One call on its way through the door."""

    def __init__(
        self, sandbox: Sandbox, request: Request, record: dict, fault: Fault | None
    ) -> None:
        self.sandbox = sandbox
        self.request = request
        self.record = record
        self.fault = fault.fault if fault else ""
        self.pause = fault.seconds if fault else 0

    def answer(
        self, endpoint: str, identifier: str = "", part: str = "", part_id: str = ""
    ) -> Response:
        """Answer a call to ``/{endpoint}/{identifier}/{part}/{part_id}``."""
        if endpoint not in RESOURCES:
            raise not_found()
        token = authenticate(self.sandbox, self.request)
        app = self.sandbox.oauth.app_named(token.client_id)
        self.record["client_id"] = app.client_id
        organisation = self.find_organisation(app)
        self.record["tenant"] = organisation.tenant_id
        self.check_scope(token, endpoint, part)
        call = Call(
            self.sandbox,
            organisation,
            app,
            self.request.method,
            self.request.args,
            self.request.headers,
            self.request.get_data(),
            identifier,
            part,
            part_id,
        )
        return self.limited(call, endpoint)

    def find_organisation(self, app: App) -> Organisation:
        """The organisation the header names, if the app is connected to it."""
        tenant_id = self.request.headers.get("xero-tenant-id", "").lower()
        tenant_id = tenant_id or app.tenant_id
        if not self.sandbox.oauth.connection(app.client_id, tenant_id):
            raise problem(403, "Forbidden", "AuthenticationUnsuccessful")
        return self.sandbox.organisations[tenant_id]

    def check_scope(self, token: Token, endpoint: str, part: str) -> None:
        """Refuse a token whose scopes do not cover the call."""
        write = self.request.method != "GET"
        refused = self.sandbox.refused_scopes.find(endpoint, part, write)
        if refused:
            raise missing_scope(refused.status, refused.header)
        if not scopes.allows(token.scopes, endpoint, part, write):
            raise missing_scope(unverified.MISSING_SCOPE_STATUS, header=True)

    def limited(self, call: Call, endpoint: str) -> Response:
        """Count the call, answer it, and tell what is left."""
        limiter, now = self.sandbox.limiter, call.now
        tenant_id = call.organisation.tenant_id
        limiter.enter(call.app.client_id, tenant_id, now)
        try:
            response = self.processed(call, endpoint)
        except ApiError as error:
            response = error.response()
        finally:
            if self.fault == "slow":
                time.sleep(self.pause)
            limiter.leave(tenant_id)
        response.headers.update(limiter.headers(call.app.client_id, tenant_id, now))
        return response

    def processed(self, call: Call, endpoint: str) -> Response:
        """Refuse what must not be processed, else process it, once per key."""
        largest = LARGEST_FILE if call.part == "Attachments" else LARGEST_REQUEST
        if len(call.body) > largest:
            raise ApiError(
                unverified.TOO_LARGE_STATUS, "Request too large", "text/html"
            )
        if call.organisation.role_revoked and call.method != "GET":
            raise problem(403, "Forbidden", unverified.ROLE_DETAIL)
        with call.organisation.lock:
            key = call.headers.get("Idempotency-Key")
            if not key or call.method not in KEYED_METHODS:
                return self.dispatched(call, endpoint)
            return self.once(call, endpoint, key)

    def once(self, call: Call, endpoint: str, key: str) -> Response:
        """Replay the answer kept under the key, or process and keep it."""
        store = self.sandbox.idempotency
        body = hashlib.sha256(call.body).hexdigest()
        tenant_id = call.organisation.tenant_id
        fingerprint = (call.method, self.request.full_path, tenant_id, body)
        kept = store.replay(call.app.client_id, key, fingerprint, call.now)
        if kept:
            self.record["replayed"] = True
            return _copy(kept)
        response = self.dispatched(call, endpoint)
        failed = response.status_code >= 500
        if not failed or unverified.IDEMPOTENCY_KEEPS_SERVER_ERRORS:
            store.keep(call.app.client_id, key, fingerprint, _copy(response), call.now)
        return response

    def dispatched(self, call: Call, endpoint: str) -> Response:
        """Let the endpoint answer; its refusals are answers too."""
        try:
            response = RESOURCES[endpoint](call).handle()
        except ApiError as error:
            response = error.response()
        if call.method != "GET":
            self.sandbox.changed.set()
        if self.fault == "server_error_after":
            return ApiError(500, "An error occurred in Xero", "text/plain").response()
        return response


def missing_scope(status: int, header: bool) -> ApiError:
    """A token without the scope; nobody knows that the header is always there."""
    title = "Forbidden" if status == 403 else "Unauthorized"
    headers = MISSING_SCOPE_HEADER if header else None
    return problem(status, title, MISSING_SCOPE_DETAIL, headers)


def authenticate(sandbox: Sandbox, request: Request) -> Token:
    """Return the access token of the request, or raise 401."""
    scheme, _, value = request.headers.get("Authorization", "").partition(" ")
    token, expired = sandbox.oauth.bearer(value.strip())
    if scheme.lower() != "bearer" or not token:
        raise problem(401, "Unauthorized", TOKEN_INVALID)
    if expired:
        moment = token.expires.strftime("%m/%d/%Y %H:%M:%S")
        detail = TOKEN_EXPIRED.format(moment=moment)
        raise problem(401, "Unauthorized", detail)
    return token


def _copy(response: Response) -> Response:
    copied = Response(response.get_data(), response.status_code)
    copied.headers.clear()
    copied.headers.update(response.headers)
    return copied
