"""Taxes, accounts, tracking and themes: what stands for what."""

from . import (
    test_branding_theme,
    test_mapping_accounts,
    test_mapping_overrides,
    test_mapping_rights,
    test_mapping_screen,
    test_mapping_sets,
    test_mapping_taxes,
    test_tracking,
)
