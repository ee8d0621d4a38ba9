"""Quantities below zero, which Xero refuses, on every kind of document."""

from odoo.tests import tagged

from .money_cases import MoneyCase
from .money_strategies import (
    MOVE_TYPES,
    ORDER_KINDS,
    TAX_NAMES,
    TRACKED,
    DocumentCase,
    LineCase,
)

KINDS = (*ORDER_KINDS, *MOVE_TYPES)
# With every tax and every distribution there is
RETURNED = (
    *(LineCase("-1", "9.99", "33.333", tax) for tax in TAX_NAMES),
    *(LineCase("-0.333333", "9.99", "0", "pair", False, name) for name in TRACKED),
    *(LineCase("-2", "9.99", "12.5", "ten_included", True, name) for name in TRACKED),
)


@tagged("post_install", "-at_install")
class TestMoneyReturned(MoneyCase):
    def test_what_comes_back_has_odoos_total_and_tax_on_every_kind(self):
        self.company.tax_calculation_rounding_method = "round_globally"
        cases = [
            DocumentCase(kind, (LineCase("7", "12.34", "0", line.tax), line))
            for kind in KINDS
            for line in RETURNED
        ]
        self.check_all(cases)
        self.assertEqual(self.tally["below zero"], len(cases))
