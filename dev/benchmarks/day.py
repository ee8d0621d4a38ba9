"""What a working day costs of Xero's calls, one order and a trader's whole day.

Both clocks are moved. Xero's limits are those of its Starter tier. PDFs are not
printed, which takes a second each: what stands for one differs when the document does.
"""

from collections import Counter
from collections.abc import Sequence

from environment.console import say
from system_tests.shop import Shop

from . import moved_clock, trade
from .figures import Figure, Result
from .limits import LIMITS
from .moved_clock import Day
from .workbench import PATIENCE, Workbench

TITLE = "A working day"
SIZES = (5,)  # orders, one at a time
SMOKE = (1,)
VERBS = {"PUT": "made", "POST": "changed", "GET": "read", "DELETE": "taken away"}
# Calls of an order's life, with Odoo's PDFs and without
MOST_CALLS = {True: 6, False: 4}


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Orders one at a time, with Odoo's PDFs and without."""
    [orders] = sizes
    lives = {pdf: measure_lives(bench, orders, pdf) for pdf in (True, False)}
    return report(orders, lives)


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
