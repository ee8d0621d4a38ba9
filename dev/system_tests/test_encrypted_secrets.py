"""Who steals a dump of the database, has no secret that could be used."""

import subprocess

import pytest
from cryptography.fernet import Fernet
from environment.local_xero import CLIENT_SECRET

VARIABLE = "XERO_SYNC_SECRET_KEY"


@pytest.fixture
def secrets(shop):
    """What opens the books: the client secret, and the token of now."""
    ((token, stored),) = shop.query(
        "SELECT access_token, client_secret_stored"
        " FROM xero_token, xero_connection WHERE connection_id = xero_connection.id"
    )
    assert stored == CLIENT_SECRET
    return {token, CLIENT_SECRET}


def test_a_dump_holds_no_secret_once_the_server_has_a_key(shop, secrets, monkeypatch):
    assert _in_dump(shop, secrets) == secrets
    monkeypatch.setenv(VARIABLE, Fernet.generate_key().decode())
    orders = shop.confirm_orders()
    shop.work()
    assert [row["state"] for row in shop.rows(orders)] == ["synced"]
    assert _in_dump(shop, secrets) == set()


def _in_dump(shop, secrets):
    """The secrets that a dump of the database holds."""
    cluster = shop.installation.cluster
    command = [
        cluster.binaries / "pg_dump",
        *("--host", cluster.socket_directory, "--username", "odoo", shop.database),
    ]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "COPY public.xero_token" in dump
    return {secret for secret in secrets if secret in dump}
