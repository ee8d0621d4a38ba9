"""The process: start, kept connections, end, and what survives it."""

import subprocess
import sys
import threading
import time

import pytest

from .client import DEV, Server, Xero


def test_connection_is_kept_between_calls(xero):
    xero.control("GET", "clock")
    kept = xero.connection.sock
    xero.api("PUT", "/Contacts", {"Name": ""})
    xero.api("GET", "/Invoices/x")
    assert xero.connection.sock is kept


def test_chunked_bodies_are_read(xero):
    headers = {
        "Authorization": f"Bearer {xero.token}",
        "xero-tenant-id": xero.tenant,
    }
    parts = iter([b'{"Name": "Chun', b'ked Ltd"}'])
    xero.connection.request(
        "PUT", "/api.xro/2.0/Contacts", parts, headers, encode_chunked=True
    )
    assert xero.connection.getresponse().status == 200


def test_many_clients_write_at_once_without_losing_or_doubling(xero):
    element = xero.invoice()

    def work() -> None:
        client = Xero(xero.server)
        client.token = xero.token
        for _batch in range(5):
            client.write("Invoices", *[element] * 10)
        client.connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = [each["InvoiceNumber"] for each in xero.get("/Invoices", pageSize=1000)]
    assert len(numbers) == len(set(numbers)) == 200


def test_sigterm_ends_the_process_cleanly():
    assert Server("--exit-with-parent").stop() == 0


def test_state_survives_a_restart(tmp_path):
    options = ("--no-limits", "--exit-with-parent", "--state", tmp_path / "state.json")
    options = tuple(map(str, options))
    first = Xero(Server(*options))
    first.grant()
    invoice = first.create("Invoices", first.invoice(CurrencyCode="EUR"))
    first.api("PUT", f"/Invoices/{invoice['InvoiceID']}/Attachments/a.txt", b"words")
    [before] = first.get(f"/Invoices/{invoice['InvoiceID']}")
    first.connection.close()
    assert first.server.stop() == 0

    second = Xero(Server(*options))
    second.token = first.token
    [after] = second.get(f"/Invoices/{invoice['InvoiceID']}")
    file = second.api("GET", f"/Invoices/{invoice['InvoiceID']}/Attachments/a.txt")
    number = second.create("Invoices", second.invoice())["InvoiceNumber"]
    second.connection.close()
    second.server.stop()
    assert after == before
    assert file.content == b"words"
    assert number == "INV-0002"


def test_state_is_written_while_running(tmp_path):
    path = tmp_path / "state.json"
    xero = Xero(Server("--exit-with-parent", "--state", str(path)))
    xero.grant()
    xero.create("Contacts", {"Name": "Kept Ltd"})
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        if path.exists() and "Kept Ltd" in path.read_text(encoding="utf-8"):
            break
        time.sleep(0.1)
    mode = path.stat().st_mode & 0o777
    xero.connection.close()
    xero.server.process.kill()
    xero.server.stop()
    assert time.monotonic() < deadline
    assert mode == 0o600


@pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX processes")
def test_exit_with_parent_ends_when_the_parent_dies():
    program = (
        "import subprocess, sys; "
        "child = subprocess.Popen([sys.executable, '-m', 'sandbox', '--port', '0', "
        "'--exit-with-parent'], stdout=subprocess.PIPE, text=True); "
        "print(child.stdout.readline(), child.pid)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=DEV, capture_output=True, text=True
    )
    address, identifier = done.stdout.split()[-2:]
    host, port = address.removeprefix("http://").split(":")
    gone = False
    deadline = time.monotonic() + 5
    while not gone and time.monotonic() < deadline:
        server = Server.__new__(Server)
        server.host, server.port = host, int(port)
        try:
            Xero(server).control("GET", "clock")
            time.sleep(0.1)
        except OSError:
            gone = True
    assert gone, f"process {identifier} still answers"


def test_state_is_written_while_calls_go_on(tmp_path, capfd):
    path = tmp_path / "state.json"
    xero = Xero(Server("--no-limits", "--exit-with-parent", "--state", str(path)))
    xero.grant()
    element = xero.invoice()
    deadline = time.monotonic() + 2.5
    count = 0
    while time.monotonic() < deadline:
        xero.write("Invoices", *[element] * 50)
        count += 50
    xero.connection.close()
    xero.server.stop()
    assert path.read_text(encoding="utf-8").count('"InvoiceID":') == count
    assert capfd.readouterr().err == ""


def start_and_fail(*options: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "sandbox", *options],
        cwd=DEV,
        capture_output=True,
        text=True,
        timeout=10,
    )


def test_taken_port_is_told_in_one_line(server):
    done = start_and_fail("--port", str(server.port))
    assert done.returncode == 1
    assert done.stderr == (
        f"Local Xero cannot listen on port {server.port}: Address already in use\n"
    )


def test_unreadable_state_is_told_in_one_line(tmp_path):
    path = tmp_path / "state.json"
    path.write_text("{}", encoding="utf-8")
    done = start_and_fail("--port", "0", "--state", str(path))
    assert done.returncode == 1
    assert "Delete the file to start with fresh books." in done.stderr
    assert path.read_text(encoding="utf-8") == "{}"
