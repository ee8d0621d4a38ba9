"""What the token and the connecting user may do."""

from datetime import date

from ..company import describe
from ..lab import Lab
from ..reading import NotTried, Outcome, Reading, refusal_of
from .experiment import Experiment

LOCK = date(2019, 12, 31)  # before anything that a Demo Company holds
LOCKED = {"Date": "2019-12-15", "DueDate": "2020-01-15"}
EXEMPTION = "ApproveTransactionsBeforePeriodLockDate"


def items_scope(lab: Lab, reading: Reading) -> None:
    """An item is written with a token for invoices and not for settings."""
    if "accounting.settings" in lab.client.access.current().scopes:
        raise NotTried("this app was given accounting.settings before")
    item = {"Code": lab.number("O2"), "Name": "Experiment"}
    exchange = lab.client.call("PUT", "/Items", {"Items": [item]})
    refused = [] if exchange.status == 200 else refusal_of(exchange)
    reading.outcome("item", Outcome(exchange.status, {}, refused))
    reading.say("WWW-Authenticate", exchange.headers.get("WWW-Authenticate", ""))


def quote_attachment(lab: Lab, reading: Reading) -> None:
    """A file is attached to a quote."""
    [made] = lab.put("Quotes", lab.quote())
    identifier = made.required("the quote")["QuoteID"]
    path = f"/Quotes/{identifier}/Attachments/experiment.pdf"
    exchange = lab.client.call(
        "PUT", path, b"%PDF-1.4 experiment", headers={"Content-Type": "application/pdf"}
    )
    refused = [] if exchange.status == 200 else refusal_of(exchange)
    reading.outcome("attachment", Outcome(exchange.status, {}, refused))
    reading.say("WWW-Authenticate", exchange.headers.get("WWW-Authenticate", ""))


def no_approval(lab: Lab, reading: Reading) -> None:
    """A user who may not approve sends an approved invoice."""
    with lab.hand.without_approval():
        [outcome] = lab.put("Invoices", lab.sale(Status="AUTHORISED"))
    reading.outcome("invoice", outcome)
    if outcome.taken:
        reading.note("Status", outcome.element.get("Status"))


def locked_period(lab: Lab, reading: Reading) -> None:
    """Documents dated in a period that is locked for all but advisers."""
    statuses = ("AUTHORISED", "DRAFT", "SUBMITTED")
    with lab.hand.period_locked(LOCK):
        if not describe(lab.client).get("PeriodLockDate"):
            raise NotTried("Xero shows no lock date")
        sales = [lab.sale(Status=each, **LOCKED) for each in statuses]
        outcomes = lab.put("Invoices", *sales)
        actions = lab.get("/Organisation/Actions").elements("Actions")
    for status, outcome in zip(statuses, outcomes, strict=True):
        reading.outcome(status, outcome)
    allowed = {each.get("Name"): each.get("Status") for each in actions}
    reading.note(EXEMPTION, allowed.get(EXEMPTION, "not listed"))


EXPERIMENTS = (
    Experiment(
        "O2",
        "May items be written with the scope for invoices alone?",
        items_scope,
        "safe both ways: a refused item is that item's issue, nothing else stops",
        ("MISSING_SCOPE_STATUS",),
    ),
    Experiment(
        "O3",
        "Does the scope for attachments cover quotes?",
        quote_attachment,
        "safe both ways: a refusal is an issue of the connection; quotes go, and their "
        "PDFs follow after a new consent",
    ),
    Experiment(
        "O6",
        "What becomes of an approved invoice of a user who may not approve?",
        no_approval,
        "safe both ways: the status that Xero answers is kept and shown, a refusal "
        "is an issue of the connection's user",
        ("ROLE_DETAIL",),
    ),
    Experiment(
        "O7",
        "Does the period lock bind the connecting user, and does Xero say so?",
        locked_period,
        "safe both ways: documents are held unless Xero says that this user may post",
        (),
    ),
)
