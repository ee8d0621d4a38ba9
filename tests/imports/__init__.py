"""Imports of contacts and items from Xero."""

from . import (
    test_import_access,
    test_import_background,
    test_import_broken,
    test_import_contacts,
    test_import_items,
)
