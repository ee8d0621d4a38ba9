"""The matrix as a table to read, and as a file of its cells."""

import csv
from collections.abc import Sequence
from pathlib import Path

from .cell import Outcome
from .kinds import KINDS
from .matrix import COLUMNS

SIGNS = {"ok": "ok", "none": "-", "FAILED": "NO"}
HEAD = (
    "kind",
    "fault",
    "verdict",
    "documents",
    "duplicates",
    "lost",
    "stuck",
    "seconds",
    "what",
)


def line(outcome: Outcome) -> str:
    """One cell, as it is told when it is done."""
    text = f"  {outcome.verdict:6} {outcome.kind:15} {outcome.fault:15}"
    if outcome.verdict == "ok":
        return f"{text} {outcome.seconds:5.1f} s"
    return f"{text} {outcome.reason or '; '.join(outcome.findings.problems)}"


def summary(outcomes: Sequence[Outcome], seconds: float) -> str:
    """The table, the numbers of its columns, what failed, and the counts."""
    names = [name for name in COLUMNS if any(o.fault == name for o in outcomes)]
    cells = {(outcome.kind, outcome.fault): outcome for outcome in outcomes}
    rows = ["                " + "".join(f"{n:>4}" for n in range(1, len(names) + 1))]
    for kind in KINDS:
        own = [cells.get((kind, name)) for name in names]
        if any(own):
            signs = [SIGNS[each.verdict] if each else "" for each in own]
            rows.append(f"{kind:16}" + "".join(f"{sign:>4}" for sign in signs))
    rows.append("")
    rows += [f"{n:3} {COLUMNS[name].title}" for n, name in enumerate(names, 1)]
    reasons = {o.reason: f"{o.kind}, {o.fault}" for o in outcomes if o.reason}
    rows += [f"  - {reason}" for reason in reasons]
    rows += ["", *(line(each) for each in outcomes if each.verdict == "FAILED")]
    return "\n".join([*rows, counts(outcomes, seconds)])


def counts(outcomes: Sequence[Outcome], seconds: float) -> str:
    """What it comes to; duplicates, lost and stuck must be 0."""
    played = [each for each in outcomes if not each.reason]
    failed = sum(each.verdict == "FAILED" for each in played)
    totals = {
        name: sum(getattr(each.findings, name) for each in played)
        for name in ("documents", "duplicates", "lost", "stuck")
    }
    told = ", ".join(f"{name} {number:,}" for name, number in totals.items())
    return f"{len(played)} cells tried, {failed} failed: {told}; {seconds:.0f} s"


def store(outcomes: Sequence[Outcome], path: Path) -> None:
    """Write one row for each cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as output:
        writer = csv.writer(output)
        writer.writerow(HEAD)
        for each in outcomes:
            found = each.findings
            numbers = (found.documents, found.duplicates, found.lost, found.stuck)
            what = each.reason or "; ".join(found.problems)
            seconds = f"{each.seconds:.1f}"
            writer.writerow(
                (each.kind, each.fault, each.verdict, *numbers, seconds, what)
            )
