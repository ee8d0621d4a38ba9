"""How many calls Xero gets for new invoices, customers and products."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from environment.console import say
from system_tests.shop import Shop

from .figures import Figure, Result
from .workbench import PATIENCE, Workbench

TITLE = "Calls to Xero"
SIZES = (1_000,)
SMOKE = (20,)
LINES = 3
BATCH = 50  # documents in a call
MOST_READS = 10
# What a thousand invoices may need beyond the fewest calls that can carry them
SPARE_CALLS = 5


@dataclass(frozen=True)
class Calls:
    """What went to Xero."""

    writes: int
    reads: int

    @property
    def all(self) -> int:
        """Both."""
        return self.writes + self.reads


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Post so many invoices with a new customer and three new products each."""
    [size] = sizes
    with bench.shop("calls") as shop:
        shop.query("UPDATE xero_connection SET create_items = true")
        first = send_invoices(shop, 1, new=True)
        linked = send_invoices(shop, 1, new=False)
        many = send_invoices(shop, size, new=True)
        again = work_and_count(shop)
    return report(size, first, linked, many, again)


def report(size: int, first: Calls, linked: Calls, many: Calls, again: Calls) -> Result:
    """The figures, and the fewest calls beside those made."""
    fewest = sum(-(-count // BATCH) for count in (size, size * LINES, size))
    what = f"{size:,} invoices, customers, {size * LINES:,} products"
    figures = [
        Figure(f"{what}: writes", many.writes, "calls", most=fewest + SPARE_CALLS),
        Figure(f"{what}: reads", many.reads, "calls", most=MOST_READS),
        Figure("one invoice, all of it new", first.all, "calls", least=3, most=3),
        Figure("one invoice, all linked", linked.all, "calls", least=1, most=1),
        Figure("nothing changed", again.all, "calls", least=0, most=0),
    ]
    bars = [("fewest possible writes", fewest), ("writes made", many.writes)]
    return Result(figures, bars, "calls")


def send_invoices(shop: Shop, count: int, new: bool) -> Calls:
    """Post invoices, then let the job send them.

    :param new: of new customers and products, else of those of the first call
    """
    say(f"  {count:,} invoices: posting …")
    shop.start(post_invoices, count, new).result(PATIENCE)
    say(f"  {count:,} invoices: sending …")
    calls = work_and_count(shop)
    require_all_sent(shop)
    return calls


def require_all_sent(shop: Shop) -> None:
    """A figure of work that was not done means nothing."""
    sql = "SELECT count(*) FROM xero_document WHERE state <> 'synced'"
    [(waiting,)] = shop.query(sql)
    assert not waiting, f"{waiting} documents were not sent"


def work_and_count(shop: Shop) -> Calls:
    """Let the job work; count what it asks of Xero."""
    shop.xero.control("DELETE", "calls")
    shop.start_worker().result(PATIENCE)
    calls = [call for call in shop.xero.calls() if "/api.xro/" in call["path"]]
    reads = sum(call["method"] == "GET" for call in calls)
    return Calls(len(calls) - reads, reads)


# --- in Odoo's processes --------------------------------------------------------------


def post_invoices(env: Any, count: int, new: bool) -> None:
    """Post customer invoices of three lines each."""
    customers = env["res.partner"].search([("ref", "=like", "BENCH-%")], limit=count)
    products = env["product.product"].search(
        [("default_code", "=like", "BENCH-%")], limit=count * LINES
    )
    if new:
        first = env["product.product"].search_count([])
        customers = env["res.partner"].create(
            [
                {"name": f"Customer {first + each}", "ref": f"BENCH-{first + each}"}
                for each in range(count)
            ]
        )
        products = env["product.product"].create(
            [
                {
                    "name": f"Product {first + each}",
                    "default_code": f"BENCH-{first + each}",
                }
                for each in range(count * LINES)
            ]
        )
    env["account.move"].create(
        [
            invoice_values(customer, products[each * LINES : (each + 1) * LINES])
            for each, customer in enumerate(customers)
        ]
    ).action_post()


def invoice_values(customer: Any, products: Any) -> dict[str, Any]:
    """An invoice with a line for each product."""
    lines = [
        (0, 0, {"product_id": product.id, "quantity": 2, "price_unit": 10.5})
        for product in products
    ]
    return {
        "move_type": "out_invoice",
        "partner_id": customer.id,
        "invoice_date": "2026-11-22",
        "invoice_line_ids": lines,
    }
