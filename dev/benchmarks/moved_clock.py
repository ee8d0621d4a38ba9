"""A day of Odoo's and Xero's in minutes: both clocks are moved, nothing is waited for.

In one of Odoo's processes: what people do comes at its time, and between that the job
runs when Odoo's scheduler would run it.
"""

import math
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from freezegun import freeze_time
from system_tests.local_xero import LocalXero

# Odoo's scheduler is told at once what is due now; what is due later it finds when it
# looks for itself, and then there is what runs without being asked
LOOKS = timedelta(minutes=1)
REGULAR = timedelta(minutes=10)
# The document of a record that people wait for
SETTLED = """
    SELECT count(*) FROM xero_document
    WHERE {field} = %s AND kind = %s AND state = 'synced' AND xero_id IS NOT NULL
"""


@dataclass(frozen=True)
class Event:
    """What somebody does at some time.

    :ivar at: since the day began
    :ivar does: of an environment and what earlier events kept; returns None or what is
        waited for: field of ``xero.document``, id of the record, kind of the document
    """

    at: timedelta
    name: str
    does: Callable[[Any, dict], tuple[str, int, str] | None]
    keeps: dict = field(default_factory=dict, compare=False)


@dataclass
class Day:
    """What became of a day.

    :ivar waits: name of the event → seconds until its document was in Xero
    :ivar calls: name of the event after which they were made → calls of Xero's log
    :ivar left: rows that wait for tomorrow
    """

    waits: dict[str, list[float]] = field(default_factory=dict)
    calls: list[tuple[str, dict]] = field(default_factory=list)
    left: int = 0


class _Moved:
    """Both clocks, moved together."""

    def __init__(self, frozen: Any, xero: LocalXero, start: datetime) -> None:
        self._frozen, self._xero, self._ahead = frozen, xero, 0.0
        self.now = start
        self.move_to(start)

    def move_to(self, moment: datetime) -> None:
        """:param moment: not before now; UTC, without a zone"""
        self.now = moment
        self._frozen.move_to(moment)
        real = datetime.fromtimestamp(os.times().elapsed - _BOOTED, UTC)
        ahead = (moment - real.replace(tzinfo=None)).total_seconds()
        self._xero.advance(ahead - self._ahead)
        self._ahead = ahead


# Where the real time is known once it is frozen: of the clock that nobody moves
_BOOTED = os.times().elapsed - datetime.now(UTC).timestamp()


def live(env: Any, connection: int, address: str, events: Iterable[Event]) -> Day:
    """Live through a day that begins tomorrow at eight; the calls come with it.

    Commits, as people and the job do.
    """
    today = datetime.now(UTC).replace(tzinfo=None, hour=8, minute=0, second=0)
    start = today.replace(microsecond=0) + timedelta(days=1)
    with freeze_time(start) as frozen:
        xero = LocalXero(address)
        town = _Town(env, connection, xero, _Moved(frozen, xero, start))
        for event in sorted(events, key=lambda event: event.at):
            town.pass_until(start + event.at)
            town.let(event)
        town.pass_until(town.clock.now + timedelta(hours=1))
        town.end()
    return town.day


class _Town:
    """People, Odoo's scheduler, and what is waited for."""

    def __init__(self, env: Any, connection: int, xero: LocalXero, clock: _Moved):
        self.env, self.clock, self.day = env, clock, Day()
        self._xero = xero
        self._connection = env["xero.connection"].browse(connection)
        self._next_regular = clock.now + REGULAR
        self._waited: list[tuple[str, datetime, tuple[str, int, str]]] = []
        self._last = "before"
        env.cr.execute("DELETE FROM ir_cron_trigger")
        env.cr.commit()
        self._xero.control("DELETE", "calls")

    def let(self, event: Event) -> None:
        """Somebody does this now, and the job what is due at once."""
        waited = event.does(self.env, event.keeps)
        self.env.cr.commit()
        if waited:
            self._waited.append((event.name, self.clock.now, waited))
        self._last = event.name
        self._work_while_due()

    def pass_until(self, moment: datetime) -> None:
        """Time goes by, and the job works when it is woken."""
        while (wake := min(self._next_look(), self._next_regular)) < moment:
            self.clock.move_to(max(wake, self.clock.now))
            if self._next_regular <= self.clock.now:
                self._next_regular = self.clock.now + REGULAR
                self._work()
            self._work_while_due()
        self.clock.move_to(moment)

    def end(self) -> None:
        """The day is over."""
        self._keep_calls()
        self.env.cr.execute(
            "SELECT count(*) FROM xero_document"
            " WHERE state IN ('pending', 'sending', 'held')"
        )
        [self.day.left] = self.env.cr.fetchone()
        self.env.cr.commit()

    def _next_look(self) -> datetime:
        """When the scheduler finds that the job is to run, at a full minute."""
        self.env.cr.execute("SELECT min(call_at) FROM ir_cron_trigger")
        [due] = self.env.cr.fetchone()
        self.env.cr.commit()
        if not due:
            return datetime.max
        looks = math.ceil((due - datetime.min) / LOOKS)
        return datetime.min + looks * LOOKS

    def _work_while_due(self) -> None:
        query = "DELETE FROM ir_cron_trigger WHERE call_at <= %s"
        while True:
            self.env.cr.execute(query, [self.clock.now])
            due = self.env.cr.rowcount
            self.env.cr.commit()
            if not due:
                return
            self._work()

    def _work(self) -> None:
        """The job, as Odoo's scheduler runs it."""
        began = os.times().elapsed
        cron = self._connection.cron_id
        self.env.invalidate_all()
        self._connection.with_context(cron_id=cron.id)._cron_run(self._connection.id)
        self.env.cr.commit()
        self.env.invalidate_all()
        self._keep_calls()
        self._note_settled(os.times().elapsed - began)

    def _note_settled(self, worked: float) -> None:
        """:param worked: seconds that the job took in the real world"""
        for waited in list(self._waited):
            name, since, (record, id_, kind) = waited
            self.env.cr.execute(SETTLED.format(field=record), [id_, kind])
            if self.env.cr.fetchone()[0]:
                seconds = (self.clock.now - since).total_seconds() + worked
                self.day.waits.setdefault(name, []).append(seconds)
                self._waited.remove(waited)
        self.env.cr.commit()

    def _keep_calls(self) -> None:
        calls = self._xero.calls()
        self._xero.control("DELETE", "calls")
        self.day.calls += [
            (self._last, {**call, "body": None})
            for call in calls
            if "/api.xro/" in call["path"]
        ]
