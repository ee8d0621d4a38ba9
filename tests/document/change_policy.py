"""What happens in Xero when something happens in Odoo, as data.

Plain Python without Odoo: the tests ``test_change_policy_*`` make a test of every cell,
and ``change_policy_table.py`` writes the same cells into the manual.

A cell stands in the row of the document's status in Xero and the column of the event in
Odoo. It names an :class:`Outcome`; ``.`` is a cell that cannot occur.
"""

from dataclasses import dataclass

EMPTY = "."


@dataclass(frozen=True)
class Outcome:
    """What an event leads to.

    :ivar label: word in the table
    :ivar meaning: what is sent and what the user sees, for the legend; empty where
        another outcome with the same label tells it
    :ivar calls: each write about the documents, as method and status. ``=`` is the
        status the document had, ``*`` the one in which this kind starts, ``!`` any
        status, because Xero refuses the call
    :ivar state: of the row, ``None`` for no row; ``=`` for what it was
    :ivar words: regular expression that the user's text must match; empty for none
    """

    label: str
    meaning: str = ""
    calls: tuple[str, ...] = ()
    state: str | None = "synced"
    words: str = ""

    @property
    def writes(self) -> bool:
        """Whether Xero's document is another one afterwards."""
        return any(not call.endswith("!") for call in self.calls)


ASKS = (
    r"Odoo (overwrites nothing there|cannot change it in its present state there)"
    r".*send the document as a new one, link it"
    r"|Xero does not let it be deleted or voided.*skip it here"
)
GONE = r"was deleted in Xero|was voided in Xero"

OUTCOMES = {
    "sent": Outcome("sent", "it is created in Xero, once, as it is now", ("PUT *",)),
    "sent_approved": Outcome("sent", calls=("PUT AUTHORISED",)),
    "sent_accepted": Outcome(
        "sent, accepted", calls=("PUT DRAFT", "POST SENT", "POST ACCEPTED")
    ),
    "sent_invoiced": Outcome(
        "sent, invoiced",
        calls=("PUT DRAFT", "POST SENT", "POST ACCEPTED", "POST INVOICED"),
    ),
    "sent_out": Outcome("sent", calls=("PUT DRAFT", "POST SENT")),
    "sent_billed": Outcome("sent, billed", calls=("PUT BILLED",)),
    "updated": Outcome("updated", "Xero's document follows Odoo's", ("POST =",)),
    "approved": Outcome(
        "approved", "it awaits payment, with Odoo's amounts", ("POST AUTHORISED",)
    ),
    "voided": Outcome(
        "voided", "Xero keeps the document, and its number, as void", ("POST VOIDED",)
    ),
    "withdrawn": Outcome(
        "credit back, voided",
        "the credit that Odoo had set off is taken back first",
        ("DELETE", "POST VOIDED"),
    ),
    "credited_anew": Outcome(
        "credit back, updated",
        "the credit that Odoo had set off is taken back first, and set off anew",
        ("DELETE", "POST AUTHORISED", "PUT"),
    ),
    "deleted": Outcome("deleted", "Xero's document is deleted", ("POST DELETED",)),
    "marked_sent": Outcome("sent", calls=("POST SENT",)),
    "accepted": Outcome("accepted", "the quote is accepted", ("POST ACCEPTED",)),
    "sent_and_accepted": Outcome(
        "sent, accepted",
        "the quote is accepted, by the step Xero wants in between",
        ("POST SENT", "POST ACCEPTED"),
    ),
    "declined": Outcome("declined", "the quote is declined", ("POST DECLINED",)),
    "reopened_and_declined": Outcome("declined", calls=("POST SENT", "POST DECLINED")),
    "invoiced": Outcome("invoiced", "the quote is invoiced", ("POST INVOICED",)),
    "billed": Outcome("billed", "the purchase order is billed", ("POST BILLED",)),
    "reopened": Outcome(
        "reopened",
        "the quote is sent once more, and then follows Odoo again",
        ("POST SENT",),  # its content did not change since
    ),
    "nothing": Outcome("–", "nothing is sent, and nobody is asked", state="="),
    "dropped": Outcome("not sent", "it is not sent any more", state=None),
    # Its row stays, for who asked for it need not ask again when it is posted
    "put_off": Outcome("not sent"),
    "asks": Outcome(
        "**asks**",
        "Xero's document stays as it is. An issue tells what it is there; an"
        " accountant replaces it with Odoo's, sends the document as a new one, links it"
        " to another or skips it",
        (),
        "failed",
        ASKS,
    ),
    # Only Xero's refusal tells that payments stand against it
    "asks_refused": Outcome("**asks**", "", ("POST !",), "failed", ASKS),
    "gone": Outcome(
        "**asks** (gone)",
        "an issue tells that it was deleted or voided in Xero; *Try again* sends it as"
        " a new one",
        (),
        "failed",
        GONE,
    ),
    # It is over there already, which only Xero's refusal tells
    "ended": Outcome("–", "", ("POST !",)),
    "locked": Outcome(
        "**locked**",
        "nothing changes in Xero. An issue names the lock date; the document goes when"
        " the period is opened or the date is moved",
        (),
        "failed",
        "locked up to",
    ),
    "asks_still": Outcome("asks still", "", (), "failed", ASKS),
    "replaced": Outcome("Odoo's replaces it", "", ("POST =",)),
    "sent_beside": Outcome("sent beside it", "", ("PUT *",)),
    "other_updated": Outcome("the other one is updated", "", ("POST *",)),
    "left_alone": Outcome("left alone", "", (), "skipped", "Known to the bookkeeper"),
    "locked_there": Outcome(
        "**locked**", "", ("POST !",), "failed", "period lock date"
    ),
}


@dataclass(frozen=True)
class Table:
    """Some kinds that behave alike, their events and their cells.

    :ivar starts: status in which Xero gets such a document
    :ivar takes_turns: the kinds run through the same code, so each cell is tested with
        one of them
    :ivar events: name of each event → its words
    :ivar rows: status in Xero → names of the outcomes, in the order of the events
    """

    title: str
    kinds: tuple[str, ...]
    starts: str
    events: dict[str, str]
    rows: dict[str, str]
    takes_turns: bool = False

    def cells(self):
        """:return: (status in Xero, event, name of the outcome) of each cell"""
        for status, names in self.rows.items():
            found = names.split()
            if len(found) != len(self.events):
                raise ValueError(f"{self.title}: {status} has {len(found)} cells")
            for event, name in zip(self.events, found, strict=True):
                if name != EMPTY:
                    yield status, event, name


# What the rows are called: the document's status in Xero, and how it came there.
STATUSES = {
    "waits": "not sent yet",
    "cancelled": "cancelled before",
    "switched_off": "not sent, switched off",
    "draft": "draft",
    "submitted": "awaiting approval",
    "authorised": "awaiting payment",
    "approved": "approved",
    "sent": "sent",
    "accepted": "accepted",
    "declined": "declined",
    "invoiced": "invoiced",
    "billed": "billed",
    "set_off": "set off with a credit note",
    "part_paid": "part paid",
    "paid": "paid",
    "submitted_there": "submitted by hand",
    "approved_there": "approved by hand",
    "accepted_there": "accepted by hand",
    "declined_there": "declined by hand",
    "billed_there": "billed by hand",
    "part_paid_there": "approved and part paid by hand",
    "paid_there": "approved and paid by hand",
    "voided_there": "voided by hand",
    "deleted_there": "deleted by hand",
    "edited_there": "amount edited by hand",
    "recoded_there": "account edited by hand",
    "locked": "in a locked period",
    "asked": "amount edited by hand",
}

POSTED = Table(
    "Customer invoices, credit notes, vendor bills and refunds, once posted",
    ("invoice", "credit_note", "bill", "refund"),
    "AUTHORISED",
    {
        "post": "posted",
        "note": "other things changed",
        "reset": "reset to draft",
        "repost": "posted again, the same",
        "retext": "posted again, other words",
        "reprice": "posted again, other amount",
        "cancel": "cancelled",
        "delete": "deleted",
    },
    {
        "waits": "sent sent put_off sent sent sent dropped dropped",
        "switched_off": "nothing nothing nothing nothing nothing nothing nothing"
        " nothing",
        "draft": ". nothing nothing nothing updated updated deleted deleted",
        "submitted": ". nothing nothing nothing updated updated deleted deleted",
        "authorised": ". nothing nothing nothing updated updated voided voided",
        "approved_there": ". nothing nothing nothing asks asks asks_refused"
        " asks_refused",
        "part_paid": ". nothing nothing nothing updated asks_refused asks_refused"
        " asks_refused",
        "paid": ". nothing nothing nothing updated asks_refused asks_refused"
        " asks_refused",
        "set_off": ". nothing nothing nothing updated credited_anew withdrawn"
        " withdrawn",
        "cancelled": "sent nothing . . . . . nothing",
        "voided_there": ". nothing nothing nothing gone gone ended ended",
        "deleted_there": ". nothing nothing nothing gone gone ended ended",
        "edited_there": ". nothing nothing nothing asks asks voided voided",
        "recoded_there": ". nothing nothing nothing asks asks voided voided",
        "locked": "locked nothing nothing nothing locked locked locked locked_there",
    },
    takes_turns=True,
)

DRAFT_BILL = Table(
    "Vendor bills before they are posted",
    ("bill",),
    "DRAFT",
    {
        "create": "created",
        "note": "other things changed",
        "reprice": "amount changed",
        "post": "posted",
        "cancel": "cancelled",
        "delete": "deleted",
    },
    {
        "waits": "sent sent sent sent_approved dropped dropped",
        "switched_off": "nothing nothing nothing nothing nothing nothing",
        "draft": ". nothing updated approved deleted deleted",
        "submitted_there": ". nothing asks approved deleted deleted",
        "approved_there": ". nothing asks approved asks_refused asks_refused",
        "part_paid_there": ". nothing asks approved asks_refused asks_refused",
        "paid_there": ". nothing asks updated asks_refused asks_refused",
        "voided_there": ". nothing gone gone ended ended",
        "deleted_there": ". nothing gone gone ended ended",
        "edited_there": ". nothing asks asks deleted deleted",
        "recoded_there": ". nothing asks asks deleted deleted",
        "locked": "sent nothing updated locked deleted deleted",
    },
)

QUOTATION = Table(
    "Quotations",
    ("quotation",),
    "DRAFT",
    {
        "create": "created",
        "note": "other things changed",
        "reprice": "amount changed",
        "send": "sent to the customer",
        "confirm": "confirmed",
        "invoice": "fully invoiced",
        "cancel": "cancelled",
        "restart": "back to quotation",
        "delete": "deleted",
    },
    {
        "waits": "sent sent sent sent_out sent_accepted sent_invoiced dropped"
        " . dropped",
        "switched_off": "nothing nothing nothing nothing nothing nothing nothing ."
        " nothing",
        "draft": ". nothing updated marked_sent sent_and_accepted . deleted . deleted",
        "sent": ". nothing updated . accepted . declined . .",
        "accepted": ". nothing nothing . . invoiced reopened_and_declined . .",
        "declined": ". nothing nothing . . . . reopened deleted",
        "invoiced": ". nothing nothing . . . reopened_and_declined . .",
        "cancelled": ". nothing nothing . . . . sent nothing",
        "accepted_there": ". nothing asks . nothing . asks . .",
        "declined_there": ". nothing asks . asks . nothing . .",
        "deleted_there": ". nothing gone . gone . nothing . .",
        "edited_there": ". nothing asks . asks . asks . .",
        "recoded_there": ". nothing asks . asks . asks . .",
    },
)

SALE_ORDER = Table(
    "Sales orders, as draft invoices",
    ("sale_order",),
    "DRAFT",
    {
        "confirm": "confirmed",
        "note": "other things changed",
        "reprice": "amount changed",
        "invoice": "invoice posted",
        "cancel": "cancelled",
        "delete": "deleted",
    },
    {
        "waits": "sent sent sent sent_approved dropped dropped",
        "switched_off": "nothing nothing nothing sent_approved nothing nothing",
        "draft": ". nothing updated approved deleted deleted",
        "cancelled": "sent nothing nothing . . nothing",
        "submitted_there": ". nothing asks approved deleted deleted",
        "approved_there": ". nothing asks approved asks_refused asks_refused",
        "part_paid_there": ". nothing asks approved asks_refused asks_refused",
        "paid_there": ". nothing asks updated asks_refused asks_refused",
        "voided_there": ". nothing gone sent_approved ended ended",
        "deleted_there": ". nothing gone sent_approved ended ended",
        "edited_there": ". nothing asks asks deleted deleted",
        "recoded_there": ". nothing asks asks deleted deleted",
    },
)

PURCHASE_ORDER = Table(
    "Purchase orders",
    ("purchase_order",),
    "AUTHORISED",
    {
        "request": "request for quotation",
        "approve": "approved",
        "note": "other things changed",
        "reprice": "amount changed",
        "bill": "fully billed",
        "cancel": "cancelled",
        "delete": "deleted",
    },
    {
        "waits": "nothing sent sent sent sent_billed dropped dropped",
        "switched_off": "nothing nothing nothing nothing nothing nothing nothing",
        "draft": ". . nothing updated billed deleted deleted",
        "submitted": ". . nothing updated billed deleted deleted",
        "approved": ". . nothing updated billed deleted deleted",
        "billed": ". . nothing updated . . .",
        "cancelled": ". sent nothing . . nothing nothing",
        "approved_there": ". . nothing asks billed deleted deleted",
        "billed_there": ". . nothing asks updated deleted deleted",
        "deleted_there": ". . nothing gone gone ended ended",
        "edited_there": ". . nothing asks asks deleted deleted",
        "recoded_there": ". . nothing asks asks deleted deleted",
    },
)

# What an accountant may choose where Odoo asks, for every kind
CHOICES = Table(
    "Where Odoo asks",
    (
        "quotation",
        "sale_order",
        "invoice",
        "credit_note",
        "bill",
        "refund",
        "purchase_order",
    ),
    "",
    {
        "try_again": "try again",
        "replace": "replace",
        "send_as_new": "send as new",
        "link": "link to another",
        "skip": "skip",
    },
    {"asked": "asks_still replaced sent_beside other_updated left_alone"},
)

TABLES = (QUOTATION, SALE_ORDER, POSTED, DRAFT_BILL, PURCHASE_ORDER, CHOICES)
