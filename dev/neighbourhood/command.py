"""``dev/neighbours``: sets up, then tries the addon beside other applications."""

import argparse
import json
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import partial

from environment import setup
from environment.console import say, seconds_since
from environment.locks import only_one
from environment.odoo import Odoo
from environment.paths import STATE, display
from environment.postgres import Cluster
from environment.processes import run_side_by_side

from . import applications, report, suites

NAME = "neighbours"
STORE = STATE / NAME / "results.json"
APPLICATIONS = "applications"
NAMES = (APPLICATIONS, *suites.SUITES)
SIDE_BY_SIDE = 2  # as many as CI has processors


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
            _try_all(Odoo(NAME, tools, cluster), options.only, results)
    say(f"\n{report.table(results)}\nIn words: {display(STORE)}")
    return int(any(each["problems"] for each in results.values()))


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev/neighbours",
        description="Installs the addon beside all applications of Odoo, and runs"
        " Odoo's own tests with every new company connected, and without the addon.",
    )
    parser.add_argument(
        "--only", action="append", choices=NAMES, help="a part of it; may be repeated"
    )
    parser.add_argument(
        "--again", action="store_true", help="forget what was tried before"
    )
    return parser.parse_args()


def _try_all(odoo: Odoo, names: list[str] | None, results: dict[str, dict]) -> None:
    """Try what was not tried yet; what comes of it is kept at once.

    :param names: of parts, None for all
    :param results: by name; grows
    """
    works = {
        name: work
        for name, work in _works(odoo, names or NAMES).items()
        if name not in results
    }
    if works.keys() - {APPLICATIONS}:
        suites.provide_databases(odoo)
    keeping = threading.Lock()

    def do(name: str, work: Callable) -> None:
        result = _try(name, work)
        with keeping:
            results[name] = result
            _store(results)

    run_side_by_side([partial(do, *each) for each in works.items()], SIDE_BY_SIDE)


def _works(odoo: Odoo, names: list[str]) -> dict[str, Callable]:
    works: dict[str, Callable] = {}
    for name in names:
        if name == APPLICATIONS:
            works[name] = partial(applications.install_beside_all, odoo)
        else:
            for part in suites.parts_of(odoo, name):
                works[str(part)] = partial(suites.compare, odoo, part)
    return works


def _try(name: str, work: Callable) -> dict:
    """:return: what is kept of it: ``problems``, and what the table shows"""
    say(f"\n{name} …")
    start = time.monotonic()
    result = asdict(work()) | {"took": seconds_since(start)}
    for problem in result["problems"]:
        say(f"  | {problem}")
    say(f"{name}: done ({result['took']})")
    return result


def _stored() -> dict[str, dict]:
    return json.loads(STORE.read_text(encoding="utf-8")) if STORE.exists() else {}


def _store(results: dict[str, dict]) -> None:
    STORE.parent.mkdir(exist_ok=True)
    STORE.write_text(json.dumps(results, indent=1), encoding="utf-8")
