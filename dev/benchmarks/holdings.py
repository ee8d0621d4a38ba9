"""Comparing books, beside a bare loop over the same pages; and what a reading costs."""

import http.client
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from environment.console import say
from system_tests.shop import Shop, run_job

from odoo import sql_db

from .calls import invoice_values
from .figures import Figure, Result
from .history import copy_rows
from .process import idle_memory, peak_memory
from .workbench import PATIENCE, Workbench

TITLE = "What Xero holds: comparing, and reading what changed"
SIZES = (5_000, 50_000)  # documents
SMOKE = (60,)
CHANGED = 1_000  # documents that a person changes in Xero
QUIET = 900  # seconds after which no reading looks back at what was made before
TENANT = "a0000000-0000-4000-8000-00000000000a"  # the local Xero's Australian one
PAGE = 1_000
SEEDED_AT_ONCE = 500  # invoices in one call of the control interface
ORIGINAL = "Copied Ltd"  # customer of the invoice of which the others are copies
DAY = "2026-03-02"
MARCH = "Date >= DateTime(2026, 3, 1) AND Date <= DateTime(2026, 3, 31)"
MOST_CALLS = 60
SLOWEST = 2  # times the bare loop
MOST_MEMORY = 60  # megabytes over idle
MOST_READING_CALLS = 5
MOST_READING_QUERIES = 20
MOST_QUERIES_EACH = 0.1


@dataclass(frozen=True)
class Work:
    """What one process took."""

    seconds: float
    queries: int
    memory: float  # megabytes above idle, at its peak
    found: tuple[int, ...] = ()


@dataclass(frozen=True)
class Measured:
    """One size."""

    documents: int
    comparing: Work
    calls: int
    floor: float  # seconds of the bare loop
    quiet: Work
    quiet_calls: int
    changed: int
    reading: Work


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Compare so many invoices, once for each size."""
    measured = []
    for size in sizes:
        with bench.shop(f"holdings_{size}") as shop:
            measured.append(measure(shop, size))
    return report(measured)


def measure(shop: Shop, size: int, changed: int = CHANGED) -> Measured:
    """Fill both books with ``size`` invoices, compare them, and read changes."""
    say(f"  {size:,} documents: filling the books of both …")
    fill(shop, size)
    shop.work()
    shop.xero.control("DELETE", "calls")
    say(f"  {size:,} documents: comparing …")
    comparing = shop.start(compare, shop.connection).result(PATIENCE)
    calls = len(shop.xero.calls())
    say(f"  {size:,} documents: the same pages in a bare loop …")
    floor = read_bare(shop, size)
    shop.xero.advance(QUIET)
    shop.start(read, shop.connection).result(PATIENCE)  # the first one takes all
    # Xero's clock went on alone, and contacts are read since Odoo's time
    shop.query(
        "UPDATE xero_connection"
        f" SET contacts_at = contacts_at + INTERVAL '{QUIET} seconds'"
    )
    shop.xero.control("DELETE", "calls")
    say(f"  {size:,} documents: reading when nothing changed …")
    quiet = shop.start(read, shop.connection).result(PATIENCE)
    quiet_calls = len(shop.xero.calls())
    changed = min(changed, size)
    say(f"  {size:,} documents: reading when {changed:,} changed …")
    change(shop, changed)
    reading = shop.start(read, shop.connection).result(PATIENCE)
    return Measured(size, comparing, calls, floor, quiet, quiet_calls, changed, reading)


def report(measured: list[Measured]) -> Result:
    """The figures of all sizes; the targets are the largest one's."""
    most = measured[-1]
    what = f"comparing {most.documents:,} documents"
    figures = [
        Figure(f"{what}: calls", most.calls, "calls", most=MOST_CALLS),
        Figure(
            f"{what}: time / bare loop",
            most.comparing.seconds / most.floor,
            "×",
            most=SLOWEST,
        ),
        Figure(f"{what}: queries, each", most.comparing.queries / most.documents),
        *(
            Figure(
                f"peak memory over idle, {each.documents:,}",
                each.comparing.memory,
                "MB",
                most=MOST_MEMORY,
            )
            for each in measured
        ),
        Figure(
            "reading, nothing changed: calls",
            most.quiet_calls,
            "calls",
            most=MOST_READING_CALLS,
        ),
        Figure(
            "reading, nothing changed: queries",
            most.quiet.queries,
            most=MOST_READING_QUERIES,
        ),
        Figure(
            f"reading, {most.changed:,} changed: queries, each",
            most.reading.queries / most.changed,
            most=MOST_QUERIES_EACH,
        ),
    ]
    bars = [("bare loop", most.floor), ("comparing", most.comparing.seconds)]
    return Result(figures, bars, "s")


# --- the books ------------------------------------------------------------------------


def fill(shop: Shop, size: int) -> None:
    """Post one invoice that really goes to Xero, and copy it on both sides."""
    shop.call(post_one)
    shop.work()
    copied = "SELECT id AS n, name AS m FROM account_move WHERE name LIKE 'COPY-%'"
    name = {"name": "'COPY-' || n", "payment_reference": "'COPY-' || n"}
    copy_rows(
        shop,
        "account_move",
        f"ref = '{ORIGINAL}'",
        f"generate_series(1, {size - 1}) AS n",
        **name,
        ref="NULL",
        xero_document_id="NULL",
    )
    copy_rows(
        shop,
        "xero_document",
        f"move_id IN (SELECT id FROM account_move WHERE ref = '{ORIGINAL}')",
        f"({copied}) AS o",
        move_id="n",
        record_name="m",
        xero_number="m",
        xero_id="NULL",
        xero_lines_digest="NULL",  # what is seeded has lines of its own
        request_id="NULL",
    )
    [(contact,)] = shop.query(
        f"SELECT xero_id FROM xero_contact WHERE name = '{ORIGINAL}'"
    )
    for first in range(1, size, SEEDED_AT_ONCE):
        numbers = range(first, min(first + SEEDED_AT_ONCE, size))
        made = shop.xero.control(
            "POST",
            "seed",
            endpoint="Invoices",
            elements=[xero_invoice(f"COPY-{number}", contact) for number in numbers],
        )["elements"]
        ids = {each["InvoiceNumber"]: each["InvoiceID"] for each in made}
        shop.call(note_ids, list(ids), list(ids.values()))
    shop.query("VACUUM (ANALYZE) xero_document")
    shop.query("VACUUM (ANALYZE) account_move")


def xero_invoice(number: str, contact: str) -> dict:
    """What the invoice of :func:`post_one` is in Xero, under another number."""
    line = {
        "Description": "Office chair",
        "Quantity": 2,
        "UnitAmount": 100,
        "AccountCode": "200",
        "TaxType": "OUTPUT",
    }
    return {
        "Type": "ACCREC",
        "Status": "AUTHORISED",
        "InvoiceNumber": number,
        "Contact": {"ContactID": contact},
        "Date": DAY,
        "DueDate": DAY,
        "LineItems": [{"Description": f"Odoo {number}"}, *[line] * 3],
    }


def change(shop: Shop, count: int) -> None:
    """A person pays nothing and renames much: so many invoices change in Xero."""
    ids = shop.query(
        "SELECT xero_id FROM xero_document WHERE record_name LIKE 'COPY-%'"
        f" ORDER BY id LIMIT {count}"
    )
    shop.xero.advance(60)
    for (xero_id,) in ids:
        shop.xero.control(
            "POST",
            "edit",
            tenant=TENANT,
            endpoint="Invoices",
            id=xero_id,
            values={"Reference": "Seen"},
        )


def read_bare(shop: Shop, size: int) -> float:
    """Seconds to fetch and parse the pages of a comparison with a bare session."""
    token = shop.xero.control("POST", "grant")["access_token"]
    headers = {
        "Authorization": f"Bearer {token}",
        "xero-tenant-id": TENANT,
        "Accept": "application/json",
    }
    connection = http.client.HTTPConnection(urlsplit(shop.xero.address).netloc)
    found, start = 0, time.monotonic()
    for endpoint in ("Invoices", "CreditNotes"):
        page = pages = 1
        while page <= pages:
            asked = {
                "where": MARCH,
                "order": f"{endpoint[:-1]}ID ASC",
                "unitdp": 4,
                "page": page,
                "pageSize": PAGE,
            }
            path = f"/api.xro/2.0/{endpoint}?{urlencode(asked)}"
            connection.request("GET", path, headers=headers)
            answer = json.loads(connection.getresponse().read())
            found += len(answer[endpoint])
            page, pages = page + 1, answer["pagination"]["pageCount"]
    seconds = time.monotonic() - start
    connection.close()
    assert found >= size, f"{found} of {size} documents"
    return seconds


# --- in Odoo's processes --------------------------------------------------------------


def post_one(env: Any) -> None:
    """The invoice of which all others are copies."""
    customer = env["res.partner"].create({"name": ORIGINAL})
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    values = invoice_values(customer, [product] * 3)
    for line in values["invoice_line_ids"]:
        line[2].update(quantity=2, price_unit=100)
    values.update(invoice_date=DAY, ref=ORIGINAL)
    invoice = env["account.move"].create(values)
    invoice.action_post()


def note_ids(env: Any, numbers: list[str], ids: list[str]) -> None:
    """Have the rows of these numbers stand for these documents of Xero's."""
    env.cr.execute(
        "UPDATE xero_document SET xero_id = made.id"
        " FROM unnest(%s, %s) AS made (number, id) WHERE record_name = made.number",
        [numbers, ids],
    )


def compare(env: Any, connection: int) -> Work:
    """A person's button, then the job to the end."""
    comparison = env["xero.comparison"].create(
        {
            "connection_id": connection,
            "date_from": "2026-03-01",
            "date_to": "2026-03-31",
        }
    )
    comparison.action_compare()
    env.cr.commit()
    work = job(env, connection)
    assert comparison.state == "done", comparison.message
    found = (comparison.same_count, comparison.unequal_count)
    return Work(work.seconds, work.queries, work.memory, found)


def read(env: Any, connection: int) -> Work:
    """A reading that somebody asked for, without the rest of the job."""
    own = env["xero.connection"].browse(connection)
    own._ask_for_reading(by_person=True)
    env.cr.commit()
    return measured_work(env, lambda: read_to_the_end(own))


def read_to_the_end(connection: Any) -> None:
    """Every step of a reading, as the job makes them."""
    steps = 0
    while connection._read_holdings(float("inf")):
        steps += 1
    assert steps, "nothing was read"


def job(env: Any, connection: int) -> Work:
    """What the scheduler calls, measured."""
    return measured_work(env, lambda: run_job(env, connection))


def measured_work(env: Any, work: Callable[[], None]) -> Work:
    """What some work takes, done to its last statement."""
    env.invalidate_all()
    idle, queries = idle_memory(), sql_db.sql_counter
    start = time.monotonic()
    work()
    env.invalidate_all()
    seconds = time.monotonic() - start
    return Work(seconds, sql_db.sql_counter - queries, peak_memory() - idle)
