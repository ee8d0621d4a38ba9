"""``dev/bench``: sets up, then measures with a Python that has Odoo."""

import argparse
import sys
from collections.abc import Sequence

from environment import setup

# What can be measured, in the order in which it is -> the module that does it
BENCHMARKS = {
    "import": "contacts_import",
    "calls": "calls",
    "clicks": "clicks",
    "real-time": "real_time",
    "throughput": "throughput",
    "growth": "growth",
    "pages": "pages",
    "organisations": "organisations",
    "day": "day",
    "limits": "limits",
    "webhooks": "webhooks",
    "holdings": "holdings",
    "firstday": "first_day",
    "install": "install",
}


def main() -> int:
    """Run the benchmarks; 0 when every target is met."""
    parse()  # a mistake is told before anything is set up
    return setup.run_with_odoo("benchmarks", sys.argv[1:])


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line: ``names`` and ``smoke``."""
    parser = argparse.ArgumentParser(
        prog="dev/bench",
        description="Measures the addon beside what is possible. The figures are "
        "ratios and counts of one run: let nothing else work on the machine.",
    )
    parser.add_argument("names", nargs="*", metavar="|".join(BENCHMARKS))
    parser.add_argument(
        "--smoke", action="store_true", help="the smallest sizes, to see that it works"
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"there is no benchmark {unknown[0]!r}")
    options.names = options.names or list(BENCHMARKS)
    return options
