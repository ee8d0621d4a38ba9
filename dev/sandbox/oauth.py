"""Xero's identity service: apps, consent, tokens, connections (rules, no HTTP)."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import uuid
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from threading import RLock
from urllib.parse import urlencode

from . import unverified
from .clock import Clock
from .scopes import unknown_scopes
from .store import Organisation

CODE_LIFE = timedelta(minutes=5)
ACCESS_LIFE = timedelta(minutes=30)
REFRESH_LIFE = timedelta(days=60)
ROTATION_GRACE = timedelta(minutes=30)
USER_ID = "c0000000-0000-4000-8000-00000000000c"

# Xero wants exactly registered addresses and refuses 127.0.0.1 even for development.
# The preset app takes both local names and any port, so that every test server can
# use it; everything else must match as in Xero.
LOCAL_REDIRECT = re.compile(
    r"http://(localhost|127\.0\.0\.1)(:\d+)?/xero_sync/oauth/callback"
)


@dataclass(frozen=True)
class App:
    """An app as registered in Xero's developer portal."""

    client_id: str
    secret: str
    name: str
    tenant_id: str = ""  # set: a custom connection, bound to this organisation

    @property
    def is_custom(self) -> bool:
        return bool(self.tenant_id)


@dataclass
class Token:
    """An access or refresh token, or an authorisation code."""

    value: str
    client_id: str
    scopes: list[str]
    event_id: str
    expires: datetime
    replaced: datetime | None = None
    details: dict = field(default_factory=dict)


class OAuthError(Exception):
    """A refusal in OAuth's own form."""

    def __init__(self, error: str, description: str = "", redirect: str = "") -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description
        self.redirect = redirect


class OAuth:
    """What the identity service knows. One demo user consents for everything."""

    def __init__(
        self, clock: Clock, apps: list[App], organisations: dict[str, Organisation]
    ) -> None:
        self.clock = clock
        self.apps = {app.client_id: app for app in apps}
        self.organisations = organisations
        self.lock = RLock()
        self.pending: dict[str, dict] = {}
        self.codes: dict[str, Token] = {}
        self.access: dict[str, Token] = {}
        self.refresh_tokens: dict[str, Token] = {}
        self.connections: dict[str, dict] = {}
        for app in apps:
            if app.is_custom:
                self._connect(app, app.tenant_id, str(uuid.uuid4()))

    # --- apps -----------------------------------------------------------------

    def app_named(self, client_id: str) -> App:
        """Return the app, or raise ``unauthorized_client``."""
        app = self.apps.get(client_id)
        if not app:
            raise OAuthError("unauthorized_client", "Unknown client or not enabled")
        return app

    def authenticate(self, client_id: str, secret: str) -> App:
        """Return the app whose credentials these are, or raise ``invalid_client``."""
        app = self.apps.get(client_id)
        if not app or not hmac.compare_digest(app.secret, secret):
            raise OAuthError("invalid_client")
        return app

    # --- consent --------------------------------------------------------------

    def begin(self, params: dict[str, str]) -> str:
        """Check an authorisation request and keep it; return its handle.

        Raises OAuthError with ``redirect`` when the refusal may be sent back.
        """
        app = self.app_named(params.get("client_id", ""))
        redirect_uri = params.get("redirect_uri", "")
        if app.is_custom:
            raise OAuthError("unauthorized_client", "Not a web app")
        if not LOCAL_REDIRECT.fullmatch(redirect_uri):
            raise OAuthError("unauthorized_client", "Invalid redirect_uri")
        if params.get("response_type") != "code":
            raise OAuthError("unsupported_response_type")
        self._check_consent_scopes(params)
        if params.get("code_challenge_method", "S256") != "S256":
            raise self._refusal(params, "invalid_request", "Only S256 is supported")
        handle = secrets.token_urlsafe(16)
        with self.lock:
            self.pending[handle] = params
        return handle

    def _check_consent_scopes(self, params: dict[str, str]) -> None:
        scopes = params.get("scope", "").split()
        if "app.connections" in scopes:
            raise self._refusal(params, "access_denied", "app.connections")
        if not scopes or unknown_scopes(scopes):
            raise self._refusal(params, "invalid_scope", unverified.INVALID_SCOPE_TEXT)

    def _refusal(self, params: dict, error: str, description: str) -> OAuthError:
        redirect = answer_url(params, error=error, error_description=description)
        return OAuthError(error, description, redirect)

    def pending_request(self, handle: str) -> dict[str, str]:
        """Return a kept request, or raise when it is unknown or answered."""
        with self.lock:
            params = self.pending.get(handle)
        if params is None:
            raise OAuthError("invalid_request", "This request has been answered")
        return params

    def cancel(self, handle: str) -> str:
        """The person said no; return where the browser goes."""
        params = self.pending_request(handle)
        with self.lock:
            del self.pending[handle]
        return answer_url(
            params, error="access_denied", error_description="TenantConsent_Denied"
        )

    def allow(self, handle: str, tenants: list[str]) -> str:
        """The person connected ``tenants``; return where the browser goes."""
        params = self.pending_request(handle)
        app = self.app_named(params["client_id"])
        event_id = str(uuid.uuid4())
        with self.lock:
            del self.pending[handle]
            for tenant_id in tenants:
                self._connect(app, tenant_id, event_id)
            code = self._token(app, params["scope"].split(), event_id, CODE_LIFE)
            code.details = {
                "redirect_uri": params["redirect_uri"],
                "code_challenge": params.get("code_challenge", ""),
            }
            self.codes[code.value] = code
        return answer_url(params, code=code.value, scope=params["scope"])

    # --- tokens ---------------------------------------------------------------

    def exchange_code(self, app: App, form: dict[str, str]) -> dict:
        """Trade an authorisation code for a token set; a code works once."""
        with self.lock:
            code = self.codes.pop(form.get("code", ""), None)
            if not code or code.client_id != app.client_id or self._expired(code):
                raise OAuthError("invalid_grant")
            if form.get("redirect_uri") != code.details["redirect_uri"]:
                raise OAuthError("invalid_grant")
            challenge = code.details["code_challenge"]
            if challenge and challenge != _s256(form.get("code_verifier", "")):
                raise OAuthError("invalid_grant")
            return self._token_set(app, code.scopes, code.event_id)

    def refresh(self, app: App, form: dict[str, str]) -> dict:
        """Rotate a refresh token; the one it replaces works 30 minutes longer.

        https://developer.xero.com/faq/oauth2
        """
        with self.lock:
            old = self.refresh_tokens.get(form.get("refresh_token", ""))
            if not old or old.client_id != app.client_id or self._expired(old):
                raise OAuthError("invalid_grant")
            now = self.clock.now()
            if old.replaced and now > old.replaced + ROTATION_GRACE:
                raise OAuthError("invalid_grant")
            old.replaced = old.replaced or now
            return self._token_set(app, old.scopes, old.event_id)

    def client_credentials(self, app: App, form: dict[str, str]) -> dict:
        """A token for a custom connection; there is no refresh token."""
        if not app.is_custom:
            raise OAuthError("unauthorized_client")
        scopes = form.get("scope", "").split()
        if unknown_scopes(scopes) or "offline_access" in scopes:
            raise OAuthError("invalid_scope")
        scopes = scopes or [
            "accounting.contacts",
            "accounting.invoices",
            "accounting.settings",
            "accounting.payments",
            "accounting.attachments",
        ]
        with self.lock:
            return self._token_set(app, scopes, str(uuid.uuid4()))

    def revoke(self, app: App, token: str) -> None:
        """Forget the refresh token and every connection of its user to the app."""
        with self.lock:
            known = self.refresh_tokens.get(token)
            if not known or known.client_id != app.client_id:
                return
            for tokens in (self.access, self.refresh_tokens):
                for value, each in list(tokens.items()):
                    if each.client_id == app.client_id:
                        del tokens[value]
            for connection in self.connections_of(app.client_id):
                del self.connections[connection["id"]]

    def grant(self, client_id: str, scopes: list[str], tenants: list[str]) -> dict:
        """Consent and code exchange in one step, for tests."""
        app = self.app_named(client_id)
        if unknown_scopes(scopes):
            raise OAuthError("invalid_scope", unverified.INVALID_SCOPE_TEXT)
        event_id = str(uuid.uuid4())
        with self.lock:
            for tenant_id in tenants:
                self._connect(app, tenant_id, event_id)
            return self._token_set(app, scopes, event_id)

    def bearer(self, value: str) -> tuple[Token | None, bool]:
        """Return (token, whether it has expired); None if it never existed."""
        with self.lock:
            token = self.access.get(value)
        return token, bool(token and self._expired(token))

    def expire(self, value: str) -> None:
        """Let an access token expire now."""
        with self.lock:
            if value in self.access:
                self.access[value].expires = self.clock.now() - timedelta(seconds=1)

    def _expired(self, token: Token) -> bool:
        return self.clock.now() >= token.expires

    def _token(
        self, app: App, scopes: list[str], event_id: str, life: timedelta
    ) -> Token:
        value = secrets.token_urlsafe(32)
        expires = self.clock.now() + life
        return Token(value, app.client_id, scopes, event_id, expires)

    def _token_set(self, app: App, scopes: list[str], event_id: str) -> dict:
        self._forget_expired()
        access = self._token(app, scopes, event_id, ACCESS_LIFE)
        access.value = self._jwt(access)
        self.access[access.value] = access
        answer = {
            "access_token": access.value,
            "expires_in": int(ACCESS_LIFE.total_seconds()),
            "token_type": "Bearer",
            "scope": " ".join(scopes),
        }
        if "openid" in scopes:
            answer["id_token"] = self._jwt(access)
        if "offline_access" in scopes and not app.is_custom:
            refresh = self._token(app, scopes, event_id, REFRESH_LIFE)
            self.refresh_tokens[refresh.value] = refresh
            answer["refresh_token"] = refresh.value
        return answer

    def _forget_expired(self) -> None:
        # Kept a day, so that an expired token is told from an unknown one.
        limit = self.clock.now() - timedelta(days=1)
        for value, token in list(self.access.items()):
            if token.expires < limit:
                del self.access[value]

    def _jwt(self, token: Token) -> str:
        claims = {
            "iss": "https://identity.xero.com",
            "client_id": token.client_id,
            "exp": int(token.expires.timestamp()),
            "xero_userid": USER_ID,
            "authentication_event_id": token.event_id,
            "scope": token.scopes,
            "jti": secrets.token_hex(16),
        }
        parts = [_base64(json.dumps(each).encode()) for each in (_HEADER, claims)]
        return ".".join([*parts, _base64(secrets.token_bytes(32))])

    # --- connections ----------------------------------------------------------

    def _connect(self, app: App, tenant_id: str, event_id: str) -> None:
        now = self.clock.now().replace(tzinfo=None).isoformat()
        connection = self.connection(app.client_id, tenant_id)
        if connection:
            connection.update(authEventId=event_id, updatedDateUtc=now)
            return
        identifier = str(uuid.uuid4())
        self.connections[identifier] = {
            "id": identifier,
            "authEventId": event_id,
            "tenantId": tenant_id,
            "tenantType": "ORGANISATION",
            "tenantName": self.organisations[tenant_id].name,
            "createdDateUtc": now,
            "updatedDateUtc": now,
            "_client_id": app.client_id,
        }

    def connection(self, client_id: str, tenant_id: str) -> dict | None:
        """The connection of an app to an organisation, or None."""
        for each in self.connections.values():
            if each["_client_id"] == client_id and each["tenantId"] == tenant_id:
                return each
        return None

    def connections_of(self, client_id: str, event_id: str = "") -> list[dict]:
        """An app's connections, optionally of one consent only."""
        with self.lock:
            return [
                {key: value for key, value in each.items() if key[0] != "_"}
                for each in self.connections.values()
                if each["_client_id"] == client_id
                and event_id in ("", each["authEventId"])
            ]

    def delete_connection(self, client_id: str, identifier: str) -> bool:
        """Disconnect by connection id (not tenant id); tokens stay alive."""
        with self.lock:
            connection = self.connections.get(identifier)
            if not connection or connection["_client_id"] != client_id:
                return False
            del self.connections[identifier]
            return True

    def disconnect(self, tenant_id: str) -> int:
        """A person disconnects every app from an organisation; return how many."""
        with self.lock:
            gone = [
                key
                for key, each in self.connections.items()
                if each["tenantId"] == tenant_id
            ]
            for key in gone:
                del self.connections[key]
        return len(gone)

    # --- state ----------------------------------------------------------------

    def dump(self) -> dict:
        """Tokens and connections as plain values."""
        return {
            "access": [asdict(each) for each in self.access.values()],
            "refresh": [asdict(each) for each in self.refresh_tokens.values()],
            "connections": self.connections,
        }

    def load(self, dumped: dict) -> None:
        """Take over what :meth:`dump` gave."""
        self.access = {each["value"]: Token(**each) for each in dumped["access"]}
        self.refresh_tokens = {
            each["value"]: Token(**each) for each in dumped["refresh"]
        }
        self.connections = dumped["connections"]


_HEADER = {"alg": "RS256", "typ": "JWT"}


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _s256(verifier: str) -> str:
    return _base64(hashlib.sha256(verifier.encode()).digest())


def answer_url(params: dict[str, str], **values: str) -> str:
    """The redirect address with ``values`` and the unchanged state."""
    if "state" in params:
        values["state"] = params["state"]
    return f"{params['redirect_uri']}?{urlencode(values)}"
