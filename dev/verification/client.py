"""Calls to Xero, one after another, and what came back, raw."""

import json
import signal
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import requests
from environment.console import Failure, say

from .access import Pass

TIMEOUT = (10, 180)  # seconds to connect, and to answer (a file of 11 MB goes out)
ATTEMPTS = 3
LONGEST_PAUSE = 120  # seconds: longer ones are the day's limit
# With these a 401 or 403 speaks of the token or the connection, not of the call
SIGNED_OUT = ("AuthenticationUnsuccessful", "Token")
WRITES = frozenset({"PUT", "POST"})
POLITE_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


@dataclass(frozen=True)
class Exchange:
    """One call and its answer."""

    method: str
    path: str  # below the API's root
    query: Mapping[str, str]
    sent: Any  # what went out as JSON; None for files
    status: int
    headers: Mapping[str, str]
    content: bytes
    endpoint: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "endpoint", self.path.strip("/").split("/")[0])

    @property
    def body(self) -> Any:
        """The answer's JSON, None where it is none."""
        try:
            return json.loads(self.content)
        except ValueError:
            return None

    def elements(self, name: str = "") -> list[dict]:
        """The objects of the answer, under the endpoint's or another name."""
        body = self.body
        found = body.get(name or self.endpoint) if isinstance(body, dict) else None
        return found if isinstance(found, list) else []


Listener = Callable[[Exchange], None]


class Client:
    """One organisation's API."""

    def __init__(
        self, api: str, access: Pass, tenant: str = "", pace: float = 0
    ) -> None:
        """:param tenant: empty for a custom connection, which has only one
        :param pace: seconds from the start of one call to that of the next
        """
        self.access = access
        self.calls = 0
        self.listeners: list[Listener] = []
        self._api = api
        self._pace = pace
        self._next = 0.0
        self._session = requests.Session()
        self._session.auth = access
        self._session.headers["Accept"] = "application/json"
        if tenant:
            self._session.headers["xero-tenant-id"] = tenant

    def call(
        self,
        method: str,
        path: str,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Exchange:
        """Make a call; a lost answer is asked for again under the same key.

        An interruption waits for the answer, so that nothing which was made in Xero
        is unknown to us.

        :param body: bytes go out as they are, everything else as JSON
        :raise Failure: Xero cannot be reached, ended the access, or takes no more
            calls today
        """
        request = self._request(method, path, body, query or {}, headers or {})
        for _attempt in range(ATTEMPTS):
            self._wait_for_turn()
            with uncut():
                answer = self._send(request)
                if answer is not None and answer.status_code not in (429, 503):
                    return self._told(request, answer)
            if answer is not None:
                self._pause(answer)
        raise Failure("Xero does not answer. Run the command again: it goes on there.")

    def _request(
        self, method: str, path: str, body: Any, query: Mapping, headers: Mapping
    ) -> requests.Request:
        sent = dict(headers)
        if method in WRITES:
            sent.setdefault("Idempotency-Key", str(uuid.uuid4()))
        content = {"data" if isinstance(body, bytes) else "json": body}
        return requests.Request(
            method, self._api + path, params=query, headers=sent, **content
        )

    def _wait_for_turn(self) -> None:
        self.access.current()
        time.sleep(max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + self._pace

    def _send(self, request: requests.Request) -> requests.Response | None:
        self.calls += 1
        prepared = self._session.prepare_request(request)
        settings = self._session.merge_environment_settings(
            prepared.url, {}, None, None, None
        )
        try:
            return self._session.send(
                prepared, timeout=TIMEOUT, allow_redirects=False, **settings
            )
        except (requests.ConnectionError, requests.Timeout):
            return None

    def _told(self, request: requests.Request, answer: requests.Response) -> Exchange:
        exchange = Exchange(
            request.method,
            request.url.removeprefix(self._api),
            dict(request.params),
            request.json or None,
            answer.status_code,
            answer.headers,
            answer.content,
        )
        body = exchange.body if exchange.status in (401, 403) else None
        if isinstance(body, dict) and str(body.get("Detail")).startswith(SIGNED_OUT):
            raise Failure(f"Xero does not accept the sign-in: {body['Detail']}.")
        for listener in self.listeners:
            listener(exchange)
        return exchange

    def _pause(self, answer: requests.Response) -> None:
        seconds = float(answer.headers.get("Retry-After") or 5)
        if seconds > LONGEST_PAUSE:
            raise Failure(
                "Xero takes no more calls today. Run the command again tomorrow: "
                "it goes on where it stopped."
            )
        say(f"  Xero asks for a pause of {seconds:.0f} s …")
        time.sleep(seconds)


@contextmanager
def uncut() -> Iterator[None]:
    """Keep the polite signals waiting meanwhile."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, POLITE_SIGNALS)
    try:
        yield
    finally:
        # Ctrl-C reaches us and the command that started us, which then stops us too:
        # Python complains of the second signal, and one is enough
        for extra in sorted(signal.sigpending() & POLITE_SIGNALS)[1:]:
            signal.sigwait({extra})
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
