"""Amounts: golden bodies, random documents, and their way to Xero."""

from . import (
    test_money_currency_change,
    test_money_flow,
    test_money_golden_countries,
    test_money_golden_purchases,
    test_money_golden_rounding,
    test_money_golden_sales,
    test_money_large,
    test_money_old_sums,
    test_money_properties,
    test_money_returned,
)
