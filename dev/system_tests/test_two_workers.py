"""Two workers at the same connection share the work; neither repeats the other's."""

import time

import pytest

from .checks import ENDPOINTS, assert_sent_once, keys_that_created
from .kill_steps import AFTER, do_at
from .odoo_process import OdooProcess, pipe
from .shop import run_job

ORDERS = 200
ROUNDS = 2


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


def run_until_nothing_waits(env, connection, gate):
    """A worker that asks for the job again and again, as the scheduler would."""
    assert gate.poll(60)
    turns = 0
    documents = env["xero.document"]
    while documents.search_count([("state", "in", ("pending", "sending", "held"))]):
        run_job(env, connection)
        env.cr.commit()
        time.sleep(0.05)
        turns += 1
    return turns


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_workers_send_each_order_once(shop, round_):
    orders = shop.confirm_orders(ORDERS)
    gates, workers = [], []
    for _worker in range(2):
        ours, theirs = pipe()
        gates.append(ours)
        workers.append(
            OdooProcess(shop.database, run_until_nothing_waits, shop.connection, theirs)
        )
    for gate in gates:
        gate.send("go")
    turns = [worker.result() for worker in workers]
    calls = {endpoint: len(shop.xero.writes(endpoint)) for endpoint in ENDPOINTS}
    print(f"{ORDERS} orders, turns of the two workers {turns}, calls {calls}")
    assert_sent_once(shop, orders)
    assert calls == {"Contacts": ORDERS / 50, "Invoices": ORDERS / 50}
    for endpoint in ENDPOINTS:
        keys = keys_that_created(shop.xero, endpoint).values()
        assert all(len(each) == 1 for each in keys)


def test_a_worker_sends_what_was_confirmed_while_it_ended(shop):
    """The job that this woke found the connection locked, and will not come again."""
    shop.confirm_orders()
    ours, theirs = pipe()

    def pause():
        theirs.send("all is sent")
        assert theirs.poll(60)

    ended = do_at("xero.connection", "_wake_for_waiting", AFTER, pause)
    worker = shop.start_worker(ended)
    assert ours.poll(60)
    late = shop.confirm_orders()
    ours.send("go on")
    ours.send("and do not pause again")
    worker.result()
    assert_sent_once(shop, late)


def test_two_workers_without_their_lock_still_send_each_order_once(shop):
    """The lock is there to save calls: the rows' locks and the keys stand alone."""
    orders = shop.confirm_orders(ORDERS)
    workers = [shop.start_worker(_never_locked) for _worker in range(2)]
    for worker in workers:
        worker.result()
    shop.work()
    assert_sent_once(shop, orders)


def _never_locked(registry):
    """Let every worker believe that it holds the lock."""
    from odoo.addons.xero_sync.models.outbox import xero_outbox

    xero_outbox._DrainLock.__enter__ = lambda lock: True
