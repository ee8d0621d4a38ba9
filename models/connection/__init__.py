"""The connection to an organisation: its token, settings, rhythm and budget."""

from . import xero_mirror, xero_retention_mixin

# isort: split
from . import xero_task_mixin

# isort: split
from . import xero_connection

# isort: split
from . import (
    xero_connection_budget,
    xero_connection_choices,
    xero_connection_contacts,
    xero_connection_guard,
    xero_connection_oauth,
    xero_connection_organisation,
    xero_connection_place,
    xero_connection_rhythm,
    xero_connection_settings,
    xero_connection_themes,
    xero_connection_way,
    xero_housekeeping,
    xero_token,
)

# isort: split
# What adds to the budget comes after it
from . import xero_call
