"""Taxes, totals and rates."""

from decimal import Decimal

from ..lab import KINDS, Lab
from ..reading import NotTried, Reading
from .experiment import Experiment

CENT = Decimal("0.01")


def tax_override(lab: Lab, reading: Reading) -> None:
    """A tax amount one cent off Xero's own, and one twice as high."""
    for kind in ("quote", "order", "invoice"):
        own = lab.tax_on(kind, 10)
        tried = {"one cent more": own + CENT, "twice": own * 2}
        elements = [
            lab.document(kind, [lab.line(kind, TaxAmount=float(tax))])
            for tax in tried.values()
        ]
        outcomes = lab.put(KINDS[kind][0], *elements)
        for (title, tax), outcome in zip(tried.items(), outcomes, strict=True):
            name = f"{kind}, {title}"
            reading.outcome(name, outcome)
            if outcome.taken:
                answered = _amount(outcome.element, "TotalTax")
                known = {own: "Xero's own figure", tax: "kept"}
                reading.note(name, known.get(answered, "another figure"))


def foreign_rate(lab: Lab, reading: Reading) -> None:
    """A rate three times the day's."""
    currency = lab.offer.foreign
    if not currency:
        raise NotTried("the organisation has one currency only")
    [usual] = lab.put("Invoices", lab.sale(CurrencyCode=currency))
    rate = usual.required("the invoice in another currency")["CurrencyRate"]
    far = round(float(rate) * 3, 6)
    [odd] = lab.put("Invoices", lab.sale(CurrencyCode=currency, CurrencyRate=far))
    reading.outcome("invoice", odd)
    warnings = odd.element.get("Warnings") or []
    reading.note("warnings", len(warnings))
    text = "; ".join(each.get("Message", "") for each in warnings)
    for figure in (far, rate):
        text = text.replace(str(figure), "<rate>")
    reading.say("warnings", text.replace(currency, "<currency>"))


def negative_total(lab: Lab, reading: Reading) -> None:
    """An approved invoice of less than nothing."""
    line = lab.line("invoice", UnitAmount=-10)
    [outcome] = lab.put("Invoices", lab.sale(line, Status="AUTHORISED"))
    reading.outcome("invoice", outcome)


def rounding_amount(lab: Lab, reading: Reading) -> None:
    """Totals that are a cent more than the lines."""
    tax = lab.tax_on("invoice", 10)
    totals = {
        "SubTotal": 10,
        "TotalTax": float(tax),
        "Total": float(10 + tax + CENT),
        "RoundingAmount": float(CENT),
    }
    [outcome] = lab.put("Invoices", lab.sale(Status="AUTHORISED", **totals))
    reading.outcome("invoice", outcome)
    if outcome.taken:
        known = {10 + tax: "without the cent", 10 + tax + CENT: "with the cent"}
        total = _amount(outcome.element, "Total")
        reading.note("Total", known.get(total, "another figure"))


def zero_total(lab: Lab, reading: Reading) -> None:
    """An approved invoice of nothing, which is then voided."""
    line = lab.line("invoice", UnitAmount=0)
    [made] = lab.put("Invoices", lab.sale(line, Status="AUTHORISED"))
    reading.outcome("invoice", made)
    invoice = made.required("the invoice of 0.00")
    reading.note("Status", invoice.get("Status"))
    reading.note("AmountDue", invoice.get("AmountDue"))
    void = {"InvoiceID": invoice["InvoiceID"], "Status": "VOIDED"}
    [voided] = lab.post("Invoices", void)
    reading.outcome("void", voided)


def _amount(element: dict, name: str) -> Decimal:
    return Decimal(str(element.get(name) or 0)).quantize(CENT)


EXPERIMENTS = (
    Experiment(
        "O12",
        "What becomes of an approved invoice of 0.00, and can it be voided?",
        zero_total,
        "safe both ways: PAID counts as approved, and of a paid one that is to go "
        "the person is told",
        ("ZERO_TOTAL_IS_PAID",),
    ),
    Experiment(
        "O13",
        "Where is a tax amount kept that differs from Xero's own?",
        tax_override,
        "safe both ways: totals are compared with Odoo's after each write, and a "
        "difference is shown",
        ("TAX_OVERRIDE_KINDS",),
    ),
    Experiment(
        "O22",
        "Which warning names a currency rate that is far off?",
        foreign_rate,
        "safe both ways: any warning is shown in Xero's words, the document counts "
        "as sent",
        ("RATE_WARNING_FACTOR", "RATE_WARNING"),
    ),
    Experiment(
        "O27",
        "How is an invoice with a negative total refused?",
        negative_total,
        "safe both ways: Odoo posts no invoice with a negative total",
        ("NEGATIVE_TOTAL",),
    ),
    Experiment(
        "O28",
        "Is the organisation opted in to RoundingAmount?",
        rounding_amount,
        "safe both ways: RoundingAmount is not used, a cent's difference is a line",
    ),
)
