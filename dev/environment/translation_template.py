"""The template of translations, as Odoo's own exporter writes it."""

from pathlib import Path

from . import sources
from .console import Failure
from .odoo import Odoo
from .paths import MODULE, ROOT, display, fresh_log

TEMPLATE = ROOT / "i18n" / f"{MODULE}.pot"
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def write(odoo: Odoo, database: str) -> None:
    """Export the texts of the addon, from a database that has it.

    :raise environment.console.Failure: Odoo does not export them
    """
    TEMPLATE.parent.mkdir(exist_ok=True)
    text = _exported(odoo, database, sources.export_addon())
    TEMPLATE.write_text(text, encoding="utf-8")


def require_current(odoo: Odoo, database: str, export: Path) -> None:
    """Check that the template says what Odoo would export from a database.

    :param export: the directory with a copy of the addon
    :raise environment.console.Failure: it says something else
    """
    if _exported(odoo, database, export) != TEMPLATE.read_text(encoding="utf-8"):
        command = "python -m environment.translations"
        raise Failure(f"{display(TEMPLATE)} is old: run {command} in dev.")


def _exported(odoo: Odoo, database: str, export: Path) -> str:
    """The template, without dates: it changes only when a text does."""
    # The exporter reads all that is below the addon: that must not be ``.dev``.
    addons = f"--addons-path={odoo.addons_path(export)}"
    output = odoo.directory / TEMPLATE.name
    target = ["--database", database, "--output", str(output), MODULE]
    log = fresh_log("translations")
    odoo.run([addons, "i18n", "export", "-l", "pot", *target], log)
    lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
    output.unlink()
    return "".join(line for line in lines if not line.lstrip('"').startswith(DATES))
