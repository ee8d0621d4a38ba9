"""``dev/chaos``: sets up, then tries the cells with a Python that has Odoo."""

import argparse
from collections.abc import Sequence

from environment import setup
from environment.paths import DEV
from environment.processes import run_in_foreground
from environment.python_packages import clean_environment


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the cells; 0 when nothing was lost, doubled or stuck."""
    options = parse(arguments)
    tools = setup.provide()
    return run_in_foreground(
        [tools.python / "bin/python", "-m", "chaos_matrix", *as_arguments(options)],
        env=clean_environment() | {"PATH": tools.path()},
        cwd=DEV,
    )


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line: ``kinds``, ``faults`` (both empty for all), ``short``."""
    parser = argparse.ArgumentParser(
        prog="dev/chaos",
        description="Tries every fault on every kind of document. An unknown name"
        " prints the known ones.",
    )
    parser.add_argument("--kinds", nargs="+", default=[], metavar="KIND")
    parser.add_argument("--faults", nargs="+", default=[], metavar="FAULT")
    parser.add_argument(
        "--short",
        action="store_true",
        help="each fault once and each kind at least twice, as in CI",
    )
    return parser.parse_args(arguments)


def as_arguments(options: argparse.Namespace) -> list[str]:
    """The command line that :func:`parse` reads into the same options."""
    words = ["--short"] if options.short else []
    for name in ("kinds", "faults"):
        chosen = getattr(options, name)
        words += [f"--{name}", *chosen] if chosen else []
    return words
