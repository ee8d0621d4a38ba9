"""Quotes, invoices, bills, credit notes, purchase orders, and what becomes of them."""

# What documents wait for comes before what adds to it (``_before_send``)
from . import xero_document, xero_document_mixin, xero_document_waiting

# isort: split
from . import (
    xero_allocation,
    xero_allocation_left,
    xero_allocation_matches,
    xero_document_changed,
    xero_document_conflict,
    xero_document_contact,
    xero_document_decisions,
    xero_document_form,
    xero_document_head,
    xero_document_hooks,
    xero_document_housekeeping,
    xero_document_intake,
    xero_document_left,
    xero_document_mixin_nothing,
    xero_document_mixin_preview,
    xero_document_mixin_shown,
    xero_document_mixin_start,
    xero_document_never_sent,
    xero_document_online,
    xero_document_pdf,
    xero_document_preview,
    xero_document_preview_words,
    xero_document_quiet,
    xero_document_send,
    xero_document_sides,
    xero_document_turns,
    xero_document_words,
    xero_request_documents,
)

# isort: split
from . import (
    xero_document_computed,
    xero_document_doubt,
    xero_document_number,
    xero_document_pdf_denied,
    xero_document_period,
    xero_document_print,
    xero_document_quote,
    xero_document_start,
)
