"""How several organisations drain beside each other, a worker for each."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from environment.console import say
from environment.local_xero import CLIENT_ID, CLIENT_SECRET
from system_tests import local_xero
from system_tests.shop import Shop, run_job

from .calls import require_all_sent
from .figures import Figure, Result
from .throughput import post_backlog
from .workbench import PATIENCE, Workbench

TITLE = "Several organisations"
SIZES = (500,)  # invoices of each
SMOKE = (5,)
ORGANISATIONS = 4
# Of one organisation's pace, where each worker has a core
LEAST = {4: 3.2}
LEAST_SHARE = LEAST[4] / 4  # of what this machine allows
SPIN = 20_000_000  # turns of a loop that does nothing else


@dataclass(frozen=True)
class Organisation:
    """One of the companies, with a Xero of its own."""

    company: int
    connection: int
    address: str


@dataclass(frozen=True)
class Measured:
    """Seconds of wall time, for the same work by one and by each of several."""

    organisations: int
    one: float
    several: float
    spin_one: float
    spin_several: float

    @property
    def ratio(self) -> float:
        """How many times the pace of one organisation they drain at."""
        return self.organisations * self.one / self.several

    @property
    def floor(self) -> float:
        """The same of processes that need nothing but the processor."""
        return self.organisations * self.spin_one / self.spin_several


def run(bench: Workbench, sizes: Sequence[int]) -> Result:
    """Drain so many invoices of one organisation, then of each of four at once."""
    [size] = sizes
    with bench.shop("organisations") as shop:
        return report(measure(shop, size, ORGANISATIONS))


def measure(shop: Shop, size: int, count: int) -> Measured:
    """Backlogs of the same size, by one worker and by a worker for each company."""
    with several(shop, count) as organisations:
        one = drain(shop, organisations[:1], size)
        all_of_them = drain(shop, organisations, size)
    say("  the same number of processes that only compute …")
    return Measured(
        count,
        one,
        all_of_them,
        at_once(shop, [spin]),
        at_once(shop, [spin] * count),
    )


def report(measured: Measured) -> Result:
    """The pace beside what the machine allows."""
    count, cores = measured.organisations, os.cpu_count() or 1
    least = LEAST.get(count) if cores > count else None
    figures = [
        Figure(f"{count} organisations / one", measured.ratio, "×", least=least),
        Figure(f"{count} processes that only compute / one", measured.floor, "×"),
        Figure(
            "of what this machine allows",
            measured.ratio / measured.floor,
            "×",
            least=LEAST_SHARE,
        ),
    ]
    bars = [
        ("one organisation", 1),
        (f"{count} organisations", measured.ratio),
        (f"{count} processes that only compute", measured.floor),
    ]
    note = f"This machine has {cores} cores; a drain also needs PostgreSQL and Xero."
    return Result(figures, bars, "× the pace of one", [note])


@contextmanager
def several(shop: Shop, count: int) -> Iterator[list[Organisation]]:
    """The shop's company and more like it, each with a local Xero of its own."""
    [(company,)] = shop.query(
        f"SELECT company_id FROM xero_connection WHERE id = {shop.connection}"
    )
    found = [Organisation(company, shop.connection, shop.xero.address)]
    with ExitStack() as stack:
        for number in range(2, count + 1):
            say(f"  organisation {number} of {count}: a company and its chart …")
            tools = shop.installation.odoo.tools
            xero = stack.enter_context(local_xero.running(tools))
            company = shop.start(add_company, number).result(PATIENCE)
            connect = shop.start(
                connect_company, company, prepare=partial(use_xero, xero.address)
            )
            connection = connect.result(PATIENCE)
            found.append(Organisation(company, connection, xero.address))
        yield found


def drain(shop: Shop, organisations: list[Organisation], size: int) -> float:
    """Seconds until a worker for each has sent so many invoices."""
    say(f"  {len(organisations)} × {size:,} invoices: posting in Odoo …")
    for each in organisations:
        shop.start(post_for, each.company, size).result(PATIENCE)
    say(f"  {len(organisations)} × {size:,} invoices: draining …")
    seconds = at_once(
        shop,
        [partial(run_job, connection=each.connection) for each in organisations],
        [partial(use_xero, each.address) for each in organisations],
    )
    require_all_sent(shop)
    return seconds


def at_once(
    shop: Shop, functions: Sequence[Callable], prepares: Sequence[Callable] = ()
) -> float:
    """Seconds until processes that start together have all done their work."""
    start = time.monotonic()
    prepares = prepares or [None] * len(functions)
    workers = [
        shop.start(function, prepare=prepare)
        for function, prepare in zip(functions, prepares, strict=True)
    ]
    for worker in workers:
        worker.result(PATIENCE)
    return time.monotonic() - start


# --- in Odoo's processes --------------------------------------------------------------


def use_xero(address: str, registry: Any) -> None:
    """Let this process call another Xero than the database's parameters say.

    The local ones have the same organisations, of which a company may have its own.
    """
    connection = registry["xero.connection"]
    connection._base_url = lambda self, name: address
    connection._why_not_shared = lambda self, *tenant: False


def add_company(env: Any, number: int) -> int:
    """Create a company like the shop's, with a chart of accounts."""
    own = env.company
    company = env["res.company"].create(
        {
            "name": f"Company {number}",
            "country_id": own.country_id.id,
            "currency_id": own.currency_id.id,
        }
    )
    env["account.chart.template"].try_loading("au", company, install_demo=False)
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    product.taxes_id |= company.account_sale_tax_id
    return company.id


def connect_company(env: Any, company: int) -> int:
    """Connect it, and accept what is proposed."""
    env = in_company(env, company)
    connection = env["xero.connection"].create(
        {
            "company_id": company,
            "auth_method": "client_credentials",
            "client_id": CLIENT_ID,
            "client_secret": CLIENT_SECRET,
            "auto_quotation": False,
        }
    )
    env.cr.commit()
    connection.action_connect()
    env.cr.commit()
    env.invalidate_all()
    assert connection.state == "connected", connection.state_message
    taxes = env["account.tax"].search([("company_id", "=", company)])
    taxes.action_xero_accept_proposal()
    return connection.id


def post_for(env: Any, company: int, count: int) -> None:
    """Post a backlog in a company."""
    post_backlog(in_company(env, company), count)


def in_company(env: Any, company: int) -> Any:
    """The environment of somebody who works there."""
    return env(context={**env.context, "allowed_company_ids": [company]})


def spin(env: Any) -> None:
    """Keep a processor busy."""
    turns = 0
    while turns < SPIN:
        turns += 1
