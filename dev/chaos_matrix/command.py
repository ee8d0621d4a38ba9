"""``dev/chaos``: sets up, then tries the cells with a Python that has Odoo."""

import argparse
import sys
from collections.abc import Sequence

from environment import setup


def main() -> int:
    """Try the cells; 0 when nothing was lost, doubled or stuck."""
    parse()  # a mistake is told before anything is set up
    return setup.run_with_odoo("chaos_matrix", sys.argv[1:])


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
        help="each fault once but variants, each kind at least twice, as in CI",
    )
    return parser.parse_args(arguments)
