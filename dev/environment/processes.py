"""Child processes that never outlive the command which started them.

Every child has a session of its own, so that Ctrl-C reaches only us and we stop the
children in order. The kernel's parent-death signal covers the case where we are killed.
"""

import ctypes
import errno
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import ClassVar

from .console import Failure, complain, say, seconds_since
from .paths import display

PR_SET_PDEATHSIG = 1  # prctl(2)
HEARTBEAT = 30  # seconds between two signs of life of a long command
NO_NETWORK = re.compile(
    "Could not resolve|Temporary failure|Could not connect|Network is unreachable"
    "|NewConnectionError|Connection timed out"
)
FULL = 16 * 1024**2  # bytes left on a disk that counts as full
_libc = ctypes.CDLL(None, use_errno=True)

Command = Sequence[str | os.PathLike[str]]


class CommandFailed(Failure):
    """A command ended with an error; ``log`` holds what it said."""

    def __init__(self, command: Command, code: int, log: Path, start: int = 0) -> None:
        """:param start: where in the log the command's own output begins"""
        self.code = code
        self.log = log
        self.said = log.read_bytes()[start:].decode(errors="replace")
        name = Path(command[0]).name
        reason = _last_error(self.said) or f"{name} ended with code {code}"
        super().__init__(f"{reason} (all of it: {display(log)})")


def explain_fetch(error: CommandFailed) -> Failure:
    """Name the two usual causes when a package client fails, else say what it said."""
    if shutil.disk_usage(error.log.parent).free < FULL:
        return Failure("the disk is full")
    if NO_NETWORK.search(error.said):
        return Failure(f"the network does not answer (log: {display(error.log)})")
    return error


def run(command: Command, log: Path, **options) -> None:
    """Run a command to its end, with its output added to ``log``.

    :param options: as for :class:`Service`
    :raise CommandFailed: it ended with another code than 0
    """
    with Service(command, log, **options) as service:
        start = time.monotonic()
        while True:
            try:
                code = service.process.wait(timeout=HEARTBEAT)
                break
            except subprocess.TimeoutExpired:
                say(f"  … {seconds_since(start)} so far (log: {display(log)})")
    if code:
        raise CommandFailed(command, code, log, service.log_start)


def capture(command: Command, **options) -> str:
    """Run a short command; return what it printed.

    :raise subprocess.CalledProcessError: it ended with another code than 0
    """
    return subprocess.run(
        command,
        check=True,
        text=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        start_new_session=True,
        **options,
    ).stdout


def run_in_foreground(command: Command, **options) -> int:
    """Run a command that talks to the person itself; return its exit code."""
    with subprocess.Popen(command, **options) as process:
        try:
            return process.wait()
        except BaseException:
            process.terminate()
            raise


def run_side_by_side(works: Iterable[Callable[[], object]], at_once: int) -> None:
    """Run functions that run commands, some at a time, in their order.

    Whatever interrupts us stops the commands: their threads see them end.
    """
    with ThreadPoolExecutor(at_once) as pool:
        try:
            for done in [pool.submit(work) for work in works]:
                done.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for service in list(Service.running_now):
                service.stop()
            raise


class Service:
    """A child process; leaving the ``with`` block stops it and its own children."""

    running_now: ClassVar[set["Service"]] = set()

    def __init__(
        self,
        command: Command,
        log: Path,
        *,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        user: int | None = None,
        group: int | None = None,
        input_file: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience: float = 15,
    ) -> None:
        """:param patience: seconds between the stop signal and SIGKILL"""
        log.parent.mkdir(parents=True, exist_ok=True)
        self.log = log
        self.stop_signal = stop_signal
        self.patience = patience
        self.log_start = log.stat().st_size if log.exists() else 0
        with log.open("ab") as output, open(input_file or os.devnull, "rb") as source:
            self.process = subprocess.Popen(
                command,
                stdin=source,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=env,
                cwd=cwd,
                user=user,
                group=group,
                extra_groups=None if user is None else [],
                start_new_session=True,
                preexec_fn=_die_with_parent(stop_signal),
            )

    def __enter__(self) -> "Service":
        self.running_now.add(self)
        return self

    def __exit__(self, *exc_info) -> None:
        self.running_now.discard(self)
        self.stop()

    @property
    def running(self) -> bool:
        """Whether the process is still there."""
        return self.process.poll() is None

    def stop(self) -> None:
        """Stop the process, then whatever is left of its group."""
        if self.running:
            self.process.send_signal(self.stop_signal)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=self.patience)
        _kill_group(self.process.pid)
        self.process.wait()


def wait_until(ready: Callable[[], bool], service: Service, seconds: float) -> None:
    """Wait for a service to become ready.

    :raise Failure: it ended before, or is not ready after so many seconds
    """
    deadline = time.monotonic() + seconds
    while not ready():
        if not service.running:
            raise CommandFailed(
                service.process.args,
                service.process.returncode,
                service.log,
                service.log_start,
            )
        if time.monotonic() > deadline:
            raise Failure(
                f"{Path(service.process.args[0]).name} did not get ready within "
                f"{seconds:.0f} s (log: {display(service.log)})"
            )
        time.sleep(0.1)


def require_free_port(port: int, option: str) -> None:
    """:raise Failure: another program listens on this port of 127.0.0.1"""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise Failure(
                f"Port {port} is taken by another program; choose one with {option}."
            ) from error


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def interruptible() -> Iterator[None]:
    """Turn the polite signals into exceptions: every ``with`` block ends well."""

    def leave(number: int, _frame) -> None:
        for other in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(other, signal.SIG_IGN)
        raise SystemExit(128 + number)

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, leave)
    yield


def guarded(main: Callable[[], int]) -> int:
    """Run a command; turn what went wrong into one line and an exit code."""
    os.umask(0o022)
    try:
        with interruptible():
            return main()
    except Failure as failure:
        complain(f"\nFailed: {failure}")
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        complain("\nFailed: the disk is full.")
    except SystemExit as leaving:
        if isinstance(leaving.code, int) and leaving.code > 128:
            complain("\nInterrupted; everything is stopped.")
        raise
    return 1


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    parent = os.getpid()

    def before_exec() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
        if os.getppid() != parent:
            sys.exit(1)

    return before_exec


def _kill_group(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _last_error(said: str) -> str:
    """The last line that names an error, in apt's, pip's or Python's way."""
    markers = ("E: ", "ERROR: ", "FATAL: ", "Error: ", "error: ")
    for line in reversed(said.splitlines()[-200:]):
        if any(marker in line for marker in markers):
            return line.strip()[:300]
    return ""
