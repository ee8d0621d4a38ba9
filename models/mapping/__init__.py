"""What stands for what: Xero's accounts, rates, tracking, themes and currencies."""

from . import xero_choice, xero_mapping_mixin

# isort: split
from . import (
    xero_account,
    xero_branding_theme,
    xero_connection_mapping,
    xero_connection_proposals,
    xero_currency,
    xero_override_mixin,
    xero_tax_rate,
    xero_tax_set,
    xero_tracking,
)
