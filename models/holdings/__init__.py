"""What Xero holds now: readings of what changed there, and books compared."""

from . import xero_period_mixin

# isort: split
from . import xero_comparison, xero_doorbell, xero_found

# isort: split
from . import (
    xero_comparison_line,
    xero_comparison_notes,
    xero_comparison_odoo,
    xero_comparison_report,
    xero_comparison_sum,
    xero_comparison_xero,
    xero_connection_holdings,
    xero_connection_webhook,
    xero_document_contact,
    xero_document_history,
    xero_document_holdings,
    xero_document_mixin_payment,
    xero_document_payment,
    xero_document_reading,
    xero_document_seen,
    xero_period_odoo,
)

# isort: split
from . import xero_comparison_run  # of all that is due, it is done last

# isort: split
from . import (
    xero_comparison_monthly,
    xero_connection_restored,
    xero_connection_uninstalled,
    xero_document_restored,
)
