"""What the addon adds to opening the lists and forms that people work in all day."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from environment.console import say
from system_tests.shop import Shop

from odoo.tools.safe_eval import safe_eval

from .figures import Figure, Result
from .growth import COUNT_LIMIT, PAGE, prepare
from .history import lengthen
from .hooks import FIELDS, switched_off
from .views import asked_for, without
from .workbench import PATIENCE, Workbench

TITLE = "Lists and forms"
SIZES = (50_000,)  # orders, documents, requests, contacts, issues, each
SMOKE = (1_000,)
PAIRS = 60  # openings with the addon, each beside one without
LINES = 3
MOST_TIME = 1.05  # times the same without the addon
MOST_QUERIES = {"list": 2, "form": 3}  # more than without
OURS = {"ref": "PAGES"}  # partners of what was made last
BY_US = [("partner_id.ref", "=", "PAGES")]
# What is opened: the menu's action and, of a menu with several states, which
PAGES = {
    "quotations": ("sale.action_quotations_with_onboarding", [("state", "=", "draft")]),
    "orders": ("sale.action_orders", [("state", "=", "sale")]),
    "invoices": ("account.action_move_out_invoice", []),
    "purchase orders": ("purchase.purchase_form_action", []),
    "bills": ("account.action_move_in_invoice", []),
    "partners": ("account.res_partner_action_customer", [("ref", "=", "PAGES")]),
    "products": ("sale.product_template_action", []),
}
NOTES = [
    "With and without by turns, in one process and one database: what the browser asks"
    " for is taken from the view; without the addon its fields are left out, none of"
    " its columns is read and Odoo's own methods answer. Another database would differ"
    " in more than the addon. Times are the medians of all pairs, of one request each"
    " that knows nothing yet; the browser keeps the views themselves.",
]


@dataclass(frozen=True)
class Opened:
    """One page, opened by turns.

    :ivar ratio: time with the addon / without, median of the pairs
    :ivar seconds: (without, with), the quickest
    :ivar more_queries: with the addon
    """

    ratio: float
    seconds: tuple[float, float]
    more_queries: int


Action = Callable[[], Any]


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Open each page, with so long a history."""
    [size] = sizes
    with bench.shop("pages") as shop:
        prepare(shop)
        return report(measure(shop, size))


def measure(
    shop: Shop, size: int, pairs: int = PAIRS, page: int = PAGE
) -> dict[str, Opened]:
    """Every page, whose documents are the newest ones of so long a history.

    :param page: documents of each kind, of which a list shows 80
    """
    say(f"  {size:,} documents: making history …")
    lengthen(shop, size)
    shop.query("UPDATE xero_connection SET auto_quotation = true")
    for step in (make_drafts, confirm_all, invoice_all):
        shop.start(step, page).result(PATIENCE)
        shop.start_worker().result(PATIENCE)
    shop.query("UPDATE xero_connection SET auto_quotation = false")
    say("  measuring …")
    return shop.start(open_all, pairs).result(PATIENCE)


def report(opened: dict[str, Opened]) -> Result:
    """Times as ratios, queries as a difference."""
    result = Result(unit="ms", notes=NOTES)
    for name, page in opened.items():
        most = MOST_QUERIES[name.split()[0]]
        more = page.more_queries
        result.figures += [
            Figure(f"{name}: time", page.ratio, "×", most=MOST_TIME),
            Figure(f"{name}: more queries", more, most=most),
        ]
        result.bars += [
            (f"{name}, {way}", seconds * 1000)
            for way, seconds in zip(("without", "with"), page.seconds, strict=True)
        ]
    return result


# --- in Odoo's processes --------------------------------------------------------------


def make_drafts(env: Any, count: int) -> None:
    """Twice so many quotations and once purchases, of a partner and products each."""
    names = range(count)
    partners = env["res.partner"].create(
        [{"name": f"Pages {each} Ltd", **OURS} for each in names]
    )
    products = env["product.product"].create(
        [{"name": f"Chair {each}", "default_code": f"PAGES-{each}"} for each in names]
    )
    values = [
        {
            "partner_id": partner.id,
            "order_line": [
                (0, 0, {"product_id": products[(each + line) % count].id})
                for line in range(LINES)
            ],
        }
        for each, partner in enumerate(partners)
    ]
    env["sale.order"].create(values * 2)
    env["purchase.order"].create(values).order_line.price_unit = 5


def confirm_all(env: Any, count: int) -> None:
    """Of the quotations half become orders, all purchases are approved."""
    env["sale.order"].search(BY_US, limit=count, order="id desc").action_confirm()
    env["purchase.order"].search(BY_US).button_confirm()


def invoice_all(env: Any, count: int) -> None:
    """An invoice of each order, a bill of each purchase."""
    orders = env["sale.order"].search([*BY_US, ("state", "=", "sale")], limit=count)
    orders.order_line.qty_delivered = 1
    orders._create_invoices(grouped=True).action_post()
    purchases = env["purchase.order"].search(BY_US)
    purchases.order_line.qty_received = 1
    purchases.action_create_invoice()
    purchases.invoice_ids.invoice_date = env.cr.now()


def open_all(env: Any, pairs: int) -> dict[str, Opened]:
    """Every page's list, and the form of its first record."""
    admin = env.ref("base.user_admin")
    # As the browser says with each request
    said = {
        **admin.context_get(),
        "tz": "Australia/Sydney",
        "allowed_company_ids": admin.company_id.ids,
    }
    env = env(user=admin, context=said)
    return {
        f"{view} of {name}": open_page(env, action, pairs)
        for name, (xml_id, domain) in PAGES.items()
        for view, action in views_of(env, xml_id, domain).items()
    }


def views_of(env: Any, xml_id: str, domain: list) -> dict[str, Callable[[bool], None]]:
    """What opens the list of a menu, and a form; each with the addon's part or not."""
    action = env.ref(xml_id)
    views = {kind: view for view, kind in action.views}
    known = {"uid": env.uid}
    context = safe_eval(action.context, known)
    records = env[action.res_model].with_context(**context, bin_size=True)
    domain = safe_eval(action.domain or "[]", known) + domain
    first = records.search(domain, limit=1)

    def open_list(asked: dict[str, dict]) -> None:
        found = records.web_search_read(
            domain, asked, limit=PAGE, count_limit=COUNT_LIMIT
        )
        assert found["records"]

    def open_form(asked: dict[str, dict]) -> None:
        assert first.web_read(asked)

    opening = {}
    for kind, open_view in (("list", open_list), ("form", open_form)):
        asked = asked_for(records, kind, views.get(kind) or None)
        bare = without(records, asked, FIELDS)
        opening[kind] = (partial(open_view, bare), partial(open_view, asked))
    return opening


def open_page(env: Any, ways: tuple[Action, Action], pairs: int) -> Opened:
    """Open it without and with the addon's part by turns, after once for warmth."""
    bare, whole = ways
    taken: list[tuple[float, float]] = []
    queries = 0
    for _each in range(pairs + 1):
        with switched_off(env.registry):
            seconds_without, queries_without = opened(env, bare)
        seconds_with, queries_with = opened(env, whole)
        taken.append((seconds_without, seconds_with))
        queries = queries_with - queries_without
    taken = taken[1:]
    ratio = statistics.median(with_ / without_ for without_, with_ in taken)
    quickest = tuple(map(min, zip(*taken, strict=True)))
    return Opened(ratio, quickest, queries)


def opened(env: Any, action: Action) -> tuple[float, int]:
    """Seconds and queries of an action, as a new request that knows nothing yet."""
    env.invalidate_all()
    queries, start = env.cr.sql_log_count, time.perf_counter()
    action()
    return time.perf_counter() - start, env.cr.sql_log_count - queries
