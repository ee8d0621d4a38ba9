"""A back-fill with Xero's real limits on, and how long it takes in the real world.

Pauses are not waited for: both clocks are moved instead.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from environment.console import say
from system_tests.shop import Shop

from .calls import require_all_sent
from .figures import Figure, Result
from .workbench import PATIENCE, Workbench

TITLE = "A back-fill within Xero's limits"
SIZES = (20_000, 500)  # invoices: in batches, and at one call a record
SMOKE = (20, 10)
BATCH = 50  # documents in a call
MINUTE, DAY = 60, 1_000  # calls, of Xero's Starter tier
LIMITS = {"minute": MINUTE, "day": DAY, "concurrent": 5, "app_minute": 10_000}
WORKERS = 2
POSTED_AT_ONCE = 500  # invoices in one transaction of Odoo
SECONDS_A_MINUTE, SECONDS_A_DAY = 60, 86_400
HOUR = 3_600
# What Odoo noted of the time, besides what Shop.pass_time makes older
NOTED = {
    "xero_connection": ("choices_at", "contacts_at", "items_at"),
    "xero_token": ("expires_at",),
}


@dataclass(frozen=True)
class Sent:
    """One back-fill.

    :ivar batch: documents in a call
    :ivar seconds: of the real world, pauses included
    """

    invoices: int
    batch: int
    calls: int
    refused: int
    seconds: float


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Send invoices of a new customer each, in batches and one by one."""
    many, few = sizes
    return report(measure(bench, many, BATCH), measure(bench, few, 1))


def measure(bench: Workbench, size: int, batch: int) -> Sent:
    """Post invoices and let two workers send them, from pause to pause."""
    with bench.shop(f"limits_{batch}") as shop:
        say(f"  {size:,} invoices: posting in Odoo …")
        for first in range(0, size, POSTED_AT_ONCE):
            count = min(POSTED_AT_ONCE, size - first)
            shop.start(post_invoices, count).result(PATIENCE)
        shop.xero.control("POST", "limits", enabled=True, **LIMITS)
        shop.end_pause()  # what was told before of other limits
        shop.xero.control("DELETE", "calls")
        say(f"  {size:,} invoices: sending, {batch} in a call …")
        seconds = send_all(shop, batch)
        require_all_sent(shop)
        statuses = [call["status"] for call in shop.xero.calls() if is_counted(call)]
    return Sent(size, batch, len(statuses), statuses.count(429), seconds)


def is_counted(call: dict) -> bool:
    """Whether Xero's limits count this call."""
    return "/api.xro/" in call["path"]


def send_all(shop: Shop, batch: int) -> float:
    """Work until nothing waits; the seconds this takes in the real world."""
    total = 0.0
    while True:
        start = time.monotonic()
        workers = [
            shop.start_worker(partial(send_in_calls_of, batch))
            for _worker in range(WORKERS)
        ]
        for worker in workers:
            worker.result(PATIENCE)
        total += time.monotonic() - start
        if not waiting(shop):
            return total
        total += sleep_until_woken(shop)


def waiting(shop: Shop) -> int:
    """Rows that are not in Xero yet."""
    sql = "SELECT count(*) FROM xero_document WHERE state <> 'synced'"
    [(count,)] = shop.query(sql)
    return count


def sleep_until_woken(shop: Shop) -> int:
    """Move the clocks to when the scheduler runs the job again; the seconds passed."""
    [(seconds,)] = shop.query(
        "SELECT ceil(extract(epoch FROM min(call_at) - now() AT TIME ZONE 'UTC'))::int"
        " FROM ir_cron_trigger JOIN xero_connection USING (cron_id)"
        " WHERE call_at > now() AT TIME ZONE 'UTC'"
    )
    shop.pass_time(seconds)
    for table, names in NOTED.items():
        older = (f"{name} = {name} - interval '{seconds} seconds'" for name in names)
        shop.query(f"UPDATE {table} SET {', '.join(older)}")
    shop.query("DELETE FROM ir_cron_trigger")
    return seconds


def report(many: Sent, few: Sent) -> Result:
    """The figures; one call a record is not waited for, its time follows from them."""
    calls = many.invoices * few.calls / few.invoices
    singly = time_within_limits(calls)
    figures = [
        *figures_of(many),
        *figures_of(few),
        Figure(f"one call a record, {many.invoices:,} (computed): calls", round(calls)),
        Figure("the same: time in the real world", singly / SECONDS_A_DAY, "days"),
    ]
    bars = [
        (f"in batches of {BATCH}", many.seconds / HOUR),
        ("at one call a record", singly / HOUR),
    ]
    notes = ["Pauses were not waited for: both clocks were moved."]
    return Result(figures, bars, "hours", notes)


def figures_of(sent: Sent) -> list[Figure]:
    """What was measured of one back-fill."""
    what = f"{sent.invoices:,} invoices, {sent.batch} a call"
    return [
        Figure(f"{what}: calls", sent.calls, "calls"),
        Figure(f"{what}: refused (429)", sent.refused, "calls", least=0, most=0),
        Figure(f"{what}: real world", sent.seconds / HOUR, "hours"),
    ]


def time_within_limits(calls: float) -> float:
    """Seconds that so many calls take at least, with none kept for others."""
    days, rest = divmod(calls, DAY)
    return days * SECONDS_A_DAY + rest / MINUTE * SECONDS_A_MINUTE


# --- in Odoo's processes --------------------------------------------------------------


def post_invoices(env: Any, count: int) -> None:
    """Post customer invoices of one line, each of a new customer."""
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    first = env["res.partner"].search_count([])
    customers = env["res.partner"].create(
        [{"name": f"Customer {first + each}"} for each in range(count)]
    )
    env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "partner_id": customer.id,
                "invoice_date": "2026-11-22",
                "invoice_line_ids": [
                    (0, 0, {"product_id": product.id, "price_unit": 10.5})
                ],
            }
            for customer in customers
        ]
    ).action_post()


def send_in_calls_of(batch: int, registry: Any) -> None:
    """Let this process send so many documents in a call."""
    from odoo.addons.xero_sync import xero_api

    xero_api.const.BATCH_SIZE = batch
