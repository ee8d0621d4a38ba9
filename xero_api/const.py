"""Xero's addresses, scopes and limits, each with the page it comes from.

Pages live under https://developer.xero.com/documentation unless a full address is
given.
"""

from types import MappingProxyType

# Base addresses; the local Xero of the tests replaces them.
# Page: guides/oauth2/auth-flow
API_URL = "https://api.xero.com"
IDENTITY_URL = "https://identity.xero.com"
LOGIN_URL = "https://login.xero.com"
WEB_URL = "https://go.xero.com"

ACCOUNTING_PATH = "/api.xro/2.0"
CONNECTIONS_PATH = "/connections"
AUTHORIZE_PATH = "/identity/connect/authorize"
TOKEN_PATH = "/connect/token"
REVOKE_PATH = "/connect/revocation"

# Granular scopes: apps made since 2 March 2026 get no others.
# Page: https://developer.xero.com/faq/granular-scopes
# A custom connection (client credentials) has no refresh token to ask for.
SCOPES_CLIENT_CREDENTIALS = (
    "accounting.attachments",
    "accounting.contacts",
    "accounting.invoices",
    "accounting.settings.read",
)
SCOPES = ("offline_access", *SCOPES_CLIENT_CREDENTIALS)

# What a write may name, the key of its id and of its number in a body and an answer.
# Page: api/accounting/overview
ID_KEYS = MappingProxyType(
    {
        "Contacts": "ContactID",
        "Items": "ItemID",
        "Invoices": "InvoiceID",
        "CreditNotes": "CreditNoteID",
        "PurchaseOrders": "PurchaseOrderID",
        "Quotes": "QuoteID",
        "Allocations": "AllocationID",  # of credit notes, by PUT and DELETE only
    }
)
NUMBER_KEYS = MappingProxyType(
    {
        "Invoices": "InvoiceNumber",
        "CreditNotes": "CreditNoteNumber",
        "PurchaseOrders": "PurchaseOrderNumber",
        "Quotes": "QuoteNumber",
    }
)
# The key we choose ourselves, unique in the organisation.
OWN_KEYS = MappingProxyType({"Contacts": "ContactNumber", "Items": "Code"})

# What ends a document; nothing brings it back.
GONE_STATUSES = ("DELETED", "VOIDED")

ZERO_GUID = "00000000-0000-0000-0000-000000000000"

# Page: best-practices/api-call-efficiencies/rate-limits (batches of about 50, 3.5 MB)
BATCH_SIZE = 50
MAX_BODY_BYTES = 3_500_000
# Page: best-practices/api-call-efficiencies/rate-limits, and for the calls a day of
# the Starter tier and of the others https://developer.xero.com/pricing
MINUTE_SECONDS = 60
DAY_SECONDS = 24 * 3600
DAY_LIMITS = (1_000, 5_000)
# Page: api/accounting/overview#pagination
PAGE_SIZE = 1000
# Quotes know no pageSize in the official description: a page is always 100.
QUOTES_PAGE_SIZE = 100

# Page: guides/idempotent-requests/idempotency. Xero forgets a key after six minutes
# and would then process the same body again, so we trust it for five only.
IDEMPOTENCY_KEY_MAX = 128
IDEMPOTENCY_KEY_SECONDS = 6 * 60
IDEMPOTENCY_SAFE_SECONDS = 5 * 60

# Page: guides/oauth2/token-types
ACCESS_TOKEN_SECONDS = 30 * 60
MAX_TOKEN_SECONDS = 24 * 3600  # ours: no token is believed to live longer

# Ours, so that no answer can hurt the worker that reads it. A page of 1,000 invoices
# of 20 lines was measured at 3.4 MB.
MAX_ANSWER_BYTES = 32 * 1024 * 1024
MAX_ANSWER_VALUES = 3_000_000
# Odoo ends a worker after 120 seconds unless told otherwise
MAX_ANSWER_SECONDS = 90
TIMEOUT = (10, 60)  # seconds to connect, seconds without a byte
TOKEN_TIMEOUT = 30
MAX_RETRY_AFTER = 24 * 3600  # a day limit ends within a day
MAX_MESSAGE = 500
MAX_CODE = 100  # of tax rates and currencies; Xero's own are shorter

# Page: guides/how-to-guides/deep-link-xero, and the forms Xero's own MCP server and
# command line use in 2026. The short code starts with "!". Items have no link.
DEEP_LINKS = MappingProxyType(
    {
        "Contacts": "{web}/app/{code}/contacts/contact/{id}",
        "Quotes": "{web}/app/{code}/quotes/view/{id}",
        "Invoices": "{web}/app/{code}/invoicing/view/{id}",
        "Bills": "{web}/organisationlogin/default.aspx?shortcode={code}"
        "&redirecturl=/AccountsPayable/Edit.aspx?InvoiceID={id}",
        "CreditNotes": "{web}/organisationlogin/default.aspx?shortcode={code}"
        "&redirecturl=/AccountsPayable/ViewCreditNote.aspx?creditNoteID={id}",
        "PurchaseOrders": "{web}/organisationlogin/default.aspx?shortcode={code}"
        "&redirecturl=/Accounts/Payable/PurchaseOrders/View/{id}/",
    }
)
