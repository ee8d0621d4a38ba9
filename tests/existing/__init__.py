"""The first day: documents of before the connection, linked or sent."""

from . import (
    test_existing_access,
    test_existing_later,
    test_existing_match,
    test_existing_preview,
    test_existing_run,
)
