"""The checks that run the addon in Odoo."""

import re
import threading
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from . import local_xero, tally
from .console import Failure
from .odoo import Odoo
from .paths import MODULE, ROOT, SCRIPTS, display, fresh_log
from .processes import CommandFailed, free_port
from .tally import Tally

EMPTY = "xero_empty"  # the addon alone, without demo data
TESTED = "xero_tests"  # the addon with demo data, copied for each share of its tests
FILE_SHARES = 4  # besides the tests made from tables, which carry a tag
MANY_SHARES, MANY = 3, "xero_many"
DEMO = "xero_test_base"  # what TESTED is made from
DEMO_MODULES = "sale_management,purchase,l10n_au"
NEIGHBOURS = "xero_tests_neighbours"
NEIGHBOURS_BASE = "xero_test_base_neighbours"  # what NEIGHBOURS is copied from
NEIGHBOURS_MODULES = ",".join(
    (
        "sale_stock",
        "sale_mrp",
        "sale_loyalty",
        "delivery",
        "purchase_stock",
        "pos_sale",
        "stock_landed_costs",
        "hr_expense",
    )
)
NEIGHBOURS_TESTS = ROOT / "tests" / "neighbours"
NEIGHBOURS_TAG = "xero_neighbours"  # of those, which are no standard ones
_making_base = threading.RLock()  # the second one is made from the first
LOG_PROBLEM = re.compile(r"^[-\d]+ [:,\d]+ \d+ (?:WARNING|ERROR|CRITICAL) .*")
ACCEPTED_PROBLEMS = (
    # PostgreSQL from PyPI lacks it. Odoo's searches are slower without, no more.
    re.compile(r"pg_trgm"),
)
# Core's self-tests of its linters, which need pylint inside Odoo; and ESLint. Pylint
# runs core's checks on this addon in ``lint.core_pylint``.
CORE_LINT = "/test_lint," + ",".join(
    f"-/test_lint:{name}"
    for name in (
        "TestESLint",
        "TestGetTextLint",
        "TestI18nChecks",
        "TestPyLint",
        "TestSqlLint",
    )
)


def install_without_demo(odoo: Odoo) -> None:
    """Install the addon in a new database, with a log that has nothing to say.

    :raise Failure: Odoo ended with an error, or warned of something
    """
    odoo.drop(EMPTY)
    log = fresh_log("install-without-demo")
    odoo.install(EMPTY, MODULE, log, "--no-http")
    require_clean(log)


def core_lint(odoo: Odoo, export: Path) -> Tally:
    """Run Odoo's own ``test_lint`` on the database of :func:`install_without_demo`.

    :param export: the directory with the copy of the addon that it may read
    """
    log = fresh_log("core-lint")
    addons = f"--addons-path={odoo.addons_path(export)}"
    tags = ("--test-tags", CORE_LINT, "--http-port", str(free_port()))
    install = partial(odoo.install, EMPTY, "test_lint", log, *tags, addons)
    return _counted(install, log)


def uninstall(odoo: Odoo) -> None:
    """Uninstall the addon from a database that uses it; nothing may stay behind.

    :raise Failure: something stays, or Odoo warned of something
    """
    log = fresh_log("uninstall")
    odoo.shell(EMPTY, SCRIPTS / "use_before_uninstall.py", log)
    odoo.run(["module", "uninstall", "-d", EMPTY, MODULE], log)
    require_clean(log)
    left = _left_behind(odoo)
    if left:
        raise Failure(f"Uninstalling leaves behind: {', '.join(left)}")


def addon_tests(odoo: Odoo, number: int, tags: str) -> Tally:
    """Run some of the addon's tests in a copy of :func:`provide_tested`'s database.

    :param number: of the copy
    :param tags: as for Odoo's ``--test-tags``
    :raise Failure: a test was skipped
    """
    database = f"{TESTED}_{number}"
    copy_database(odoo, TESTED, database)
    log = fresh_log(f"addon-tests-{number}")
    tests = partial(odoo.test, database, tags, log)
    result = _tests_of_addon(odoo, tests, log)
    odoo.drop(database)
    return result


def neighbours_tests(odoo: Odoo) -> Tally:
    """Run the addon's tests that need Odoo's other applications, in their database.

    :raise Failure: a test was skipped
    """
    copy_neighbours_database(odoo, NEIGHBOURS)
    log = fresh_log("addon-tests-neighbours")
    tags = f"{NEIGHBOURS_TAG}/{MODULE}"
    tests = partial(odoo.test, NEIGHBOURS, tags, log, install=MODULE)
    return _tests_of_addon(odoo, tests, log)


def _tests_of_addon(odoo: Odoo, tests: Callable[..., None], log: Path) -> Tally:
    """Run tests with one local Xero for all; each of them finds it as new."""
    port = free_port()
    with local_xero.start(odoo.tools, port):
        result = _counted(partial(tests, xero=local_xero.address(port)), log)
    if result.skipped:
        raise Failure(f"{result.skipped} tests were skipped (log: {display(log)}).")
    return result


def shares() -> dict[str, str]:
    """What the Odoos that run the addon's tests side by side run each, by title.

    The files are dealt out; those with tests made from a table by the hundred, which
    carry a tag, once more for these. The first share of either kind is whatever no
    other takes, so that no test is left out. :func:`neighbours_tests` are those that
    need other modules.

    :return: selections as for Odoo's ``--test-tags``
    """
    files = _ordinary_files()
    made = [path for path in files if MANY in path.read_text(encoding="utf-8")]
    dealt = [made[number::MANY_SHARES] for number in range(MANY_SHARES)]
    # The longest first: what is left at the end of all is short
    return {
        **_selections("The addon's tests", "", deal(files, FILE_SHARES), f"-{MANY}"),
        **_selections("The addon's tests made from tables", MANY, dealt),
    }


def _selections(
    title: str, tag: str, dealt: list[list[Path]], *without: str
) -> dict[str, str]:
    """Selections of tests with a tag, the first of them all but what others take."""
    _first, *others = [
        [f"/{MODULE}/{path.relative_to(ROOT)}" for path in share] for share in dealt
    ]
    taken = [f"-{name}" for share in others for name in share]
    selections = {title: ",".join([f"{tag}/{MODULE}", *without, *taken])}
    for number, share in enumerate(others, 2):
        names = [f"{tag}{name}" for name in share]
        selections[f"{title}, share {number}"] = ",".join([*names, *without])
    return selections


def _ordinary_files() -> list[Path]:
    """Files of tests that run in a database without Odoo's other applications."""
    found = (ROOT / "tests").rglob("test_*.py")
    return sorted(path for path in found if path.parent != NEIGHBOURS_TESTS)


def deal(files: Iterable[Path], number: int) -> list[list[Path]]:
    """Deal files of tests out in shares that have about equally many tests."""
    dealt: list[list[Path]] = [[] for _ in range(number)]
    sizes = [0] * number
    for path in files:
        share = sizes.index(min(sizes))
        dealt[share].append(path)
        sizes[share] += path.read_text(encoding="utf-8").count("    def test_")
    return dealt


def provide_tested(odoo: Odoo) -> Tally:
    """Make the database for the addon's tests anew, with demo data and the addon.

    Tests that run while a module is installed run here, and nowhere else.
    """
    copy_demo_database(odoo, TESTED)
    log = fresh_log("addon-install")
    tags = ("--test-tags", f"at_install/{MODULE}", "--http-port", str(free_port()))
    install = partial(odoo.install, TESTED, MODULE, log, *tags)
    return _counted(install, log, least=0)


def copy_demo_database(odoo: Odoo, target: str) -> None:
    """Give ``target`` what the addon depends on, with demo data, without the addon.

    It also has companies for the addon's tests. All this takes more than a minute: it
    is kept for the next time.
    """
    with _making_base:
        if not odoo.exists(DEMO):
            _make(odoo, DEMO, _fill_demo_database)
    copy_database(odoo, DEMO, target)


def copy_database(odoo: Odoo, source: str, target: str) -> None:
    """Make ``target`` anew, with its files, as a copy."""
    odoo.drop(target)
    odoo.copy(source, target)


def copy_neighbours_database(odoo: Odoo, target: str) -> None:
    """Give ``target`` the same, and Odoo's other applications without demo data.

    This takes another minute, and is kept too, while it has all of them.
    """
    with _making_base:
        if not (odoo.exists(NEIGHBOURS_BASE) and _has_neighbours(odoo)):
            _make(odoo, NEIGHBOURS_BASE, _fill_neighbours_database)
    copy_database(odoo, NEIGHBOURS_BASE, target)


def _has_neighbours(odoo: Odoo) -> bool:
    rows = odoo.query(
        NEIGHBOURS_BASE, "SELECT name FROM ir_module_module WHERE state = 'installed'"
    )
    return {name for (name,) in rows}.issuperset(NEIGHBOURS_MODULES.split(","))


def _make(odoo: Odoo, name: str, fill: Callable[[Odoo, str], None]) -> None:
    """Make a database that is there complete, or not at all."""
    in_the_making = f"{name}_in_the_making"
    odoo.drop(in_the_making)
    fill(odoo, in_the_making)
    odoo.drop(name)
    odoo.rename(in_the_making, name)


def _fill_demo_database(odoo: Odoo, database: str) -> None:
    log = fresh_log("demo-data")
    odoo.install(database, DEMO_MODULES, log, "--with-demo", "--no-http")
    odoo.shell(database, SCRIPTS / "prepare_test_companies.py", log)


def _fill_neighbours_database(odoo: Odoo, database: str) -> None:
    copy_demo_database(odoo, database)
    # A module brings its demo data where those it depends on did.
    odoo.query(database, "UPDATE ir_module_module SET demo = false")
    log = fresh_log("neighbours-database")
    odoo.install(database, NEIGHBOURS_MODULES, log, "--no-http")


def _counted(run: Callable[[], None], log: Path, least: int = 1) -> Tally:
    """Run tests; one that fails is counted, not raised.

    :param least: so many tests there must be
    """
    failure: CommandFailed | None = None
    try:
        run()
    except CommandFailed as error:
        failure = error
    result = tally.of_odoo(log, least)
    if failure and not result.failed:
        raise failure
    return result


def require_clean(log: Path) -> None:
    """:raise Failure: Odoo logged a warning or an error"""
    for line in problems(log):
        raise Failure(f"{line} (log: {display(log)})")


def problems(log: Path) -> list[str]:
    """The warnings and errors that Odoo logged."""
    return [
        line
        for line in log.read_text(encoding="utf-8", errors="replace").splitlines()
        if LOG_PROBLEM.match(line)
        and not any(accepted.search(line) for accepted in ACCEPTED_PROBLEMS)
    ]


def _left_behind(odoo: Odoo) -> list[str]:
    """Names of what a database still has of the addon."""
    statements = {
        "table": "SELECT table_name FROM information_schema.tables"
        " WHERE table_name LIKE 'xero%'",
        "column": "SELECT table_name || '.' || column_name"
        " FROM information_schema.columns WHERE column_name LIKE '%xero%'",
        "model": "SELECT model FROM ir_model WHERE model LIKE 'xero%'",
        "XML id": f"SELECT name FROM ir_model_data WHERE module = '{MODULE}'",
        "job": "SELECT cron_name FROM ir_cron WHERE cron_name ILIKE '%xero%'",
        "parameter": f"SELECT key FROM ir_config_parameter WHERE key LIKE '{MODULE}%'",
        "group": "SELECT name::text FROM res_groups WHERE name::text ILIKE '%xero%'",
        "attachment": "SELECT name FROM ir_attachment WHERE res_model LIKE 'xero%'",
    }
    return [
        f"{kind} {row[0]}"
        for kind, statement in statements.items()
        for row in odoo.query(EMPTY, statement)
    ]
