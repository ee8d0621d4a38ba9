"""How soon a confirmed order is in Xero, with a running server."""

import math
import statistics
import time
from collections.abc import Sequence

from environment.console import say
from environment.rpc import Client
from system_tests.odoo_process import wait_for
from system_tests.running_odoo import THREADS, serving
from system_tests.shop import Shop, create_orders

from .figures import Figure, Result
from .workbench import Workbench

TITLE = "From the click to Xero"
SIZES = (200,)  # orders, one at a time
SMOKE = (3,)
MOST_USUAL = 1  # seconds, the median
MOST_EVER = 3  # seconds, the 99th percentile
LONGEST = 70  # seconds; Odoo's scheduler may sleep for a minute


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Confirm so many orders, each when the one before has arrived."""
    [size] = sizes
    with bench.shop("real_time") as shop:
        orders = shop.call(create_orders, size)
        say(f"  {size:,} orders, one at a time …")
        with serving(shop.installation, shop.database, THREADS) as client:
            seconds = [
                confirm_and_wait(shop, client, order_id, count)
                for count, order_id in enumerate(orders.ids, start=1)
            ]
    return report(sorted(seconds))


def report(seconds: list[float]) -> Result:
    """Median and 99th percentile of sorted values."""
    usual = statistics.median(seconds)
    rare = seconds[math.ceil(len(seconds) * 0.99) - 1]
    figures = [
        Figure("confirm → in Xero, median", usual, "s", most=MOST_USUAL),
        Figure("confirm → in Xero, 99th percentile", rare, "s", most=MOST_EVER),
    ]
    shown = {"fastest": seconds[0], "median": usual, "slowest": seconds[-1]}
    return Result(figures, list(shown.items()), "s")


def confirm_and_wait(shop: Shop, client: Client, order_id: int, count: int) -> float:
    """Seconds from the click, its own time included, to the invoice in Xero.

    :param count: of the invoices there are then
    """
    start = time.monotonic()
    client.call("sale.order", "action_confirm", [order_id])
    wait_for(lambda: written_invoices(shop) >= count, LONGEST)
    return time.monotonic() - start


def written_invoices(shop: Shop) -> int:
    """The calls that created an invoice, and were answered."""
    calls = shop.xero.writes("Invoices")
    return sum(call["method"] == "PUT" and call["status"] == 200 for call in calls)
