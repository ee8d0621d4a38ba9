"""A Chromium for the browser tests: the machine's, else Debian's, extracted."""

import shutil
import subprocess
from pathlib import Path

from . import debian
from .console import Failure, activity
from .paths import CACHE, STATE
from .processes import capture
from .python_packages import clean_environment
from .staging import complete_or_absent

# The names under which Odoo's tests look for it, in their order.
NAMES = ["google-chrome", "chromium", "chromium-browser", "google-chrome-stable"]
PACKAGES = ["chromium", "fonts-liberation"]
# The browser loads local pages only: without its own sandbox, which needs privileges
# that a container may not give, and without calling home.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-component-update",
    "--disable-background-networking",
    "--no-first-run",
]


def provide() -> Path:
    """A directory for the front of PATH that holds an executable ``chromium``.

    :raise Failure: no browser is to be had
    """
    directory = STATE / "browser-bin"
    wrapper = directory / NAMES[0]
    if not (wrapper.exists() and _starts(wrapper)):
        machines = _machine_browser()
        lines = _machine_lines(machines) if machines else _extracted_lines(_extract())
        directory.mkdir(exist_ok=True)
        wrapper.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        wrapper.chmod(0o755)
        _require_start(wrapper)
    return directory


def _machine_browser() -> str | None:
    found = filter(None, map(shutil.which, NAMES))
    return next((path for path in found if _starts(Path(path))), None)


def _machine_lines(path: str) -> list[str]:
    return [f'exec "{path}" {" ".join(FLAGS)} "$@"']


def _extract() -> Path:
    """Debian's Chromium with every library that this machine does not have."""
    target = STATE / "browser"
    if target.is_dir():
        return target
    archives = CACHE / "browser"
    try:
        if not archives.is_dir():
            _download(archives)
    except Failure as failure:
        raise Failure(
            f"A browser cannot be downloaded: {failure} "
            "Install Chromium or Chrome on this machine."
        ) from failure
    with activity("Extracting Chromium"), complete_or_absent(target) as beside:
        debian.extract(archives, beside)
    return target


def _download(archives: Path) -> None:
    with activity("Downloading Chromium and the libraries it needs"):
        client = debian.PackageClient("browser")
        client.update()
        with complete_or_absent(archives) as beside:
            client.download_with_missing(PACKAGES, beside)


def _extracted_lines(root: Path) -> list[str]:
    directories = sorted({str(path.parent) for path in root.rglob("lib*.so*")})
    search_path = ":".join(directories)
    return [
        f'export LD_LIBRARY_PATH="{search_path}"',
        f'export FONTCONFIG_FILE="{_write_font_configuration(root)}"',
        f'exec "{root}/usr/lib/chromium/chromium" {" ".join(FLAGS)} "$@"',
    ]


def _write_font_configuration(root: Path) -> Path:
    directories = ["/usr/share/fonts", f"{root}/usr/share/fonts"]
    lines = ["<fontconfig>", *(f"<dir>{path}</dir>" for path in directories)]
    lines += [f"<cachedir>{root}/font-cache</cachedir>", "</fontconfig>", ""]
    configuration = root / "fonts.conf"
    configuration.write_text("\n".join(lines))
    return configuration


def _starts(path: Path) -> bool:
    try:
        return bool(capture([path, "--version"], env=clean_environment(), timeout=30))
    except (OSError, subprocess.SubprocessError):
        return False


def _require_start(wrapper: Path) -> None:
    try:
        capture([wrapper, "--version"], env=clean_environment(), timeout=30)
    except (OSError, subprocess.SubprocessError) as error:
        said = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
        raise Failure(f"Chromium does not start: {said[-1] if said else ''}") from error
