"""Runs the benchmarks; started by ``dev/bench`` with a Python that has Odoo."""

import sys
from importlib import import_module

from environment import odoo_source
from environment.console import say
from environment.processes import guarded

from .command import BENCHMARKS, parse
from .figures import Result


def main() -> int:
    """Measure what was asked for; 0 when every target is met."""
    options = parse()
    sys.path.append(str(odoo_source.provide()))
    workbench = import_module("benchmarks.workbench")  # it needs Odoo
    results: list[Result] = []
    with workbench.running() as bench:
        for name in options.names:
            benchmark = import_module(f"benchmarks.{BENCHMARKS[name]}")
            say(f"\n{benchmark.TITLE} …")
            sizes = benchmark.SMOKE if options.smoke else benchmark.SIZES
            results.append(benchmark.run(bench, sizes))
            say(results[-1].text())
    return 0 if all(result.good for result in results) else 1


if __name__ == "__main__":
    sys.exit(guarded(main))
