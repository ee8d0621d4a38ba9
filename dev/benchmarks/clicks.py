"""What the addon adds to a user's click: its time and queries beside those without."""

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
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
LINES = 20
MOST_TIME = 1.05  # times the click without hooks
MOST_QUERIES = 8  # more than without
HOOKS, NONE, LEAST = "with hooks", "without hooks", "without, and the least"
NOTES = [
    "The least of any addon that queues documents: its row for each, made by Odoo's ORM"
    " without any field of the document, and one call of the scheduler, for which Odoo"
    " reads the job, writes a trigger and opens a connection of its own.",
]


@dataclass(frozen=True)
class Plan:
    """How often the actions of one size are measured in each way.

    :ivar turns: processes, in turns with those of the other ways
    :ivar rounds: in each process, after one that warms it up
    """

    turns: int
    rounds: int


MANY = Plan(turns=9, rounds=5)
FEW = Plan(turns=3, rounds=1)


@dataclass(frozen=True)
class Click:
    """What one action took, to the end of its commit."""

    seconds: float
    queries: int


Clicks = dict[str, list[Click]]  # of each action


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Do each action with so many documents at once, with and without the hooks."""
    result = Result(unit="ms", notes=NOTES)
    with bench.shop("clicks") as shop:
        shop.query("UPDATE xero_connection SET auto_quotation = true")
        for size in sizes:
            say(f"  {size:,} documents in one action …")
            found = measure(shop, size, MANY if size == 1 else FEW)
            for action in found[NONE]:
                add_figures(result, action, size, found)
    return result


def measure(shop: Shop, size: int, plan: Plan) -> dict[str, Clicks]:
    """The clicks of each way, done in turns; each from the same database."""
    sizes = [1, *[size] * plan.rounds]
    found: dict[str, Clicks] = {HOOKS: {}, NONE: {}, LEAST: {}}
    with prepared(shop, sizes) as start_anew:
        for _turn in range(plan.turns):
            for way, clicks in found.items():
                start_anew()
                least = shop.connection if way == LEAST else None
                prepare = None if way == HOOKS else switch_off
                worker = shop.start(click_all, sizes, least, prepare=prepare)
                for action, done in worker.result(PATIENCE).items():
                    clicks.setdefault(action, []).extend(done)
    return found


@contextmanager
def prepared(shop: Shop, sizes: Sequence[int]) -> Iterator[Callable[[], None]]:
    """Make once what the clicks need, which takes Odoo longer than all of them.

    :return: function that brings the database back to this state
    """
    kept = f"{shop.database}_prepared"
    database = shop.installation
    shop.start(prepare_documents, sum(sizes)).result(PATIENCE)
    database.copy(shop.database, kept)
    try:
        yield partial(database.copy, kept, shop.database)
    finally:
        database.copy(kept, shop.database)  # without what the clicks left
        database.drop(kept)


def add_figures(
    result: Result, action: str, size: int, found: dict[str, Clicks]
) -> None:
    """Times as ratios, queries as a difference; medians of the repeats."""
    seconds = {
        way: statistics.median(click.seconds for click in clicks[action])
        for way, clicks in found.items()
    }
    queries = {
        way: statistics.median(click.queries for click in clicks[action])
        for way, clicks in found.items()
    }
    title = f"{action}, {size:,}"
    more_queries = queries[HOOKS] - queries[NONE]
    result.figures += [
        Figure(f"{title}: time", seconds[HOOKS] / seconds[NONE], "×", most=MOST_TIME),
        Figure(f"{title}: time of the least", seconds[LEAST] / seconds[NONE], "×"),
        Figure(f"{title}: more queries", more_queries, most=MOST_QUERIES),
    ]
    result.bars += [
        (f"{title}, {way}", seconds[way] * 1000) for way in (NONE, LEAST, HOOKS)
    ]


# --- in Odoo's processes --------------------------------------------------------------


def prepare_documents(env: Any, count: int) -> None:
    """Draft invoices of confirmed orders, and requests for quotation."""
    orders = env["sale.order"].create([sale_values(env) for _each in range(count)])
    orders.action_confirm()
    orders.order_line.qty_delivered = 1
    orders._create_invoices(grouped=True)
    env["purchase.order"].create([purchase_values(env) for _each in range(count)])


def click_all(env: Any, sizes: Sequence[int], least: int | None) -> Clicks:
    """Every action with so many documents each time; the first time is a warm-up.

    :param least: connection on which to do the least an addon must, None for not
    """
    ours = [("state", "=", "draft"), ("partner_id", "=", partner(env))]
    drafts = [env[model].search(ours) for model in ("account.move", "purchase.order")]
    found: Clicks = {}
    for size in sizes:
        invoices, purchases = (records[:size] for records in drafts)
        drafts = [records[size:] for records in drafts]
        after = partial(least_of_an_addon, env, least, size) if least else None
        done = round_of_clicks(env, size, invoices, purchases, after)
        for action, click in done.items():
            found.setdefault(action, []).append(click)
    return {action: clicks[1:] for action, clicks in found.items()}


def round_of_clicks(
    env: Any, size: int, invoices: Any, purchases: Any, after: Callable | None
) -> dict[str, Click]:
    """Every action once."""
    values = [sale_values(env) for _each in range(size)]
    save = partial(env["sale.order"].create, values)
    found = {}
    found["save a quotation"], orders = click(env, save, after)
    found["confirm an order"], _done = click(env, orders.action_confirm, after)
    found["post an invoice"], _done = click(env, invoices.action_post, after)
    found["approve a purchase"], _done = click(env, purchases.button_confirm, after)
    return found


def click(
    env: Any, action: Callable[[], Any], after: Callable[[], None] | None
) -> tuple[Click, Any]:
    """Do it and commit; return what it took and what it gave."""
    env.cr.commit()
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    given = action()
    if after:
        after()
    env.cr.commit()
    seconds = time.perf_counter() - start
    return Click(seconds, env.cr.sql_log_count - queries), given


def least_of_an_addon(env: Any, connection: int, count: int) -> None:
    """A row of the outbox for each document, and the wish to be woken."""
    row = {"connection_id": connection, "kind": "invoice", "record_name": "bare"}
    env["xero.document"].create([dict(row) for _each in range(count)])
    env["xero.connection"].browse(connection).cron_id._trigger()


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
