"""The client alone: its calls, answers and errors."""

from . import (
    test_xero_api_answers,
    test_xero_api_changes,
    test_xero_api_client,
    test_xero_api_details,
    test_xero_api_documents,
    test_xero_api_hostile,
    test_xero_api_links,
    test_xero_api_lists,
    test_xero_api_oauth,
    test_xero_api_options,
    test_xero_api_pairing,
    test_xero_api_refusals,
    test_xero_api_restored,
    test_xero_api_sdk_traps,
    test_xero_api_sending,
    test_xero_api_sign_in,
    test_xero_api_transitions,
    test_xero_api_ways,
    test_xero_api_webhooks,
)
