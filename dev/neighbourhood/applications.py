"""The addon in a database with everything that Odoo has for download."""

import ast
from dataclasses import dataclass
from pathlib import Path

from environment import odoo_checks, odoo_source
from environment.odoo import Odoo
from environment.paths import MODULE, fresh_log

DATABASE = "neighbours_applications"
# Parts of the flows, which are no applications themselves
MORE = (
    "delivery",
    "l10n_au",
    "pos_sale",
    "purchase_stock",
    "sale_loyalty",
    "sale_mrp",
    "sale_stock",
    "stock_landed_costs",
)


@dataclass(frozen=True)
class Installed:
    """What came of the installation."""

    applications: list[str]
    modules: int  # in the database, with what the applications bring
    problems: list[str]  # warnings and errors that name us


def install_beside_all(odoo: Odoo) -> Installed:
    """Install all applications, then the addon.

    :raise CommandFailed: Odoo ended with an error
    """
    names = _applications(odoo_source.addons_directories(odoo.tools.odoo_home))
    odoo.drop(DATABASE)
    before = fresh_log("neighbours-applications")
    odoo.install(DATABASE, ",".join((*names, *MORE)), before, "--no-http")
    log = fresh_log("neighbours-addon")
    odoo.install(DATABASE, MODULE, log, "--no-http")
    (count,) = odoo.query(
        DATABASE, "SELECT count(*) FROM ir_module_module WHERE state = 'installed'"
    )
    return Installed(names, count[0], _warnings_about_us(log))


def _applications(directories: list[Path]) -> list[str]:
    """Names of the modules that Odoo lists as applications, but for ours."""
    manifests = (
        path for folder in directories for path in folder.glob("*/__manifest__.py")
    )
    found = (
        path.parent.name
        for path in manifests
        if _is_application(ast.literal_eval(path.read_text(encoding="utf-8")))
    )
    return sorted(set(found) - {MODULE})


def _is_application(manifest: dict) -> bool:
    return bool(manifest.get("application") and manifest.get("installable", True))


def _warnings_about_us(log: Path) -> list[str]:
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    return [
        line
        for line in lines
        if odoo_checks.LOG_PROBLEM.match(line) and "xero" in line.partition(DATABASE)[2]
    ]
