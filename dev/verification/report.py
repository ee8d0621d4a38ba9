"""The table of what was asked, what Xero said and what follows from it."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date

from sandbox import unverified

from .experiments import EXPERIMENTS, Experiment
from .reading import AGREES, Reading

Readings = Mapping[str, tuple[Reading, Reading]]
COLUMNS = {"": 4, "question": 30, "Xero": 44, "local Xero": 34, "addon": 30}


def table(readings: Readings, skipped: Mapping[str, str]) -> str:
    """A row for each experiment: fact, Xero's answer, local Xero, addon.

    :param skipped: the code of what was left out -> why
    """
    rows = [tuple(COLUMNS), tuple("─" * width for width in COLUMNS.values())]
    for code, experiment in EXPERIMENTS.items():
        if code in readings:
            xero, local = readings[code]
            said = xero.text(), _comparison(xero, local)
        elif code in skipped:
            said = f"needs a hand: {skipped[code]}", "not asked"
        else:
            continue
        rows.append((code, experiment.question, *said, experiment.addon))
    return "\n".join(_wrapped(row) for row in rows)


def _comparison(xero: Reading, local: Reading) -> str:
    verdict = xero.agreement(local)
    if verdict == AGREES:
        return verdict
    return f"{verdict}: {local.text(xero.differing(local))}"


def _wrapped(row: Sequence[str]) -> str:
    widths = list(COLUMNS.values())
    cells = [
        textwrap.wrap(text, width) or [""]
        for text, width in zip(row, widths, strict=True)
    ]
    height = max(map(len, cells))
    lines = []
    for number in range(height):
        parts = [cell[number] if number < len(cell) else "" for cell in cells]
        padded = (part.ljust(w) for part, w in zip(parts, widths, strict=True))
        lines.append("  ".join(padded).rstrip())
    return "\n".join([*lines, *([""] if height > 1 else [])])


def counts(readings: Readings, skipped: Mapping[str, str]) -> str:
    """What it comes to."""
    verdicts = [xero.agreement(local) for xero, local in readings.values()]
    agreed = verdicts.count(AGREES)
    return (
        f"{len(verdicts)} experiments made, {agreed} agree with the local Xero, "
        f"{len(verdicts) - agreed} do not, {len(skipped)} need a hand."
    )


def disagreeing(readings: Readings) -> list[str]:
    """The codes of the experiments in which the local Xero answers otherwise."""
    return [
        code
        for code, (xero, local) in readings.items()
        if xero.agreement(local) != AGREES
    ]


def proposal(readings: Readings) -> str:
    """What ``dev/sandbox/unverified.py`` could say from now on; a person judges."""
    lines = [f"dev/sandbox/unverified.py after dev/verify of {date.today()}"]
    for code, experiment in EXPERIMENTS.items():
        if code in readings and experiment.constants:
            lines += ["", *_change(experiment, *readings[code])]
    return "\n".join([*lines, ""])


def _change(experiment: Experiment, xero: Reading, local: Reading) -> list[str]:
    lines = [f"{experiment.code} {experiment.question}"]
    for name in experiment.constants:
        missing = "(has moved out already)"
        lines.append(f"  {name} = {getattr(unverified, name, missing)!r}")
    lines.append(f"  Xero said: {xero.text()}")
    if xero.agreement(local) == AGREES:
        return [*lines, "  The same here: what this shows is proven and moves out."]
    said = local.text(xero.differing(local))
    return [*lines, f"  Otherwise here, and to be changed: {said}"]
