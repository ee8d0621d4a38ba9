"""The columns in which a person does something in Xero while Odoo reads it."""

import functools
import math
from collections.abc import Callable
from typing import Any

from .cell import Cell, Fault
from .checks import held
from .faults import CALL_SECONDS, require_struck
from .kinds import mark

DRAFTS = ("DRAFT", "SENT")
NO_DOCUMENT = dict.fromkeys(
    ("contact", "item", "import", "reading"), "It is about a document."
)
ENDED = dict.fromkeys(
    ("cancel-order", "cancel-invoice"), "Xero holds nothing of it any more."
)
SET_OFF = {"allocation": "Xero takes no such change of what is set off."}
UNPAID = dict.fromkeys(
    ("quotation", "order", "purchase"), "Xero takes no payment of it."
)
OPEN_ISSUES = "SELECT count(*) FROM xero_issue WHERE state = 'open'"
# What a person does to a document: its endpoint, its element; returns how to mend it
Act = Callable[[Cell, str, dict], Callable[[], Any]]


def act_in_xero(act: Act, issues: int, cell: Cell) -> None:
    """A person acts while a reading is under way; the next one surely knows.

    :param issues: that must be open then
    """
    stage = cell.stage
    cell.click()
    stage.settle(cell.review)
    [wanted] = [each for each in cell.expected() if each.count][:1]
    [element] = held(wanted, stage.xero.books())
    stage.pass_time(stage.shop.call(ring))
    stage.xero.fault("slow", f"/{wanted.endpoint}", "GET", seconds=CALL_SECONDS)
    worker = stage.scheduler()
    cell.wait_for_strike("slow")
    sent = documents_sent(cell)
    mend = act(cell, wanted.endpoint, element)
    worker.result()
    require_struck(cell, "slow")
    read(cell)
    [(found,)] = stage.query(OPEN_ISSUES)
    if found != issues:
        cell.problems.append(f"{found} open issues, not {issues}")
    if documents_sent(cell) != sent:
        cell.problems.append("a document was sent because of a reading")
    mend()
    read(cell)
    [(found,)] = stage.query(OPEN_ISSUES)
    if found:
        cell.problems.append(f"{found} issues are open in the end")


def read(cell: Cell) -> None:
    """Have Xero read once more, to the end."""
    cell.stage.shop.call(ring)
    cell.stage.settle(cell.review)


def documents_sent(cell: Cell) -> int:
    """How many calls would have changed a document."""
    return sum(
        call["method"] != "GET" and "/Contacts" not in call["path"]
        for call in cell.stage.xero.calls()
    )


# --- what the person does -------------------------------------------------------------


def void(cell: Cell, endpoint: str, element: dict) -> Callable[[], Any]:
    """Delete or void it; an accountant in Odoo has it sent anew."""
    ended = element["Status"] in DRAFTS or endpoint in ("Quotes", "PurchaseOrders")
    edit(cell, endpoint, element, Status="DELETED" if ended else "VOIDED")
    return lambda: cell.stage.shop.call(send_as_new)


def change(cell: Cell, endpoint: str, element: dict) -> Callable[[], Any]:
    """Change its total; the person puts it back."""
    total = element["Total"]
    edit(cell, endpoint, element, Total=total + 1)
    return lambda: edit(cell, endpoint, element, Total=total)


def pay(cell: Cell, endpoint: str, element: dict) -> Callable[[], Any]:
    """Pay it."""
    name = endpoint.removesuffix("s")
    books = cell.stage.xero.books()
    bank = next(each for each in books["Accounts"] if each["Type"] == "BANK")
    payment = {
        name: {f"{name}ID": element[f"{name}ID"]},
        "Account": {"AccountID": bank["AccountID"]},
        "Amount": element["Total"],
    }
    cell.stage.xero.control("POST", "seed", endpoint="Payments", elements=[payment])
    return lambda: None


def merge(cell: Cell, endpoint: str, element: dict) -> Callable[[], Any]:
    """Merge its contact into a new one."""
    xero = cell.stage.xero
    seeded = xero.control(
        "POST", "seed", endpoint="Contacts", elements=[{"Name": f"Merged {mark()}"}]
    )
    [kept] = seeded["elements"]
    closed = element["Contact"]["ContactID"]
    xero.control("POST", "merge", id=closed, into=kept["ContactID"])
    return lambda: None


def edit(cell: Cell, endpoint: str, element: dict, **values: Any) -> None:
    """Change values in Xero's screens."""
    [identifier] = [
        element[key]
        for key in ("QuoteID", "InvoiceID", "CreditNoteID", "PurchaseOrderID")
        if key in element
    ][:1]
    cell.stage.xero.control(
        "POST", "edit", endpoint=endpoint, id=identifier, values=values
    )


# --- in Odoo's processes --------------------------------------------------------------


def ring(env: Any) -> int:
    """Xero rings; returns after how many seconds that is heeded."""
    from odoo.fields import Datetime

    connection = env["xero.connection"].search([])
    connection._ask_for_reading()
    left = connection._next_bell() - Datetime.now()
    return max(math.ceil(left.total_seconds()), 0)


def send_as_new(env: Any) -> None:
    """An accountant has all that is kept back sent as new."""
    issues = env["xero.issue"].search([("state", "=", "open")])
    issues.document_ids.action_send_as_new()


def _in_xero(
    name: str, title: str, act: Act, issues: int, reasons: dict[str, str]
) -> Fault:
    reasons = {**NO_DOCUMENT, **ENDED, **reasons}
    strike = functools.partial(act_in_xero, act, issues)
    return Fault(
        name,
        f"{title} during a reading",
        strike,
        makes_no_sense=reasons,
        sends_again=act is void,
    )


IN_XERO = [
    _in_xero("voided", "voided in Xero", void, 1, SET_OFF),
    _in_xero("edited", "edited in Xero", change, 1, SET_OFF),
    _in_xero("paid", "paid in Xero", pay, 0, {**SET_OFF, **UNPAID}),
    _in_xero("merged", "contact merged", merge, 0, {}),
]
