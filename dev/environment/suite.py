"""``dev/test``: everything that must be true before a change lands."""

import argparse
import signal
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

from . import (
    lint,
    odoo_checks,
    setup,
    sources,
    tally,
    translation_template,
    wheel_check,
)
from .console import Failure, complain, say, seconds_since
from .locks import only_one
from .odoo import Odoo
from .paths import DEV, STATE, fresh_log
from .postgres import Cluster
from .processes import CommandFailed, run, run_side_by_side
from .python_packages import clean_environment
from .setup import Tools
from .tally import Tally

# Groups of checks, and the directories of those that pytest runs, the longest first
PYTEST_GROUPS = {
    "browser": ("Browser tests: what people see and press", "browser_tests"),
    "system": ("System tests: killed workers, lost answers", "system_tests"),
    "sandbox": ("The local Xero's own tests", "sandbox/tests"),
    "environment": ("Tests of these commands", "environment/tests"),
}
AT_FIRST = ("browser", "system")  # the others fill what is left at the end
GROUPS = ("lint", "install", "tests", *PYTEST_GROUPS)
# One more than the two processors of CI: the browser and system tests often wait.
SIDE_BY_SIDE = 3

Work = Callable[[], Tally | None]
Check = Callable[[], object]  # a piece of work with its title, to be done by a suite


@dataclass
class Suite:
    """The checks of one run, and what they found."""

    total: Tally = field(default_factory=Tally)
    failures: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, title: str, work: Work) -> bool:
        """Do one check; note what it found, and tell whether all is well."""
        say(f"\n{title} …")
        start = time.monotonic()
        try:
            found = work() or Tally()
            complaint = f"{found}" if found.failed else ""
        except Failure as failure:
            found = Tally(failed=1)
            complaint = str(failure)
            _show_log(failure)
        with self._lock:
            self._note(title, found, complaint, seconds_since(start))
        return not complaint

    def _note(self, title: str, found: Tally, complaint: str, took: str) -> None:
        if complaint:
            self.failures.append(f"{title}: {complaint}")
        self.total += found
        for problem in found.problems:
            say(f"  | {problem}")
        verdict = complaint or (f"{found}" if found.passed else "ok")
        say(f"{title}: {verdict} ({took})")


class Once:
    """A check that others need: the first one to come does it, the others wait."""

    def __init__(self, check: Callable[[], bool]) -> None:
        self._check = cache(check)
        self._lock = threading.Lock()

    def __call__(self) -> bool:
        with self._lock:
            return self._check()


def main() -> int:
    """Run the checks; 0 when all is well."""
    options = _parse()
    start = time.monotonic()
    refusal = "dev/test is already running in this checkout."
    with only_one(STATE / "test.lock", refusal):
        tools = setup.provide(with_browser=True)
        suite = Suite()
        with ExitStack() as stack:
            checks = _checks(suite, tools, options, stack)
            run_side_by_side(checks, SIDE_BY_SIDE)
    for failure in suite.failures:
        complain(f"Failed: {failure}")
    say(f"\nAll of it took {seconds_since(start)}.\n{suite.total}")
    return 1 if suite.failures else 0


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="dev/test", description="Runs everything that CI runs."
    )
    parser.add_argument(
        "--only", action="append", choices=GROUPS, help="a part of it; may be repeated"
    )
    parser.add_argument(
        "--tags",
        help="with --only tests: as for Odoo's --test-tags,"
        " e.g. /xero_sync:TestSecurity",
    )
    return parser.parse_args()


def _checks(
    suite: Suite, tools: Tools, options: argparse.Namespace, stack: ExitStack
) -> list[Check]:
    """Independent checks of the groups asked for, roughly the longest first.

    :param stack: what the checks need, and what stops it afterwards
    """
    groups = options.only or GROUPS
    checks: list[Check] = []
    if {"install", "tests"} & set(groups):
        cluster = Cluster("test", tools.python)
        stack.enter_context(cluster.start())
        odoo = Odoo("test", tools, cluster)
    checks += _pytest_checks(suite, tools, set(groups) & set(AT_FIRST))
    if "tests" in groups:
        install, *shares = _addon_tests(suite, odoo, options.tags)
        checks = [install, *checks, *shares]
    if {"install", "lint"} & set(groups):
        export = sources.export_addon()
    if "install" in groups:
        checks.append(partial(_check_life_of_module, suite, odoo, export))
        work = partial(wheel_check.install_from_wheel, odoo)
        checks.append(partial(suite.check, "Installing from a wheel", work))
    if "lint" in groups:
        checks += _source_checks(suite, tools, export)
    return checks + _pytest_checks(suite, tools, set(groups) - set(AT_FIRST))


def _source_checks(suite: Suite, tools: Tools, export: Path) -> list[Check]:
    checks: dict[str, Work] = {
        "pylint-odoo: the OCA's mandatory rules": partial(
            lint.pylint_odoo, tools, export
        ),
        "pylint: Odoo's own rules": partial(lint.core_pylint, tools, export),
        "ruff: format": partial(lint.ruff_format, tools),
        "ruff: rules": partial(lint.ruff_check, tools),
        "OCA hooks": partial(lint.oca_hooks, tools, export),
        "README.rst and the manual": partial(lint.manual_pages, tools),
    }
    return [partial(suite.check, title, work) for title, work in checks.items()]


def _addon_tests(suite: Suite, odoo: Odoo, tags: str | None) -> list[Check]:
    """The checks that are the addon's tests, after the one they all need."""
    shares = {"The addon's tests": tags} if tags else odoo_checks.shares()
    title = "Installing in a database with demo data"
    install = Once(
        partial(suite.check, title, partial(odoo_checks.provide_tested, odoo))
    )
    checks: list[Check] = [install]
    for number, (title, share) in enumerate(shares.items(), 1):
        work = partial(odoo_checks.addon_tests, odoo, number, share)
        checks.append(partial(_check_after, install, suite, title, work))
    if not tags:
        title = "The addon's tests beside other applications"
        work = partial(odoo_checks.neighbours_tests, odoo)
        checks.append(partial(suite.check, title, work))
    return checks


def _check_after(first: "Once", suite: Suite, title: str, work: Work) -> None:
    """Do a check that another one makes possible; it has failed when that one has."""
    if first():
        suite.check(title, work)


def _pytest_checks(suite: Suite, tools: Tools, groups: Collection[str]) -> list[Check]:
    return [
        partial(suite.check, title, partial(_run_pytest, tools, group, directory))
        for group, (title, directory) in PYTEST_GROUPS.items()
        if group in groups
    ]


def _check_life_of_module(suite: Suite, odoo: Odoo, export: Path) -> None:
    """Checks that share a database, one after another."""
    title = "Installing on an empty database without demo data"
    if suite.check(title, partial(odoo_checks.install_without_demo, odoo)):
        current = partial(translation_template.require_current, odoo)
        work = partial(current, odoo_checks.EMPTY, export)
        suite.check("The template of translations", work)
        suite.check("Odoo's test_lint", partial(odoo_checks.core_lint, odoo, export))
        suite.check("Uninstalling", partial(odoo_checks.uninstall, odoo))


def _run_pytest(tools: Tools, name: str, directory: str) -> Tally:
    log = fresh_log(f"{name}-tests")
    # Its own root: the checkout's __init__.py imports Odoo.
    command = [tools.python / "bin/python", "-m", "pytest", "-c", DEV / "pytest.ini"]
    # The system tests run Odoo in pytest's own processes.
    env = clean_environment() | {"PATH": tools.path()}
    options = {"env": env, "cwd": DEV, "stop_signal": signal.SIGINT}
    with suppress(CommandFailed):
        run([*command, directory], log, **options)
    return tally.of_pytest(log)


def _show_log(failure: Failure) -> None:
    """Print the end of the log that explains a failure."""
    log: Path | None = getattr(failure, "log", None)
    if log:
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
        for line in lines[-40:]:
            say(f"  | {line}")
