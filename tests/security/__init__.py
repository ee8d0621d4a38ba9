"""Rights, secrets, and those who mean harm."""

from . import (
    test_security,
    test_security_contacts,
    test_security_decisions,
    test_security_documents,
    test_security_fields,
    test_security_hostile,
    test_security_markup,
    test_security_methods,
    test_security_oauth,
    test_security_secrets,
    test_security_table,
    test_security_webhook,
)
