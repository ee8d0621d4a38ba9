"""``dev/pytest``: chosen tests of the addon, fast, again and again.

CI uses Odoo's own runner (``dev/test``). This one keeps a database with the addon
installed, and gives pytest's selection, output and debugger. ``--neighbours`` chooses
another database, which also has Odoo's other applications, and ``tests/neighbours``.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import odoo_checks, setup, sources
from .console import activity
from .locks import only_one
from .odoo import Odoo
from .paths import ADDONS, DEV, MODULE, STATE, fresh_log
from .postgres import Cluster
from .processes import run_in_foreground

NEIGHBOURS = "--neighbours"


@dataclass(frozen=True)
class Loop:
    """Tests, and the database in which they run."""

    database: str
    copy_base: Callable[[Odoo, str], None]
    installed_code: Path  # the file that tells for which code the database is
    tests: tuple[str, ...]  # which, when the command line names none


ORDINARY = Loop(
    "xero_pytest",
    odoo_checks.copy_demo_database,
    STATE / "test" / "installed-code",
    ("tests", f"--ignore={MODULE}/tests/neighbours"),
)
BESIDE_NEIGHBOURS = Loop(
    "xero_pytest_neighbours",
    odoo_checks.copy_neighbours_database,
    STATE / "test" / "installed-code-neighbours",
    ("tests/neighbours",),
)


def main() -> int:
    """Run pytest with the arguments of the command line; return its exit code."""
    given = [each for each in sys.argv[1:] if each != NEIGHBOURS]
    loop = BESIDE_NEIGHBOURS if NEIGHBOURS in sys.argv else ORDINARY
    with provided(loop) as odoo:
        options = _options(loop, given)
        command = [odoo.tools.python / "bin/python", "-m", "pytest", *options]
        # Not in the checkout, nor through its real path: pytest-odoo takes the
        # module's name from the directory above the tests.
        return run_in_foreground(command, env=odoo.environment(), cwd=ADDONS)


@contextmanager
def provided(loop: Loop) -> Iterator[Odoo]:
    """Odoo with the loop's database, in which the addon is as this checkout has it."""
    refusal = "dev/test or dev/pytest is already running in this checkout."
    with only_one(STATE / "test.lock", refusal):
        tools = setup.provide(with_browser=True)
        cluster = Cluster("test", tools.python)
        with cluster.start():
            odoo = Odoo("test", tools, cluster)
            _provide_database(odoo, loop)
            yield odoo


def _options(loop: Loop, given: list[str]) -> list[str]:
    named = any(each.startswith("tests") for each in given)
    chosen = [*given, *(() if named else loop.tests)]
    return [
        f"--config-file={DEV / 'environment' / 'pytest-odoo.ini'}",
        f"--rootdir={ADDONS}",
        f"--odoo-database={loop.database}",
        "--odoo-http",
        *(f"{MODULE}/{each}" if each.startswith("tests") else each for each in chosen),
    ]


def _provide_database(odoo: Odoo, loop: Loop) -> None:
    """A database with the addon, whose tables and views fit the code."""
    code = sources.addon_digest()
    log = fresh_log("pytest-install")
    if not (odoo.exists(loop.database) and loop.installed_code.exists()):
        loop.copy_base(odoo, loop.database)
        with activity("Installing the addon"):
            odoo.install(loop.database, MODULE, log, "--no-http")
    elif loop.installed_code.read_text() != code:
        with activity("Upgrading the addon to the code of this checkout"):
            odoo.upgrade(loop.database, MODULE, log)
    loop.installed_code.write_text(code)
