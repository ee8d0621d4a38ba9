"""What Xero holds now: readings, and what was changed there."""

from . import (
    test_changed,
    test_merged_contact,
    test_payment,
    test_reading,
    test_reading_cost,
    test_seen,
    test_webhook,
)
