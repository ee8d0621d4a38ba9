"""Tokens: how the command signs in to Xero, and for how long.

A token lives half an hour and cannot be renewed without signing in again: no refresh
token is asked for, so nothing is kept that would open the books later.
"""

import base64
import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode

import requests
from environment.console import Failure, say

from .callback import Callback

CUSTOM_SCOPES = (
    "accounting.contacts",
    "accounting.invoices",
    # Not accounting.settings: one experiment asks whether items need it
    "accounting.settings.read",
    "accounting.attachments",
)
BROWSER_SCOPES = ("openid", *CUSTOM_SCOPES)
LONGEST_CONSENT = timedelta(minutes=6)
SECONDS = len("2026-11-28T20:00:00")  # Xero gives seven decimals more
MARGIN = 300  # seconds before its end at which a token is replaced
TIMEOUT = 60


@dataclass(frozen=True)
class Addresses:
    """Where Xero's services are."""

    authorize: str
    token: str
    connections: str
    api: str


XERO = Addresses(
    "https://login.xero.com/identity/connect/authorize",
    "https://identity.xero.com/connect/token",
    "https://api.xero.com/connections",
    "https://api.xero.com/api.xro/2.0",
)


def local_addresses(root: str) -> Addresses:
    """Where the services of a local Xero are."""
    return Addresses(
        f"{root}/identity/connect/authorize",
        f"{root}/connect/token",
        f"{root}/connections",
        f"{root}/api.xro/2.0",
    )


@dataclass(frozen=True)
class Grant:
    """An access token, what it is good for, and until when (monotonic seconds)."""

    token: str = field(repr=False)
    scopes: frozenset[str]
    until: float


def grant_of(answer: dict, asked: tuple[str, ...]) -> Grant:
    """Read a token endpoint's answer.

    :param asked: the scopes that were asked for, and given where it names none
    """
    scopes = frozenset((answer.get("scope") or " ".join(asked)).split())
    until = time.monotonic() + float(answer["expires_in"])
    return Grant(answer["access_token"], scopes, until)


class Pass(requests.auth.AuthBase):
    """The token of the calls, replaced before it ends."""

    def __init__(self, sign_in: Callable[[], Grant]) -> None:
        self._sign_in = sign_in
        self._grant: Grant | None = None

    def current(self) -> Grant:
        """The token as it is, or a new one when it has nearly ended."""
        if not self._grant or time.monotonic() > self._grant.until - MARGIN:
            self._grant = self._sign_in()
        return self._grant

    def forget(self) -> None:
        """Sign in anew before the next call."""
        self._grant = None

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a call; the token was fetched before the call began."""
        assert self._grant
        request.headers["Authorization"] = f"Bearer {self._grant.token}"
        return request


@dataclass(frozen=True)
class App:
    """An app as registered at Xero."""

    client_id: str
    secret: str = field(repr=False)
    addresses: Addresses

    def _fetch(self, asked: tuple[str, ...], **form: str) -> Grant:
        """Ask for a token.

        :raise Failure: Xero refuses, or does not answer
        """
        try:
            answer = requests.post(
                self.addresses.token,
                form,
                auth=(self.client_id, self.secret),
                timeout=TIMEOUT,
            )
            said = answer.json()
        except (requests.RequestException, ValueError) as error:
            raise Failure(
                f"Xero's sign-in does not answer ({type(error).__name__})."
            ) from error
        if "access_token" not in said:
            raise Failure(f"Xero refuses the sign-in: {said.get('error')}.")
        return grant_of(said, asked)

    def with_credentials(self) -> Grant:
        """Sign in as a custom connection."""
        return self._fetch(
            CUSTOM_SCOPES,
            grant_type="client_credentials",
            scope=" ".join(CUSTOM_SCOPES),
        )

    def in_browser(self, port: int, show: Callable[[str], object]) -> Grant:
        """Let a person consent in the browser, and take what comes back.

        :param show: opens an address for the person
        :raise Failure: they decline, or nothing comes back in time
        """
        state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
        with Callback(port) as callback:
            redirect = {"redirect_uri": callback.address}
            question = {
                "response_type": "code",
                "client_id": self.client_id,
                "scope": " ".join(BROWSER_SCOPES),
                "state": state,
                "code_challenge": _challenge(verifier),
                "code_challenge_method": "S256",
                **redirect,
            }
            address = f"{self.addresses.authorize}?{urlencode(question)}"
            say(f"Allow the access to a Demo Company in the browser:\n  {address}")
            show(address)
            code = callback.wait(state)
        return self._fetch(
            BROWSER_SCOPES,
            grant_type="authorization_code",
            code=code,
            code_verifier=verifier,
            **redirect,
        )


class Connections:
    """The organisations that a person allowed; those that are new are only lent."""

    def __init__(self, address: str, access: Pass) -> None:
        """:raise Failure: Xero does not list them"""
        self._address = address
        self._access = access
        answer = self._call("GET")
        self._moment = parsedate_to_datetime(answer.headers["Date"])
        self._found = [
            each for each in answer.json() if each["tenantType"] == "ORGANISATION"
        ]

    @property
    def tenants(self) -> list[str]:
        """The ids of the organisations."""
        return [each["tenantId"] for each in self._found]

    def end(self) -> None:
        """Disconnect what this sign-in connected.

        :raise Failure: Xero does not do it
        """
        for each in self._found:
            if made_just_now(each, self._moment):
                self._call("DELETE", f"/{each['id']}")

    def _call(self, method: str, path: str = "") -> requests.Response:
        self._access.current()
        try:
            answer = requests.request(
                method, self._address + path, auth=self._access, timeout=TIMEOUT
            )
            answer.raise_for_status()
        except requests.RequestException as error:
            reason = type(error).__name__
            raise Failure(f"Xero's connections do not answer ({reason}).") from error
        return answer


def made_just_now(connection: dict, now: datetime) -> bool:
    """Whether the consent made this connection; any other may be an Odoo's.

    :param now: by Xero's clock, with its time zone, right after the consent
    """
    created = datetime.fromisoformat(connection["createdDateUtc"][:SECONDS])
    age = now - created.replace(tzinfo=timezone.utc)
    untouched = connection["createdDateUtc"] == connection["updatedDateUtc"]
    return untouched and age < LONGEST_CONSENT


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
