"""What Xero holds now: readings of what changed there."""

from . import xero_doorbell

# isort: split
from . import (
    xero_connection_holdings,
    xero_connection_webhook,
    xero_document_contact,
    xero_document_history,
    xero_document_holdings,
    xero_document_mixin_payment,
    xero_document_payment,
    xero_document_reading,
    xero_document_seen,
)
