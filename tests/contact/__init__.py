"""Contacts: what goes out, matching, linking, making."""

from . import (
    test_bad_contact,
    test_contact_accounting,
    test_contact_changes,
    test_contact_creation,
    test_contact_link_wizard,
    test_contact_mapping,
    test_contact_parts,
    test_contacts_and_items,
    test_matching_flow,
    test_matching_partners,
    test_matching_rules,
    test_partner_mapping,
    test_partner_values,
    test_review_contacts,
)
