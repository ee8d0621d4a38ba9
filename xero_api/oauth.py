"""Signing in to Xero: consent, tokens, connections, sign-off."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from urllib.parse import quote, urlencode

import requests

from . import const, values
from .errors import OAuthRefused, UnreadableAnswer
from .refusals import oauth_refusal, refusal
from .way import Way
from .wire import TRANSPORT_ERRORS, Answer, header_value, transport_error


@dataclass(frozen=True)
class TokenSet:
    """One token answer.

    :ivar refresh_token: None for client credentials and without offline_access
    :ivar expires_at: of the access token, aware, UTC
    :ivar scopes: what was granted, empty when Xero did not say
    """

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_at: datetime
    scopes: tuple[str, ...]


@dataclass(frozen=True)
class TenantConnection:
    """One organisation an access token reaches; ``id`` is what `disconnect` takes."""

    id: str
    tenant_id: str
    tenant_name: str
    tenant_type: str


class OAuthApp:
    """An app registered with Xero: client id and secret.

    All methods but `consent_url` make one HTTP request and raise `XeroError`:
    `GrantInvalid` when only a new consent helps, `OAuthRefused` when the app's
    registration is at fault, `WrongSetting` when this server lets nothing out,
    `OutcomeUnknown` when no answer came. After a lost answer
    to `refresh` Xero takes the previous refresh token for 30 minutes more.
    """

    def __init__(
        self,
        client_id: str,
        client_secret: str,
        identity_url: str = const.IDENTITY_URL,
        login_url: str = const.LOGIN_URL,
    ):
        self._client_id = client_id.strip()
        self._client_secret = client_secret.strip()
        self._identity_url = identity_url.rstrip("/")
        self._login_url = login_url.rstrip("/")

    def consent_url(
        self, redirect_uri: str, state: str, scopes: Iterable[str] = const.SCOPES
    ) -> str:
        """Where to send the browser: top level, Xero refuses frames and pop-ups.

        :param redirect_uri: exactly as registered with the app
        :param state: comes back unchanged and must be checked
        """
        query = {
            "response_type": "code",
            "client_id": self._client_id,
            "redirect_uri": redirect_uri,
            "scope": " ".join(scopes),
            "state": state,
        }
        address = self._login_url + const.AUTHORIZE_PATH
        return f"{address}?{urlencode(query, quote_via=quote)}"

    def exchange_code(self, code: str, redirect_uri: str) -> TokenSet:
        """Turn the code of the redirect into tokens; it works once, for 5 minutes."""
        return self._token(
            {
                "grant_type": "authorization_code",
                "code": code,
                "redirect_uri": redirect_uri,
            },
            secret=code,
        )

    def refresh(self, refresh_token: str) -> TokenSet:
        """Get new tokens; the refresh token is spent and a new one comes with them."""
        return self._token(
            {"grant_type": "refresh_token", "refresh_token": refresh_token},
            secret=refresh_token,
        )

    def client_credentials(
        self, scopes: Iterable[str] = const.SCOPES_CLIENT_CREDENTIALS
    ) -> TokenSet:
        """Get an access token of a custom connection; it has no refresh token."""
        return self._token(
            {"grant_type": "client_credentials", "scope": " ".join(scopes)}
        )

    def revoke(self, refresh_token: str) -> None:
        """Withdraw the whole consent: every organisation of this user and app.

        Disconnect first, see `disconnect`: afterwards no token is left for it.
        """
        self._post(const.REVOKE_PATH, {"token": refresh_token}, secret=refresh_token)

    def _token(self, form: dict[str, str], secret: str = "") -> TokenSet:
        asked_at = datetime.now(timezone.utc)
        data = self._post(const.TOKEN_PATH, form, secret).json_object()
        return _token_set(data, asked_at, form.get("refresh_token"))

    def _post(self, path: str, form: dict[str, str], secret: str) -> Answer:
        if not (self._client_id + self._client_secret).isascii():
            raise OAuthRefused(
                "The client id or secret has characters Xero never issues.",
                code="invalid_client",
            )
        answer = _request(
            "POST",
            self._identity_url + path,
            auth=requests.auth.HTTPBasicAuth(self._client_id, self._client_secret),
            form=form,
        )
        if answer.status != 200:
            raise oauth_refusal(answer, secrets=(secret, self._client_secret))
        return answer


def connections(
    access_token: str, api_url: str = const.API_URL
) -> list[TenantConnection]:
    """The organisations this token reaches, from this consent and from earlier ones.

    A person must choose: the first is not the right one by being first. Practices
    and other kinds of tenants are left out.
    """
    url = api_url.rstrip("/") + const.CONNECTIONS_PATH
    answer = _request("GET", url, auth=_Bearer(access_token))
    if answer.status != 200:
        raise refusal(answer, write=False, secrets=(access_token,))
    try:
        data = answer.json()
    except ValueError:
        data = None
    if not isinstance(data, list):
        raise UnreadableAnswer("Xero's answer could not be read.", status=200)
    found = values.each(data, _connection)
    return [one for one in found if one.tenant_type.upper() == "ORGANISATION"]


def disconnect(
    access_token: str, connection_id: str, api_url: str = const.API_URL
) -> None:
    """Remove one organisation from the app; tokens stay valid for the others.

    One that is already gone (404) is fine.

    :param connection_id: ``TenantConnection.id``, not the tenant's
    """
    path = f"{const.CONNECTIONS_PATH}/{quote(connection_id, safe='')}"
    answer = _request("DELETE", api_url.rstrip("/") + path, auth=_Bearer(access_token))
    if answer.status not in (200, 204, 404):
        raise refusal(answer, write=True, secrets=(access_token,))


def missing_scopes(granted: Iterable[str]) -> list[str]:
    """The permissions of the API that the addon needs and `granted` lacks.

    A scope includes its ``.read`` twin.
    """
    have = set(granted)
    return [
        scope
        for scope in const.SCOPES_CLIENT_CREDENTIALS
        if scope not in have and scope.removesuffix(".read") not in have
    ]


class _Bearer(requests.auth.AuthBase):
    """The access token in its header."""

    def __init__(self, access_token: str):
        self._access_token = header_value(access_token, "the access token")

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._access_token}"
        return request


def _request(
    method: str,
    url: str,
    auth: requests.auth.AuthBase,
    form: dict[str, str] | None = None,
) -> Answer:
    """One HTTP request: no redirect, no repeat, bounded in time and size."""
    with closing(Way(url)) as way:
        try:
            return way.send(
                method,
                url,
                body=form,
                auth=auth,
                headers={"Accept": "application/json"},
                timeout=const.TOKEN_TIMEOUT,
            )
        except TRANSPORT_ERRORS as error:
            raise transport_error(error, write=method != "GET") from None


def _token_set(
    data: values.Json, asked_at: datetime, spent_refresh_token: str | None
) -> TokenSet:
    """Read a token answer; the lifetime counts from the asking, to be on the safe side.

    :raise UnreadableAnswer: without a usable bearer token
    """
    access_token = values.text(data, "access_token")
    bearer = values.text(data, "token_type").lower() == "bearer"
    try:
        header_value(access_token, "the access token")
    except ValueError:
        bearer = False
    if not bearer:
        raise UnreadableAnswer("Xero's token answer could not be read.")
    seconds = values.whole(data, "expires_in")
    if seconds <= 0:
        seconds = const.ACCESS_TOKEN_SECONDS
    return TokenSet(
        access_token=access_token,
        refresh_token=values.text(data, "refresh_token") or spent_refresh_token,
        expires_at=asked_at + timedelta(seconds=min(seconds, const.MAX_TOKEN_SECONDS)),
        scopes=tuple(values.text(data, "scope").split()),
    )


def _connection(data: values.Json) -> TenantConnection | None:
    connection_id, tenant_id = values.guid(data, "id"), values.guid(data, "tenantId")
    if connection_id is None or tenant_id is None:
        return None
    return TenantConnection(
        id=connection_id,
        tenant_id=tenant_id,
        tenant_name=values.text(data, "tenantName"),
        tenant_type=values.text(data, "tenantType"),
    )
