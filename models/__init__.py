# Odoo defines models in the order of these imports: what others inherit comes first.
from . import (
    xero_mapping_mixin,
    xero_mirror,
    xero_override_mixin,
    xero_retention_mixin,
)

# isort: split
from . import (
    xero_binding,
    xero_binding_problems,
    xero_choice,
    xero_document_mixin,
    xero_link_mixin,
    xero_matching,
)

# isort: split
from . import (
    xero_connection,
    xero_connection_budget,
    xero_connection_choices,
    xero_connection_contacts,
    xero_connection_guard,
    xero_connection_mapping,
    xero_connection_oauth,
    xero_connection_organisation,
    xero_connection_proposals,
    xero_connection_rhythm,
    xero_connection_settings,
    xero_outbox,
    xero_outbox_batch,
    xero_outbox_call,
    xero_recovery,
    xero_token,
)

# isort: split
from . import xero_document, xero_document_waiting, xero_import, xero_import_line

# isort: split
from . import (
    account_account,
    account_analytic_account,
    account_move,
    account_move_line,
    account_tax,
    product_category,
    product_product,
    product_template,
    product_template_account,
    purchase_order,
    purchase_order_line,
    res_company,
    res_config_settings,
    res_partner,
    res_partner_matching,
    sale_order,
    sale_order_line,
    sale_order_remaining,
    xero_account,
    xero_allocation,
    xero_branding_theme,
    xero_contact,
    xero_contact_links,
    xero_contact_matching,
    xero_currency,
    xero_document_changed,
    xero_document_form,
    xero_document_intake,
    xero_document_pdf,
    xero_document_send,
    xero_document_turns,
    xero_document_words,
    xero_housekeeping,
    xero_import_execute,
    xero_import_propose,
    xero_import_report,
    xero_import_run,
    xero_issue,
    xero_issue_contact,
    xero_issue_cure,
    xero_issue_kinds,
    xero_issue_mapping,
    xero_item,
    xero_item_matching,
    xero_request,
    xero_tax_rate,
    xero_tax_set,
    xero_tracking,
)

# isort: split
from . import xero_connection_issues, xero_document_period
