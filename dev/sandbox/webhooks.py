"""Webhooks as Xero sends them: signed batches of events, retried (xero-api.md §5)."""

import base64
import hashlib
import hmac
import http.client
import json
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from string import ascii_uppercase
from threading import Condition, RLock, Thread
from urllib.parse import urlsplit

from . import unverified
from .clock import Clock
from .faults import API_ROOT

SIGNATURE = "x-xero-signature"
CATEGORIES = {"Invoices": "INVOICE", "CreditNotes": "CREDITNOTE", "Contacts": "CONTACT"}
# A failed delivery goes again at once, then every 15 minutes for a day; then no more
RETRY_EVERY = timedelta(minutes=15)
RETRY_FOR = timedelta(hours=24)
ANSWER_SECONDS = 5
REQUIRED = "Intent to receive required"
READY = "OK"
DISABLED = "Disabled: a delivery failed for 24 hours"
KEPT = 500  # deliveries


@dataclass
class Webhook:
    """What an app's page of Xero's developer portal knows; the key is Xero's."""

    client_id: str
    url: str
    key: str
    status: str = REQUIRED
    sequence: int = 0


@dataclass
class Delivery:
    """One batch on its way, with the answers to each attempt."""

    webhook: Webhook
    body: bytes
    count: int
    first: datetime
    due: datetime | None
    attempts: list[dict] = field(default_factory=list)
    outcome: str = "waiting"


class Webhooks:
    """The webhooks of all apps, what waits for them, and what was delivered."""

    def __init__(self, clock: Clock, is_connected: Callable[[str, str], bool]) -> None:
        """``is_connected`` tells whether an app (client id) reaches a tenant."""
        self.clock = clock
        self.is_connected = is_connected
        self.lock = RLock()
        self.hooks: dict[str, Webhook] = {}
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT)
        self._events: dict[str, list[dict]] = {}
        self._woken = Condition(self.lock)
        self._sending = RLock()
        self._ended = False
        self._thread: Thread | None = None

    # --- the developer portal -----------------------------------------------------

    def register(
        self, client_id: str, url: str, key: str = "", by_itself: bool = True
    ) -> Webhook:
        """Enter the address for an app's events; it is not validated yet.

        Not ``by_itself``: events go when :meth:`deliver` is called, in step with tests.
        """
        with self.lock:
            hook = Webhook(client_id, url, key or new_key())
            self.hooks[client_id] = hook
            self._events[client_id] = []
            if by_itself and not self._thread:
                self._thread = Thread(target=self._run, daemon=True)
                self._thread.start()
            return hook

    def validate(self, client_id: str) -> str:
        """Send the *intent to receive*: rightly and wrongly signed posts.

        Return the webhook's status: OK once the first are answered with 200 and the
        others with 401.
        """
        hook = self.hooks[client_id]
        for key, wanted in [(hook.key, 200), (new_key(), 401)] * 2:
            body = self._envelope(hook, [])
            attempt = self._attempt(hook, body, key, wanted)
            if attempt["problem"]:
                hook.status = f"{REQUIRED}: {attempt['problem']}"
                return hook.status
        hook.status = READY
        return hook.status

    # --- events -------------------------------------------------------------------

    def announce(self, tenant_id: str, endpoint: str, stored: dict, kind: str) -> None:
        """An object changed: note an event for each app that is told.

        ``kind`` is CREATE or UPDATE.
        """
        with self.lock:
            for hook in self.hooks.values():
                is_told = hook.status == READY and endpoint in CATEGORIES
                if is_told and self.is_connected(hook.client_id, tenant_id):
                    event = self._event(tenant_id, endpoint, stored, kind)
                    self._events[hook.client_id].append(event)
                    self._woken.notify()

    def _event(self, tenant_id: str, endpoint: str, stored: dict, kind: str) -> dict:
        identifier = stored[f"{endpoint[:-1]}ID"]
        event = {
            "resourceUrl": f"https://api.xero.com{API_ROOT}/{endpoint}/{identifier}",
            "resourceId": identifier,
            "eventDateUtc": self.clock.now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3],
            "eventType": kind,
            "eventCategory": CATEGORIES[endpoint],
            "tenantId": tenant_id,
            "tenantType": "ORGANISATION",
        }
        if endpoint == "CreditNotes":
            event["data"] = {"Type": stored["Type"], "Status": stored["Status"]}
        return event

    def _envelope(self, hook: Webhook, events: list[dict]) -> bytes:
        first = hook.sequence + 1 if events else 0
        hook.sequence += len(events)
        body = {
            "events": events,
            "firstEventSequence": first,
            "lastEventSequence": hook.sequence if events else 0,
            "entropy": "".join(secrets.choice(ascii_uppercase) for _ in range(20)),
        }
        return json.dumps(body, separators=(",", ":")).encode()

    # --- delivering ---------------------------------------------------------------

    def deliver(self) -> int:
        """Send what is due now; return how many attempts were made."""
        with self._sending:
            self._pack()
            now = self.clock.now()
            due = [each for each in self.deliveries if each.due and each.due <= now]
            return sum(map(self._send, due))

    def _pack(self) -> None:
        """Make deliveries of the events that wait, so many to each."""
        with self.lock:
            for client_id, events in self._events.items():
                hook, most = self.hooks[client_id], unverified.WEBHOOK_EVENTS
                for start in range(0, len(events), most):
                    batch = events[start : start + most]
                    now = self.clock.now()
                    body = self._envelope(hook, batch)
                    self.deliveries.append(Delivery(hook, body, len(batch), now, now))
                events.clear()

    def _send(self, delivery: Delivery) -> int:
        hook, before = delivery.webhook, len(delivery.attempts)
        for _again_at_once in range(1 if before else 2):
            attempt = self._attempt(hook, delivery.body, hook.key, 200)
            delivery.attempts.append(attempt)
            if not attempt["problem"]:
                break
        now = self.clock.now()
        if not attempt["problem"]:
            delivery.due, delivery.outcome = None, "delivered"
        elif now - delivery.first >= RETRY_FOR:
            delivery.due, delivery.outcome = None, "given up"
            hook.status = DISABLED
        else:
            delivery.due = now + RETRY_EVERY
        return len(delivery.attempts) - before

    def _attempt(self, hook: Webhook, body: bytes, key: str, wanted: int) -> dict:
        """Post a body; what came back, and what Xero would not accept of it."""
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            SIGNATURE: signature(key, body),
        }
        start = time.monotonic()
        try:
            status, problem = _post(hook.url, body, headers, wanted)
        except (OSError, http.client.HTTPException) as error:
            status, problem = None, f"no answer ({type(error).__name__})"
        return {
            "time": self.clock.now().isoformat(),
            "status": status,
            "seconds": round(time.monotonic() - start, 3),
            "problem": problem,
        }

    def _run(self) -> None:
        while not self._ended:
            self.deliver()
            with self._woken:
                waiting = any(each.due for each in self.deliveries)
                if not any(self._events.values()) and not self._ended:
                    # The clock may be moved meanwhile: look again now and then
                    self._woken.wait(0.2 if waiting else None)
            time.sleep(unverified.WEBHOOK_PAUSE)

    def close(self) -> None:
        """Deliver nothing more."""
        with self._woken:
            self._ended = True
            self._woken.notify()

    # --- what is kept -------------------------------------------------------------

    def listed(self) -> dict:
        """The webhooks without their keys, and the deliveries, oldest first."""
        with self.lock:
            hooks = [asdict(hook) for hook in self.hooks.values()]
            for hook in hooks:
                del hook["key"]
            deliveries = [
                {
                    "client_id": each.webhook.client_id,
                    "body": json.loads(each.body),
                    "count": each.count,
                    "attempts": [dict(attempt) for attempt in each.attempts],
                    "outcome": each.outcome,
                }
                for each in self.deliveries
            ]
        return {"webhooks": hooks, "deliveries": deliveries}

    def dump(self) -> list[dict]:
        """The webhooks, as plain values; what was on its way is not kept."""
        with self.lock:
            return [asdict(hook) for hook in self.hooks.values()]

    def load(self, dumped: list[dict]) -> None:
        """Take over what :meth:`dump` gave."""
        for values in dumped:
            hook = self.register(values["client_id"], values["url"], values["key"])
            hook.status, hook.sequence = values["status"], values["sequence"]


def new_key() -> str:
    """A key as Xero makes one for a webhook."""
    return base64.b64encode(secrets.token_bytes(64)).decode()


def signature(key: str, body: bytes) -> str:
    """What Xero puts into the header: HMAC-SHA256 of the raw body in base64."""
    return base64.b64encode(
        hmac.new(key.encode(), body, hashlib.sha256).digest()
    ).decode()


def _post(url: str, body: bytes, headers: dict, wanted: int) -> tuple[int, str]:
    """Post without following redirects; return (status, what is wrong or "")."""
    address = urlsplit(url)
    kinds = {"http": http.client.HTTPConnection, "https": http.client.HTTPSConnection}
    connection = kinds[address.scheme](address.netloc, timeout=ANSWER_SECONDS)
    try:
        path = address.path + (f"?{address.query}" if address.query else "")
        connection.request("POST", path or "/", body, headers)
        answer = connection.getresponse()
        content = answer.read()
    finally:
        connection.close()
    if answer.status != wanted:
        return answer.status, f"answered {answer.status} instead of {wanted}"
    if answer.headers.get("Set-Cookie"):
        return answer.status, "the answer sets a cookie"
    if content:
        return answer.status, "the answer has a body"
    return answer.status, ""
