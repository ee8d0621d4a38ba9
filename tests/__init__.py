from . import (
    test_connection,
    test_outbox,
    test_security,
    test_contacts_and_items,
    test_sale_order_flow,
    test_xero_api_answers,
    test_xero_api_oauth,
    test_xero_api_refusals,
    test_xero_api_sdk_traps,
)
