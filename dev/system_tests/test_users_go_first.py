"""Who changes what the worker sends neither waits for it nor has to begin anew.

A transaction that Odoo repeats prints and sends everything for a second time.
"""

import functools
import time
from contextlib import suppress
from pathlib import Path

import pytest

from odoo.service.model import retrying
from odoo.tools import config

from .checks import assert_nothing_open, assert_sent_once
from .odoo_process import pipe, wait_for
from .shop import Orders, change_quantity, create_orders, run_job

USERS = 4
EDITS = 15
THINKING = 0.1  # seconds from the snapshot of an edit to its end
CALL_SECONDS = 4


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


@pytest.fixture(autouse=True)
def no_collision_in_the_log():
    log = Path(config["logfile"])
    before = log.stat().st_size
    yield
    with log.open() as lines:
        lines.seek(before)
        found = [line for line in lines if "could not serialize" in line]
    assert found == []


def edit_often(env, order_id):
    """A user's clicks, each a transaction of its own.

    :return: how often they began, and the order's total at the end
    """
    begun = []

    def edit(own, quantity):
        begun.append(quantity)
        own["sale.order"].browse(order_id).order_line.mapped("product_uom_qty")
        time.sleep(THINKING)
        return change_quantity(own, order_id, quantity)

    for quantity in range(1, EDITS + 1):
        with env.registry.cursor() as cr:
            own = env(cr=cr)
            total = retrying(functools.partial(edit, own, quantity), own)
    return len(begun), total


def work_until_told(env, connection, told):
    """The scheduler's worker."""
    while not told.poll(0.05):
        run_job(env, connection)
        env.cr.commit()


def test_users_who_edit_while_the_worker_sends_begin_once(shop):
    orders = shop.confirm_orders(USERS)
    ours, theirs = pipe()
    worker = shop.start(work_until_told, shop.connection, theirs)
    users = [shop.start(edit_often, order_id) for order_id in orders.ids]
    results = [user.result() for user in users]
    ours.send("enough")
    worker.result()
    print(
        f"{USERS} users, {EDITS} edits each, {len(shop.xero.calls())} calls meanwhile"
    )
    assert [begun for begun, _total in results] == [EDITS] * USERS
    shop.work()
    totals = [total for _begun, total in results]
    assert_sent_once(shop, Orders(orders.ids, orders.names, totals, orders.customers))


# === A VISITOR WHO SIGNS === #


@pytest.fixture
def quotation(shop):
    """A quotation that was sent, and then changed: the worker has to send it."""
    shop.call(send_quotations, True)
    orders = shop.call(create_orders, 1)
    shop.work()
    shop.call(change_quantity, orders.ids[0], 3)
    yield orders.ids[0]
    shop.call(send_quotations, False)


def send_quotations(env, wished):
    env["xero.connection"].search([]).auto_quotation = wished


def start_signing(shop, order_id):
    """What Odoo's portal does when a visitor signs, with two pauses.

    :return: the process, which is in the first pause and tells how often it printed; a
        function that lets it go on to the second; and one that lets it go on to its end
    """
    ours, theirs = pipe()

    def pause():
        theirs.send("paused")
        assert theirs.poll(60)
        theirs.recv()

    def sign(env):
        order = env["sale.order"].browse(order_id)
        order.mapped("order_line.product_uom_qty")
        if not printed:
            pause()  # its snapshot is taken
        order.write({"signed_by": "Ann", "signed_on": "2026-03-02 10:00:00"})
        env.cr.flush()
        order.action_confirm()
        printed.append(order.name)
        if len(printed) == 1:
            pause()  # while the PDF is printed
        order.message_post(body="Order signed by Ann")
        env.flush_all()
        return len(printed)

    def reach():
        ours.send("go on")
        wait()

    def wait():
        assert ours.poll(60)
        with suppress(EOFError):  # the process says what ended it
            return ours.recv()
        return process.result()

    printed = []
    process = shop.start(sign)
    wait()
    return process, reach, lambda: ours.send("go on")


def assert_signed_once(shop, order_id):
    shop.work()
    shop.work()
    assert_nothing_open(shop)
    rows = shop.query(
        "SELECT kind, state, xero_status FROM xero_document"
        f" WHERE sale_order_id = {order_id} ORDER BY kind"
    )
    assert rows == [
        ("quotation", "synced", "ACCEPTED"),
        ("sale_order", "synced", "DRAFT"),
    ]


def test_a_quote_that_was_sent_since_the_visitor_came_is_signed_once(shop, quotation):
    signing, reach_print, end = start_signing(shop, quotation)
    shop.work()
    reach_print()
    end()
    assert signing.result() == 1
    assert_signed_once(shop, quotation)


def test_a_quote_that_is_sent_while_the_pdf_is_printed_is_signed_once(shop, quotation):
    signing, reach_print, end = start_signing(shop, quotation)
    reach_print()
    shop.work()
    end()
    assert signing.result() == 1
    assert_signed_once(shop, quotation)


def test_a_visitor_does_not_wait_for_a_call_about_the_quote(shop, quotation):
    signing, reach_print, end = start_signing(shop, quotation)
    shop.xero.fault("slow", "/Quotes", seconds=CALL_SECONDS)
    worker = shop.start_worker()
    wait_for(lambda: any(call["fault"] == "slow" for call in shop.xero.calls()))
    reach_print()
    end()
    assert signing.result() == 1
    assert worker.alive, "the call ended before the visitor signed"
    worker.result()
    assert_signed_once(shop, quotation)
