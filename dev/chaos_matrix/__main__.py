"""Plays the matrix; started by ``dev/chaos`` with a Python that has Odoo."""

import sys
import time
from importlib import import_module

from environment import odoo_source
from environment.console import say
from environment.paths import STATE, display, fresh_log
from environment.processes import guarded

from .command import parse

NAME = "chaos"


def main() -> int:
    """Play what was asked for; 0 when every cell is as it should be."""
    options = parse()
    sys.path.append(str(odoo_source.provide()))
    # These need Odoo
    matrix = import_module("chaos_matrix.matrix")
    report = import_module("chaos_matrix.report")
    stages = import_module("chaos_matrix.stage")
    if options.short:
        pairs = matrix.choose_few()
    else:
        pairs = matrix.choose(options.kinds, options.faults)
    start = time.monotonic()
    with stages.running(NAME, fresh_log("chaos-odoo")) as stage:
        say(f"{len(pairs)} cells …")
        outcomes = matrix.play(stage, pairs, lambda each: say(report.line(each)))
    text = report.summary(outcomes, time.monotonic() - start)
    say(f"\n{text}")
    report.store(outcomes, STATE / NAME / "cells.csv")
    (STATE / NAME / "matrix.txt").write_text(f"{text}\n", encoding="utf-8")
    say(f"Cell by cell: {display(STATE / NAME / 'cells.csv')}")
    return int(any(each.verdict == "FAILED" for each in outcomes))


if __name__ == "__main__":
    sys.exit(guarded(main))
