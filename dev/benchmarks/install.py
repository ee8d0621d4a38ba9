"""Installing in a database with a million invoices, beside one with none."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from environment.console import say
from environment.paths import MODULE, fresh_log
from system_tests import local_xero, odoo_process
from system_tests.installation import BASE, Installation
from system_tests.shop import connect, run_job

from . import large
from .figures import Figure, Result
from .process import idle_memory, peak_memory
from .watch import Seen, watching
from .workbench import PATIENCE, Workbench

TITLE = "Installing in a large database, and the first connection there"
SIZES = (1_000_000,)  # invoices, with two lines each
SMOKE = (2_000,)
SLOWEST = 1.1  # times
LONGEST_STATEMENT = 2  # seconds; nobody can post an invoice meanwhile
MOST_READS = 10
MOST_GROWTH = 20  # megabytes that a large database may take more than a small one
NEWCOMER = "First customer in Xero"


@dataclass(frozen=True)
class Connected:
    """The first connection, and the first invoice.

    :ivar connecting: seconds
    :ivar sending: seconds
    :ivar memory: megabytes above idle, at its peak
    """

    reads: int
    connecting: float
    sending: float
    memory: float


@dataclass(frozen=True)
class Measured:
    """What was found.

    :ivar large: installing ours where its dependencies are
    :ivar small: the same in a database without invoices
    """

    invoices: int
    large: Seen
    small: Seen
    large_connected: Connected
    small_connected: Connected


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Fill a database with so many invoices, and install there."""
    [size] = sizes
    return report(measure(bench.installation, size))


def measure(installation: Installation, size: int) -> Measured:
    """Measure all of it; what it made is dropped."""
    small, small_connected = installed(installation, 1)
    large_, large_connected = installed(installation, size)
    return Measured(size, large_, small, large_connected, small_connected)


def installed(installation: Installation, size: int) -> tuple[Seen, Connected]:
    """Install ours where all that it needs is, and connect.

    Not where Odoo's invoicing is alone: its *Sales*, installed there, notes for each
    invoice that it changed, and a million are more than Odoo's limit of memory.
    """
    with copied(installation, BASE, "large") as database:
        odoo_process.call(database, large.post_first)
        _fill(installation, database, size)
        seen = _install(installation, database)
        return seen, _connect(installation, database)


def _fill(installation: Installation, database: str, size: int) -> None:
    say(f"  {database}: filling the books with {size:,} invoices …")
    large.fill(large.Books(installation, database), size)


@contextmanager
def copied(installation: Installation, source: str, name: str) -> Iterator[str]:
    """A copy of a database, dropped at the end."""
    database = f"xero_bench_{name}"
    installation.copy(source, database)
    try:
        yield database
    finally:
        installation.drop(database)


def _install(installation: Installation, database: str) -> Seen:
    """Install the addon and watch."""
    say(f"  {database}: installing …")
    log = fresh_log("bench-install")
    with watching(installation, database) as seen:
        installation.odoo.install(database, MODULE, log, "--no-http")
    return seen


def _connect(installation: Installation, database: str) -> Connected:
    """Connect for the first time, and send an invoice."""
    say(f"  {database}: connecting …")
    with local_xero.running(installation.odoo.tools) as xero:
        took = odoo_process.OdooProcess(database, connect_and_send, xero.address)
        connecting, sending, memory = took.result(PATIENCE)
        reads = [
            call
            for call in xero.calls()
            if call["method"] == "GET" and call["path"].startswith("/api.xro/")
        ]
    return Connected(len(reads), connecting, sending, memory)


def report(measured: Measured) -> Result:
    """The figures."""
    m = measured
    what = f"{m.invoices:,} invoices"
    in_large, in_small = m.large_connected, m.small_connected
    figures = [
        Figure(
            f"work of installing, {what} / none",
            m.large.work / m.small.work,
            "×",
            most=SLOWEST,
        ),
        Figure("tables of Odoo's rewritten", len(m.large.rewritten), most=0),
        Figure(
            "invoices and lines changed",
            sum(m.large.changed.get(table, 0) for table in large.MOVES),
            most=0,
        ),
        Figure("slowest statement", m.large.slowest, "s", most=LONGEST_STATEMENT),
        Figure("first connection and invoice: reads", in_large.reads, most=MOST_READS),
        Figure("first connection: time", in_large.connecting, "s"),
        Figure("first invoice: time", in_large.sending, "s"),
        Figure(
            f"memory over idle, {what} more than none",
            in_large.memory - in_small.memory,
            "MB",
            most=MOST_GROWTH,
        ),
    ]
    bars = [
        (what, m.large.seconds),
        ("no invoices", m.small.seconds),
    ]
    return Result(figures, bars, "s", _notes(m.large))


def _notes(seen: Seen) -> list[str]:
    locked = [f"{table} {seen.locked.get(table, 0):.1f} s" for table in large.TABLES]
    slow = [f"  {ms:,.0f} ms  {text[:100]}" for ms, text in seen.statements[:5]]
    return [
        f"Nobody can write, as Odoo commits each addon at its end: {', '.join(locked)}",
        "Slowest statements:",
        *slow,
    ]


# --- in Odoo's processes --------------------------------------------------------------


def connect_and_send(env: Any, address: str) -> tuple[float, float, float]:
    """Connect, and post an invoice; return seconds of both, and memory."""
    idle = idle_memory()
    start = time.monotonic()
    connection = connect(env, address)
    env.cr.commit()
    run_job(env, connection)
    connected = time.monotonic()
    env["res.partner"].create({"name": NEWCOMER, "customer_rank": 1})
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    large.post(env, NEWCOMER, str(date.today()), product_id=product.id)
    env.cr.commit()
    begun = time.monotonic()
    run_job(env, connection)
    ended = time.monotonic()
    [document] = env["xero.document"].search([])
    assert document.state == "synced", document.message
    return connected - start, ended - begun, peak_memory() - idle
