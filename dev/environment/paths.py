"""Where things are in a checkout."""

from pathlib import Path

MODULE = "xero_sync"
ROOT = Path(__file__).resolve().parents[2]
DEV = ROOT / "dev"
SCRIPTS = DEV / "environment" / "scripts"  # what Odoo's Python runs
STATE = ROOT / ".dev"
CACHE = STATE / "cache"
LOGS = STATE / "logs"
ADDONS = STATE / "addons"


def link_addon(directory: Path) -> Path:
    """Make ``directory/xero_sync`` a link to the checkout; return the directory.

    Odoo takes a module's name from its directory, and a checkout may have any name.
    """
    directory.mkdir(parents=True, exist_ok=True)
    link = directory / MODULE
    if not link.is_symlink():
        link.symlink_to(ROOT, target_is_directory=True)
    return directory


def fresh_log(name: str) -> Path:
    """The path of a log that starts empty."""
    log = LOGS / f"{name}.log"
    log.unlink(missing_ok=True)
    return log


def display(path: Path) -> str:
    """The path as a person in the checkout would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
