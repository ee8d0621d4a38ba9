"""With Odoo's own scheduler: how soon a confirmed order is in Xero."""

import statistics
import time

import pytest

from .checks import assert_sent_once
from .odoo_process import wait_for
from .running_odoo import serving
from .shop import Orders, create_orders

ORDERS = 20
LONGEST = 70  # seconds; Odoo's scheduler may sleep for one minute before it looks
MODES = {
    "threads": ["--workers", "0", "--max-cron-threads", "1"],
    "two workers": ["--workers", "2", "--max-cron-threads", "1"],
}


@pytest.mark.parametrize("mode", MODES)
def test_confirmed_order_is_in_xero_within_seventy_seconds(shop, mode):
    shop.fresh_start()
    with serving(shop, MODES[mode]) as client:
        orders = shop.call(create_orders, ORDERS)
        seconds = [
            _seconds_until_in_xero(shop, client, order_id, name)
            for order_id, name in zip(orders.ids, orders.names, strict=True)
        ]
        wait_for(lambda: _all_synced(shop, orders))
    print(
        f"{mode}: {ORDERS} orders one at a time, from the answer to the click until the"
        f" invoice is in Xero: median {statistics.median(seconds):.2f} s,"
        f" worst {max(seconds):.2f} s"
    )
    print(" ".join(f"{each:.2f}" for each in seconds))
    assert_sent_once(shop, orders)


def test_burst_of_orders_through_the_scheduler(shop):
    """Clicks that come while the job is running are not left for the next minute."""
    shop.fresh_start()
    with serving(shop, MODES["threads"]) as client:
        orders = shop.call(create_orders, ORDERS)
        for order_id in orders.ids:
            client.call("sale.order", "action_confirm", [order_id])
        start = time.monotonic()
        wait_for(lambda: _all_synced(shop, orders), LONGEST)
        seconds = time.monotonic() - start
    print(f"{ORDERS} clicks in a row: the last is in Xero after {seconds:.2f} s")
    assert_sent_once(shop, orders)


def test_send_button_answers_with_the_number(shop):
    shop.fresh_start()
    shop.query("UPDATE xero_connection SET auto_sale_order = false")
    try:
        with serving(shop, MODES["threads"]) as client:
            orders = shop.call(create_orders, 1)
            client.call("sale.order", "action_confirm", orders.ids)
            start = time.monotonic()
            client.call("sale.order", "action_xero_send", orders.ids)
            (order,) = client.call("sale.order", "read", orders.ids, ["xero_number"])
            print(f"Send to Xero took {time.monotonic() - start:.2f} s")
        assert order["xero_number"]
        assert_sent_once(shop, orders)
    finally:
        shop.query("UPDATE xero_connection SET auto_sale_order = true")


def _seconds_until_in_xero(shop, client, order_id, name):
    client.call("sale.order", "action_confirm", [order_id])
    start = time.monotonic()
    wait_for(lambda: shop.xero.invoices_of([name])[name], LONGEST)
    return time.monotonic() - start


def _all_synced(shop, orders: Orders) -> bool:
    return {row.get("state") for row in shop.rows(orders)} == {"synced"}
