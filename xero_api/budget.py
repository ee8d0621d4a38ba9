"""What Xero's limits leave of its calls, so that none is made that it would refuse.

Page: best-practices/api-call-efficiencies/rate-limits. Every answer tells how many
calls are left of the minute and of the day. When a window ends is told by a refusal
only, so it is told from the numbers: windows are fixed, and one ends at the latest its
own length after the first call that was counted in it.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone

from . import const


@dataclass(frozen=True)
class Window:
    """The calls of one organisation in one of its windows.

    :ivar length: of the window
    :ivar remaining: calls left when Xero last said so, None when it never did
    :ivar renews_at: the latest moment of the window's end, aware; None as above
    """

    length: timedelta
    remaining: int | None = None
    renews_at: datetime | None = None

    def left(self, now: datetime) -> int | None:
        """Calls left now, None when nobody knows: then one may be tried."""
        if self.renews_at is None or self.renews_at <= now:
            return None
        return self.remaining

    def counted(self, remaining: int | None, now: datetime) -> Window:
        """The window after a call.

        :param remaining: as the answer says; None when it says nothing or none came
        """
        left = self.left(now)
        if remaining is None:
            return self if left is None else replace(self, remaining=max(left - 1, 0))
        if left is not None and remaining < left:
            return replace(self, remaining=remaining)
        # The number did not fall, so a new window has begun, now at the latest
        return replace(self, remaining=remaining, renews_at=now + self.length)

    def used_up(self, seconds: int, now: datetime) -> Window:
        """The window after a refusal.

        :param seconds: until it is renewed
        """
        return replace(self, remaining=0, renews_at=now + timedelta(seconds=seconds))


@dataclass(frozen=True)
class Budget:
    """What is left of each limit that an organisation has, and what was spent.

    :ivar calls: made since the budget was begun: cause (see `cause`) → how many
    """

    minute: Window = Window(timedelta(seconds=const.MINUTE_SECONDS))
    day: Window = Window(timedelta(seconds=const.DAY_SECONDS))
    calls: Counter[str] = field(default_factory=Counter)

    def spent(self) -> tuple[str, int] | None:
        """Which limit has no call left, so that Xero would refuse the next one.

        :return: (``day`` or ``minute``, seconds until it is renewed), None when a call
            may be made
        """
        now = _now()
        for problem in ("day", "minute"):
            window = getattr(self, problem)
            if window.left(now) == 0:
                return problem, math.ceil((window.renews_at - now).total_seconds())
        return None

    def counted(self, minute: int | None = None, day: int | None = None) -> Budget:
        """The budget after a call.

        :param minute: calls left of the minute, as the answer says
        :param day: the same of the day
        """
        now = _now()
        return replace(
            self,
            minute=self.minute.counted(minute, now),
            day=self.day.counted(day, now),
        )

    def spent_on(self, why: str) -> Budget:
        """The budget with a call more.

        :param why: its cause, see `cause`
        """
        return replace(self, calls=self.calls + Counter({why: 1}))

    def refused(self, problem: str, seconds: int | None) -> Budget:
        """The budget after HTTP 429.

        :param problem: which limit it was, as ``RateLimited`` names it
        :param seconds: of ``Retry-After``
        """
        if problem not in ("minute", "day") or seconds is None:
            return self
        window = getattr(self, problem).used_up(seconds, _now())
        return replace(self, **{problem: window})


# Parts of the names of the SDK's methods, in the order in which they decide
_SUBJECTS = {
    "attachment": "PDF",
    "allocation": "Allocations",
    "credit_note": "CreditNotes",
    "purchase_order": "PurchaseOrders",
    "quote": "Quotes",
    "invoice": "Invoices",
    "contact": "Contacts",
    "item": "Items",
}
_VERBS = {"get": "read", "create": "make", "update": "change", "delete": "remove"}


def cause(method: str) -> str:
    """What a call was for: of what, and what was done; e.g. ``Quotes change``.

    What there is to choose from is ``Choices``.

    :param method: name of the SDK's method that made it
    """
    found = (name for part, name in _SUBJECTS.items() if part in method)
    return f"{next(found, 'Choices')} {_VERBS[method.partition('_')[0]]}"


def day_limit(remaining: int) -> int:
    """Calls a day of the developer's tier, told from how many were left at once.

    Page: https://developer.xero.com/pricing
    """
    known = (limit for limit in const.DAY_LIMITS if remaining <= limit)
    return next(known, remaining)


def _now() -> datetime:
    return datetime.now(timezone.utc)
