"""Everything the sandbox does that no source proves, in one place.

Xero's behaviour here is marked [U] (could not be verified) or has only indirect
evidence. Where two readings are possible the sandbox takes the one that is harder
for an integration, unless a line says otherwise. ``dev/verify`` asks a Demo Company;
what is proven then moves out of this module.
"""

from decimal import Decimal

# --- Numbers and identity ---------------------------------------------------------

# [U] May the number of a DELETED or VOIDED invoice, credit note or quote be used
# again? Taken as no.
DEAD_DOCUMENTS_FREE_THEIR_NUMBER = False

# [U] A PUT that carries the id of an existing object. Taken as refused.
ID_IN_PUT = "The element cannot be created with an existing identifier"

# [U] An element whose id Xero does not know: 404 for the whole request, nothing of
# it is processed (reported by one community project).
UNKNOWN_ID_FAILS_WHOLE_REQUEST = True

# [U] POST of a quote without id whose QuoteNumber exists: updates it, as with
# invoices. A PUT with a taken number is refused with this text.
QUOTE_NUMBER_TAKEN = "Quote number must be unique"

# --- Lines and amounts ------------------------------------------------------------

# [U] Decimals that are kept; what is sent beyond them is rounded half up, silently.
QUANTITY_DECIMALS = 4
DISCOUNT_RATE_DECIMALS = 2

# [U] A quantity below zero is refused; a unit amount below zero is taken (recorded).
# WorkGuru's help quotes the message, with four decimals, for invoices and purchase
# orders; taken for all documents. None takes such quantities.
NEGATIVE_QUANTITY: str | None = (
    "The quantity value '{quantity}' is invalid. Quantity must not be less than zero."
)

# [U] A line with a price and no quantity, or a quantity and no price.
DEFAULT_QUANTITY = Decimal(1)

# [U] What a NoTax document's lines carry.
NO_TAX_TYPE = "NONE"

# [U] How far TaxAmount may be from Xero's own figure. Taken as: any amount, on
# invoices and credit notes; ignored on quotes and purchase orders.
TAX_OVERRIDE_KINDS = frozenset({"Invoices", "CreditNotes"})

# [U] A line sent with its LineItemID replaces the whole line; what is left out is
# cleared, not kept.
LINE_UPDATES_ARE_PARTIAL = False

# [U] An amount on a description-only line is answered as 0.
DESCRIPTION_ONLY_AMOUNT = Decimal("0.00")

# [U] The rate of a foreign document may differ this much from the day rate before
# Xero adds its warning (warnings exist since 7 April 2026; the threshold is a guess).
RATE_WARNING_FACTOR = Decimal("1.5")
RATE_WARNING = "The currency rate {rate} differs from the current day rate {day_rate}"

# [U] Which accounts a line may not use, besides BANK ones (xero-api.md §3.7 only says
# to avoid accounts with a SystemAccount). ROUNDING is meant for documents.
CLOSED_SYSTEM_ACCOUNTS = frozenset(
    {
        "BANKCURRENCYGAIN",
        "CREDITORS",
        "DEBTORS",
        "GST",
        "REALISEDCURRENCYGAIN",
        "RETAINEDEARNINGS",
        "UNREALISEDCURRENCYGAIN",
    }
)

# --- Statuses ---------------------------------------------------------------------

# [U] Does SUBMITTED need a DueDate, as AUTHORISED does? Taken as yes.
SUBMITTED_NEEDS_DUE_DATE = True

# [U] Purchase orders: only the steps forward and deletion are sure to work.
PURCHASE_ORDER_STEPS = {
    "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "BILLED", "DELETED"},
    "SUBMITTED": {"SUBMITTED", "AUTHORISED", "BILLED", "DELETED"},
    "AUTHORISED": {"AUTHORISED", "BILLED", "DELETED"},
    "BILLED": {"BILLED", "DELETED"},
}

# [U] In which statuses a quote can be created (Organisation/Actions knows a
# CreateSentQuote), and what stays closed after the person's decision: "only contact
# details and notes" may change; Terms are taken for notes.
QUOTE_FIRST_STATUSES = frozenset({"DRAFT"})
QUOTE_FROZEN = (
    "BrandingThemeID",
    "CurrencyCode",
    "Date",
    "ExpiryDate",
    "LineAmountTypes",
    "Reference",
    "Summary",
    "Title",
)
QUOTE_FROZEN_IN_LINES = (
    "Description",
    "Quantity",
    "UnitAmount",
    "LineAmount",
    "AccountCode",
)

# [U] A closed quote takes another contact, as "contact details" are what may change
# (https://developer.xero.com/documentation/api/accounting/quotes). Else it keeps its
# own without a word; with "Contact" in QUOTE_FROZEN it refuses.
QUOTE_KEEPS_CONTACT = False

# [U] A quote update empties what it leaves out: seen for steps to SENT, ACCEPTED and
# DELETED. Taken as true for INVOICED and DECLINED too, and for a quote that is closed:
# what is left out is not refused as a change, but lost.

# [U] An approved document of total zero: nothing is due, so it is PAID at once, and
# like any paid one it cannot be voided.
ZERO_TOTAL_IS_PAID = True

# [U] A quote update must repeat Contact and Date (all examples on the page do).
QUOTE_UPDATE_NEEDS_CONTACT_AND_DATE = True

# [U] Does the answer to a new allocation name its AllocationID? The example of the
# official description does not.
ALLOCATION_ANSWER_NAMES_ID = False

# [U] VOIDED applies the status alone; other fields in the same call are ignored.
VOID_IGNORES_OTHER_FIELDS = True

# --- Contacts ---------------------------------------------------------------------

# [U] Names with angle brackets, or with leading, trailing or double spaces (one
# third-party note says they are not allowed). Taken as refused.
NAME_CHARACTERS = "The contact name contains characters that are not allowed"

# [U] Country takes only letters and spaces (OpenAPI: "[A-Z], [a-z] only").
COUNTRY_PATTERN = r"[A-Za-z ]*"
COUNTRY_CHARACTERS = "Country may only contain letters"

# [U] Which contact a POST without id, or a document without ContactID, means: the
# one with the ContactNumber (archived ones too), else the active one with the Name.
CONTACT_NUMBER_BEFORE_NAME = True

# [U] What is left out of an address or a phone stays as it was; only the whole list
# of contact persons is known to be replaced.

# [U] A GDPRREQUEST contact is treated like an archived one: listed with
# includeArchived only, and closed to the API.

# [U] Merging two contacts in Xero's screens moves the documents and changes the
# contact that is closed. Taken as: neither the documents nor the contact that stays
# count as changed, so that If-Modified-Since tells of the closed one only.

# [U] May a person restore a contact whose name another one has taken? Taken as no.
NAME_TAKEN_MEANWHILE = "Another contact has this name by now"

# [U] Longest values of purchase order texts that the schema leaves open.
PURCHASE_ORDER_TEXTS = {
    "PurchaseOrderNumber": 255,
    "Reference": 4000,
    "DeliveryAddress": 4000,
    "AttentionTo": 255,
    "Telephone": 50,
}

# [U] Files: 10 MB (attachments page) or 25 MB (document pages).
LARGEST_ATTACHMENT = 10_000_000

# [U] History notes: 250 (one source) or 2,500 (another).
HISTORY_NOTE_LENGTH = 250

# --- Texts without a source -------------------------------------------------------

TOO_LONG = "The field {field} must be a string with a maximum length of {limit}."
NOT_A_DATE = "The {field} field is not a valid date."
NOT_A_NUMBER = "The {field} field is not a valid number."
TYPE_MISSING = "The document Type field must be specified."
STATUS_UNKNOWN = "The status {status} is not valid for this document."
CONTACT_UNKNOWN = "The contact with the specified contact details could not be found."
NAME_MISSING = "The contact name must be specified."
PERSON_LIMIT = "A maximum of 5 contact persons can be specified."
PAYMENT_TERMS = "The payment terms are not valid."
ADDRESS_TYPE = "The address type {kind} is not valid."
PHONE_TYPE = "The phone type {kind} is not valid."
QUANTITY_TOO_LONG = "The line item Quantity has more than 13 characters."
AMOUNT_TOO_LARGE = "The line amount is too large."
QUANTITY_WITHOUT_UNIT_AMOUNT = "UnitAmount must be specified with Quantity."
DISCOUNT_NOT_SUPPORTED = "Discounts are not supported on this document."
TRACKING_UNKNOWN = "The tracking category or option could not be found."
TRACKING_LIMIT = "A line item can have a maximum of 2 tracking categories."
TRACKING_ON_QUOTES = "Tracking on quotes must be given by TrackingOptionID."
LINE_ID_UNKNOWN = "The LineItemID is not valid for this document."
NEGATIVE_TOTAL = "The document total cannot be negative."
BRANDING_THEME_UNKNOWN = "The branding theme could not be found."
URL_WITH_XERO = "Url must not contain the word xero"
SENT_TO_CONTACT = "Only approved documents may have SentToContact updated."
QUOTE_STEP = "Quote status change is invalid"
QUOTE_LOCKED = "Only the contact and notes of this quote can be changed"
CREDIT_NOTE_STEP = "Credit note not of valid status for modification"
CREDIT_NOTE_NUMBER_TAKEN = "Credit note # must be unique."
ROUNDING_RANGE = "RoundingAmount must be between -0.10 and 0.10."
ITEM_CODE_MISSING = "Item Code must be specified."
# [U] The words; the stock itself never moves here, a person may set QuantityOnHand.
NO_STOCK = "The quantity on hand of item '{code}' is not sufficient"
ITEM_TRACKED_ACCOUNTS = (
    "Tracked items need an inventory asset account and a COGS account."
)
INVOICE_FOR_PAYMENT_UNKNOWN = "Invoice could not be found"
PAYMENT_ACCOUNT = "Account must be valid."
PAYMENT_STATUS = "Payments can only be made against AUTHORISED documents"
ALLOCATION_MISMATCH = "The contact and currency of both documents must be the same"
HISTORY_EMPTY = "Details must be specified"
ONLINE_INVOICE_DRAFT = "Online invoices are not available for draft documents"
ATTACHMENT_LIMIT = "A maximum of 10 attachments can be added to a document"
ATTACHMENT_NAME = "The file name contains characters that are not allowed"
ATTACHMENT_SIZE = "The file is too large"
CURRENCY_UNKNOWN = "Currency code '{code}' is not valid"

# --- HTTP -------------------------------------------------------------------------

# [U] A missing scope is a 401 or a 403; 401 makes a client try a refresh first. The
# control ``scope_refused`` answers either.
MISSING_SCOPE_STATUS = 401

# [U] A role that is too low for a write: 403 with this detail.
ROLE_DETAIL = "The user does not have permission to do this"

# [U] An invalid scope in the browser flow comes back to the redirect address (as
# RFC 6749 says); Xero may show a page of its own instead.
INVALID_SCOPE_TEXT = "Invalid scope for client"

# [U] Do 5xx answers stay under an idempotency key? "Errors are cached too"; taken
# as yes when the request had reached the accounting service.
IDEMPOTENCY_KEEPS_SERVER_ERRORS = True

# [U] The body around the idempotency message.
IDEMPOTENCY_ERROR = (20, "IdempotencyException")
IDEMPOTENCY_KEY_LENGTH_TEXT = "Idempotency Key must not exceed 128 characters."

# [U] The numbers in front of two error types, and the status of an oversized body.
QUERY_PARSE_NUMBER = 16
POST_DATA_ERROR = (14, "PostDataInvalidException")
TOO_LARGE_STATUS = 413

# [U] A call that is refused by a limit does not count towards any limit.
REFUSED_CALLS_COUNT = False

# [U] How many events come at most in one post of a webhook, and how many seconds pass
# between two posts.
WEBHOOK_EVENTS = 100
WEBHOOK_PAUSE = 0.1

# [U] If-Modified-Since with nothing newer: 200 with an empty list, never a 304.

# [U] Lists hold documents of every status, DELETED and VOIDED ones too.

# [U] GET /Invoices and /CreditNotes without paging leave the lines out.
LISTS_WITHOUT_PAGE_HAVE_LINES = False

# [U] String comparison in `where` ignores case (recorded for Name only).
WHERE_IGNORES_CASE = True
