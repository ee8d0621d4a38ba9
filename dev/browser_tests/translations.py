"""The template of translations, as Odoo's own exporter writes it."""

from environment import sources
from environment.odoo import Odoo
from environment.paths import MODULE, ROOT, fresh_log

TEMPLATE = ROOT / "i18n" / f"{MODULE}.pot"
DATES = ("POT-Creation-Date", "PO-Revision-Date")


def write(odoo: Odoo, database: str) -> None:
    """Export the texts of the addon, from a database that has it.

    :raise environment.console.Failure: Odoo does not export them
    """
    # The exporter reads all that is below the addon: that must not be ``.dev``.
    addons = f"--addons-path={odoo.addons_path(sources.export_addon())}"
    target = ["--database", database, "--output", str(TEMPLATE), MODULE]
    TEMPLATE.parent.mkdir(exist_ok=True)
    log = fresh_log("translations")
    odoo.run([addons, "i18n", "export", "-l", "pot", *target], log)
    _strip_dates()


def _strip_dates() -> None:
    """Without them the file changes only when a text does."""
    lines = TEMPLATE.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.lstrip('"').startswith(DATES)]
    TEMPLATE.write_text("".join(kept), encoding="utf-8")
