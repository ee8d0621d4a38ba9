"""Everything a command needs, made on its first run and found again later."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from . import odoo_source, python_packages
from .browser import CHROMIUM
from .console import Failure
from .locks import one_after_another
from .paths import ADDONS, DEV, STATE, link_addon
from .pdf import WKHTMLTOPDF
from .processes import run_in_foreground

SPACE_NEEDED = 5 * 1024**3  # bytes, for a first run


@dataclass(frozen=True)
class Tools:
    """Where the programs are."""

    odoo_home: Path
    python: Path  # a virtual environment
    wkhtmltopdf: Path  # a directory for PATH
    browser: Path | None  # another

    def path(self, *more: Path) -> str:
        """PATH with the programs that Odoo calls, and ``more``, in its front."""
        front = filter(None, [self.browser, self.wkhtmltopdf, *more])
        return os.pathsep.join([*map(str, front), os.environ.get("PATH", os.defpath)])


def provide(with_browser: bool = False) -> Tools:
    """Set up what is not there yet.

    :raise Failure: something cannot be had
    """
    STATE.mkdir(exist_ok=True)
    with one_after_another(
        STATE / "setup.lock", "Another run is setting up; waiting …"
    ):
        _require_space()
        link_addon(ADDONS)
        return Tools(
            odoo_home=odoo_source.provide(),
            python=python_packages.provide(),
            wkhtmltopdf=WKHTMLTOPDF.provide(),
            browser=CHROMIUM.provide() if with_browser else None,
        )


def run_with_odoo(module: str, arguments: Sequence[str]) -> int:
    """Set up, and run a module of ``dev`` with a Python that can import Odoo.

    :param arguments: the command line's words, which the module reads again
    :return: its exit code
    :raise Failure: something cannot be had
    """
    tools = provide()
    return run_in_foreground(
        [tools.python / "bin/python", "-m", module, *arguments],
        env=python_packages.clean_environment() | {"PATH": tools.path()},
        cwd=DEV,
    )


def _require_space() -> None:
    set_up = (STATE / "odoo-19").exists()
    free = shutil.disk_usage(STATE).free
    if free < SPACE_NEEDED and not set_up:
        raise Failure(
            f"The disk of {STATE} has {free / 1024**3:.1f} GB left; "
            f"setting up needs {SPACE_NEEDED / 1024**3:.0f} GB."
        )
