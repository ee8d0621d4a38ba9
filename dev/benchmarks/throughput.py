"""How fast a backlog drains, beside posting the same bodies with a bare session."""

import http.client
import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from environment.console import say
from system_tests.shop import Shop, run_job

from odoo import sql_db

from .calls import invoice_values, require_all_sent
from .figures import Figure, Result
from .process import idle_memory, peak_memory
from .workbench import PATIENCE, Workbench

TITLE = "Draining a backlog"
SIZES = (1_000, 10_000)  # invoices
SMOKE = (60,)
LINES = 5
TENANT = "a0000000-0000-4000-8000-00000000000a"  # the local Xero's Australian one
LEAST_RATE = 50  # documents a second: Xero's own limit
MOST_MEMORY = 150  # megabytes over idle
MOST_GROWTH = 30  # megabytes, from the smallest size to the largest
POSTED_AT_ONCE = 500  # invoices in one transaction of Odoo
PATH = "/api.xro/2.0/Invoices?summarizeErrors=False&unitdp=4"


@dataclass(frozen=True)
class Drained:
    """One size."""

    invoices: int
    seconds: float
    processor: float  # seconds of it in which the worker itself was busy
    queries: int  # statements to the database
    memory: float  # megabytes above idle, at the worker's peak
    floor: float  # seconds for the same bodies with a bare session


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Drain so many posted invoices, once for each size."""
    return report([measure(bench, size) for size in sizes])


def measure(bench: Workbench, size: int) -> Drained:
    """Post invoices of linked customers and let one worker send them."""
    with bench.shop(f"throughput_{size}") as shop:
        say(f"  {size:,} invoices: posting in Odoo …")
        for first in range(0, size, POSTED_AT_ONCE):
            count = min(POSTED_AT_ONCE, size - first)
            shop.start(post_backlog, count).result(PATIENCE)
        say(f"  {size:,} invoices: draining …")
        drained = shop.start(drain, shop.connection).result(PATIENCE)
        require_all_sent(shop)
        say(f"  {size:,} invoices: posting the same bodies with a bare session …")
        return Drained(size, *drained, post_bare(shop))


def report(drained: list[Drained]) -> Result:
    """The figures of all sizes; the targets are the largest one's."""
    least, most = drained[0], drained[-1]
    rate, floor = most.invoices / most.seconds, most.invoices / most.floor
    what = f"{most.invoices:,} invoices"
    figures = [
        Figure(f"{what}: drained", rate, "a second", least=LEAST_RATE),
        Figure(f"{what}: time / bare session", most.seconds / most.floor, "×"),
        Figure("worker's own time, each", most.processor / most.invoices * 1000, "ms"),
        Figure("queries, each", most.queries / most.invoices),
        *(
            Figure(
                f"peak memory over idle, {each.invoices:,}",
                each.memory,
                "MB",
                most=MOST_MEMORY,
            )
            for each in drained
        ),
    ]
    if most is not least:
        growth = most.memory - least.memory
        title = f"memory from {least.invoices:,} to {most.invoices:,}"
        figures.append(Figure(title, growth, "MB", most=MOST_GROWTH))
    return Result(figures, [("drained", rate), ("bare session", floor)], "a second")


def post_bare(shop: Shop) -> float:
    """Seconds to put the bodies that were sent once more, under other numbers."""
    sql = "SELECT body FROM xero_request WHERE endpoint = 'Invoices' ORDER BY id"
    mark = '"InvoiceNumber":"'
    bodies = [body.replace(mark, f"{mark}BARE-") for (body,) in shop.query(sql)]
    token = shop.xero.control("POST", "grant")["access_token"]
    connection = http.client.HTTPConnection(urlsplit(shop.xero.address).netloc)
    start = time.monotonic()
    for body in bodies:
        headers = {
            "Authorization": f"Bearer {token}",
            "xero-tenant-id": TENANT,
            "Content-Type": "application/json",
            "Idempotency-Key": uuid.uuid4().hex,
        }
        connection.request("PUT", PATH, body.encode(), headers)
        answer = connection.getresponse().read()
        assert b'"ERROR"' not in answer, answer[:500]
    seconds = time.monotonic() - start
    connection.close()
    return seconds


# --- in Odoo's processes --------------------------------------------------------------


def post_backlog(env: Any, count: int) -> None:
    """Post customer invoices of five lines each, all for one customer."""
    customer = env["res.partner"].search([("ref", "=", "BACKLOG")])
    customer = customer or customer.create({"name": "Backlog Ltd", "ref": "BACKLOG"})
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    products = [product] * LINES
    values = [invoice_values(customer, products) for _each in range(count)]
    env["account.move"].create(values).action_post()


def drain(env: Any, connection: int) -> tuple[float, float, int, float]:
    """Drain the whole backlog.

    :return: seconds, those in which this process was busy, statements to the database,
        and the peak of memory over idle
    """
    idle = idle_memory()
    queries = sql_db.sql_counter
    start, busy = time.monotonic(), time.process_time()
    run_job(env, connection)
    seconds, busy = time.monotonic() - start, time.process_time() - busy
    return seconds, busy, sql_db.sql_counter - queries, peak_memory() - idle
