"""The check that the addon is a package: built, installed by pip, used by Odoo."""

from dataclasses import replace
from pathlib import Path

from . import python_packages
from .console import Failure
from .odoo import Odoo
from .odoo_checks import copy_demo_database, require_clean
from .odoo_source import addons_directories
from .paths import DEV, MODULE, ROOT, STATE, display, fresh_log
from .processes import run
from .setup import Tools
from .staging import complete_or_absent

DATABASE = "xero_wheel"


def install_from_wheel(odoo: Odoo) -> None:
    """Install the addon from its wheel, in a fresh environment beside Odoo.

    The environment has what Odoo needs; what the addon needs comes with the wheel.

    :raise Failure: it cannot be built or installed, Odoo warned of something, or it
        took another copy of the addon
    """
    wheels = _wheels(odoo.tools)
    packages = STATE / "wheel" / "python"
    python_packages.create(packages)
    # Odoo compiles what it needs of them, which is little
    offline = ("--no-compile", "--no-index", f"--find-links={wheels}")
    odoo_needs = DEV / "requirements-odoo.txt"
    python_packages.install(packages, *offline, f"--requirement={odoo_needs}")
    python_packages.install(packages, *offline, f"odoo-addon-{MODULE}")
    _use(Odoo("test", replace(odoo.tools, python=packages), odoo.cluster))


def _wheels(tools: Tools) -> Path:
    """A directory with the addon's wheel, and those of all packages that are locked."""
    log = fresh_log("wheel")
    directory = STATE / "wheel" / "wheels"
    build = [tools.python / "bin/python", "-m", "pip", "wheel", "--quiet"]
    environment = python_packages.clean_environment()
    with complete_or_absent(directory) as beside:
        into = f"--wheel-dir={beside}"
        locked = ["--require-hashes", f"--requirement={python_packages.LOCK}"]
        run([*build, into, *locked], log, env=environment)
        own = ["--no-deps", "--no-build-isolation", ROOT]
        run([*build, into, *own], log, env=environment)
    return directory


def _use(odoo: Odoo) -> None:
    """Install the addon in a database: the environment's, since none else is found."""
    copy_demo_database(odoo, DATABASE)
    log = fresh_log("install-from-wheel")
    own = ",".join(map(str, addons_directories(odoo.tools.odoo_home)))
    odoo.install(DATABASE, MODULE, log, "--no-http", f"--addons-path={own}")
    require_clean(log)
    installed = f"SELECT 1 FROM ir_module_module WHERE name = '{MODULE}' AND state = "
    if not odoo.query(DATABASE, f"{installed} 'installed'"):
        raise Failure(
            f"Odoo does not find the addon of the wheel (log: {display(log)})"
        )
    odoo.drop(DATABASE)
