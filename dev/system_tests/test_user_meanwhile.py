"""A user changes an order while the worker is at it; Xero ends up with the change."""

import time

import pytest

from .checks import assert_nothing_open, assert_sent_once
from .odoo_process import OdooProcess, pipe, wait_for
from .shop import Orders

CALL_SECONDS = 3


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


def change_quantity(env, order_id, quantity):
    order = env["sale.order"].browse(order_id)
    order.order_line.product_uom_qty = quantity
    return order.amount_total


def cancel(env, order_id):
    env["sale.order"].browse(order_id)._action_cancel()


def delete(env, order_id):
    order = env["sale.order"].browse(order_id)
    order._action_cancel()
    order.unlink()


def with_total(orders, total):
    return Orders(orders.ids, orders.names, [total], orders.customers)


def work_slowly(shop, endpoint="/Invoices"):
    """Start a worker and wait until it is in a call that takes long."""
    shop.xero.fault("slow", endpoint, seconds=CALL_SECONDS)
    worker = shop.start_worker()
    wait_for(lambda: any(call["fault"] == "slow" for call in shop.xero.calls()))
    return worker


def change_during_call(shop, change, *arguments):
    """Let a user change something while the worker waits for Xero's answer.

    :return: seconds the user waited, and what the change returned
    """
    worker = work_slowly(shop)
    start = time.monotonic()
    result = shop.call(change, *arguments)
    seconds = time.monotonic() - start
    assert worker.alive, "the call ended before the user's change"
    worker.result()
    print(f"{change.__name__} during a call of {CALL_SECONDS} s took {seconds:.2f} s")
    return seconds, result


def test_edit_during_create_reaches_xero(shop):
    orders = shop.confirm_orders()
    seconds, total = change_during_call(shop, change_quantity, orders.ids[0], 7)
    assert seconds < CALL_SECONDS / 2
    assert_sent_once(shop, with_total(orders, total))


def test_edit_during_update_reaches_xero(shop):
    orders = shop.confirm_orders()
    shop.work()
    shop.call(change_quantity, orders.ids[0], 3)
    seconds, total = change_during_call(shop, change_quantity, orders.ids[0], 7)
    assert seconds < CALL_SECONDS / 2
    assert_sent_once(shop, with_total(orders, total))


@pytest.mark.parametrize("change", [cancel, delete])
def test_order_gone_during_create_leaves_no_invoice(shop, change):
    orders = shop.confirm_orders()
    seconds, _result = change_during_call(shop, change, orders.ids[0])
    assert seconds < CALL_SECONDS / 2
    (found,) = shop.xero.invoices_of(orders.names).values()
    assert found == []
    assert_nothing_open(shop)


def test_edit_while_contact_is_created_reaches_xero(shop):
    orders = shop.confirm_orders()
    worker = work_slowly(shop, "/Contacts")
    total = shop.call(change_quantity, orders.ids[0], 7)
    worker.result()
    assert_sent_once(shop, with_total(orders, total))


def open_edit(shop, order_id, quantity):
    """A user's transaction that has changed an order but is not committed yet.

    :return: the process, and a function that lets it commit
    """
    go, wait = pipe()

    def edit(env):
        total = change_quantity(env, order_id, quantity)
        env.flush_all()
        wait.send("changed")
        assert wait.poll(60)
        return total

    process = OdooProcess(shop.database, edit)
    assert go.poll(60)
    return process, lambda: go.send("commit")


@pytest.mark.parametrize("sent_before", [False, True], ids=["create", "update"])
def test_edit_of_a_waiting_order_reaches_xero_when_the_worker_was_first(
    shop, sent_before
):
    orders = shop.confirm_orders()
    if sent_before:
        shop.work()
        shop.call(change_quantity, orders.ids[0], 3)
    edit, commit = open_edit(shop, orders.ids[0], 7)
    worker = shop.start_worker()
    time.sleep(1)
    commit()
    total = edit.result()
    worker.result()
    shop.work()
    assert_sent_once(shop, with_total(orders, total))
