"""Sending exactly once: batches, lost answers, broken rows, few queries."""

from . import (
    test_batches,
    test_broken_rows,
    test_changes,
    test_drain_queries,
    test_hooks,
    test_lost_answers,
    test_lost_answers_misled,
    test_missing_scope,
    test_not_ours,
    test_quiet,
    test_silent_errors,
)
