"""A worker dies while a draft becomes an invoice, or a credit note is set off."""

import pytest

from .checks import assert_nothing_open, assert_same_key_same_body
from .kill_steps import RECOVERY_STEPS, STEPS, kill_at
from .odoo_process import wait_for

IN_CALL = "during the call"
LATER = pytest.mark.parametrize("later", [False, True], ids=["at once", "later"])


@pytest.fixture(autouse=True)
def fresh_start(shop):
    shop.fresh_start()


@LATER
@pytest.mark.parametrize("step", [*STEPS, IN_CALL])
def test_killed_worker_turns_the_draft_into_one_invoice(shop, step, later):
    orders = shop.confirm_orders()
    shop.work()
    ((draft,),) = shop.xero.invoices_of(orders.names).values()
    invoice = shop.call(invoice_order, orders.ids[0])
    _work_and_die(shop, "Invoices", "POST", step)
    _go_on(shop, later)
    found = shop.xero.invoices_of([*orders.names, invoice])
    assert found[orders.names[0]] == []
    (made,) = found[invoice]
    assert made["InvoiceID"] == draft["InvoiceID"]
    assert made["InvoiceNumber"] == invoice
    assert (made["Status"], made["Total"]) == ("AUTHORISED", orders.totals[0])
    _assert_settled(shop)


@LATER
@pytest.mark.parametrize("step", [*STEPS, IN_CALL])
def test_killed_worker_allocates_a_credit_note_once(shop, step, later):
    invoice, credit = _credited_invoice(shop)
    _work_and_die(shop, "Allocations", "PUT", step)
    _go_on(shop, later)
    _assert_allocated_once(shop, invoice, credit)


@pytest.mark.parametrize("step", RECOVERY_STEPS)
def test_worker_killed_while_it_recovers_allocates_once(shop, step):
    invoice, credit = _credited_invoice(shop)
    _work_and_die(shop, "Allocations", "PUT", "after the answer")
    shop.pass_time()
    shop.start_worker(kill_at(step, "Allocations")).wait_killed()
    shop.work()
    _assert_allocated_once(shop, invoice, credit)


def invoice_order(env, order_id):
    """Invoice an order and post the invoice; return its number."""
    invoice = env["sale.order"].browse(order_id)._create_invoices()
    invoice.action_post()
    return invoice.name


def credit_invoice(env, number):
    """Reverse an invoice by a posted credit note; return its number."""
    invoice = env["account.move"].search([("name", "=", number)])
    credit = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}])
    credit.action_post()
    return credit.name


def _credited_invoice(shop):
    """An invoice in Xero, and a credit note for it that waits to be sent.

    :return: both numbers
    """
    orders = shop.confirm_orders()
    invoice = shop.call(invoice_order, orders.ids[0])
    shop.work()
    return invoice, shop.call(credit_invoice, invoice)


def _work_and_die(shop, endpoint, method, step):
    if step != IN_CALL:
        shop.start_worker(kill_at(step, endpoint)).wait_killed()
        return
    # An allocation's address lies below that of its credit note, which is made first
    path, after = f"/{endpoint}", 0
    if endpoint == "Allocations":
        path, after = "/CreditNotes", 1
    shop.xero.fault("slow", path, method, after=after, seconds=2)
    worker = shop.start_worker()
    wait_for(lambda: any(call["fault"] == "slow" for call in shop.xero.calls()))
    worker.kill()


def _go_on(shop, later):
    if later:
        shop.pass_time()
    shop.work()


def _assert_allocated_once(shop, invoice, credit):
    """The credit note in Xero is set off against the invoice, in full, once."""
    books = shop.xero.books()
    (note,) = [n for n in books["CreditNotes"] if n["CreditNoteNumber"] == credit]
    (credited,) = shop.xero.invoices_of([invoice])[invoice]
    (allocation,) = note["Allocations"]
    assert allocation["Invoice"]["InvoiceID"] == credited["InvoiceID"]
    assert allocation["Amount"] == note["Total"] == credited["Total"]
    _assert_settled(shop)


def _assert_settled(shop):
    assert_nothing_open(shop)
    assert_same_key_same_body(shop.xero)
    for table in ("xero_document", "xero_allocation"):
        sql = f"SELECT id, state, message FROM {table} WHERE state <> 'synced'"
        assert shop.query(sql) == []
