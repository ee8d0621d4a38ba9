"""What a working day costs of Xero's calls, one order and a trader's whole day.

Both clocks are moved. Xero's limits are those of its Starter tier. PDFs are not
printed, which takes a second each: what stands for one differs when the document does.
"""

import math
import statistics
from collections import Counter
from collections.abc import Sequence

from environment.console import say
from system_tests.shop import Shop

from . import moved_clock, trade
from .figures import Figure, Result
from .limits import LIMITS
from .moved_clock import Day
from .trade import Trade
from .workbench import PATIENCE, Workbench

TITLE = "A working day"
SIZES = (3, Trade())  # orders, one at a time; and the day
SMOKE = (1, Trade(6, 4, 1, 2, 1, 2, 1, 1))
VERBS = {"PUT": "made", "POST": "changed", "GET": "read", "DELETE": "taken away"}
# Calls of an order's life, with Odoo's PDFs and without
MOST_CALLS = {True: 6, False: 4}
MOST_A_DAY = 1_000
MOST_SECONDS = 300  # that an edit waits
# That a quote was sent, accepted or invoiced may wait for half an hour
EDITS = ("quotation edited",)


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Orders one at a time, and a day, with Odoo's PDFs and without."""
    orders, amount = sizes
    lives = {pdf: measure_lives(bench, orders, pdf) for pdf in (True, False)}
    result = report(orders, lives)
    for pdf in (True, False):
        result.figures += figures_of_day(measure_day(bench, amount, pdf), amount, pdf)
    return result


def measure_day(bench: Workbench, amount: Trade, pdf: bool) -> Day:
    """A trader's day."""
    with bench.shop(f"day_{'pdf' if pdf else 'plain'}") as shop:
        say(f"  a trader's day, {'with' if pdf else 'without'} PDFs …")
        shop.query("UPDATE xero_connection SET update_contacts = true")
        shop.start(trade.furnish).result(PATIENCE)
        shop.work()
        return live(shop, trade.day(amount), pdf)


def figures_of_day(day: Day, amount: Trade, pdf: bool) -> list[Figure]:
    """Calls by cause, and how long what waited."""
    which = "with PDFs" if pdf else "without PDFs"
    singly = trade.singly(trade.day(amount), pdf)
    made = len(day.calls)
    figures = [
        Figure(f"a trader's day, {which}", made, "calls", most=MOST_A_DAY),
        Figure("  the same at one call a change, without reads", singly, "calls"),
        Figure("  documents that wait for tomorrow", day.left, "", most=0),
        *by_cause(day, which),
    ]
    for name, waits in sorted(day.waits.items()):
        ordered = sorted(waits)
        rare = ordered[math.ceil(len(ordered) * 0.99) - 1]
        most = MOST_SECONDS if name in EDITS else None
        figures += [
            Figure(f"  {name}: in Xero, median", statistics.median(ordered), "s"),
            Figure(f"  {name}: 99th percentile", rare, "s", most=most),
        ]
    return figures


def measure_lives(bench: Workbench, orders: int, pdf: bool) -> Day:
    """So many orders, one after the other, each within an hour."""
    with bench.shop(f"day_lives_{'pdf' if pdf else 'plain'}") as shop:
        say(f"  {orders} orders, one at a time, {'with' if pdf else 'without'} PDFs …")
        return live(shop, trade.lives(orders), pdf)


def live(shop: Shop, events: list[moved_clock.Event], pdf: bool) -> Day:
    """Live through these events with Xero's limits on."""
    shop.query(f"UPDATE xero_connection SET auto_quotation = true, attach_pdf = {pdf}")
    shop.xero.control("POST", "limits", enabled=True, **LIMITS)
    shop.end_pause()  # what was told before of other limits
    process = shop.start(
        moved_clock.live,
        shop.connection,
        shop.xero.address,
        events,
        prepare=trade.prepare,
    )
    return process.result(PATIENCE)


def report(orders: int, lives: dict[bool, Day]) -> Result:
    """The figures, and what the calls of the orders were for."""
    figures, bars = [], []
    for pdf, day in lives.items():
        which = "with PDFs" if pdf else "without PDFs"
        whole = len(day.calls) / orders
        title = f"an order's life, {which}"
        figures.append(Figure(title, whole, "calls", most=MOST_CALLS[pdf]))
        bars.append((title, whole))
        steps = Counter(step for step, _call in day.calls)
        figures += [
            Figure(f"  {step}, {which}", steps[step] / orders, "calls")
            for step in trade.STEPS
        ]
        figures += by_cause(day, which, orders)
    return Result(figures, bars, "calls")


def by_cause(day: Day, which: str, orders: int = 1) -> list[Figure]:
    """What the calls were for, the most first."""
    causes = Counter(cause(call) for _step, call in day.calls)
    return [
        Figure(f"  {name}, {which}", count / orders, "calls")
        for name, count in causes.most_common()
    ]


def cause(call: dict) -> str:
    """What a call was for, e.g. ``Quotes changed``."""
    path = call["path"].partition("/api.xro/2.0/")[2].split("/")
    if "Attachments" in path:
        return f"{path[0]}: PDF"
    if "Allocations" in path:
        return f"Allocations: {VERBS[call['method']]}"
    return f"{path[0]}: {VERBS[call['method']]}"
