"""With Odoo's own scheduler: how soon a confirmed order is in Xero."""

import statistics
import time

import pytest

from .checks import assert_sent_once
from .odoo_process import wait_for
from .running_odoo import THREADS, TWO_WORKERS, serving
from .shop import Orders, create_orders

ORDERS = 20
LONGEST = 70  # seconds; Odoo's scheduler may sleep for one minute before it looks
MODES = {"threads": THREADS, "two workers": TWO_WORKERS}


@pytest.fixture(scope="module", params=MODES)
def client(request, shop):
    """A user of a running server."""
    with serving(shop.installation, shop.database, MODES[request.param]) as client:
        client.mode = request.param
        yield client


@pytest.fixture
def orders(shop):
    """Quotations that nobody has confirmed."""
    shop.fresh_start()
    return shop.call(create_orders, ORDERS)


def test_confirmed_order_is_in_xero_within_seventy_seconds(shop, client, orders):
    seconds = [
        _seconds_until_in_xero(shop, client, order_id, name)
        for order_id, name in zip(orders.ids, orders.names, strict=True)
    ]
    print(
        f"{client.mode}: {ORDERS} orders one at a time, from the answer to the click"
        f" until the invoice is in Xero: median {statistics.median(seconds):.2f} s,"
        f" worst {max(seconds):.2f} s"
    )
    wait_for(lambda: _all_synced(shop, orders))
    assert_sent_once(shop, orders)


def test_clicks_while_the_job_runs_are_not_left_for_the_next_minute(
    shop, client, orders
):
    for order_id in orders.ids:
        client.call("sale.order", "action_confirm", [order_id])
    start = time.monotonic()
    wait_for(lambda: _all_synced(shop, orders), LONGEST)
    seconds = time.monotonic() - start
    print(f"{client.mode}: {ORDERS} clicks in a row, all sent {seconds:.2f} s after")
    assert_sent_once(shop, orders)


def test_send_button_answers_with_the_number(shop, client, orders):
    shop.query("UPDATE xero_connection SET auto_sale_order = false")
    client.call("sale.order", "action_confirm", orders.ids)
    # For more than ten nobody waits
    waited_for, others = orders.ids[: ORDERS // 2], orders.ids[ORDERS // 2 :]
    start = time.monotonic()
    client.call("sale.order", "action_xero_send", waited_for)
    sent = client.call("sale.order", "read", waited_for, ["xero_number"])
    print(f"Send to Xero, {len(sent)} orders: {time.monotonic() - start:.2f} s")
    client.call("sale.order", "action_xero_send", others)
    shop.query("UPDATE xero_connection SET auto_sale_order = true")
    assert all(order["xero_number"] for order in sent)
    wait_for(lambda: _all_synced(shop, orders), LONGEST)
    assert_sent_once(shop, orders)


def _seconds_until_in_xero(shop, client, order_id, name):
    client.call("sale.order", "action_confirm", [order_id])
    start = time.monotonic()
    wait_for(lambda: shop.xero.invoices_of([name])[name], LONGEST)
    return time.monotonic() - start


def _all_synced(shop, orders: Orders) -> bool:
    return {row.get("state") for row in shop.rows(orders)} == {"synced"}
