"""Numbers that are taken, and credit that is set off."""

from ..lab import Lab
from ..reading import Outcome, Reading, refusal_of
from .experiment import Experiment


def quote_number(lab: Lab, reading: Reading) -> None:
    """The number of a quote comes again, to create and to update."""
    draft = lab.quote(QuoteNumber=lab.number("O10"))
    [made] = lab.put("Quotes", draft)
    first = made.required("the quote")
    [again] = lab.put("Quotes", draft)
    reading.outcome("create again", again)
    [posted] = lab.post("Quotes", draft)
    reading.outcome("update without id", posted)
    if posted.taken:
        same = posted.element.get("QuoteID") == first["QuoteID"]
        reading.note("update without id", "the same quote" if same else "a new quote")


def credit_note_number(lab: Lab, reading: Reading) -> None:
    """The numbers of a credit note and of a refund come again."""
    drafts = {
        kind: lab.document(
            kind, [lab.line(kind)], CreditNoteNumber=lab.number(f"O16-{kind[0]}")
        )
        for kind in ("credit note", "refund")
    }
    for each in lab.put("CreditNotes", *drafts.values()):
        each.required("the credit note")
    outcomes = lab.put("CreditNotes", *drafts.values())
    for kind, outcome in zip(drafts, outcomes, strict=True):
        reading.outcome(kind, outcome)


def allocation(lab: Lab, reading: Reading) -> None:
    """Credit is set off against an older invoice."""
    older = lab.day(-30)
    [invoiced] = lab.put("Invoices", lab.sale(Status="AUTHORISED", Date=older))
    invoice = invoiced.required("the invoice")
    row = lab.line("credit note", UnitAmount=4)
    note = lab.document("credit note", [row], Status="AUTHORISED")
    [credited] = lab.put("CreditNotes", note)
    credit = credited.required("the credit note")
    body = {"Amount": 1, "Invoice": {"InvoiceID": invoice["InvoiceID"]}}
    path = f"/CreditNotes/{credit['CreditNoteID']}/Allocations"
    exchange = lab.client.call("PUT", path, {"Allocations": [body]})
    reading.outcome("allocation", Outcome(exchange.status, {}, refusal_of(exchange)))
    if exchange.status == 200:
        reading.note("allocation", "taken")
        _describe(reading, exchange.elements("Allocations"), invoice, credit)


def _describe(
    reading: Reading, elements: list[dict], invoice: dict, credit: dict
) -> None:
    element = elements[0] if elements else {}
    reading.note("AllocationID", "named" if "AllocationID" in element else "missing")
    reading.note("keys", " ".join(sorted(element)))
    known = {invoice.get("Date"): "the invoice's", credit.get("Date"): "the credit's"}
    reading.note("Date", known.get(element.get("Date"), "another form or day"))


EXPERIMENTS = (
    Experiment(
        "O10",
        "What happens to a quote's number that is taken?",
        quote_number,
        "safe both ways: quotes are created with PUT and updated by their id",
        ("QUOTE_NUMBER_TAKEN",),
    ),
    Experiment(
        "O15",
        "Does the answer to an allocation name its id, and which date has it?",
        allocation,
        "safe both ways: without an id in the answer, the credit note is read",
        ("ALLOCATION_ANSWER_NAMES_ID",),
    ),
    Experiment(
        "O16",
        "How is the number of a credit note refused that is taken?",
        credit_note_number,
        "safe both ways: unknown words are shown to the accountant as they are",
        ("CREDIT_NOTE_NUMBER_TAKEN",),
    ),
)
