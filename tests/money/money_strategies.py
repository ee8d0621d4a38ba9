"""Random documents for the tests of amounts."""

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import strategies as st

ORDER_KINDS = ("quotation", "sale_order", "purchase_order")
MOVE_TYPES = ("out_invoice", "out_refund", "in_invoice", "in_refund", "in_receipt")
# Analytic distributions: per cent by letters of analytic accounts; A and B are of one
# plan that Xero tracks, C of the other
TRACKED = {
    "": {},
    "one": {"A": 100.0},
    "two": {"A": 70.0, "B": 30.0},
    "both": {"AC": 33.33, "B": 66.67},
    "crossed": {"A": 50.0, "B": 33.33, "C": 80.0},
}
# Discounts for early payment that lower the tax at once
EARLY_PAYMENTS = ("", "", "", "2", "3.33")
# What refuses a document that Xero could not hold with Odoo's total
FAIR_REFUSALS = ("amounts", "decimals", "negative_total", "too_large")


@dataclass(frozen=True)
class LineCase:
    """One line; numbers are decimal texts, so that a failure can be read.

    :ivar tracked: name of an analytic distribution, one of ``TRACKED``
    :ivar deductible: per cent that is not private, of bills
    """

    quantity: str
    price: str
    discount: str = "0"
    tax: str = "ten"
    dozens: bool = False
    tracked: str = ""
    deductible: str = "100"


@dataclass(frozen=True)
class DocumentCase:
    """One document.

    :ivar kind: one of ``ORDER_KINDS`` or ``MOVE_TYPES``
    :ivar cash_rounding: Odoo's strategy, for invoices and bills
    :ivar typed_tax: what a person adds to the tax of a bill
    :ivar early_payment: per cent by which sales are less taxed, see ``EARLY_PAYMENTS``
    """

    kind: str
    lines: tuple[LineCase, ...]
    currency: str = "AUD"
    cash_rounding: str = ""
    typed_tax: str = "0"
    early_payment: str = ""


def decimals(low, high, places):
    """Texts of decimals between two whole numbers."""
    scale = 10**places
    return st.integers(low * scale, high * scale).map(
        lambda number: f"{Decimal(number).scaleb(-places):f}"
    )


TAX_NAMES = (
    *("none", "ten", "ten_included", "third", "third_included", "zero"),
    *("fixed", "group", "reverse", "pair", "pair_included", "pair_mixed"),
)
TAXES = st.sampled_from(["ten", *TAX_NAMES])
DISTRIBUTIONS = st.sampled_from(["", "", "", *TRACKED])
DEDUCTIBLE = st.sampled_from(["100", "100", "100", "50", "33.33", "0"])
PLAIN_LINES = st.builds(
    LineCase,
    quantity=st.sampled_from(["1", "2", "3", "7", "12", "2.5"]),
    price=decimals(1, 500, 2),
    discount=st.sampled_from(["0", "0", "0", "12.5"]),
    tax=TAXES,
    tracked=DISTRIBUTIONS,
    deductible=DEDUCTIBLE,
)
# What is taken off or comes back: down payments, returns, corrections
RETURNED_LINES = st.builds(
    LineCase,
    quantity=st.sampled_from(["-1", "-1", "-2", "-0.5", "-0.333333"]),
    price=st.one_of(decimals(1, 100, 2), decimals(0, 20, 6), decimals(-20, 0, 2)),
    discount=st.sampled_from(["0", "0", "12.5", "33.333", "100"]),
    tax=TAXES,
    dozens=st.booleans(),
    tracked=DISTRIBUTIONS,
    deductible=DEDUCTIBLE,
)
ODD_LINES = st.builds(
    LineCase,
    quantity=st.one_of(
        st.sampled_from(["1", "0", "-1", "0.000001", "0.333333", "1000000"]),
        decimals(-5, 50, 2),
        decimals(0, 10, 6),
    ),
    price=st.one_of(
        decimals(0, 500, 2),
        decimals(-50, 50, 4),
        decimals(0, 20, 6),
        st.sampled_from(["0.00004", "0.005", "99999.99", "1000000"]),
    ),
    discount=st.one_of(
        st.just("0"),
        st.sampled_from(["33.333", "100", "-10", "66.666667"]),
        decimals(0, 100, 6),
    ),
    tax=TAXES,
    dozens=st.booleans(),
    tracked=DISTRIBUTIONS,
    deductible=DEDUCTIBLE,
)
# Up to a billion on a document of five
LARGE_LINES = st.builds(
    LineCase,
    quantity=st.sampled_from(["1", "2", "11", "0.5", "2.25", "-1"]),
    price=st.one_of(decimals(10_000, 1_000_000, 2), decimals(0, 15_000_000, 4)),
    discount=st.sampled_from(["0", "0", "0", "12.5", "33.333"]),
    tax=TAXES,
    tracked=DISTRIBUTIONS,
    deductible=DEDUCTIBLE,
)
ROUNDINGS = st.sampled_from(["round_per_line", "round_globally"])
CURRENCIES = st.sampled_from(["AUD", "AUD", "AUD", "USD", "JPY", "KWD"])


ANY_LINES = st.one_of(PLAIN_LINES, PLAIN_LINES, RETURNED_LINES, ODD_LINES)


def documents(kinds, lines=ANY_LINES):
    """Random documents of some kinds."""
    return st.builds(
        DocumentCase,
        kind=st.sampled_from(kinds),
        lines=st.lists(lines, min_size=1, max_size=5).map(tuple),
        currency=CURRENCIES,
        cash_rounding=st.sampled_from(["", "", "add_invoice_line", "biggest_tax"]),
        typed_tax=st.sampled_from(["0", "0", "0", "0.01", "-0.02", "1.00"]),
        early_payment=st.sampled_from(EARLY_PAYMENTS),
    )
