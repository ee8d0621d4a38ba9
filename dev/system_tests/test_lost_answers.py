"""Whatever happens to an answer of Xero: one contact, one invoice, and plain words."""

import pytest

from .checks import ENDPOINTS, assert_nothing_open, assert_sent_once, keys_that_created
from .shop import Orders, cancel, change_quantity

# Faults after which nobody knows whether Xero processed the call, and whether it did
UNKNOWN = {
    "lost_answer": True,
    "half_answer": True,
    "html_ok": True,
    "garbage_json": True,
    "slow": True,
    "server_error_after": True,
    "dropped_before": False,
    "server_error": False,
    "unavailable": False,
}
# Xero keeps this answer with the key: only a look-up six minutes later helps.
KEPT_WITH_KEY = "server_error_after"
# Later, only what Xero has done tells one fault from another.
LATER = ("lost_answer", "server_error_after", "dropped_before", "unavailable")
CASES = [(fault, False) for fault in UNKNOWN] + [(fault, True) for fault in LATER]
FINDING_OUT = "Xero did not answer; Odoo is checking whether it arrived."
RETRY_AFTER = 26


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


@pytest.mark.parametrize(("fault", "later"), CASES)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_unknown_outcome_ends_with_one_of_each(shop, endpoint, fault, later):
    orders = shop.confirm_orders(3)
    shop.xero.fault(fault, f"/{endpoint}", "PUT", seconds=3)
    shop.start_worker(_short_timeout).result()
    _assert_says(shop, orders, endpoint, "sending", FINDING_OUT)
    if later:
        shop.pass_time()
    shop.end_pause()
    shop.work()
    if fault == KEPT_WITH_KEY and not later:
        _assert_says(shop, orders, endpoint, "sending", FINDING_OUT)
        shop.pass_time()
        shop.end_pause()
        shop.work()
    assert_sent_once(shop, orders)
    keys = keys_that_created(shop.xero, endpoint).values()
    sent_anew = later and not UNKNOWN[fault]
    assert {len(each) for each in keys} == {2 if sent_anew else 1}


def test_nothing_is_decided_while_a_repetition_may_be_under_way(shop):
    """Between five and six minutes the key is too old, and a look-up too early."""
    orders = shop.confirm_orders()
    shop.xero.fault("dropped_before", "/Invoices", "PUT")
    shop.work()
    before = shop.xero.calls()
    shop.pass_time(5 * 60 + 30)
    shop.end_pause()
    shop.work()
    assert shop.xero.calls() == before
    _assert_says(shop, orders, "Invoices", "sending", FINDING_OUT)
    shop.pass_time(60)
    shop.work()
    assert_sent_once(shop, orders)


@pytest.mark.parametrize("fault", ["rate_minute", "rate_concurrent"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_call_limit_pauses_and_nothing_is_lost(shop, endpoint, fault):
    orders = shop.confirm_orders(3)
    shop.xero.fault(fault, f"/{endpoint}", "PUT", retry_after=RETRY_AFTER)
    shop.work()
    _assert_says(shop, orders, endpoint, "pending", False)
    _assert_no_call_before_the_pause_ends(shop)
    assert_sent_once(shop, orders)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_token_that_expires_between_two_batches_is_renewed_in_the_same_run(
    shop, endpoint
):
    orders = shop.confirm_orders(60)
    shop.xero.fault("expired_token", f"/{endpoint}", "PUT", after=1)
    shop.work()
    assert_sent_once(shop, orders)
    assert [call["status"] for call in shop.xero.writes(endpoint)] == [200, 401, 200]


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
@pytest.mark.parametrize("fault", ["lost_answer", "dropped_before"])
def test_unknown_outcome_of_an_update_ends_with_the_change(shop, fault, later):
    orders = shop.confirm_orders()
    shop.work()
    total = shop.call(change_quantity, orders.ids[0], 9)
    shop.xero.fault(fault, "/Invoices", "POST")
    shop.work()
    _assert_says(shop, orders, "Invoices", "sending", FINDING_OUT)
    _find_out(shop, later)
    assert_sent_once(shop, Orders(orders.ids, orders.names, [total], orders.customers))


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
@pytest.mark.parametrize("fault", ["lost_answer", "dropped_before"])
def test_unknown_outcome_of_a_cancellation_ends_deleted(shop, fault, later):
    orders = shop.confirm_orders()
    shop.work()
    shop.call(cancel, orders.ids[0])
    shop.xero.fault(fault, "/Invoices", "POST")
    shop.work()
    _find_out(shop, later)
    assert shop.xero.invoices_of(orders.names) == {orders.names[0]: []}
    (row,) = shop.rows(orders)
    assert (row["state"], row["xero_status"]) == ("synced", "DELETED"), row


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
@pytest.mark.parametrize("fault", ["lost_answer", "dropped_before"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_order_edited_before_the_outcome_is_known(shop, endpoint, fault, later):
    orders = shop.confirm_orders()
    shop.xero.fault(fault, f"/{endpoint}", "PUT")
    shop.work()
    total = shop.call(change_quantity, orders.ids[0], 9)
    _find_out(shop, later)
    assert_sent_once(shop, Orders(orders.ids, orders.names, [total], orders.customers))


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
@pytest.mark.parametrize("fault", ["lost_answer", "dropped_before"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_order_cancelled_before_the_outcome_is_known(shop, endpoint, fault, later):
    orders = shop.confirm_orders()
    shop.xero.fault(fault, f"/{endpoint}", "PUT")
    shop.work()
    shop.call(cancel, orders.ids[0])
    _find_out(shop, later)
    assert shop.xero.invoices_of(orders.names) == {orders.names[0]: []}
    assert_nothing_open(shop)


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
def test_order_confirmed_anew_does_not_adopt_its_deleted_invoice(shop, later):
    orders = shop.confirm_orders()
    shop.work()
    shop.call(cancel, orders.ids[0])
    shop.work()
    shop.call(confirm_anew, orders.ids[0])
    shop.xero.fault("lost_answer", "/Invoices", "PUT")
    shop.work()
    _find_out(shop, later)
    assert_sent_once(shop, orders)


@pytest.mark.parametrize("later", [False, True], ids=["at once", "after six minutes"])
def test_list_of_contacts_read_before_the_outcome_is_known(shop, later):
    orders = shop.confirm_orders()
    shop.xero.fault("lost_answer", "/Contacts", "PUT")
    shop.work()
    shop.query("UPDATE xero_connection SET contacts_due = true")
    _find_out(shop, later)
    assert_sent_once(shop, orders)


def confirm_anew(env, order_id):
    order = env["sale.order"].browse(order_id)
    order.action_draft()
    order.action_confirm()


def _find_out(shop, later):
    if later:
        shop.pass_time()
    shop.end_pause()
    shop.work()


def _assert_says(shop, orders, endpoint, state, message):
    """What the form of each order says while its fate is open."""
    rows = shop.rows(orders)
    if endpoint == "Contacts":
        assert {row["state"] for row in rows} == {"held"}
        texts = [f"Waits for the Xero contact of {name}." for name in orders.customers]
        assert [row["message"] for row in rows] == texts
    else:
        said = {(row["state"], row["message"]) for row in rows}
        assert said == {(state, message)}


def _assert_no_call_before_the_pause_ends(shop):
    sql = (
        "SELECT extract(epoch FROM next_allowed - (now() AT TIME ZONE 'UTC')),"
        " state_message, cron_id FROM xero_connection"
    )
    ((seconds, message, cron),) = shop.query(sql)
    assert 0 < seconds <= 60
    assert message == "Xero's limit of calls is reached; Odoo continues automatically."
    ((triggers,),) = shop.query(
        "SELECT count(*) FROM ir_cron_trigger JOIN xero_connection USING (cron_id)"
        f" WHERE cron_id = {cron} AND call_at = next_allowed"
    )
    assert triggers >= 1
    before = shop.xero.calls()
    shop.work()
    shop.pass_time(int(seconds) - 3)
    shop.work()
    assert shop.xero.calls() == before
    shop.pass_time(4)
    shop.work()


def _short_timeout(registry):
    """Let the worker lose patience with Xero after a second."""
    from odoo.addons.xero_sync.xero_api import XeroClient

    XeroClient.__init__.__defaults__ = (
        *XeroClient.__init__.__defaults__[:-1],
        (1, 1),
    )
