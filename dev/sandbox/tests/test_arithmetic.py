"""The money functions by themselves."""

from decimal import Decimal

import pytest

from ..arithmetic import decimal_of, line_tax, line_total, rounded


@pytest.mark.parametrize(
    ("value", "result"),
    [
        ("0.005", "0.01"),
        ("-0.005", "-0.01"),
        ("0.0049", "0.00"),
        ("2.675", "2.68"),
        ("1.015", "1.02"),
    ],
)
def test_half_is_rounded_away_from_zero(value, result):
    assert rounded(Decimal(value)) == Decimal(result)


def test_line_total_is_rounded_once_after_the_discount():
    # 3 × 0.335 = 1.005; less 50 % = 0.5025. Rounding 1.005 first would give 0.51.
    assert line_total(Decimal(3), Decimal("0.335"), Decimal(50)) == Decimal("0.50")


def test_tax_inside_an_amount():
    tax = line_tax(Decimal("110"), Decimal("10"), inclusive=True)
    assert tax == Decimal("10.00")


@pytest.mark.parametrize("value", ["abc", None, True, "NaN", "Infinity", [], {}])
def test_what_is_no_number_is_none(value):
    assert decimal_of(value) is None
