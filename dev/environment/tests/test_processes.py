"""Nothing may be left running, and a failure must say why in one line."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from environment.console import Failure
from environment.paths import DEV
from environment.processes import (
    CommandFailed,
    Service,
    require_free_port,
    run,
    run_side_by_side,
    wait_until,
)

GRANDCHILD = "import subprocess, sys; subprocess.run(['sleep', '300'])"


def is_alive(pid):
    """Whether a process runs; one that is only waited for does not."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    except FileNotFoundError:
        return False


def wait_gone(pid):
    deadline = time.monotonic() + 10
    while is_alive(pid):
        assert time.monotonic() < deadline, f"process {pid} is still there"
        time.sleep(0.05)


def children_of(pid):
    return [
        int(each)
        for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    ]


def test_stopping_a_service_stops_its_own_children(tmp_path):
    command = [sys.executable, "-c", GRANDCHILD]
    with Service(command, tmp_path / "log") as service:
        wait_until(lambda: children_of(service.process.pid), service, seconds=10)
        (grandchild,) = children_of(service.process.pid)
    assert not service.running
    wait_gone(grandchild)


def test_a_service_that_ignores_the_signal_is_killed(tmp_path):
    program = "import signal, time; signal.signal(15, signal.SIG_IGN); "
    program += "print('ready', flush=True); time.sleep(300)"
    command = [sys.executable, "-c", program]
    with Service(command, tmp_path / "log", patience=0.2) as service:
        wait_until(lambda: "ready" in service.log.read_text(), service, seconds=10)
    assert service.process.returncode == -signal.SIGKILL


def test_a_killed_command_takes_its_services_along(tmp_path):
    program = (
        "import sys, time; from pathlib import Path;"
        "from environment.processes import Service;"
        f"s = Service(['sleep', '300'], Path({str(tmp_path / 'log')!r}));"
        "print(s.process.pid, flush=True); time.sleep(300)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONPATH": str(DEV)},
        stdout=subprocess.PIPE,
        text=True,
    )
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    wait_gone(child)


def test_a_failed_command_says_its_last_error(tmp_path):
    log = tmp_path / "log"
    log.write_text("ERROR: of an earlier run\n")
    with pytest.raises(CommandFailed, match="E: no such package"):
        run(["sh", "-c", "echo 'E: no such package'; exit 100"], log)


def test_errors_of_an_earlier_command_in_the_same_log_are_not_repeated(tmp_path):
    log = tmp_path / "log"
    log.write_text("ERROR: of an earlier run\n")
    with pytest.raises(CommandFailed, match="sh ended with code 3"):
        run(["sh", "-c", "exit 3"], log)


def test_a_service_that_ends_is_not_waited_for(tmp_path):
    service = Service(["sh", "-c", "exit 3"], tmp_path / "log")
    with service, pytest.raises(CommandFailed):
        wait_until(lambda: False, service, seconds=30)


def test_a_taken_port_is_named_with_the_option_that_chooses_another():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Failure, match=f"Port {port} .* --port"):
            require_free_port(port, "--port")


def test_commands_run_side_by_side_and_an_interruption_ends_them(tmp_path):
    start = time.monotonic()

    def interrupt():
        time.sleep(0.5)
        raise KeyboardInterrupt

    def sleep():
        run(["sleep", "30"], tmp_path / "log")

    with pytest.raises(KeyboardInterrupt):
        run_side_by_side([interrupt, sleep], 2)
    assert time.monotonic() - start < 10
