"""A worker dies at the worst moment; the next one goes on where it stood."""

import pytest

from .checks import ENDPOINTS, assert_sent_once, keys_that_created
from .kill_steps import RECOVERY_STEPS, STEPS, kill_at
from .odoo_process import wait_for

IN_CALL = "during the call"


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
@pytest.mark.parametrize("step", [*STEPS, IN_CALL])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_killed_worker_leaves_one_invoice_per_order(shop, endpoint, step, later):
    orders = shop.confirm_orders(3)
    _work_and_die(shop, endpoint, step)
    if later:
        shop.pass_time()
    shop.work()
    assert_sent_once(shop, orders)
    for each in ENDPOINTS:
        created = keys_that_created(shop.xero, each)
        assert {len(keys) for keys in created.values()} == {1}


@pytest.mark.parametrize("step", RECOVERY_STEPS)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_worker_killed_while_it_recovers_leaves_one_invoice(shop, endpoint, step):
    orders = shop.confirm_orders(3)
    _work_and_die(shop, endpoint, "after the answer")
    shop.pass_time()
    shop.start_worker(kill_at(step, endpoint)).wait_killed()
    shop.work()
    assert_sent_once(shop, orders)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_worker_killed_time_and_again_leaves_one_invoice(shop, endpoint):
    orders = shop.confirm_orders(3)
    for step in ("after the commit, before the call", "after the answer"):
        shop.start_worker(kill_at(step, endpoint)).wait_killed()
    _work_and_die(shop, endpoint, IN_CALL)
    shop.work()
    assert_sent_once(shop, orders)


def _work_and_die(shop, endpoint, step):
    if step != IN_CALL:
        shop.start_worker(kill_at(step, endpoint)).wait_killed()
        return
    shop.xero.fault("slow", path=f"/{endpoint}", method="PUT", seconds=2)
    already = len(shop.xero.writes(endpoint))
    worker = shop.start_worker()
    wait_for(lambda: len(shop.xero.writes(endpoint)) > already)
    wait_for(lambda: shop.xero.writes(endpoint)[-1]["fault"] == "slow")
    worker.kill()
