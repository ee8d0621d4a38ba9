"""A copy of the database, made harmless the way Odoo does it, sends nothing."""

import pytest
from environment.local_xero import CLIENT_ID, CLIENT_SECRET
from environment.paths import LOGS

from .running_odoo import serving
from .shop import create_orders, run_job

COPY = "xero_neutralized_copy"


@pytest.fixture
def copy(shop):
    """A neutralized copy of a database with an order that waits to be sent."""
    shop.fresh_start()
    shop.confirm_orders(3)
    shop.installation.copy(shop.database, COPY)
    shop.installation.odoo.run(["neutralize", "-d", COPY], LOGS / "neutralize.log")
    yield COPY
    shop.installation.drop(COPY)


@pytest.fixture
def secrets(shop):
    """What must not be in the copy."""
    tokens = shop.query("SELECT access_token FROM xero_token")
    stored = shop.query("SELECT client_id, client_secret_stored FROM xero_connection")
    assert tokens[0][0]
    assert stored == [(CLIENT_ID, CLIENT_SECRET)]
    return {tokens[0][0], CLIENT_ID, CLIENT_SECRET}


def test_copy_holds_no_secret_in_any_table(shop, secrets, copy):
    query = shop.installation.query
    assert _found(query, shop.database, secrets) == secrets
    assert _found(query, copy, secrets) == set()


def test_copy_sends_nothing(shop, copy):
    shop.xero.fresh_start()
    other = type(shop).__new__(type(shop))
    other.installation, other.database = shop.installation, copy
    with serving(other, ["--workers", "0", "--max-cron-threads", "1"]) as client:
        orders = client.call("sale.order", "search", [("state", "=", "sale")])
        client.call("sale.order", "write", orders, {"client_order_ref": "again"})
        client.call("sale.order", "action_xero_send", orders)
    assert shop.xero.calls() == []


def _found(query, database, secrets):
    """The secrets that stand in any table of the database."""
    tables = query(
        database,
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    found = set()
    for (table,) in tables:
        for secret in secrets - found:
            sql = f"SELECT 1 FROM \"{table}\" t WHERE t::text LIKE '%{secret}%' LIMIT 1"
            if query(database, sql):
                found.add(secret)
    return found
