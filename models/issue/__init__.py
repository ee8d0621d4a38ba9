"""What keeps documents from going out: causes, cures, what Xero's refusals mean."""

from . import xero_issue

# isort: split
from . import (
    xero_binding_problems,
    xero_connection_issues,
    xero_document_difference,
    xero_issue_contact,
    xero_issue_cure,
    xero_issue_kinds,
    xero_issue_mapping,
    xero_refusal_words,
)
