"""What lines may say, and what an update leaves of them."""

from collections.abc import Callable, Iterator

from ..lab import KINDS, Lab
from ..reading import Reading
from .experiment import Experiment, state_of

# Gives the lines and the other fields of a document of some kind
Make = Callable[[str], tuple[list[dict], dict]]


def _one_of_each(lab: Lab, reading: Reading, make: Make) -> Iterator[tuple[str, dict]]:
    """Create a document of each kind; note the outcomes, and give what was taken."""
    for endpoint in dict.fromkeys(endpoint for endpoint, *_ in KINDS.values()):
        kinds = [kind for kind, (each, *_) in KINDS.items() if each == endpoint]
        elements = []
        for kind in kinds:
            rows, values = make(kind)
            elements.append(lab.document(kind, rows, **values))
        for kind, outcome in zip(kinds, lab.put(endpoint, *elements), strict=True):
            reading.outcome(kind, outcome)
            if outcome.taken:
                yield kind, outcome.element


def negative_quantity(lab: Lab, reading: Reading) -> None:
    """Two pieces, and one taken off."""

    def make(kind: str) -> tuple[list[dict], dict]:
        return [lab.line(kind, Quantity=2), lab.line(kind, Quantity=-1)], {}

    for kind, element in _one_of_each(lab, reading, make):
        rows = element.get("LineItems") or [{}]
        reading.note(kind, f"taken, quantity {rows[-1].get('Quantity')}")


def description_only(lab: Lab, reading: Reading) -> None:
    """A line of nothing but words before an ordinary one, approved where it can be."""

    def make(kind: str) -> tuple[list[dict], dict]:
        status = {} if kind == "quote" else {"Status": "AUTHORISED"}
        return [{"Description": "Words only"}, lab.line(kind)], status

    for kind, element in _one_of_each(lab, reading, make):
        row = (element.get("LineItems") or [{}])[0]
        keys = sorted(row.keys() - {"ValidationErrors"})
        reading.note(kind, f"taken, line of {' '.join(keys)}")


def partial_line(lab: Lab, reading: Reading) -> None:
    """A line comes again with its id and its quantity only."""
    [made] = lab.put("Invoices", lab.sale())
    invoice = made.required("the invoice")
    row = {"LineItemID": invoice["LineItems"][0]["LineItemID"], "Quantity": 3}
    [again] = lab.post(
        "Invoices", {"InvoiceID": invoice["InvoiceID"], "LineItems": [row]}
    )
    reading.outcome("update", again)
    after = (lab.one("Invoices", invoice["InvoiceID"]).get("LineItems") or [{}])[0]
    for name, sent in lab.line("invoice", Quantity=3).items():
        reading.note(name, state_of(after, name, sent))
    same = after.get("LineItemID") == row["LineItemID"]
    reading.note("LineItemID", "kept" if same else "changed")


def decimals(lab: Lab, reading: Reading) -> None:
    """More decimals than are known to be kept."""
    tried = {
        "Quantity": ("1.23456",),
        "DiscountRate": ("12.345", "12.3456"),
    }
    sent = [(name, each) for name, values in tried.items() for each in values]
    sales = [lab.sale(lab.line("invoice", **{n: float(v)})) for n, v in sent]
    outcomes = lab.put("Invoices", *sales)
    for (name, value), outcome in zip(sent, outcomes, strict=True):
        title = f"{name} {value}"
        reading.outcome(title, outcome)
        if outcome.taken:
            row = outcome.element["LineItems"][0]
            reading.note(title, f"answered as {row.get(name)}")


def closed_accounts(lab: Lab, reading: Reading) -> None:
    """A line on each account that Xero fills itself."""
    system = lab.offer.system
    sales = [
        lab.sale(
            {**lab.line("invoice", AccountCode=code), "TaxType": None},
            Status="AUTHORISED",
        )
        for code in system.values()
    ]
    for name, outcome in zip(system, lab.put("Invoices", *sales), strict=True):
        reading.outcome(name, outcome)


EXPERIMENTS = (
    Experiment(
        "O1",
        "Is a line with a negative quantity refused, and on which documents?",
        negative_quantity,
        "safe both ways: no quantity below zero is sent, the sign is on the price",
        ("NEGATIVE_QUANTITY",),
    ),
    Experiment(
        "O9",
        "Does a line that comes with its id and half its fields keep the rest?",
        partial_line,
        "safe both ways: every line that is sent is sent whole",
        ("LINE_UPDATES_ARE_PARTIAL",),
    ),
    Experiment(
        "O14",
        "Are lines of words only taken on approved documents of each kind?",
        description_only,
        "follows: sections and notes of Odoo are such lines; refused, the document "
        "is held and the reason shown",
        ("DESCRIPTION_ONLY_AMOUNT",),
    ),
    Experiment(
        "O20",
        "How many decimals of quantities and discounts are kept?",
        decimals,
        "safe both ways: what Xero would round is put into the price before",
        ("QUANTITY_DECIMALS", "DISCOUNT_RATE_DECIMALS"),
    ),
    Experiment(
        "O21",
        "Which of the accounts that Xero fills itself may a line use?",
        closed_accounts,
        "follows: refused, the mapping is shown as the cause",
        ("CLOSED_SYSTEM_ACCOUNTS",),
    ),
)
