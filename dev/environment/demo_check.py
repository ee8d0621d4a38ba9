"""``dev/demo --check``: a sale and a purchase through their whole life, and an import.

Odoo does what its web client asks. What Xero holds is read from the local Xero itself:
Odoo's word for it does not count.
"""

import time
from dataclasses import replace
from datetime import date

from . import demo_import, rpc
from .console import say, seconds_since
from .demo_books import Expected
from .demo_walk import Walk


def run(client: rpc.Client, xero_port: int) -> int:
    """Walk through every step, and print what each side has.

    :return: 0; every other end is a failure
    :raise Failure: a number or a total differs, or a document is missing
    """
    start = time.monotonic()
    _sell(Walk(client, xero_port, "Customer"))
    _buy(Walk(client, xero_port, "Supplier"))
    demo_import.check(client, xero_port)
    say(f"Passed: every number and total is the same ({seconds_since(start)}).")
    return 0


def _sell(walk: Walk) -> None:
    """Quotation, order, two part invoices, and a credit note on the second."""
    order = walk.create_order("sale.order", "product_uom_qty")
    quote = walk.expect("sale.order", order, "Quotes", "DRAFT")
    walk.step("A quotation", quote)

    walk.press("sale.order", "action_confirm", order)
    quote = replace(quote, statuses=("ACCEPTED",))
    rest = replace(quote, endpoint="Invoices", statuses=("DRAFT",))
    _quote, draft = walk.step("The order is confirmed", quote, rest)

    half = walk.invoice_order(order)
    walk.edit_lines(half, lambda _place, line: _set_quantity(line, 0.5))
    first = replace(_post_invoice(walk, half), xero_id=draft.xero_id)
    rest = replace(rest, total=rest.total - first.total)
    walk.step("Half of it is invoiced: the draft, and a new one", quote, first, rest)

    second = _post_invoice(walk, walk.invoice_order(order))
    quote = replace(quote, statuses=("INVOICED",))
    sold = walk.step("The rest is invoiced", quote, first, second)

    note = replace(_credit_one_line(walk, second), allocated_to=(sold[-1].xero_id,))
    # What was given back can be invoiced once more.
    quote = replace(quote, statuses=("ACCEPTED", "INVOICED"))
    rest = replace(rest, total=note.total)
    walk.step("A line of it is credited", quote, first, second, note, rest)


def _buy(walk: Walk) -> None:
    """Purchase order, its bill as a draft, its bill posted."""
    order = walk.create_order("purchase.order", "product_qty")
    walk.press("purchase.order", "button_confirm", order)
    bought = walk.expect("purchase.order", order, "PurchaseOrders", "AUTHORISED")
    walk.step("A purchase order is approved", bought)

    record = walk.press("purchase.order", "action_create_invoice", order)["res_id"]
    bill = walk.expect("account.move", record, "Invoices", "DRAFT")
    _bought, draft = walk.step("Its bill is created", bought, bill)

    reference = f"BILL-{record}"
    values = {"ref": reference, "invoice_date": f"{date.today()}"}
    walk.client.call("account.move", "write", [record], values)
    walk.press("account.move", "action_post", record)
    bill = walk.expect("account.move", record, "Invoices", "AUTHORISED")
    bill = replace(bill, number=reference, xero_id=draft.xero_id)
    bought = replace(bought, statuses=("BILLED",))
    walk.step("The bill is posted", bought, bill)


def _post_invoice(walk: Walk, invoice: int) -> Expected:
    """Post an invoice, which goes to Xero under Odoo's number."""
    walk.press("account.move", "action_post", invoice)
    posted = walk.expect("account.move", invoice, "Invoices", "AUTHORISED")
    return replace(posted, number=posted.name)


def _credit_one_line(walk: Walk, invoice: Expected) -> Expected:
    """Credit the first line of an invoice; a note that is used up is paid in Xero."""
    note = walk.reverse(invoice.record)
    walk.edit_lines(
        note,
        lambda place, line: (2, line["id"]) if place else _set_quantity(line, 1),
    )
    walk.press("account.move", "action_post", note)
    posted = walk.expect("account.move", note, "CreditNotes", "PAID")
    return replace(posted, number=posted.name)


def _set_quantity(line: dict, share: float) -> tuple:
    return (1, line["id"], {"quantity": line["quantity"] * share})
