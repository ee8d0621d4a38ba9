from . import (
    test_connection,
    test_contacts_and_items,
    test_outbox,
    test_regressions,
    test_sale_order_flow,
    test_security,
    test_xero_api_answers,
    test_xero_api_client,
    test_xero_api_oauth,
    test_xero_api_refusals,
    test_xero_api_sdk_traps,
)
