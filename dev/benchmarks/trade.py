"""What people do in a day of trade, for :mod:`benchmarks.moved_clock`."""

import hashlib
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from system_tests.odoo_process import set_quiet

from .moved_clock import Event

# Of an order's life → minutes since it began
STEPS = {"saved": 0, "edited": 4, "marked sent": 9, "confirmed": 25, "posted": 50}
LIFE = timedelta(hours=1, minutes=30)
HOURS = 8  # of work in a day
KNOWN = 100  # customers that are in Xero before the day begins
# What each event costs when every change of a document is a call, without reads
SINGLY = {
    "new customer": 1,
    "customer changed": 1,
    "quotation saved": 1,
    "quotation edited": 1,
    "quotation sent": 1,
    "order confirmed": 2,  # the quote, and the draft
    "invoice posted": 2,  # the draft becomes it, and the quote is invoiced
    "part invoiced": 2,  # and what is left is another draft
    "purchase approved": 1,
    "bill saved": 1,
    "bill posted": 2,  # and the purchase order is billed
    "credit note posted": 2,  # and it is set off
}
# Those with which a PDF goes
PRINTED = (
    "quotation sent",
    "invoice posted",
    "part invoiced",
    "purchase approved",
    "bill posted",
    "credit note posted",
)


@dataclass(frozen=True)
class Trade:
    """How much is done in a day."""

    quotations: int = 300
    confirmed: int = 200  # and invoiced
    in_parts: int = 40  # of these
    new_customers: int = 50
    changed_customers: int = 30
    purchases: int = 40
    billed_twice: int = 20  # of these
    credit_notes: int = 20


def prepare(registry: Any) -> None:
    """In the process that lives through the day: printing takes no time."""
    set_quiet(timedelta(minutes=1))

    def print_quickly(report: Any, reference: str, ids: list[int]) -> tuple[bytes, str]:
        model = {
            "sale.action_report_saleorder": "sale.order",
            "purchase.action_report_purchase_order": "purchase.order",
        }.get(reference, "account.move")
        [values] = report.env[model].browse(ids).read(["name", "state", "amount_total"])
        content = hashlib.sha256(repr(values).encode()).hexdigest()
        return b"%PDF" + content.encode(), "pdf"

    registry["ir.actions.report"]._render_qweb_pdf = print_quickly


def lives(orders: int) -> list[Event]:
    """So many orders one after the other, each with a new customer."""
    does = dict(zip(STEPS, (save, edit, mark_sent, confirm, post), strict=True))
    return [
        Event(number * LIFE + timedelta(minutes=minutes), step, does[step], keeps)
        for number, keeps in enumerate({} for _order in range(orders))
        for step, minutes in STEPS.items()
    ]


def day(trade: Trade) -> list[Event]:
    """A trader's day: everybody's own times, the same in each run."""
    times = random.Random(19)
    events: list[Event] = []
    for number in range(trade.quotations):
        events += _order(times, trade, number)
    for number in range(trade.purchases):
        events += _purchase(times, number < trade.billed_twice)
    for number in range(trade.changed_customers):
        begins = times.uniform(0, HOURS * 60 - 5)
        keeps = {"customer": KNOWN - 1 - number}
        for minutes in (0, 1):  # the street, then the city
            at = timedelta(minutes=begins + minutes * 0.5)
            events.append(Event(at, "customer changed", change_customer, keeps))
    return events


def _order(times: random.Random, trade: Trade, number: int) -> list[Event]:
    """An order as far as it comes on this day."""
    keeps = {"customer": number % KNOWN, "new": number < trade.new_customers}
    minutes = times.uniform(0, HOURS * 60 - 150)
    events = []

    def then(name: str, does: Any, least: float, most: float) -> None:
        nonlocal minutes
        minutes += times.uniform(least, most)
        events.append(Event(timedelta(minutes=minutes), name, does, keeps))

    saved = "new customer" if keeps["new"] else "quotation saved"
    then(saved, quote, 0, 0)
    for _edit in range(times.randint(1, 3)):
        then("quotation edited", edit, 0.3, 4)
    then("quotation sent", mark_sent, 0.2, 5)
    if number >= trade.confirmed:
        return events
    then("order confirmed", confirm, 5, 60)
    if number < trade.in_parts:
        then("part invoiced", post_part, 2, 20)
    then("invoice posted", post, 2, 40)
    if number >= trade.confirmed - trade.credit_notes:
        then("credit note posted", credit, 1, 10)
    return events


def _purchase(times: random.Random, twice: bool) -> list[Event]:
    """A purchase order with its bills."""
    keeps: dict[str, Any] = {}
    minutes = times.uniform(0, HOURS * 60 - 60)
    steps = [("purchase approved", buy)]
    steps += [("bill saved", bill), ("bill posted", post_bill)] * (2 if twice else 1)
    events = []
    for name, does in steps:
        events.append(Event(timedelta(minutes=minutes), name, does, keeps))
        minutes += times.uniform(2, 12)
    return events


def singly(events: list[Event], pdf: bool) -> int:
    """Calls of the same day when every change is one, and its reads are not counted."""
    calls = sum(SINGLY[event.name] for event in events)
    calls += sum(event.name == "new customer" for event in events)  # its quotation
    return calls + (sum(event.name in PRINTED for event in events) if pdf else 0)


def furnish(env: Any) -> None:
    """What is there before the day begins: partners, and a product that is bought."""
    env["res.partner"].create(
        [
            {"name": f"Known {number}", "xero_create_choice": "yes"}
            for number in range(KNOWN)
        ]
        + [{"name": "Vendor", "xero_create_choice": "yes"}]
    )._xero_queue()
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    product.write({"purchase_method": "purchase", "invoice_policy": "order"})


# --- what people do -------------------------------------------------------------------


def save(env: Any, keeps: dict) -> tuple[str, int, str]:
    """A quotation for a new customer."""
    count = env["res.partner"].search_count([])
    customer = env["res.partner"].create({"name": f"Customer {count}"})
    keeps["order"] = _new_order(env, customer).id
    return "sale_order_id", keeps["order"], "quotation"


def _new_order(env: Any, customer: Any) -> Any:
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    line = {"product_id": product.id, "product_uom_qty": 2}
    return env["sale.order"].create(
        {"partner_id": customer.id, "order_line": [(0, 0, line)]}
    )


def edit(env: Any, keeps: dict) -> tuple[str, int, str]:
    """Another quantity."""
    order = env["sale.order"].browse(keeps["order"])
    order.order_line.product_uom_qty += 1
    return "sale_order_id", order.id, "quotation"


def mark_sent(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The customer has it."""
    order = env["sale.order"].browse(keeps["order"])
    order.action_quotation_sent()
    return "sale_order_id", order.id, "quotation"


def confirm(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The customer takes it."""
    env["sale.order"].browse(keeps["order"]).action_confirm()
    return "sale_order_id", keeps["order"], "sale_order"


def post(env: Any, keeps: dict) -> tuple[str, int, str]:
    """All of it is invoiced."""
    invoice = env["sale.order"].browse(keeps["order"])._create_invoices()
    invoice.action_post()
    return "move_id", invoice.id, "invoice"


def quote(env: Any, keeps: dict) -> tuple[str, int, str]:
    """A quotation, for a customer whom Xero knows or for a new one."""
    if keeps["new"]:
        return save(env, keeps)
    customer = env["res.partner"].search([("name", "=", f"Known {keeps['customer']}")])
    keeps["order"] = _new_order(env, customer).id
    return "sale_order_id", keeps["order"], "quotation"


def post_part(env: Any, keeps: dict) -> tuple[str, int, str]:
    """One piece of it is invoiced."""
    invoice = env["sale.order"].browse(keeps["order"])._create_invoices()
    invoice.invoice_line_ids.filtered("sale_line_ids").quantity = 1
    invoice.action_post()
    return "move_id", invoice.id, "invoice"


def credit(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The last invoice is credited, and set off."""
    invoice = env["sale.order"].browse(keeps["order"]).invoice_ids.sorted("id")[-1:]
    note = invoice._reverse_moves([{"invoice_date": invoice.invoice_date}], cancel=True)
    return "move_id", note.id, "credit_note"


def change_customer(env: Any, keeps: dict) -> None:
    """An address is typed, field by field."""
    name = f"Known {keeps['customer']}"
    customer = env["res.partner"].search([("name", "=", name)])
    field = "city" if customer.street else "street"
    customer[field] = f"Changed {customer.id}"


def buy(env: Any, keeps: dict) -> tuple[str, int, str]:
    """A purchase order is approved."""
    product = env["product.product"].search([("default_code", "=", "SYSTEM")])
    line = {"product_id": product.id, "product_qty": 4, "price_unit": 30}
    order = env["purchase.order"].create(
        {
            "partner_id": env["res.partner"].search([("name", "=", "Vendor")]).id,
            "order_line": [(0, 0, line)],
        }
    )
    order.button_confirm()
    keeps["purchase"] = order.id
    return "purchase_order_id", order.id, "purchase_order"


def bill(env: Any, keeps: dict) -> tuple[str, int, str]:
    """The vendor's bill is typed in: half of the order, or what is left of it."""
    order = env["purchase.order"].browse(keeps["purchase"])
    known = order.invoice_ids
    order.action_create_invoice()
    move = order.invoice_ids - known
    move.write({"ref": f"B{move.id}", "invoice_date": env.cr.now().date()})
    if not known:
        move.invoice_line_ids.filtered("purchase_line_id").quantity = 2
    keeps["bill"] = move.id
    return "move_id", move.id, "bill"


def post_bill(env: Any, keeps: dict) -> tuple[str, int, str]:
    """It is checked and posted."""
    env["account.move"].browse(keeps["bill"]).action_post()
    return "move_id", keeps["bill"], "bill"
