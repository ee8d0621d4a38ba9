"""Odoo's own tests, in a database without the addon, and with it at work."""

import re
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from environment import odoo_checks, odoo_source, tally
from environment.odoo import Odoo
from environment.paths import ADDONS, DEV, MODULE, fresh_log
from environment.processes import CommandFailed, free_port

# Modules of Odoo, and in how many parts their tests are run
SUITES = {"sale_loyalty": 1, "purchase": 1, "sale_stock": 1, "sale": 2, "account": 5}
WITHOUT = "neighbours_without"
WITH = "neighbours_with"
# Connects each company that a test makes to an organisation of its own. Nothing runs
# the job in Odoo's tests: all hooks are at work, and no call is made.
CONNECTED = "xero_sync_connected"
CONNECTED_ADDONS = DEV / "neighbourhood" / "addons"
# "ERROR x odoo.addons.sale.tests.test_x: FAIL: TestX.test_y"; also classes and subtests
FAILED = re.compile(r" ERROR .*: (?:FAIL|ERROR): (.+)")
# Of "TestX.test_y", "Subtest TestX.test_y (…)", "setUpClass (odoo.….test_x.TestX)"
CLASS = re.compile(r"(?:^setUpClass \(.*\.|^(?:Subtest )?)(\w+)(?:\.|\))")
# Of a test that Odoo gives a budget, when it needs another number
QUERIES = re.compile(
    r"Query count (?:more|less) than expected for user \w+: (\d+) [<>] (\d+) in (.+)"
)
BUDGET = "assertQueryCount"
_copying = threading.Lock()


@dataclass(frozen=True)
class Part:
    """Files of Odoo's tests of a module."""

    module: str
    number: int
    files: tuple[Path, ...]

    def __str__(self) -> str:
        parts = SUITES[self.module]
        return f"{self.module} {self.number}/{parts}" if parts > 1 else self.module

    def with_budgets(self) -> list[str]:
        """Selections of the files in which Odoo's tests count queries."""
        return self.selections(
            path for path in self.files if BUDGET in path.read_text(encoding="utf-8")
        )

    def selections(self, files: Iterable[Path]) -> list[str]:
        """As for Odoo's ``--test-tags``."""
        return [f"/{self.module}/tests/{path.name}" for path in files]


@dataclass(frozen=True)
class Run:
    """Odoo's tests of a module, in one database."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    problems: frozenset[str] = frozenset()  # names of the tests that failed
    # place → (counted, expected)
    queries: dict[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Compared:
    """What the addon changes in Odoo's tests of a module."""

    passed: int  # with the addon
    failed: int
    skipped: int
    failed_without: int  # of those that fail with it
    problems: list[str]  # tests that fail only with the addon
    queries: dict[str, tuple[int, int]]  # place → (without the addon, with it)


def parts_of(odoo: Odoo, module: str) -> list[Part]:
    """A module's tests, in parts of about as many."""
    folders = odoo_source.addons_directories(odoo.tools.odoo_home)
    tests = next(
        each for folder in folders if (each := folder / module / "tests").is_dir()
    )
    dealt = odoo_checks.deal(sorted(tests.glob("test_*.py")), SUITES[module])
    return [Part(module, number, tuple(each)) for number, each in enumerate(dealt, 1)]


def provide_databases(odoo: Odoo) -> None:
    """One without us, kept; one with the addon as it is now."""
    if not odoo.exists(WITHOUT):
        odoo_checks.copy_neighbours_database(odoo, WITHOUT)
    odoo.drop(WITH)
    odoo.copy(WITHOUT, WITH)
    log = fresh_log("neighbours-install")
    modules = f"{MODULE},{CONNECTED}"
    odoo.install(WITH, modules, log, "--no-http", _addons_path(odoo))


def compare(odoo: Odoo, part: Part) -> Compared:
    """Run tests that come after the installation with us, and again without us
    those that fail, and those that count queries.

    :raise Failure: Odoo ran none
    """
    beside_us = _run(odoo, WITH, part, part.selections(part.files), least=1)
    doubtful = [f"/{part.module}:{name}" for name in classes_of(beside_us.problems)]
    again = doubtful + part.with_budgets()
    without = _run(odoo, WITHOUT, part, again, least=0) if again else Run()
    return Compared(
        beside_us.passed,
        beside_us.failed,
        beside_us.skipped,
        len(beside_us.problems & without.problems),
        sorted(beside_us.problems - without.problems),
        both_counts(without.queries, beside_us.queries),
    )


def classes_of(problems: Iterable[str]) -> list[str]:
    """The classes of tests that failed."""
    return sorted({CLASS.search(name)[1] for name in problems})


def both_counts(
    without: dict[str, tuple[int, int]], beside_us: dict[str, tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """What Odoo counts without the addon and with it, where it expects another number.

    A place that is missing needed what Odoo expects.
    """
    both = {}
    for place in without.keys() | beside_us.keys():
        _count, expected = without.get(place) or beside_us[place]
        as_expected = (expected, expected)
        before, _expected = without.get(place, as_expected)
        after, _expected = beside_us.get(place, as_expected)
        both[place] = (before, after)
    return both


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


def _run(odoo: Odoo, source: str, part: Part, selections: list[str], least: int) -> Run:
    """Run tests in a copy of a database, as other parts are run beside this one."""
    database = f"{source}_{part.module}_{part.number}"
    with _copying:
        odoo_checks.copy_database(odoo, source, database)
    log = fresh_log(database.replace("_", "-"))
    arguments = ["--stop-after-init", "--max-cron-threads=0", _addons_path(odoo)]
    tags = ",".join([*selections, "-at_install"])
    tests = ["--test-tags", tags, "--http-port", str(free_port())]
    failure: CommandFailed | None = None
    try:
        odoo.run(["server", "-d", database, *arguments, *tests], log)
    except CommandFailed as error:
        failure = error
    counted = tally.of_odoo(log, least)
    if failure and not counted.failed:
        raise failure
    odoo.drop(database)
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
