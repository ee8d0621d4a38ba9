"""Whether the work of every day stays as quick as history grows longer."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from environment.console import say
from lxml import etree
from system_tests.shop import Shop, run_job

from .figures import Figure, Result
from .history import GROWING, lengthen, settle_all, unsettle
from .plans import Scan, scans
from .workbench import PATIENCE, Workbench

TITLE = "Growth"
SIZES = (1_000, 10_000, 50_000)  # orders, documents, requests, contacts, issues, each
SMOKE = (5_000,)  # from there on PostgreSQL prefers an index
REPEATS = 20
MOST_GROWTH = 1.5  # times, from the smallest to the largest
PAGE = 80  # rows of a list
# Beside any list Odoo counts how many rows there are, up to so many
COUNT_LIMIT = 10_001  # (web, relational_model.js)
SPARE = 0.01  # seconds that this may take


@dataclass(frozen=True)
class Measured:
    """One action at one size."""

    seconds: float
    scans: list[Scan]


Action = Callable[[], Any]


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Do what is done every day, with ever longer history."""
    with bench.shop("growth") as shop:
        prepare(shop)
        return report({size: measure(shop, size) for size in sizes})


def prepare(shop: Shop) -> None:
    """Begin the history with one order that goes the real way, and one refused."""
    shop.confirm_orders()
    shop.work()
    shop.query("UPDATE xero_connection SET create_contacts = false")
    shop.confirm_orders()
    shop.work()
    shop.query("UPDATE xero_connection SET create_contacts = true")


def measure(shop: Shop, size: int, repeats: int = REPEATS) -> dict[str, Measured]:
    """Every action, with so long a history."""
    say(f"  {size:,} documents: making history …")
    lengthen(shop, size)
    say(f"  {size:,} documents: measuring …")
    idle = shop.start(measure_all, shop.connection, job_actions, repeats)
    actions = idle.result(PATIENCE)
    unsettle(shop)
    busy = shop.start(measure_all, shop.connection, daily_actions, repeats)
    actions |= busy.result(PATIENCE)
    settle_all(shop)
    return actions


def report(measured: dict[int, dict[str, Measured]]) -> Result:
    """How much longer each action takes at the end, and what it reads for that."""
    least, most = min(measured), max(measured)
    result = Result(unit=f"× of {least:,}")
    for name, at_most in measured[most].items():
        first = measured[least][name].seconds
        title = f"{name}, {most:,} / {least:,}"
        target = MOST_GROWTH + SPARE / first
        result.figures.append(Figure(title, at_most.seconds / first, "×", most=target))
        result.bars += [
            (f"{name}, {size:,}", actions[name].seconds / first)
            for size, actions in measured.items()
        ]
        result.notes += [f"{name}:", *(f"    {line}" for line in at_most.scans)]
    whole = whole_tables(measured[most], most)
    result.figures.append(Figure("tables read from end to end", len(whole), most=0))
    allowed = f"{MOST_GROWTH} × and {SPARE * 1000:.0f} ms more"
    result.notes.insert(0, f"Targets are {allowed}. Plans at {most:,}:")
    return result


def whole_tables(measured: dict[str, Measured], size: int) -> list[Scan]:
    """The scans that read as much as the history is long, or nearly."""
    found = (scan for each in measured.values() for scan in each.scans)
    return [scan for scan in found if scan.read > size / 2 and scan.read > COUNT_LIMIT]


# --- in Odoo's processes --------------------------------------------------------------


def measure_all(
    env: Any, connection: int, actions_of: Callable, repeats: int
) -> dict[str, Measured]:
    """Each action's time, then the plans of its queries."""
    actions = actions_of(env, connection)
    return {name: measure_one(env, action, repeats) for name, action in actions.items()}


def measure_one(env: Any, action: Action, repeats: int) -> Measured:
    """An action, as a new request that knows nothing yet.

    The quickest of its repeats: what else the machine does can only add to them.
    """
    seconds = []
    for _each in range(repeats):
        env.invalidate_all()
        start = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - start)
    env.invalidate_all()
    return Measured(min(seconds), scans(env, action, GROWING))


def job_actions(env: Any, connection: int) -> dict[str, Action]:
    """What the scheduled job does all day long."""
    return {"job with nothing to do": partial(run_job, env, connection)}


def daily_actions(env: Any, connection: int) -> dict[str, Action]:
    """What workers and people do while some documents wait."""
    env = env(user=env.ref("base.user_admin"))
    documents, orders = env["xero.document"], env["sale.order"]
    own = env["xero.connection"].browse(connection)
    kept_back = [("state", "=", "failed")]
    waiting = [("state", "in", ("pending", "sending", "held"))]
    to_pay = [("xero_payment_state", "in", ("unpaid", "partial"))]
    order = orders.search([], limit=1, order="id")
    return {
        "claim a batch": partial(own.sudo()._claim, "xero.document"),
        "look for due rows": own.sudo()._has_due_rows,
        "list of documents": partial(show_list, documents, []),
        "list of waiting documents": partial(show_list, documents, waiting),
        "list of documents kept back": partial(show_list, documents, kept_back),
        "list of requests": partial(show_list, env["xero.request"], []),
        "list of open issues": partial(
            show_list, env["xero.issue"], [("state", "=", "open")]
        ),
        "list of orders": partial(show_list, orders, []),
        "list of orders kept back": partial(
            show_list, orders, [("xero_state", "in", ("failed", "held", "mismatch"))]
        ),
        "list of orders to be paid in Xero": partial(show_list, orders, to_pay),
        **{
            f"{name} by {field}": partial(show_groups, records, domain, field)
            for name, records, domain, field in (
                ("waiting documents", documents, waiting, "kind"),
                ("documents kept back", documents, kept_back, "partner_id"),
                ("documents kept back", documents, kept_back, "date:month"),
                ("open issues", env["xero.issue"], [("state", "=", "open")], "kind"),
                ("orders to be paid", orders, to_pay, "partner_id"),
            )
        },
        "form of an order": partial(show_form, order),
        "form of a connection": partial(show_form, own),
        "start page": partial(show_start_page, own.browse()),
        "count of amounts that differ": partial(
            documents.search_count, [("state", "=", "mismatch")]
        ),
        "count of open issues": partial(
            env["xero.issue"].search_count, [("state", "=", "open")]
        ),
    }


def show_list(records: Any, domain: list) -> None:
    """What the browser asks for to show a list's first page."""
    specification = asked_for(records, "list")
    records.web_search_read(domain, specification, limit=PAGE, count_limit=COUNT_LIMIT)


def show_groups(records: Any, domain: list, field: str) -> None:
    """What the browser asks for to show the same rows in groups, closed.

    Of filtered rows: who groups all that there ever was, has all of it read, and who
    groups by what was paid in Xero, all that was paid there.
    """
    records.web_read_group(domain, [field], ["__count"], limit=PAGE)


def show_form(record: Any) -> None:
    """What the browser asks for to show what the addon adds to a form."""
    specification = {
        name: fields
        for name, fields in asked_for(record, "form").items()
        if name.startswith("xero_") or record._name.startswith("xero.")
    }
    record.web_read(specification)


def show_start_page(connections: Any) -> None:
    """What the browser asks for when somebody opens the app."""
    view = connections.env.ref("xero_sync.xero_connection_view_kanban_overview")
    specification = asked_for(connections, "kanban", view.id)
    connections.web_search_read([], specification, limit=PAGE, count_limit=COUNT_LIMIT)


def asked_for(records: Any, view_type: str, view: int | None = None) -> dict[str, dict]:
    """The specification of the fields of a view, names of records included."""
    arch = etree.fromstring(records.get_view(view, view_type)["arch"])
    nested = arch.xpath("//field//field")
    return {
        node.get("name"): _asked_of(records._fields[node.get("name")])
        for node in arch.iter("field")
        if node not in nested
    }


def _asked_of(field: Any) -> dict:
    return {"fields": {"display_name": {}}} if field.relational else {}
