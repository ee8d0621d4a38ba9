"""Which steps a document may take, and what a step does to its other fields."""

from ..lab import Lab
from ..reading import Reading
from .experiment import Experiment, state_of

TEXTS = ("Title", "Summary", "Terms", "Reference")


def quote_header(lab: Lab, reading: Reading) -> None:
    """Two quotes go to INVOICED: one with its header repeated, one without."""
    header = {
        **{name: f"{name} of the experiment" for name in TEXTS},
        "ExpiryDate": lab.day(30),
        "LineAmountTypes": "INCLUSIVE",
    }
    line = lab.line("quote", UnitAmount=11)
    drafts = [
        lab.quote(line, QuoteNumber=lab.number(f"O4-{suffix}"), **header)
        for suffix in ("bare", "full")
    ]
    made = [each.required("the quote") for each in lab.put("Quotes", *drafts)]
    bare = [
        {
            **{key: quote[key] for key in ("QuoteID", "QuoteNumber")},
            **{key: draft[key] for key in ("Contact", "Date")},
        }
        for quote, draft in zip(made, drafts, strict=True)
    ]
    for status in ("SENT", "ACCEPTED"):
        steps = ({**each, **header, "Status": status} for each in bare)
        for outcome in lab.post("Quotes", *steps):
            outcome.required(f"the step to {status}")
    steps = [each | {"Status": "INVOICED"} for each in bare]
    steps[1] |= header
    outcomes = lab.post("Quotes", *steps)
    for title, before, outcome in zip(("bare", "full"), made, outcomes, strict=True):
        reading.outcome(f"{title} update", outcome)
        after = lab.one("Quotes", before["QuoteID"])
        for name in ("QuoteNumber", *header, "Total"):
            state = state_of(after, name, before.get(name))
            gone = state == "changed" and not after.get(name)
            reading.note(f"{title}: {name}", "emptied" if gone else state)
    price = after["LineItems"][0].get("UnitAmount") if after.get("LineItems") else None
    reading.note("price with tax", "as sent" if price == 11 else "without tax")


def quote_first_status(lab: Lab, reading: Reading) -> None:
    """A quote is created as SENT."""
    [outcome] = lab.put("Quotes", lab.quote(Status="SENT"))
    reading.outcome("quote", outcome)
    if outcome.taken:
        reading.note("Status", outcome.element.get("Status"))


def void_with_fields(lab: Lab, reading: Reading) -> None:
    """An invoice is voided, with another number, date and line in the same call."""
    number = lab.number("O8")
    [made] = lab.put("Invoices", lab.sale(InvoiceNumber=number, Status="AUTHORISED"))
    before = made.required("the invoice")
    [voided] = lab.post(
        "Invoices",
        {
            "InvoiceID": before["InvoiceID"],
            "Status": "VOIDED",
            "InvoiceNumber": f"{number}-void",
            "Date": lab.day(-1),
            "LineItems": [lab.line("invoice", UnitAmount=5)],
        },
    )
    reading.outcome("void", voided)
    after = lab.one("Invoices", before["InvoiceID"])
    reading.note("Status", after.get("Status"))
    for name in ("InvoiceNumber", "Date"):
        reading.note(name, state_of(after, name, before.get(name)))
    price = (after.get("LineItems") or [{}])[0].get("UnitAmount")
    reading.note("line", "kept" if price == 10 else "changed")


def order_steps(lab: Lab, reading: Reading) -> None:
    """Purchase orders go back a step."""
    tried = [
        ("AUTHORISED", "SUBMITTED"),
        ("AUTHORISED", "DRAFT"),
        ("BILLED", "AUTHORISED"),
    ]
    row = lab.line("order")
    drafts = [lab.document("order", [row], Status=first) for first, _ in tried]
    made = lab.put("PurchaseOrders", *drafts)
    steps = [
        {
            "PurchaseOrderID": each.required("the order")["PurchaseOrderID"],
            "Contact": lab.contact,
            "Status": then,
        }
        for (_, then), each in zip(tried, made, strict=True)
    ]
    outcomes = lab.post("PurchaseOrders", *steps)
    for (first, then), outcome in zip(tried, outcomes, strict=True):
        name = f"{first} to {then}"
        reading.outcome(name, outcome)
        if outcome.taken:
            reading.note(name, f"taken, {outcome.element.get('Status')}")


def due_dates(lab: Lab, reading: Reading) -> None:
    """Invoices without a due date, and one that is due before its date."""
    tried = {
        "SUBMITTED, no due date": lab.sale(Status="SUBMITTED", DueDate=None),
        "AUTHORISED, no due date": lab.sale(Status="AUTHORISED", DueDate=None),
        "due before its date": lab.sale(Status="AUTHORISED", DueDate=lab.day(-1)),
    }
    outcomes = lab.put("Invoices", *tried.values())
    for name, outcome in zip(tried, outcomes, strict=True):
        reading.outcome(name, outcome)


EXPERIMENTS = (
    Experiment(
        "O4",
        "What does a quote lose when its status moves and the header is left out?",
        quote_header,
        "safe both ways: each update repeats the header, and never the lines",
        ("QUOTE_FROZEN", "QUOTE_UPDATE_NEEDS_CONTACT_AND_DATE"),
    ),
    Experiment(
        "O8",
        "Are number, date and lines changed by the call that voids an invoice?",
        void_with_fields,
        "safe both ways: voiding sends the status only",
        ("VOID_IGNORES_OTHER_FIELDS",),
    ),
    Experiment(
        "O11",
        "Can a quote be created as SENT?",
        quote_first_status,
        "safe both ways: a quote is created as DRAFT and then goes step by step",
        ("QUOTE_FIRST_STATUSES",),
    ),
    Experiment(
        "O17",
        "May a purchase order go back a step?",
        order_steps,
        "safe both ways: orders are only moved forward, or deleted",
        ("PURCHASE_ORDER_STEPS",),
    ),
    Experiment(
        "O18",
        "Is a due date needed, and may it be before the date?",
        due_dates,
        "safe both ways: Odoo's due date is always sent; refused, the reason is shown",
        ("SUBMITTED_NEEDS_DUE_DATE",),
    ),
)
