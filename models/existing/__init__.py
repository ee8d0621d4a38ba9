"""The first day: documents of before the connection, and what becomes of them."""

from . import (
    xero_existing,
    xero_existing_candidate,
    xero_existing_line,
    xero_existing_problem,
    xero_existing_sum,
)

# isort: split
from . import (
    xero_document_by_hand,
    xero_existing_effort,
    xero_existing_link,
    xero_existing_match,
    xero_existing_preview,
    xero_existing_read,
    xero_existing_report,
    xero_existing_run,
)
