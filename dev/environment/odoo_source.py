"""Odoo 19: the one in ``ODOO_HOME``, else Debian's package, extracted under .dev."""

import os
import re
from pathlib import Path

from . import debian
from .console import Failure, activity
from .paths import CACHE, STATE
from .staging import complete_or_absent

SERIES = "19.0"
# The web client's own links lead into these packages.
PACKAGES = [
    "odoo-19",
    "fonts-dejavu-core",
    "fonts-glyphicons-halflings",
    "fonts-inconsolata",
    "fonts-montserrat",
    "fonts-ocr-b",
    "fonts-roboto-unhinted",
    "gsfonts",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
    # Odoo names the files of Font Awesome 4.7; unstable's version has others.
    "fonts-font-awesome/bookworm",
]
# Debian removed this one for its licence. The page asks for it all the same, and the
# error in its console makes every browser test fail: an empty file is enough.
REMOVED_FILE = "addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"


def provide() -> Path:
    """The directory to put on Python's path to ``import odoo``.

    :raise Failure: no Odoo 19 is to be had
    """
    chosen = os.environ.get("ODOO_HOME")
    home = Path(chosen).expanduser().resolve() if chosen else _debian_package()
    _require_series(home)
    return home


def addons_directories(home: Path) -> list[Path]:
    """Where this Odoo keeps its own addons."""
    candidates = [home / "odoo" / "addons", home / "addons"]
    return [path for path in candidates if any(path.glob("*/__manifest__.py"))]


def _debian_package() -> Path:
    target = STATE / "odoo-19"
    home = target / "usr/lib/python3/dist-packages"
    if target.is_dir():
        return home
    archives = CACHE / "odoo-19"
    try:
        if not archives.is_dir():
            _download(archives)
    except Failure as failure:
        raise Failure(
            f"Odoo 19 cannot be downloaded: {failure} "
            "Set ODOO_HOME to the sources of an Odoo 19 that you have."
        ) from failure
    with activity("Extracting Odoo 19"), complete_or_absent(target) as beside:
        debian.extract(archives, beside)
        missing = beside / home.relative_to(target) / "odoo" / REMOVED_FILE
        if not missing.exists():
            missing.parent.mkdir(parents=True, exist_ok=True)
            missing.touch()
    return home


def _download(archives: Path) -> None:
    with activity("Downloading Odoo 19, Debian's package (130 MB)"):
        client = debian.client_for_suites("odoo-19", ["unstable", "bookworm"])
        with complete_or_absent(archives) as beside:
            client.download(PACKAGES, beside)


def _require_series(home: Path) -> None:
    release = home / "odoo" / "release.py"
    if not release.is_file():
        raise Failure(f"{home} does not hold Odoo's sources (ODOO_HOME).")
    if not re.search(r"^version_info = \(19, 0,", release.read_text(), re.MULTILINE):
        raise Failure(f"{home} holds another Odoo than {SERIES} (ODOO_HOME).")
