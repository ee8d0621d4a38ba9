"""A user changes an order while the worker is at it; Xero ends up with the change."""

import time

import pytest

from .checks import assert_nothing_open, assert_sent_once
from .odoo_process import pipe, wait_for
from .shop import Orders, cancel, change_quantity

CALL_SECONDS = 6  # of which a user waits for less than half, on a busy machine too


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


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


def start_edit(shop, order_id, quantity, first=change_quantity):
    """A user's transaction that pauses before its end.

    :param first: what it does before it pauses; then it changes the quantity
    :return: the process, and a function that lets it go on
    """
    return start_in_two_parts(
        shop,
        lambda env: first(env, order_id, quantity),
        lambda env: change_quantity(env, order_id, quantity),
    )


def start_in_two_parts(shop, first, rest):
    """A user's transaction that pauses in the middle; not again, if it is repeated.

    :return: the process, and a function that lets it go on
    """
    ours, theirs = pipe()

    def act(env):
        first(env)
        env.flush_all()
        if not told:
            told.append(theirs.send("paused"))
            assert theirs.poll(60)
        return rest(env)

    told = []
    process = shop.start(act)
    assert ours.poll(60)
    return process, lambda: ours.send("go on")


def start_worker_that_pauses(shop):
    """A worker that pauses when it has seen what is due, and built nothing yet.

    :return: the worker, and a function that lets it go on
    """
    ours, theirs = pipe()

    def pause_when_claiming(registry):
        model = registry["xero.connection"]
        original = model._due_domain

        def wrapper(self):
            domain = original(self)
            if self.env["xero.document"].search_count(domain):
                theirs.send("snapshot taken")
                assert theirs.poll(60)
                model._due_domain = original
            return domain

        model._due_domain = wrapper

    worker = shop.start_worker(pause_when_claiming)
    assert ours.poll(60)
    return worker, lambda: ours.send("go on")


def look_at(env, order_id, quantity):
    """Take the transaction's snapshot, and change nothing."""
    env["sale.order"].browse(order_id).order_line.mapped("product_uom_qty")


@pytest.mark.parametrize("first", [change_quantity, look_at])
@pytest.mark.parametrize("sent_before", [False, True], ids=["create", "update"])
def test_edit_that_began_before_the_claim_and_ended_after_it_reaches_xero(
    shop, sent_before, first
):
    orders = shop.confirm_orders()
    if sent_before:
        shop.work()
        shop.call(change_quantity, orders.ids[0], 3)
    edit, go_on = start_edit(shop, orders.ids[0], 7, first)
    shop.work()
    go_on()
    total = edit.result()
    shop.work()
    assert_sent_once(shop, with_total(orders, total))


def test_edit_that_ends_while_the_worker_builds_reaches_xero(shop):
    orders = shop.confirm_orders()
    edit, end_edit = start_edit(shop, orders.ids[0], 7)
    worker, build = start_worker_that_pauses(shop)
    end_edit()
    total = edit.result()
    build()
    worker.result()
    assert_sent_once(shop, with_total(orders, total))


def map_taxes(env):
    env["account.tax"].search([]).action_xero_accept_proposal()


def look_at_taxes(env):
    """Take the transaction's snapshot, and change nothing."""
    env["account.tax"].search([]).mapped("xero_tax_rate_id")


def unmap_taxes(env):
    env["account.tax"].search([]).xero_tax_rate_id = False


def test_tax_mapped_while_the_worker_builds_sends_the_change(shop):
    orders = shop.confirm_orders()
    shop.work()  # else the worker first makes the contact, and then looks anew
    shop.call(unmap_taxes)
    total = shop.call(change_quantity, orders.ids[0], 7)
    worker, build = start_worker_that_pauses(shop)
    shop.call(map_taxes)
    build()
    worker.result()
    assert_sent_once(shop, with_total(orders, total))


def test_tax_mapped_in_a_transaction_older_than_its_issue_sends_the_order(shop):
    shop.call(unmap_taxes)
    orders = shop.confirm_orders()
    mapping, go_on = start_in_two_parts(shop, look_at_taxes, map_taxes)
    shop.work()
    assert [row["state"] for row in shop.rows(orders)] == ["failed"]
    go_on()
    mapping.result()
    shop.work()
    assert_sent_once(shop, orders)
