from . import xero_document_question

# isort: split
from . import (
    base_partner_merge,
    xero_comparison_link,
    xero_contact_link,
    xero_document_link,
    xero_document_preview,
    xero_document_replace,
    xero_document_send,
    xero_document_skip,
    xero_organisation_choose,
)
