"""A thousand orders at once cost few calls, and the user's transaction none."""

import socket
import time

from .checks import ENDPOINTS, assert_sent_once
from .shop import create_orders

ORDERS = 1000
MOST_CALLS = 20


def test_thousand_orders_need_few_calls(shop):
    shop.fresh_start()
    quotations = shop.call(create_orders, ORDERS)
    confirming, addresses = shop.call(confirm_watched, quotations.ids)
    print(f"confirming {ORDERS} orders took {confirming:.1f} s")
    assert addresses == []
    assert shop.xero.calls() == []

    start = time.monotonic()
    shop.work()
    sending = time.monotonic() - start
    calls = {endpoint: len(shop.xero.writes(endpoint)) for endpoint in ENDPOINTS}
    print(f"sending them took {sending:.1f} s and {calls} calls")
    assert all(number <= MOST_CALLS for number in calls.values())
    assert_sent_once(shop, quotations)


def test_confirming_one_order_connects_to_nothing_but_the_database(shop):
    shop.fresh_start()
    quotation = shop.call(create_orders, 1)
    _seconds, addresses = shop.call(confirm_watched, quotation.ids)
    assert addresses == []
    assert [row["state"] for row in shop.rows(quotation)] == ["pending"]


def test_the_watch_sees_a_connection(shop):
    """The proof above is worth nothing if the watch were blind."""
    _seconds, addresses = shop.call(call_xero_watched, shop.connection)
    assert addresses


def confirm_watched(env, order_ids):
    """Confirm orders; note every address that Python connects to until the commit.

    The database's own driver is C and does not pass here.

    :return: seconds until the commit, the addresses
    """
    addresses = watch_sockets()
    start = time.monotonic()
    env["sale.order"].browse(order_ids).action_confirm()
    env.cr.commit()
    return time.monotonic() - start, list(addresses)


def call_xero_watched(env, connection):
    """Read something from Xero, watched."""
    addresses = watch_sockets()
    with env["xero.connection"].browse(connection)._client() as client:
        client.organisation()
    return 0, list(addresses)


def watch_sockets():
    """Note what this process connects to from now on; return the growing list."""
    addresses = []
    original = socket.socket.connect

    def connect(self, address):
        addresses.append(str(address))
        return original(self, address)

    socket.socket.connect = connect
    return addresses
