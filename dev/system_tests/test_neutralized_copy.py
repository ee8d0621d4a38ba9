"""A copy of the database, made harmless the way Odoo does it, sends nothing."""

import re

import pytest
from environment.local_xero import CLIENT_ID, CLIENT_SECRET
from environment.paths import LOGS

from .running_odoo import THREADS, serving

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
    assert _found(shop, shop.database, secrets) == secrets
    assert _found(shop, copy, secrets) == set()


def test_copy_sends_nothing(shop, copy):
    shop.xero.fresh_start()
    with serving(shop.installation, copy, THREADS) as client:
        orders = client.call("sale.order", "search", [("state", "=", "sale")])
        client.call("sale.order", "write", orders, {"client_order_ref": "again"})
        client.call("sale.order", "action_xero_send", orders)
    assert shop.xero.calls() == []


def _found(shop, database, secrets):
    """The secrets that stand in any table of the database."""
    tables = shop.installation.query(
        database,
        "SELECT table_name FROM information_schema.tables"
        " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'",
    )
    pattern = "|".join(map(re.escape, secrets))
    texts = [
        f"SELECT row::text FROM \"{table}\" row WHERE row::text ~ '{pattern}'"
        for (table,) in tables
    ]
    rows = shop.installation.query(database, " UNION ALL ".join(texts))
    return {secret for secret in secrets for (text,) in rows if secret in text}
