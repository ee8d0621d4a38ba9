"""Idempotency keys: kept six minutes, errors included, one request each.

https://developer.xero.com/documentation/guides/idempotent-requests/idempotency
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from werkzeug.wrappers import Response

from . import unverified
from .errors import bad_request

LIFE = timedelta(minutes=6)
LONGEST_KEY = 128


@dataclass
class Kept:
    """The first request under a key, and its answer."""

    since: datetime
    fingerprint: tuple
    response: Response


class IdempotencyStore:
    """Remembers answers by app and key."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._kept: dict[tuple[str, str], Kept] = {}

    def replay(
        self, client_id: str, key: str, fingerprint: tuple, now: datetime
    ) -> Response | None:
        """Return the kept answer, None for a new key; raise 400 for a misused one."""
        if len(key) > LONGEST_KEY:
            raise bad_request(
                *unverified.IDEMPOTENCY_ERROR, unverified.IDEMPOTENCY_KEY_LENGTH_TEXT
            )
        with self._lock:
            kept = self._kept.get((client_id, key))
            if not kept or now >= kept.since + LIFE:
                return None
            if kept.fingerprint != fingerprint:
                message = f"Idempotency Key: {key} is used with a different request."
                raise bad_request(*unverified.IDEMPOTENCY_ERROR, message)
            return kept.response

    def keep(
        self,
        client_id: str,
        key: str,
        fingerprint: tuple,
        response: Response,
        now: datetime,
    ) -> None:
        """Remember the answer to the first request under ``key``."""
        with self._lock:
            for old, kept in list(self._kept.items()):
                if now >= kept.since + LIFE:
                    del self._kept[old]
            self._kept[client_id, key] = Kept(now, fingerprint, response)
