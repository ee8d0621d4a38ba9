"""Which cells there are, and how they are played."""

from collections import Counter
from collections.abc import Callable, Sequence

from environment.console import Failure

from .cell import Cell, Fault, Outcome
from .faults import FAULTS
from .in_xero import IN_XERO
from .kinds import KINDS
from .restored import RESTORED
from .served import SERVED_FAULTS
from .stage import Stage

COLUMNS = {
    fault.name: fault for fault in [*FAULTS, *IN_XERO, *RESTORED, *SERVED_FAULTS]
}
Pairs = list[tuple[str, str]]
LEAST = 2  # cells of each kind in the short form
CHEAP = "lost"  # a fault with which they are made up


def choose(kinds: Sequence[str], faults: Sequence[str]) -> Pairs:
    """Every pair of these, or of all; column by column.

    :raise environment.console.Failure: there is no such name
    """
    _require_known("kind", kinds, KINDS)
    _require_known("fault", faults, COLUMNS)
    return [
        (kind, fault)
        for fault in COLUMNS
        if fault in (faults or COLUMNS)
        for kind in KINDS
        if kind in (kinds or KINDS)
    ]


def _require_known(what: str, names: Sequence[str], known: dict) -> None:
    for name in names:
        if name not in known:
            raise Failure(f"There is no {what} {name!r}; known: {', '.join(known)}.")


def choose_few() -> Pairs:
    """Each fault once but variants, each kind at least twice, as evenly as can be."""
    used = Counter(dict.fromkeys(KINDS, 0))
    pairs = []
    for name, fault in COLUMNS.items():
        if fault.is_variant:
            continue
        possible = [kind for kind in KINDS if kind not in fault.makes_no_sense]
        kind = min(possible, key=lambda each: used[each])
        used[kind] += 1
        pairs.append((kind, name))
    few = [kind for kind in KINDS for _each in range(LEAST - used[kind])]
    return [*((kind, CHEAP) for kind in few), *pairs]


def play(stage: Stage, pairs: Pairs, tell: Callable[[Outcome], None]) -> list[Outcome]:
    """Play these cells, one after the other.

    :param tell: called with each outcome
    """
    wanted: Counter = Counter()
    for kind, name in pairs:
        if kind not in COLUMNS[name].makes_no_sense:
            wanted[kind] += COLUMNS[name].records
    ready = stage.prepare(wanted)
    outcomes = []
    try:
        for kind, name in pairs:
            outcomes.append(_play_one(stage, kind, COLUMNS[name], ready))
            tell(outcomes[-1])
    finally:
        stage.servers.stop()
    return outcomes


def _play_one(stage: Stage, kind: str, fault: Fault, ready: dict[str, list]) -> Outcome:
    reason = fault.makes_no_sense.get(kind)
    if reason:
        return Outcome(kind, fault.name, reason=reason)
    taken = [ready[kind].pop() for _each in range(fault.records)]
    stage.servers.run(fault.servers, fault.with_users)
    return Cell(stage, KINDS[kind], fault, taken).play()
