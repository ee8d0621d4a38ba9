"""Importing Xero's contacts, beside creating the same partners without an import."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from environment.console import say
from system_tests.shop import Shop, run_job

from .figures import Figure, Result
from .hooks import switch_off
from .process import idle_memory, peak_memory
from .workbench import PATIENCE, Workbench

TITLE = "Importing Xero's contacts"
SIZES = (1_000, 10_000)
SMOKE = (100,)
PAGE = 1_000  # contacts on a page of Xero
SLOWEST = 1.5  # times the bare create
# The same at every size: what grows from the smallest to the largest
MOST_GROWTH = 30  # megabytes


@dataclass(frozen=True)
class Step:
    """What one process took for its part."""

    seconds: float
    memory: float  # megabytes above what it held idle
    count: int


@dataclass(frozen=True)
class Measured:
    """One size."""

    contacts: int
    pages: int
    reading: Step
    floor: Step
    importing: Step

    @property
    def seconds(self) -> float:
        """From the first button to the last contact, without a person's time."""
        return self.reading.seconds + self.importing.seconds

    @property
    def memory(self) -> float:
        """The worker's peak."""
        return max(self.reading.memory, self.importing.memory)


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Import so many contacts, once for each size."""
    measured = []
    for size in sizes:
        with bench.shop(f"import_{size}") as shop:
            measured.append(measure(shop, size))
    return report(measured)


def measure(shop: Shop, size: int) -> Measured:
    """Fill Xero up to ``size`` contacts and import all of them."""
    there = len(shop.xero.books()["Contacts"])
    shop.xero.control("POST", "seed", endpoint="Contacts", count=size - there)
    shop.xero.control("DELETE", "calls")
    say(f"  {size:,} contacts: reading and comparing …")
    reading = shop.start(read_contacts, shop.connection).result(PATIENCE)
    pages = [call for call in shop.xero.calls() if call["path"].endswith("/Contacts")]
    say(f"  {size:,} contacts: creating the same partners without an import …")
    floor = shop.start(create_bare, prepare=switch_off).result(PATIENCE)
    say(f"  {size:,} contacts: importing …")
    importing = shop.start(import_contacts, shop.connection).result(PATIENCE)
    return Measured(size, len(pages), reading, floor, importing)


def report(measured: list[Measured]) -> Result:
    """The figures of all sizes; the targets are the largest one's."""
    least, most = measured[0], measured[-1]
    pages = -(-most.contacts // PAGE)
    figures = [
        Figure(
            f"import of {most.contacts:,} contacts / bare create",
            most.seconds / most.floor.seconds,
            "×",
            most=SLOWEST,
        ),
        Figure("page reads", most.pages, "calls", least=pages, most=pages),
        Figure(
            "partners created",
            most.importing.count,
            least=most.floor.count,
            most=most.floor.count,
        ),
        *(
            Figure(f"peak memory over idle, {m.contacts:,}", m.memory, "MB")
            for m in measured
        ),
    ]
    if most is not least:
        growth = most.memory - least.memory
        title = f"memory from {least.contacts:,} to {most.contacts:,}"
        figures.append(Figure(title, growth, "MB", most=MOST_GROWTH))
    return Result(figures, bars(most), "s")


def bars(measured: Measured) -> list[tuple[str, float]]:
    """Where the time went."""
    return [
        ("bare create", measured.floor.seconds),
        ("import: read and compare", measured.reading.seconds),
        ("import: create and link", measured.importing.seconds),
    ]


# --- in Odoo's processes --------------------------------------------------------------


def read_contacts(env: Any, connection: int) -> Step:
    """A person's first button, then the job until the person is asked."""
    idle = idle_memory()
    start = time.monotonic()
    contacts_import = env["xero.import"].create({"connection_id": connection})
    contacts_import.action_read()
    work_until(contacts_import, connection, "review")
    seconds = time.monotonic() - start
    return Step(seconds, peak_memory() - idle, contacts_import.create_count)


def create_bare(env: Any) -> Step:
    """Create the partners that the import will create, and take them back.

    Without the addon's hooks, in batches as large as the import's: all of them at once
    take longer.
    """
    from odoo.addons.xero_sync import mappers
    from odoo.addons.xero_sync.models.imports.xero_import_run import IMPORT_BATCH

    lines = env["xero.import.line"].search([("action", "=", "create")])
    lookups = mappers.Lookups(lines.import_id.connection_id)
    values = [mappers.partner_values(row, lookups)[0] for row in lines.contact_id]
    env.invalidate_all()
    partners = env["res.partner"].with_context(tracking_disable=True)
    idle = idle_memory()
    start = time.monotonic()
    for first in range(0, len(values), IMPORT_BATCH):
        partners.create(values[first : first + IMPORT_BATCH])
        env.flush_all()
        env.invalidate_all()
    seconds = time.monotonic() - start
    memory = peak_memory() - idle
    env.cr.rollback()
    return Step(seconds, memory, len(values))


def import_contacts(env: Any, connection: int) -> Step:
    """A person's second button, then the job to the end."""
    idle = idle_memory()
    start = time.monotonic()
    contacts_import = env["xero.import"].search([("state", "=", "review")])
    contacts_import.action_run()
    work_until(contacts_import, connection, "done")
    seconds = time.monotonic() - start
    return Step(seconds, peak_memory() - idle, contacts_import.done_create_count)


def work_until(contacts_import: Any, connection: int, state: str) -> None:
    """Let the connection's job work until the import has this state."""
    env = contacts_import.env
    env.cr.commit()
    while contacts_import.state != state:
        before = (contacts_import.state, contacts_import.progress)
        run_job(env, connection)
        env.invalidate_all()
        after = (contacts_import.state, contacts_import.progress)
        assert after != before, f"the import stays {after}: {contacts_import.message}"
