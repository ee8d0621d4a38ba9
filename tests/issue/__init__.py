"""Issues: screens, rights, telling, words of refusals."""

from . import (
    test_issue_buttons,
    test_issue_count,
    test_issue_digest,
    test_issue_locked_period,
    test_issue_rights,
    test_issue_screen,
    test_languages,
    test_one_issue,
    test_refusal_messages,
)
