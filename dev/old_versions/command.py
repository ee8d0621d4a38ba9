"""``dev/upgrades``: sets up, then upgrades from every version that landed."""

import argparse
import sys
from collections.abc import Sequence

from environment import setup

from .versions import LANDED


def main() -> int:
    """Upgrade from each; 0 when nothing was sent anew, lost, doubled or stuck."""
    parse()  # a mistake is told before anything is set up
    return setup.run_with_odoo("old_versions", sys.argv[1:])


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line: ``versions``, ``again``."""
    parser = argparse.ArgumentParser(
        prog="dev/upgrades",
        description="Makes a database with the addon as it was in each version that"
        " landed, with documents in every state, and upgrades it to this checkout.",
    )
    parser.add_argument(
        "versions", nargs="*", metavar="VERSION", help=f"of {', '.join(LANDED)}"
    )
    parser.add_argument(
        "--again",
        action="store_true",
        help="uninstall today's addon and install it again; tried, too, when no version"
        " is named",
    )
    options = parser.parse_args(arguments)
    unknown = [name for name in options.versions if name not in LANDED]
    if unknown:
        parser.error(f"version {unknown[0]!r} has not landed: {', '.join(LANDED)}")
    if not (options.versions or options.again):
        options.versions, options.again = list(LANDED), True
    return options
