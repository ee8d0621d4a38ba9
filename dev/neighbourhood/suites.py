"""Odoo's own tests, in a database without the addon, and with it at work."""

import re
from dataclasses import dataclass
from pathlib import Path

from environment import odoo_checks, tally
from environment.odoo import Odoo
from environment.paths import ADDONS, DEV, MODULE, fresh_log
from environment.processes import CommandFailed, free_port

SUITES = ("sale_loyalty", "purchase", "sale_stock", "sale", "account")
WITHOUT = "neighbours_without"
WITH = "neighbours_with"
# Connects each company that a test makes to an organisation of its own. Nothing runs
# the job in Odoo's tests: all hooks are at work, and no call is made.
CONNECTED = "xero_sync_connected"
CONNECTED_ADDONS = DEV / "neighbourhood" / "addons"
# "ERROR x odoo.addons.sale.tests.test_x: FAIL: TestX.test_y"; also classes and subtests
FAILED = re.compile(r" ERROR .*: (?:FAIL|ERROR): (.+)")
# Of a test that Odoo gives a budget, when it needs another number
QUERIES = re.compile(
    r"Query count (?:more|less) than expected for user \w+: (\d+) [<>] (\d+) in (.+)"
)


@dataclass(frozen=True)
class Run:
    """Odoo's tests of a module, in one database."""

    passed: int
    failed: int
    skipped: int
    problems: frozenset[str]  # names of the tests that failed
    queries: dict[str, tuple[int, int]]  # place → (counted, expected)


@dataclass(frozen=True)
class Compared:
    """What the addon changes in Odoo's tests of a module."""

    passed: int  # with the addon
    failed: int
    skipped: int
    failed_without: int
    problems: list[str]  # tests that fail only with the addon
    more_queries: dict[str, int]  # place → queries that the addon adds


def compare(odoo: Odoo, module: str) -> Compared:
    """Run a module's tests that come after the installation, without and with us.

    :raise Failure: Odoo ran none
    """
    _provide_databases(odoo)
    without = _run(odoo, WITHOUT, module)
    beside_us = _run(odoo, WITH, module)
    return Compared(
        beside_us.passed,
        beside_us.failed,
        beside_us.skipped,
        without.failed,
        sorted(beside_us.problems - without.problems),
        more_queries(without.queries, beside_us.queries),
    )


def more_queries(
    without: dict[str, tuple[int, int]], beside_us: dict[str, tuple[int, int]]
) -> dict[str, int]:
    """Places where Odoo counts other numbers of queries with the addon.

    A place that is missing needed what Odoo expects.
    """
    more = {}
    for place in without.keys() | beside_us.keys():
        _count, expected = without.get(place) or beside_us[place]
        as_expected = (expected, expected)
        before, _expected = without.get(place, as_expected)
        after, _expected = beside_us.get(place, as_expected)
        if after != before:
            more[place] = after - before
    return more


def failed_tests(log: Path) -> frozenset[str]:
    """Names of the tests that failed, and of classes and subtests."""
    text = log.read_text(encoding="utf-8", errors="replace")
    return frozenset(FAILED.findall(text))


def queries(log: Path) -> dict[str, tuple[int, int]]:
    """Queries of the places where Odoo's log names another number than expected.

    :return: place → (counted, expected)
    """
    text = log.read_text(encoding="utf-8", errors="replace")
    found = QUERIES.findall(text)
    return {place: (int(count), int(expected)) for count, expected, place in found}


def _provide_databases(odoo: Odoo) -> None:
    """One without us, kept; one with the addon as it is now."""
    if not odoo.exists(WITHOUT):
        odoo_checks.copy_neighbours_database(odoo, WITHOUT)
    odoo.drop(WITH)
    odoo.copy(WITHOUT, WITH)
    log = fresh_log("neighbours-install")
    modules = f"{MODULE},{CONNECTED}"
    odoo.install(WITH, modules, log, "--no-http", _addons_path(odoo))


def _run(odoo: Odoo, database: str, module: str) -> Run:
    log = fresh_log(f"{database}-{module}".replace("_", "-"))
    arguments = ["--stop-after-init", "--max-cron-threads=0", _addons_path(odoo)]
    tests = ["--test-tags", f"/{module},-at_install", "--http-port", str(free_port())]
    failure: CommandFailed | None = None
    try:
        odoo.run(["server", "-d", database, *arguments, *tests], log)
    except CommandFailed as error:
        failure = error
    counted = tally.of_odoo(log)
    if failure and not counted.failed:
        raise failure
    return Run(
        counted.passed,
        counted.failed,
        counted.skipped,
        failed_tests(log),
        queries(log),
    )


def _addons_path(odoo: Odoo) -> str:
    """Without us, Odoo finds the addon too, and does not load it."""
    return f"--addons-path={odoo.addons_path(ADDONS)},{CONNECTED_ADDONS}"
