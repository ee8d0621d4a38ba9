"""A program that Odoo calls: the machine's own, else Debian's package, extracted.

Either is called through a small script, which gives it the settings that it needs.
"""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import debian
from .console import Failure, activity
from .paths import CACHE, STATE
from .processes import capture
from .python_packages import clean_environment
from .staging import complete_or_absent


@dataclass(frozen=True)
class Program:
    """Where a program comes from, and how it is called."""

    title: str
    workspace: str  # the name of its directories below .dev
    names: Sequence[str]  # under which Odoo looks for it, in Odoo's order
    packages: Sequence[str]
    executable: str  # its path in the packages
    trial: Sequence[str]  # the arguments with which it shows that it works
    trial_output: str  # what it then prints begins so
    arguments: Sequence[str] = ()  # for every call
    settings: Mapping[str, str] = field(default_factory=dict)  # environment variables

    def provide(self) -> Path:
        """A directory for the front of PATH that holds the program.

        :raise Failure: it is not to be had, or does not work
        """
        directory = STATE / f"{self.workspace}-bin"
        script = directory / self.names[0]
        if not (script.exists() and self._works(script)):
            machines = self._find_on_machine()
            lines = self._call(machines) if machines else self._call_extracted()
            directory.mkdir(exist_ok=True)
            script.write_text("\n".join(["#!/bin/sh", *lines, ""]))
            script.chmod(0o755)
            self._require_work(script)
        return directory

    def _find_on_machine(self) -> str | None:
        found = filter(None, map(shutil.which, self.names))
        return next((path for path in found if self._works(Path(path))), None)

    def _call(self, program: str, **settings: str) -> list[str]:
        """Lines of a script that ends as the program."""
        exports = {**self.settings, **settings}.items()
        return [
            *(f'export {name}="{value}"' for name, value in exports),
            " ".join([f'exec "{program}"', *self.arguments, '"$@"']),
        ]

    def _call_extracted(self) -> list[str]:
        root = self._extract()
        libraries = sorted({str(path.parent) for path in root.rglob("lib*.so*")})
        plugins = map(str, root.glob("usr/lib/*/qt5/plugins"))
        return self._call(
            f"{root}/{self.executable}",
            LD_LIBRARY_PATH=":".join(libraries),
            QT_PLUGIN_PATH=":".join(plugins),
            FONTCONFIG_FILE=str(_write_font_configuration(root)),
        )

    def _extract(self) -> Path:
        """The packages, with every library that this machine does not have."""
        target = STATE / self.workspace
        if target.is_dir():
            return target
        archives = CACHE / self.workspace
        try:
            if not archives.is_dir():
                self._download(archives)
        except Failure as failure:
            raise Failure(
                f"{self.title} cannot be downloaded: {failure} "
                f"Install {self.title} on this machine."
            ) from failure
        with activity(f"Extracting {self.title}"), complete_or_absent(target) as beside:
            debian.extract(archives, beside)
        return target

    def _download(self, archives: Path) -> None:
        with activity(f"Downloading {self.title} and the libraries it needs"):
            client = debian.PackageClient(self.workspace)
            client.update()
            with complete_or_absent(archives) as beside:
                client.download_with_missing(self.packages, beside)

    def _works(self, path: Path) -> bool:
        try:
            self._require_work(path)
        except Failure:
            return False
        return True

    def _require_work(self, path: Path) -> None:
        options = {"env": clean_environment() | self.settings, "timeout": 30}
        try:
            said = capture([path, *self.trial], errors="replace", **options)
        except (OSError, subprocess.SubprocessError) as error:
            lines = (getattr(error, "stderr", "") or str(error)).strip().splitlines()
            reason = lines[-1] if lines else ""
            raise Failure(f"{self.title} does not start: {reason}") from error
        if not said.startswith(self.trial_output):
            raise Failure(f"{self.title} does not work: it prints {said[:60]!r}")


def _write_font_configuration(root: Path) -> Path:
    directories = ["/usr/share/fonts", f"{root}/usr/share/fonts"]
    lines = ["<fontconfig>", *(f"<dir>{path}</dir>" for path in directories)]
    lines += [f"<cachedir>{root}/font-cache</cachedir>", "</fontconfig>", ""]
    configuration = root / "fonts.conf"
    configuration.write_text("\n".join(lines))
    return configuration
