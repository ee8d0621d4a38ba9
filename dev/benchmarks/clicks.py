"""What the addon adds to a user's click: its time and queries beside those without."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from environment.console import say
from system_tests.shop import Shop

from .figures import Figure, Result
from .hooks import switch_off
from .workbench import PATIENCE, Workbench

TITLE = "The user's click"
SIZES = (1, 200)  # documents in one action
SMOKE = (1, 3)
REPEATS = {1: 9}  # of a size; the others need fewer
FEW_REPEATS = 3
LINES = 20
MOST_TIME = 1.05  # times the click without hooks
MOST_QUERIES = 8  # more than without


@dataclass(frozen=True)
class Click:
    """What one action took, to the end of its commit."""

    seconds: float
    queries: int


Clicks = dict[str, list[Click]]


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Do each action with so many documents at once, with and without the hooks."""
    result = Result(unit="ms")
    with bench.shop("clicks") as shop:
        shop.query("UPDATE xero_connection SET auto_quotation = true")
        for size in sizes:
            say(f"  {size:,} documents in one action …")
            repeats = REPEATS.get(size, FEW_REPEATS)
            with_hooks, without = measure(shop, size, repeats)
            for action in with_hooks:
                add_figures(result, action, size, with_hooks[action], without[action])
    return result


def measure(shop: Shop, size: int, repeats: int) -> tuple[Clicks, Clicks]:
    """The clicks with hooks and those without, done in turns."""
    found: tuple[Clicks, Clicks] = ({}, {})
    for _each in range(repeats):
        for clicks, prepare in zip(found, (None, switch_off), strict=True):
            worker = shop.start(click_all, size, prepare=prepare)
            for action, click in worker.result(PATIENCE).items():
                clicks.setdefault(action, []).append(click)
    return found


def add_figures(
    result: Result, action: str, size: int, on: list[Click], off: list[Click]
) -> None:
    """Time as a ratio, queries as a difference; medians of the repeats."""
    seconds = [
        statistics.median(each.seconds for each in clicks) for clicks in (on, off)
    ]
    queries = [
        statistics.median(each.queries for each in clicks) for clicks in (on, off)
    ]
    title = f"{action}, {size:,}"
    result.figures += [
        Figure(f"{title}: time", seconds[0] / seconds[1], "×", most=MOST_TIME),
        Figure(f"{title}: more queries", queries[0] - queries[1], most=MOST_QUERIES),
    ]
    result.bars += [
        (f"{title}, without hooks", seconds[1] * 1000),
        (f"{title}, with hooks", seconds[0] * 1000),
    ]


# --- in Odoo's processes --------------------------------------------------------------


def click_all(env: Any, size: int) -> dict[str, Click]:
    """Every action once, with new documents; a first round warms up the process."""
    round_of_clicks(env, 1)
    return round_of_clicks(env, size)


def round_of_clicks(env: Any, size: int) -> dict[str, Click]:
    """The life of some orders."""
    sales, purchases = env["sale.order"], env["purchase.order"]
    found = {}
    values = [sale_values(env) for _each in range(size)]
    found["save a quotation"], orders = click(env, partial(sales.create, values))
    found["confirm an order"], _done = click(env, orders.action_confirm)
    orders.order_line.qty_delivered = 1
    invoices = orders._create_invoices(grouped=True)
    found["post an invoice"], _done = click(env, invoices.action_post)
    bought = purchases.create([purchase_values(env) for _each in range(size)])
    found["approve a purchase"], _done = click(env, bought.button_confirm)
    return found


def click(env: Any, action: Callable[[], Any]) -> tuple[Click, Any]:
    """Do it and commit; return what it took and what it gave."""
    env.cr.commit()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    given = action()
    env.cr.commit()
    seconds = time.perf_counter() - start
    return Click(seconds, env.cr.sql_log_count - queries), given


def sale_values(env: Any) -> dict[str, Any]:
    """A quotation of twenty lines."""
    line = {"product_id": product(env), "product_uom_qty": 1}
    return {"partner_id": partner(env), "order_line": lines_of(line)}


def purchase_values(env: Any) -> dict[str, Any]:
    """A request for quotation of twenty lines."""
    line = {"product_id": product(env), "product_qty": 1, "price_unit": 5}
    return {"partner_id": partner(env), "order_line": lines_of(line)}


def lines_of(line: dict[str, Any]) -> list[tuple]:
    """Commands that create twenty such lines."""
    return [(0, 0, dict(line)) for _each in range(LINES)]


def product(env: Any) -> int:
    """The shop's product."""
    return env["product.product"].search([("default_code", "=", "SYSTEM")]).id


def partner(env: Any) -> int:
    """The company everything is sold to and bought from."""
    partners = env["res.partner"]
    found = partners.search([("ref", "=", "CLICKS")])
    return (found or partners.create({"name": "Clicks Ltd", "ref": "CLICKS"})).id
