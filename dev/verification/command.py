"""``dev/verify``: sets up, then makes the experiments with a Python of its own."""

import argparse
import sys
from collections.abc import Sequence

from environment import python_packages
from environment.locks import only_one
from environment.paths import DEV, STATE
from environment.processes import run_in_foreground

REFUSAL = "dev/verify is already running in this checkout."
PORT = 8079
PACE = 1.0  # seconds from one call to the next: Xero takes 60 a minute


def main() -> int:
    """Make the experiments; 0 when the local Xero agrees with all that was tried."""
    parse()  # a mistake is told before anything is set up
    with only_one(STATE / "verify.lock", REFUSAL):
        python = python_packages.provide() / "bin/python"
        return run_in_foreground(
            [python, "-m", "verification", *sys.argv[1:]],
            env=python_packages.clean_environment(),
            cwd=DEV,
        )


def parse(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the command line; the secret never stands there."""
    parser = argparse.ArgumentParser(
        prog="dev/verify",
        description="Makes experiments in a Xero Demo Company, cleans up, and tells "
        "where the local Xero answers otherwise. The app's secret is asked for, or "
        "taken from XERO_CLIENT_SECRET.",
    )
    parser.add_argument("--client-id", required=True, help="of your own app at Xero")
    parser.add_argument(
        "--custom-connection",
        action="store_true",
        help="the app is a custom connection: no browser is needed",
    )
    parser.add_argument(
        "--port",
        type=int,
        default=PORT,
        help="of the redirect address that the app has at Xero: "
        f"http://localhost:{PORT}/xero_sync/oauth/callback",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="ask nothing, and leave out what a person must do in Xero",
    )
    parser.add_argument(
        "--only",
        nargs="+",
        type=str.upper,
        default=[],
        metavar="O1",
        help="make these experiments anew, and no others",
    )
    parser.add_argument(
        "--again", action="store_true", help="make anew what earlier runs have made"
    )
    parser.add_argument(
        "--pace", type=float, default=PACE, help="seconds from one call to the next"
    )
    parser.add_argument(
        "--local",
        metavar="URL",
        type=lambda address: address.rstrip("/"),
        help="ask a local Xero at this address instead",
    )
    return parser.parse_args(arguments)
