"""Contacts and items from Xero: read, compared, reviewed, imported."""

from . import xero_import, xero_import_line

# isort: split
from . import (
    xero_import_execute,
    xero_import_kinds,
    xero_import_propose,
    xero_import_report,
    xero_import_run,
)
