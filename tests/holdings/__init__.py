"""What Xero holds now: readings, what was changed there, and books compared."""

from . import (
    test_changed,
    test_comparison,
    test_comparison_access,
    test_comparison_background,
    test_comparison_kinds,
    test_comparison_link,
    test_comparison_monthly,
    test_installed_again,
    test_merged_contact,
    test_payment,
    test_reading,
    test_reading_cost,
    test_restored,
    test_seen,
    test_silent,
    test_webhook,
)
