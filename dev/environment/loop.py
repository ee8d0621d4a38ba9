"""``dev/pytest``: chosen tests of the addon, fast, again and again.

CI uses Odoo's own runner (``dev/test``). This one keeps a database with the addon
installed, and gives pytest's selection, output and debugger.
"""

import sys

from . import odoo_checks, setup, sources
from .console import activity
from .locks import only_one
from .odoo import Odoo
from .paths import ADDONS, DEV, MODULE, STATE, fresh_log
from .postgres import Cluster
from .processes import run_in_foreground

DATABASE = "xero_pytest"
INSTALLED_CODE = STATE / "test" / "installed-code"


def main() -> int:
    """Run pytest with the arguments of the command line; return its exit code."""
    refusal = "dev/test or dev/pytest is already running in this checkout."
    with only_one(STATE / "test.lock", refusal):
        tools = setup.provide(with_browser=True)
        cluster = Cluster("test", tools.python)
        with cluster.start():
            odoo = Odoo("test", tools, cluster)
            _provide_database(odoo)
            command = [tools.python / "bin/python", "-m", "pytest", *_options()]
            # Not in the checkout, nor through its real path: pytest-odoo takes the
            # module's name from the directory above the tests.
            return run_in_foreground(command, env=odoo.environment(), cwd=ADDONS)


def _options() -> list[str]:
    given = [
        f"{MODULE}/{each}" if each.startswith("tests") else each
        for each in sys.argv[1:]
    ]
    return [
        f"--config-file={DEV / 'environment' / 'pytest-odoo.ini'}",
        f"--rootdir={ADDONS}",
        f"--odoo-database={DATABASE}",
        "--odoo-http",
        *(given or [f"{MODULE}/tests"]),
    ]


def _provide_database(odoo: Odoo) -> None:
    """A database with the addon, whose tables and views fit the code."""
    code = sources.addon_digest()
    log = fresh_log("pytest-install")
    if not (odoo.exists(DATABASE) and INSTALLED_CODE.exists()):
        odoo_checks.copy_demo_database(odoo, DATABASE)
        with activity("Installing the addon"):
            odoo.install(DATABASE, MODULE, log, "--no-http")
    elif INSTALLED_CODE.read_text() != code:
        with activity("Upgrading the addon to the code of this checkout"):
            odoo.upgrade(DATABASE, MODULE, log)
    INSTALLED_CODE.write_text(code)
