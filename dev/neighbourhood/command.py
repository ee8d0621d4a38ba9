"""``dev/neighbours``: sets up, then tries the addon beside other applications."""

import argparse
import json
import time
from dataclasses import asdict

from environment import setup
from environment.console import say, seconds_since
from environment.locks import only_one
from environment.odoo import Odoo
from environment.paths import STATE, display
from environment.postgres import Cluster

from . import applications, report, suites

NAME = "neighbours"
STORE = STATE / NAME / "results.json"
APPLICATIONS = "applications"


def main() -> int:
    """Try what was asked for; 0 when the addon disturbs none of it.

    What was tried before is not repeated, so that a run that was stopped goes on.
    """
    options = _parse()
    refusal = "dev/neighbours is already running in this checkout."
    with only_one(STATE / f"{NAME}.lock", refusal):
        tools = setup.provide()
        cluster = Cluster(NAME, tools.python)
        with cluster.start():
            results = {} if options.again else _stored()
            for name in options.only or (APPLICATIONS, *suites.SUITES):
                if name not in results:
                    results[name] = _try(Odoo(NAME, tools, cluster), name)
                    _store(results)
    say(f"\n{report.table(results)}\nIn words: {display(STORE)}")
    return int(any(each["problems"] for each in results.values()))


def _parse() -> argparse.Namespace:
    names = (APPLICATIONS, *suites.SUITES)
    parser = argparse.ArgumentParser(
        prog="dev/neighbours",
        description="Installs the addon beside all applications of Odoo, and runs"
        " Odoo's own tests with every new company connected, and without the addon.",
    )
    parser.add_argument(
        "--only", action="append", choices=names, help="a part of it; may be repeated"
    )
    parser.add_argument(
        "--again", action="store_true", help="forget what was tried before"
    )
    return parser.parse_args()


def _try(odoo: Odoo, name: str) -> dict:
    """:return: what is kept of it: ``problems``, and what the table shows"""
    say(f"\n{name} …")
    start = time.monotonic()
    if name == APPLICATIONS:
        found = applications.install_beside_all(odoo)
    else:
        found = suites.compare(odoo, name)
    result = asdict(found) | {"took": seconds_since(start)}
    for problem in result["problems"]:
        say(f"  | {problem}")
    return result


def _stored() -> dict[str, dict]:
    return json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}


def _store(results: dict[str, dict]) -> None:
    STORE.parent.mkdir(exist_ok=True)
    STORE.write_text(json.dumps(results, indent=1), encoding="utf-8")
