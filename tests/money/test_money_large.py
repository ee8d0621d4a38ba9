"""Amounts at which a float's sums are not exact to a cent of a cent any more."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ... import mappers
from .money_batches import BATCH, TIMES, batches
from .money_cases import MoneyCase
from .money_golden import GoldenCase
from .money_strategies import (
    LARGE_LINES,
    MOVE_TYPES,
    ORDER_KINDS,
    ROUNDINGS,
    DocumentCase,
    LineCase,
    documents,
)
from .money_wire import with_too_many_decimals

KINDS = (*ORDER_KINDS, *MOVE_TYPES)
LINES = (LineCase("2", "679032.63"), LineCase("11", "826091.65"))


@tagged("post_install", "-at_install", "xero_many")
class TestMoneyLarge(MoneyCase):
    def test_a_large_document_of_every_kind_arrives(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        self.check_all([DocumentCase(kind, LINES) for kind in KINDS])
        self.assertEqual(self.tally["sent"], len(KINDS), self.tally)

    @batches(8 * TIMES)
    @given(
        ROUNDINGS,
        st.lists(documents(KINDS, LARGE_LINES), min_size=BATCH, max_size=BATCH),
    )
    def test_documents_of_up_to_a_billion_have_the_same_totals(self, rounding, cases):
        self.company.tax_calculation_rounding_method = rounding
        with self.forgotten():
            self.check_all(cases)


@tagged("post_install", "-at_install")
class TestMoneyDecimals(GoldenCase):
    def test_what_is_set_off_has_two_decimals(self):
        allocation = mappers.allocation(574247.1799999999, "id", date(2026, 3, 2))
        self.assertEqual(str(allocation.amount), "574247.18")

    def test_a_number_with_a_decimal_too_many_is_seen(self):
        body = '{"Invoices": [{"LineItems": [{"TaxAmount": 1.005, "Quantity": 0.5}]}]}'
        self.assertEqual(with_too_many_decimals(body), [("TaxAmount", "1.005")])
