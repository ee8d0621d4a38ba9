"""Whatever Odoo can hold has the same total, tax and currency in Xero, or is refused.

Odoo's own figures on one side, the local Xero's arithmetic over HTTP on the other.
``XERO_SYNC_MONEY_SEED`` in the environment looks at other documents than every day,
``XERO_SYNC_MONEY_TIMES`` at so many times as many. What fails is named with its seed.
"""

import logging
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.tests import tagged

from ... import mappers
from .money_batches import BATCH, SEED, TIMES, batches
from .money_cases import MoneyCase
from .money_strategies import MOVE_TYPES, ORDER_KINDS, ROUNDINGS, documents

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install", "xero_many")
class TestMoneyProperties(MoneyCase):
    """Thousands of random documents, some of every kind in each request."""

    def tearDown(self):
        _logger.info("seed %s: %s", SEED, dict(self.tally))
        super().tearDown()

    def check_batch(self, rounding, cases):
        self.company.tax_calculation_rounding_method = rounding
        with self.forgotten():
            self.check_all(cases)

    @batches(50 * TIMES)
    @given(ROUNDINGS, st.lists(documents(ORDER_KINDS), min_size=BATCH, max_size=BATCH))
    def test_orders_have_the_same_totals(self, rounding, cases):
        self.check_batch(rounding, cases)

    @batches(30 * TIMES)
    @given(ROUNDINGS, st.lists(documents(MOVE_TYPES), min_size=BATCH, max_size=BATCH))
    def test_invoices_bills_and_credit_notes_have_the_same_totals(
        self, rounding, cases
    ):
        self.check_batch(rounding, cases)

    @batches(5 * TIMES)
    @given(
        ROUNDINGS,
        st.lists(documents(("sale_order",)), min_size=BATCH, max_size=BATCH),
        st.sampled_from(["0.5", "0.333333", "0.9"]),
    )
    def test_what_is_left_of_an_order_has_the_total_of_an_order_of_that(
        self, rounding, cases, part
    ):
        self.company.tax_calculation_rounding_method = rounding
        # Odoo rounds the discount for early payment of each invoice, not of an order
        cases = [replace(case, early_payment="") for case in cases]
        with self.forgotten():
            pairs = self.made(cases)
            rests = self.made([self.rest_of(case, part) for case, _order in pairs])
            built = []
            for (_case, order), (rest_case, rest) in zip(pairs, rests, strict=True):
                document = self.build_rest(order, rest_case, rest)
                if document:
                    built.append((rest_case, rest, "sale_order", document))
            self.put_and_check(built)

    def rest_of(self, case, part):
        """The case of an order of what is left of another."""
        lines = [
            replace(line, quantity=f"{left(line.quantity, part):f}")
            for line in case.lines
        ]
        return replace(case, lines=tuple(lines))

    def build_rest(self, order, rest_case, rest):
        """Xero's document of a part of an order, None where it is refused."""
        quantities = {
            line: other.product_uom_qty
            for line, other in zip(order.order_line, rest.order_line, strict=True)
        }
        self.tally["cases"] += 1
        try:
            return self.build(order, "sale_order", rest.amount_total, quantities)
        except mappers.MappingError as error:
            self.check_refusal(rest_case, rest, error)
            return None


def left(quantity, part):
    """A part of a quantity with six decimals, as a decimal."""
    return (Decimal(quantity) * Decimal(part)).quantize(Decimal("0.000001"))
