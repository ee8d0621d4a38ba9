"""One cell: a kind, a fault, and what came of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from environment.console import Failure
from system_tests.odoo_process import ProcessFailed, wait_for

from .checks import Findings, check
from .kinds import Expected, Kind, saying
from .stage import Stage, Stuck


@dataclass(frozen=True)
class Fault:
    """One column.

    :ivar strike: lets the user click and the fault strike
    :ivar servers: running Odoo servers it needs, beside the forked schedulers
    :ivar with_users: it needs one on which people work
    :ivar makes_no_sense: name of a kind → why there is no such cell
    :ivar longest: seconds after which the job must be woken
    :ivar records: of the kind, which are clicked at once
    :ivar sends_again: whether the same body may go out twice, as the user had it
    :ivar is_variant: of another one, and left out of the short form
    """

    name: str
    title: str
    strike: Callable[["Cell"], None]
    servers: int = 0
    with_users: bool = False
    makes_no_sense: dict[str, str] = field(default_factory=dict)
    longest: float = 0
    records: int = 1
    sends_again: bool = False
    is_variant: bool = False


@dataclass
class Outcome:
    """What a cell came to."""

    kind: str
    fault: str
    seconds: float = 0
    reason: str = ""  # why there is no such cell
    findings: Findings = field(default_factory=Findings)

    @property
    def verdict(self) -> str:
        """``ok``, ``none`` or ``FAILED``."""
        if self.reason:
            return "none"
        return "ok" if self.findings.good else "FAILED"


class Cell:
    """What a fault has at hand."""

    def __init__(self, stage: Stage, kind: Kind, fault: Fault, ready: list) -> None:
        """:param ready: what is there for the clicks, one for each record"""
        self.stage = stage
        self.kind = kind
        self.fault = fault
        self.ready = ready
        self.records: list[int] = []
        self.word: str | None = None  # of what is entered again
        self.problems: list[str] = []

    def play(self) -> Outcome:
        """Let it happen, wait for the end and look."""
        start = time.monotonic()
        outcome = Outcome(self.kind.name, self.fault.name)
        self.stage.fresh_start()
        self.stage.longest = self.fault.longest or self.stage.longest
        try:
            self.fault.strike(self)
            self.stage.settle(self.review)
            outcome.findings = check(
                self.stage, self.expected(), self.fault.sends_again
            )
        except Stuck as stuck:
            outcome.findings = Findings(stuck=1, problems=[str(stuck)])
        except (ProcessFailed, Failure, AssertionError) as error:
            outcome.findings = Findings(problems=[str(error).strip()[-2000:]])
        outcome.findings.problems += self.problems
        outcome.seconds = time.monotonic() - start
        return outcome

    # --- the user ---------------------------------------------------------------------

    def click(self) -> None:
        """Do what the user does, each record in a transaction of its own."""
        clicks = [
            self.stage.shop.start(click, self.kind, each, self.word)
            for each in self.ready
        ]
        self.records += [each.result() for each in clicks]

    def undo(self) -> None:
        """Take the clicks back."""
        for record in self.records:
            self.stage.shop.call(undo, self.kind, record)

    def review(self) -> bool:
        """Let a person go on with an import that waits for one."""
        return self.kind.worker == "xero.import" and any(
            self.stage.shop.call(go_on, record) for record in self.records
        )

    def expected(self) -> list[Expected]:
        """What Xero should hold of the records as they are in Odoo now."""
        return [
            each
            for record in self.records
            for each in self.stage.shop.call(expected, self.kind, record)
        ]

    # --- Xero -------------------------------------------------------------------------

    def plan(self, fault: str, **options: Any) -> None:
        """Have this happen to the kind's call."""
        kind = self.kind
        after = {"after": kind.skipped} if kind.skipped else {}
        self.stage.xero.fault(fault, kind.path, kind.method, **after, **options)

    def has_struck(self, fault: str) -> bool:
        """Whether it has happened."""
        return any(call["fault"] == fault for call in self.stage.xero.calls())

    def wait_for_strike(self, fault: str) -> None:
        """Wait until it happens."""
        wait_for(lambda: self.has_struck(fault))


# --- in Odoo's processes --------------------------------------------------------------


def click(env: Any, kind: Kind, ready: Any, word: str | None) -> int:
    """What the user does.

    :param word: see :func:`~.kinds.saying`
    """
    with saying(word):
        return kind.click(env, ready)


def undo(env: Any, kind: Kind, record: int) -> None:
    """Take it back."""
    kind.undo(env, record)


def expected(env: Any, kind: Kind, record: int) -> list[Expected]:
    """What Xero should hold."""
    return kind.expected(env, record)


def go_on(env: Any, record: int) -> bool:
    """Press the import's second button where it is offered."""
    contacts_import = env["xero.import"].browse(record)
    waits = contacts_import.state == "review"
    if waits:
        contacts_import.action_run()
    return waits
