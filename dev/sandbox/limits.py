"""Rate limits: fixed windows per organisation, and one per app.

https://developer.xero.com/documentation/guides/oauth2/limits
"""

import math
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from . import unverified
from .errors import ApiError

MINUTE = 60
DAY = 86_400


@dataclass
class Limits:
    """How many calls are allowed; ``enabled`` switches the refusals, not counting."""

    enabled: bool = True
    minute: int = 60
    day: int = 1_000
    concurrent: int = 5
    app_minute: int = 10_000


class Limiter:
    """Counts calls and refuses those beyond the limits."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = Lock()
        self._windows: dict[tuple, tuple[int, int]] = {}
        self._running: Counter = Counter()

    def enter(self, client_id: str, tenant_id: str, now: datetime) -> None:
        """Count a call, or raise 429; every success needs one :meth:`leave`."""
        with self._lock:
            try:
                if self.limits.enabled:
                    self._refuse_if_over(client_id, tenant_id, now)
            except ApiError:
                if unverified.REFUSED_CALLS_COUNT:
                    self._count(client_id, tenant_id, now)
                raise
            self._running[tenant_id] += 1
            self._count(client_id, tenant_id, now)

    def _count(self, client_id: str, tenant_id: str, now: datetime) -> None:
        for key, length, _limit in self._budgets(client_id, tenant_id):
            number, used = self._window(key, length, now)
            self._windows[key] = (number, used + 1)

    def leave(self, tenant_id: str) -> None:
        """A counted call has ended."""
        with self._lock:
            self._running[tenant_id] -= 1

    def counted(self) -> dict[tuple, tuple[int, int]]:
        """What is used of each window."""
        with self._lock:
            return dict(self._windows)

    def take_over(self, counted: dict[tuple, tuple[int, int]]) -> None:
        """Go on from what :meth:`counted` gave."""
        with self._lock:
            self._windows = dict(counted)

    def headers(self, client_id: str, tenant_id: str, now: datetime) -> dict:
        """What is left of each window, as every answer tells."""
        names = (
            "X-MinLimit-Remaining",
            "X-DayLimit-Remaining",
            "X-AppMinLimit-Remaining",
        )
        budgets = self._budgets(client_id, tenant_id)
        return {
            name: str(max(0, limit - self._window(key, length, now)[1]))
            for name, (key, length, limit) in zip(names, budgets, strict=True)
        }

    def _budgets(self, client_id: str, tenant_id: str) -> list[tuple]:
        limits = self.limits
        return [
            (("minute", tenant_id), MINUTE, limits.minute),
            (("day", tenant_id), DAY, limits.day),
            (("appminute", client_id), MINUTE, limits.app_minute),
        ]

    def _window(self, key: tuple, length: int, now: datetime) -> tuple[int, int]:
        number = int((now.timestamp() + _shift(key, length)) // length)
        kept, used = self._windows.get(key, (number, 0))
        return number, used if kept == number else 0

    def _refuse_if_over(self, client_id: str, tenant_id: str, now: datetime) -> None:
        if self._running[tenant_id] >= self.limits.concurrent:
            raise too_many("concurrent", self.headers(client_id, tenant_id, now))
        for key, length, limit in self._budgets(client_id, tenant_id):
            if self._window(key, length, now)[1] >= limit:
                headers = self.headers(client_id, tenant_id, now)
                if key[0] != "appminute":
                    passed = (now.timestamp() + _shift(key, length)) % length
                    headers["Retry-After"] = str(math.ceil(length - passed))
                raise too_many(key[0], headers)


def _shift(key: tuple, length: int) -> int:
    """Windows reset at a different moment for each organisation."""
    return sum(map(ord, key[1])) * 37 % length


def too_many(problem: str, headers: dict[str, str]) -> ApiError:
    """A 429 as recorded: empty body, no content type (rate_limit_minute)."""
    return ApiError(429, headers={**headers, "X-Rate-Limit-Problem": problem})
