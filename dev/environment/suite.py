"""``dev/test``: everything that must be true before a change lands."""

import argparse
import signal
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import lint, odoo_checks, setup, sources, tally
from .console import Failure, complain, say, seconds_since
from .locks import only_one
from .odoo import Odoo
from .paths import DEV, STATE, fresh_log
from .postgres import Cluster
from .processes import CommandFailed, run
from .python_packages import clean_environment
from .setup import Tools
from .tally import Tally

# Groups of checks, and the directories of those that pytest runs
PYTEST_GROUPS = {
    "environment": ("Tests of these commands", "environment/tests"),
    "sandbox": ("The local Xero's own tests", "sandbox/tests"),
    "system": ("System tests: killed workers, lost answers", "system_tests"),
    "browser": ("Browser tests: what people see and press", "browser_tests"),
}
GROUPS = ("lint", "install", "tests", *PYTEST_GROUPS)


@dataclass
class Suite:
    """The checks of one run, and what they found."""

    total: Tally = field(default_factory=Tally)
    failures: list[str] = field(default_factory=list)

    def check(self, title: str, work: Callable[[], Tally | None]) -> bool:
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
        if complaint:
            self.failures.append(f"{title}: {complaint}")
        self.total += found
        for problem in found.problems:
            say(f"  | {problem}")
        verdict = complaint or (f"{found}" if found.passed else "ok")
        say(f"  {verdict} ({seconds_since(start)})")
        return not complaint


def main() -> int:
    """Run the checks; 0 when all is well."""
    options = _parse()
    start = time.monotonic()
    refusal = "dev/test is already running in this checkout."
    with only_one(STATE / "test.lock", refusal):
        tools = setup.provide(with_browser=True)
        suite = Suite()
        groups = options.only or GROUPS
        if "lint" in groups:
            _check_sources(suite, tools)
        if {"install", "tests"} & set(groups):
            cluster = Cluster("test", tools.python)
            with cluster.start():
                _check_in_odoo(suite, groups, Odoo("test", tools, cluster), options)
        for group in PYTEST_GROUPS:
            if group in groups:
                title, directory = PYTEST_GROUPS[group]
                suite.check(title, partial(_run_pytest, tools, group, directory))
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
        help="with --only tests: as for Odoo's --test-tags, e.g. /xero_sync:TestClient",
    )
    return parser.parse_args()


def _check_sources(suite: Suite, tools: Tools) -> None:
    export = sources.export_addon()
    checks = {
        "ruff: format": lambda: lint.ruff_format(tools),
        "ruff: rules": lambda: lint.ruff_check(tools),
        "pylint-odoo: the OCA's mandatory rules": lambda: lint.pylint_odoo(
            tools, export
        ),
        "pylint: Odoo's own rules": lambda: lint.core_pylint(tools, export),
        "OCA hooks": lambda: lint.oca_hooks(tools, export),
        "README.rst": lambda: lint.readme(tools),
    }
    for title, work in checks.items():
        suite.check(title, work)


def _check_in_odoo(
    suite: Suite, groups: Sequence[str], odoo: Odoo, options: argparse.Namespace
) -> None:
    if "install" in groups:
        _check_life_of_module(suite, odoo)
    if "tests" in groups:
        title = "The addon's tests on a database with demo data"
        suite.check(title, lambda: odoo_checks.addon_tests(odoo, options.tags))


def _check_life_of_module(suite: Suite, odoo: Odoo) -> None:
    title = "Installing on an empty database without demo data"
    if suite.check(title, lambda: odoo_checks.install_without_demo(odoo)):
        export = sources.export_addon()
        suite.check("Odoo's test_lint", lambda: odoo_checks.core_lint(odoo, export))
        suite.check("Uninstalling", lambda: odoo_checks.uninstall(odoo))


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
