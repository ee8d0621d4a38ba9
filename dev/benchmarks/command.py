"""``dev/bench``: sets up, then measures with a Python that has Odoo."""

import argparse
from collections.abc import Sequence

from environment import setup
from environment.paths import DEV
from environment.processes import run_in_foreground
from environment.python_packages import clean_environment

# What can be measured, in the order in which it is -> the module that does it
BENCHMARKS = {
    "import": "contacts_import",
    "calls": "calls",
    "clicks": "clicks",
    "real-time": "real_time",
    "throughput": "throughput",
    "growth": "growth",
    "organisations": "organisations",
    "limits": "limits",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; 0 when every target is met."""
    options = parse(arguments)
    tools = setup.provide()
    return run_in_foreground(
        [tools.python / "bin/python", "-m", "benchmarks", *as_arguments(options)],
        env=clean_environment() | {"PATH": tools.path()},
        cwd=DEV,
    )


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


def as_arguments(options: argparse.Namespace) -> list[str]:
    """The command line that :func:`parse` reads into the same options."""
    return [*options.names, *(["--smoke"] if options.smoke else [])]
