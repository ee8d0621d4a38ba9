"""The benchmarks still work: their smallest sizes, without their targets of time.

They share one company. What a click leaves to be sent is sent before the next test.
"""

from contextlib import nullcontext

import pytest
from benchmarks import (
    calls,
    clicks,
    contacts_import,
    day,
    first_day,
    growth,
    holdings,
    install,
    large,
    limits,
    organisations,
    pages,
    throughput,
    trade,
    watch,
    webhooks,
)

from . import odoo_process
from .installation import BASE
from .local_xero import NO_LIMITS


@pytest.fixture
def bench(shop):
    """A workbench with this file's company instead of fresh ones."""

    class Bench:
        def shop(self, name):
            return nullcontext(shop)

    yield Bench()
    shop.work()


def test_import_of_contacts(shop):
    [size] = contacts_import.SMOKE
    measured = contacts_import.measure(shop, size)
    assert measured.pages == 1
    assert measured.importing.count == measured.floor.count > size / 2
    assert contacts_import.report([measured]).text()


def test_calls(bench):
    result = calls.run(bench, calls.SMOKE)
    assert result.good, result.text()


def test_webhooks(bench):
    """Also: no post waits for who changes the connection's row meanwhile."""
    result = webhooks.run(bench, webhooks.SMOKE)
    asked = result.figures[-1]
    assert asked.good, result.text()


def test_throughput(bench):
    drained = throughput.measure(bench, *throughput.SMOKE)
    assert throughput.report([drained]).text()


def test_limits(bench, shop):
    sent = limits.measure(bench, 32, batch=1)  # more calls than in a minute
    shop.xero.control("POST", "limits", enabled=False, **NO_LIMITS)
    shop.end_pause()
    assert sent.refused == 0
    assert limits.report(sent, sent).text()


def test_clicks(bench, shop):
    found = clicks.measure(shop, 1, clicks.Plan(turns=1, rounds=1))
    assert found[clicks.HOOKS].keys() == found[clicks.NONE].keys()
    for action, [measured] in found[clicks.NONE].items():
        assert found[clicks.HOOKS][action][0].queries > measured.queries, action
        assert found[clicks.LEAST][action][0].queries > measured.queries, action


def test_organisations(shop):
    measured = organisations.measure(shop, *organisations.SMOKE, 2)
    assert organisations.report(measured).text()


def test_growth(shop):
    [size] = growth.SMOKE
    growth.prepare(shop)
    measured = growth.measure(shop, size, repeats=1)
    assert growth.report({size: measured}).text()
    scans = [(name, scan) for name, each in measured.items() for scan in each.scans]
    assert {scan.table for _, scan in scans} >= {"xero_document", "xero_request"}
    assert not [f"{name}: {scan}" for name, scan in scans if scan.removed > size / 2]


def test_pages(shop):
    """The lists' queries are counted too: they are few whatever the machine does."""
    [size] = pages.SMOKE
    growth.prepare(shop)
    found = pages.measure(shop, size, pairs=1, page=2)
    assert pages.report(found).text()
    lists = {name: page for name, page in found.items() if name.startswith("list")}
    assert not {
        name: page.more_queries
        for name, page in lists.items()
        if page.more_queries > pages.MOST_QUERIES["list"]
    }


def test_holdings(shop):
    [size] = holdings.SMOKE
    measured = holdings.measure(shop, size, changed=10)
    assert measured.comparing.found == (size, 0)
    assert measured.changed == 10
    assert holdings.report([measured]).text()


def test_first_day(shop):
    [size] = first_day.SMOKE
    measured = first_day.measure(shop, size)
    assert measured.preview.found == (size // 4, size - size // 4, 0, 0)
    assert first_day.report(measured).text()


def test_install(installation):
    """What is made by SQL, and what is seen of an installation; it has no smoke."""
    invoices = 60
    with install.copied(installation, BASE, "smoke") as database:
        odoo_process.call(database, large.post_first)
        books = large.Books(installation, database)
        with watch.watching(installation, database) as seen:
            large.fill(books, invoices)
            books.query("ALTER TABLE res_bank ALTER COLUMN active TYPE varchar")
            books.query("UPDATE res_currency SET active = NOT active")
            books.query("SELECT pg_sleep(0.3)")
        made = books.query(
            "SELECT count(DISTINCT move_id), count(*), sum(balance)"
            " FROM account_move_line JOIN res_partner p ON p.id = partner_id"
            f" WHERE p.name LIKE '{large.CUSTOMER}%'"
        )
    assert made == [(invoices + 1, 2 * (invoices + 1), 0)]
    assert seen.rewritten == ["res_bank"]
    assert seen.changed.keys() >= {"res_currency"}
    assert [ms for ms, said in seen.statements if "pg_sleep" in said][0] >= 300
    connected = install.Connected(reads=9, connecting=1, sending=1, memory=20)
    seens, connecteds = [seen] * 2, [connected] * 2
    assert install.report(install.Measured(invoices, *seens, *connecteds)).text()


def test_day(bench, shop):
    """The last: it moves the clocks to another day."""
    orders, _amount = day.SMOKE
    lived = day.measure_lives(bench, orders, pdf=True)
    assert lived.left == 0
    assert lived.waits.keys() == trade.STEPS.keys()
    assert day.report(orders, {True: lived}).text()
