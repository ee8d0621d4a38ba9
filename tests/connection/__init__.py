"""The connection: connecting, losing it, its limits, what is removed after a time."""

from . import (
    test_budget,
    test_calls,
    test_connection,
    test_connection_guard,
    test_connection_lost,
    test_connection_organisation,
    test_housekeeping,
    test_kept_caches,
    test_limits_and_tokens,
    test_manual,
    test_moved,
    test_nothing_grows,
    test_pause,
    test_sealing,
    test_ways,
)
