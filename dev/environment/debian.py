"""Debian packages, downloaded and extracted without touching the system.

apt-get and dpkg-deb are the machine's own, and so is the mirror. The package lists and
the cache are ours, under ``.dev``: nothing of the system changes, and no step needs to
be root.
"""

import os
import shutil
import subprocess
from pathlib import Path

from .console import Failure
from .paths import CACHE, LOGS
from .processes import CommandFailed, capture, explain_fetch, run

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
SYSTEM_STATUS = Path("/var/lib/dpkg/status")


class PackageClient:
    """The machine's apt-get with package lists and a cache of its own."""

    def __init__(
        self, name: str, sources: str | None = None, status: Path = SYSTEM_STATUS
    ) -> None:
        """:param sources: the lines of a sources.list; the system's own when None
        :param status: dpkg's list of what counts as installed
        """
        if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
            raise Failure("This machine has no apt-get and dpkg-deb.")
        self.directory = CACHE / "apt" / name
        self.log = LOGS / f"apt-{name}.log"
        for part in ("lists/partial", "archives/partial"):
            (self.directory / part).mkdir(parents=True, exist_ok=True)
        self.env = os.environ | {"APT_CONFIG": str(self._write_config(sources, status))}

    def update(self) -> None:
        """Fetch the package lists.

        :raise Failure: the mirror does not answer, or does not have the suite
        """
        self._run(["-o", "APT::Update::Error-Mode=any", "update"])

    def download(self, packages: list[str], into: Path) -> None:
        """Download exactly these packages ("name" or "name/suite").

        :raise Failure: one of them is not to be had
        """
        self._run(["download", *packages], cwd=into)

    def download_with_missing(self, packages: list[str], into: Path) -> None:
        """Download these packages and all they need that is not installed.

        :raise Failure: they cannot be had together
        """
        options = ["--yes", "--download-only", "--no-install-recommends"]
        archives = ["-o", f"Dir::Cache::archives={into}"]
        (into / "partial").mkdir(exist_ok=True)
        self._run([*archives, "install", *options, *packages])

    def _run(self, arguments: list[str], cwd: Path | None = None) -> None:
        try:
            run(["apt-get", *arguments], self.log, env=self.env, cwd=cwd)
        except CommandFailed as error:
            raise explain_fetch(error) from error

    def _write_config(self, sources: str | None, status: Path) -> Path:
        settings = {
            "Dir::State::Lists": self.directory / "lists",
            "Dir::State::Status": status,
            "Dir::Cache": self.directory,
            "Dir::Cache::pkgcache": "",
            "Dir::Cache::srcpkgcache": "",
            "Debug::NoLocking": "true",
            # apt's own unprivileged user could not write here
            "APT::Sandbox::User": "",
            "Acquire::Languages": "none",
        }
        if sources is not None:
            source_list = self.directory / "sources.list"
            source_list.write_text(sources)
            settings |= {
                "Dir::Etc::SourceList": source_list,
                "Dir::Etc::SourceParts": "/dev/null",
                "Dir::Etc::PreferencesParts": "/dev/null",
            }
        config = self.directory / "apt.conf"
        lines = [f'{key} "{value}";\n' for key, value in settings.items()]
        # The hooks of the system's configuration work on the system's lists.
        lines += [f"#clear {hooks};\n" for hooks in ("APT::Update", "DPkg")]
        config.write_text("".join(lines))
        return config


def mirrors() -> list[str]:
    """The addresses from which this machine takes Debian itself.

    :raise Failure: it takes Debian from nowhere
    """
    release = _os_release()
    suites = {release.get("VERSION_CODENAME", ""), "stable", "testing", "unstable"}
    fields = "$(CREATED_BY) $(COMPONENT) $(CODENAME) $(SUITE) $(REPO_URI)"
    try:
        targets = capture(["apt-get", "indextargets", "--format", fields])
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failure("This machine's apt-get does not tell its sources.") from error
    found = []
    for line in targets.splitlines():
        kind, component, codename, suite, address = line.split(maxsplit=4)
        ours = kind == "Packages" and component == "main"
        if ours and {codename, suite} & suites and address not in found:
            found.append(address)
    if release.get("ID") != "debian" or not found:
        raise Failure("This machine takes no packages from Debian.")
    return found


def client_for_suites(name: str, suites: list[str]) -> PackageClient:
    """A client for suites other than the machine's own, with its lists fetched.

    :raise Failure: no mirror of this machine has them
    """
    failure: Failure | None = None
    for mirror in mirrors():
        lines = [f"deb [signed-by={KEYRING}] {mirror} {suite} main" for suite in suites]
        empty = CACHE / "apt" / "nothing-installed"
        empty.parent.mkdir(parents=True, exist_ok=True)
        empty.touch()
        client = PackageClient(name, "\n".join(lines) + "\n", status=empty)
        try:
            client.update()
        except Failure as error:
            failure = error
        else:
            return client
    raise Failure(f"Debian's package lists cannot be fetched: {failure}.")


def extract(archives: Path, into: Path) -> None:
    """Extract every package of a directory.

    :raise Failure: a package is damaged, or the disk is full
    """
    for archive in sorted(archives.glob("*.deb")):
        try:
            run(["dpkg-deb", "--extract", archive, into], LOGS / "dpkg-deb.log")
        except CommandFailed as error:
            raise explain_fetch(error) from error


def _os_release() -> dict[str, str]:
    lines = Path("/etc/os-release").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("=", 1) for line in lines if "=" in line)
    return {key: value.strip('"') for key, value in pairs}
