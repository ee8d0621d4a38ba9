"""The checks that run the addon in Odoo."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from . import tally
from .console import Failure
from .odoo import Odoo
from .paths import MODULE, ROOT, SCRIPTS, display, fresh_log
from .processes import CommandFailed, free_port
from .tally import Tally

EMPTY = "xero_empty"  # the addon alone, without demo data
TESTED = "xero_tests"
FILE_SHARES = 2  # besides the tests made from tables
DEMO = "xero_test_base"  # what TESTED is copied from
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
    )
)
NEIGHBOURS_TESTS = ROOT / "tests" / "neighbours"
NEIGHBOURS_TAG = "xero_neighbours"  # of those, which are no standard ones
LOG_PROBLEM = re.compile(r"^[-\d]+ [:,\d]+ \d+ (?:WARNING|ERROR|CRITICAL) .*")
HTTP_BASE = re.compile(r"^class (\w+)\(.*\bHttpCase\b", re.MULTILINE)
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
    return _run_tests(odoo, EMPTY, "test_lint", CORE_LINT, log, addons)


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
    """Run some of the addon's tests in a database with demo data.

    :param number: of the database, see :func:`provide_database`
    :param tags: as for Odoo's ``--test-tags``
    :raise Failure: a test was skipped
    """
    log = fresh_log(f"addon-tests-{number}")
    return _tests_of_addon(odoo, f"{TESTED}_{number}", tags, log)


def neighbours_tests(odoo: Odoo) -> Tally:
    """Run the addon's tests that need Odoo's other applications, in their database.

    :raise Failure: a test was skipped
    """
    copy_neighbours_database(odoo, NEIGHBOURS)
    log = fresh_log("addon-tests-neighbours")
    return _tests_of_addon(odoo, NEIGHBOURS, f"{NEIGHBOURS_TAG}/{MODULE}", log)


def _tests_of_addon(odoo: Odoo, database: str, tags: str, log: Path) -> Tally:
    result = _run_tests(odoo, database, MODULE, tags, log)
    if result.skipped:
        raise Failure(f"{result.skipped} tests were skipped (log: {display(log)}).")
    return result


def shares() -> dict[str, str]:
    """What the Odoos that run the addon's tests side by side run each, by title.

    Tests made from a table by the hundred carry a tag and are a share. The files of
    the others are dealt out. The first share is whatever no other share takes, so that
    no test is left out. :func:`neighbours_tests` are those that need other modules.

    :return: selections as for Odoo's ``--test-tags``
    """
    first, *others = (
        [f"/{MODULE}/{path.relative_to(ROOT)}" for path in share]
        for share in deal(_ordinary_files(), FILE_SHARES)
    )
    taken = [f"-{name}" for share in others for name in share]
    selections = {
        "The addon's tests": ",".join([f"/{MODULE}", "-xero_many", *taken]),
        "The addon's tests made from tables": f"xero_many/{MODULE}",
    }
    for number, share in enumerate(others, 2):
        title = f"The addon's tests, share {number}"
        selections[title] = ",".join([*share, "-xero_many"])
    return selections


def _ordinary_files() -> list[Path]:
    """Files of tests that run in a database without Odoo's other applications."""
    found = (ROOT / "tests").rglob("test_*.py")
    return sorted(path for path in found if path.parent != NEIGHBOURS_TESTS)


def deal(files: Iterable[Path], number: int) -> list[list[Path]]:
    """Deal files of tests out in shares that have about equally many tests.

    Those with an ``HttpCase``, or a base of ours that is one, are all in the first
    share: Odoo makes its style sheets and scripts anew for every run that has one,
    which takes half a minute.
    """
    dealt: list[list[Path]] = [[] for _ in range(number)]
    sizes = [0] * number
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    bases = _http_bases({path.parent for path in texts})
    http = {path for path in texts if any(base in texts[path] for base in bases)}
    for path in sorted(texts, key=lambda path: path not in http):
        share = 0 if path in http else sizes.index(min(sizes))
        dealt[share].append(path)
        sizes[share] += texts[path].count("    def test_")
    return dealt


def _http_bases(folders: Iterable[Path]) -> set[str]:
    """Names of what such tests inherit: Odoo's class, and the folders' own of it."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in folders
        for path in folder.glob("*_case.py")
    ]
    return {"HttpCase"}.union(*map(HTTP_BASE.findall, texts))


def provide_database(odoo: Odoo, number: int) -> None:
    """Make the database of one share of the addon's tests anew."""
    copy_demo_database(odoo, f"{TESTED}_{number}")


def copy_demo_database(odoo: Odoo, target: str) -> None:
    """Give ``target`` what the addon depends on, with demo data, without the addon.

    It also has companies for the addon's tests. All this takes more than a minute: it
    is kept for the next time.
    """
    if not odoo.exists(DEMO):
        _make(odoo, DEMO, _fill_demo_database)
    odoo.drop(target)
    odoo.copy(DEMO, target)


def copy_neighbours_database(odoo: Odoo, target: str) -> None:
    """Give ``target`` the same, and Odoo's other applications without demo data.

    This takes another minute, and is kept too.
    """
    if not odoo.exists(NEIGHBOURS_BASE):
        _make(odoo, NEIGHBOURS_BASE, _fill_neighbours_database)
    odoo.drop(target)
    odoo.copy(NEIGHBOURS_BASE, target)


def _make(odoo: Odoo, name: str, fill: Callable[[Odoo, str], None]) -> None:
    """Make a database that is there complete, or not at all."""
    in_the_making = f"{name}_in_the_making"
    odoo.drop(in_the_making)
    fill(odoo, in_the_making)
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


def _run_tests(
    odoo: Odoo, database: str, module: str, tags: str, log: Path, *arguments: str
) -> Tally:
    """Install a module with tests; a test that fails is counted, not raised."""
    options = ["--test-tags", tags, "--http-port", str(free_port()), *arguments]
    failure: CommandFailed | None = None
    try:
        odoo.install(database, module, log, *options)
    except CommandFailed as error:
        failure = error
    result = tally.of_odoo(log)
    if failure and not result.failed:
        raise failure
    return result


def require_clean(log: Path) -> None:
    """:raise Failure: Odoo logged a warning or an error"""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    problems = [line for line in lines if LOG_PROBLEM.match(line)]
    for line in problems:
        if not any(accepted.search(line) for accepted in ACCEPTED_PROBLEMS):
            raise Failure(f"{line} (log: {display(log)})")


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
