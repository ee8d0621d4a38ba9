"""Refresh tokens can be spent once: no crash and no race may lose the new one."""

from datetime import datetime, timedelta, timezone

import pytest

from . import odoo_process
from .checks import assert_sent_once
from .odoo_process import OdooProcess, ProcessFailed

WORKERS = 4


@pytest.fixture(autouse=True)
def old_token(shop):
    """A person has allowed the application; its access token has expired."""
    shop.fresh_start()
    answer = shop.xero.control("POST", "grant")
    shop.call(_store, shop.connection, answer)
    shop.xero.advance(31 * 60)


def test_worker_killed_before_it_kept_the_new_token_uses_the_old_one_again(shop):
    orders = shop.confirm_orders()
    shop.start_worker(_die_with_new_token).wait_killed()
    assert len(_refreshes(shop)) == 1
    shop.work()
    assert_sent_once(shop, orders)
    assert len(_refreshes(shop)) == 2


def test_many_processes_renew_the_token_once(shop):
    shop.xero.fault("slow", "/connect/token", seconds=1)
    workers = [
        OdooProcess(shop.database, _access_token, shop.connection)
        for _worker in range(WORKERS)
    ]
    tokens = {worker.result() for worker in workers}
    print(f"{WORKERS} processes, {len(_refreshes(shop))} refresh")
    assert len(tokens) == 1
    assert len(_refreshes(shop)) == 1


def test_token_renewed_in_a_transaction_that_fails_is_kept(shop):
    with pytest.raises(ProcessFailed, match="rolled back"):
        shop.call(_renew_and_fail, shop.connection)
    shop.call(_access_token, shop.connection)
    assert len(_refreshes(shop)) == 1


def _refreshes(shop):
    return [call for call in shop.xero.calls() if "refresh_token" in call["body"]]


def _access_token(env, connection):
    return env["xero.token"]._access_token(env["xero.connection"].browse(connection))


def _renew_and_fail(env, connection):
    _access_token(env, connection)
    raise ValueError("rolled back")


def _store(env, connection_id, answer):
    from odoo.addons.xero_sync.xero_api import TokenSet

    connection = env["xero.connection"].browse(connection_id)
    connection.write(
        {
            "auth_method": "authorization_code",
            "client_id": "LOCAL-WEB-APP",
            "client_secret": "local-web-secret",
        }
    )
    token_set = TokenSet(
        answer["access_token"],
        answer["refresh_token"],
        datetime.now(timezone.utc) + timedelta(seconds=60),
        tuple(answer["scope"].split()),
    )
    env["xero.token"]._store(connection, token_set)


def _die_with_new_token(registry):
    model = registry["xero.token"]
    original = model._request_token_set

    def wrapper(self):
        original(self)
        odoo_process.die()

    model._request_token_set = wrapper
