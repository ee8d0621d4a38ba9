"""What Xero says when it refuses, as evidence shows, and the cause of each."""

# What Xero says, the same in another wording, and the code of both
MESSAGES = (
    (
        "contact_name_taken",
        "The contact name Jane's Joinery is already assigned to another contact. The"
        " contact name must be unique across all active contacts.",
        "CONTACT NAME “Jane” is assigned to a different contact already",
    ),
    (
        "contact_number_taken",
        "The contact number 17 is already assigned to another contact. The contact"
        " number must be unique across all contacts.",
        "Contact number 'ODOO-5' must be unique",
    ),
    (
        "contact_unidentified",
        "The Contact must contain at least 1 of the following elements to identify the"
        " contact: Name, ContactID, ContactNumber",
        "the contact must contain one of these to identify it - ContactID, Name",
    ),
    (
        "contact_closed",
        "The specified contact details matched an archived contact. Archived contacts"
        " cannot currently be edited via the API.",
        "archived contacts can not be edited",
    ),
    (
        "contact_archived",
        "The contact with the specified contact details has been archived. The contact"
        " must be un-archived before creating new invoices or credit notes.",
        "This contact must be unarchived before you create invoices",
    ),
    (
        "people_without_email",
        "Additional people cannot be added when the primary person has no email"
        " address set.",
        "ADDITIONAL PEOPLE need an address: the contact has no e-mail",
    ),
    (
        "contact_name_taken",
        "The contact name already exists. Please enter a different contact name",
        "A contact name 'Jane' already exists",
    ),
    (
        "contact_number_taken",
        "Another contact has this contact number. Please enter a different contact"
        " number.",
        "another contact has this contact number",
    ),
    (
        "contact_missing",
        "A Contact must be specified for this type of transaction",
        "The contact must be specified",
    ),
    (
        "contact_archived",
        "The contact with the specified contact details has been archived. The contact"
        " must be un-archived before creating new invoices, credit notes, or purchase"
        " orders.",
        "Contact is archived",
    ),
    (
        "contact_website",
        "Website must be valid",
        "The web site of the contact is not a valid URL",
    ),
    (
        "description_missing",
        "The description field is mandatory for each line item.",
        "Description must be specified for each line item.",
    ),
    (
        "document_total",
        "The document total does not equal the sum of the lines.",
        "The totals do not match the line items.",
    ),
    (
        "discount_on_bill",
        "Discounts may not be applied to ACCPAY invoices.",
        "A discount can not be used on ACCPAYCREDIT",
    ),
    (
        "amount_outstanding",
        "Credit Note cannot be allocated as amount is greater than amount outstanding",
        "The amount is greater than what is outstanding",
    ),
    (
        "tax_account",
        "The TaxType code OUTPUT9 does not exist or cannot be used for this type of"
        " transaction.",
        "taxtype code X can not exist, it does not exist",
    ),
    (
        "lock_period",
        "The document date cannot be before the period lock date, currently set at"
        " 30-Nov-2018",
        "Before the period lock date 31-Jul-2013",
    ),
    ("email", "Email address must be valid", "The e-mail address is invalid."),
    ("url", "Url must be a valid absolute url", "URL is not an absolute url"),
    ("number_taken", "Invoice # must be unique.", "invoice number must be unique"),
    ("number_taken", "Order number must be unique", "ORDER NUMBER must be unique!"),
    ("number_taken", "Credit note # must be unique.", "Credit Note # MUST be unique"),
    (
        "item_code_taken",
        "Price List Item with Code 'abc' already exists",
        "An item with code “X 1” already exists.",
    ),
    (
        "item_unknown",
        "Item code 'OAK' is not valid",
        'The item code "OAK-2" is invalid.',
    ),
    (
        "wrong_status",
        "Invoice not of valid status for modification",
        "Quote is not in a valid status for modification.",
    ),
    (
        "has_payment",
        "This document cannot be edited as it has a payment or credit note allocated to"
        " it.",
        "The document has payments allocated",
    ),
    (
        "void_has_payment",
        "The status VOIDED cannot be applied to the invoice because it has payments or"
        " credit notes allocated to it.",
        "Status 'Voided' can not be applied: there are payments",
    ),
    (
        "account_unfit",
        "Account code '090' is not a valid code for this document.",
        'account code "4000" is invalid for this document',
    ),
    (
        "account_archived",
        "Account code '200' has been archived, or has been deleted. Each line item must"
        " reference a valid account.",
        "The account code 41000 was deleted",
    ),
    (
        "account_missing",
        "Account code must be specified",
        "An ACCOUNT CODE is required for each line.",
    ),
    (
        "tax_account",
        "The TaxType code 'INPUT' cannot be used with account code '200'.",
        "Tax type OUTPUT may not be used with account code 310",
    ),
    (
        "tax_account",
        "The TaxType code 'X' does not exist or cannot be used for this type of"
        " transaction.",
        "TaxType 'TAX001' does not exist",
    ),
    (
        "tax_missing",
        "The TaxType field is mandatory",
        "Tax type is a required field.",
    ),
    ("tax_invalid", "Tax rate must be valid.", "the tax rate is not valid"),
    ("account_invalid", "Account must be valid.", "ACCOUNT MUST BE VALID"),
    (
        "lock_year",
        "The document date cannot be before the end of year lock date, currently set at"
        " 30 June 2025",
        "Document date is before the end-of-year lock date (31/12/2024)",
    ),
    (
        "lock_period",
        "The document date cannot be before the period lock date, currently set at"
        " 2025-06-30",
        "the period is locked up to 1 May 2026",
    ),
    (
        "due_date_missing",
        "The document DueDate field must be specified.",
        "A due date is required",
    ),
    (
        "date_missing",
        "The Date field must be specified.",
        "Date is a mandatory field",
    ),
    (
        "lines_missing",
        "One or more line items must be specified",
        "At least 1 line item is required.",
    ),
    (
        "line_total",
        "The line total 1.00 does not match the expected line total 100.00",
        "Line total 12,345.67 does not match 12,345.68",
    ),
    (
        "discount",
        "The discount rate '0.00' is invalid. Discount must not be greater than the"
        " line total.",
        "A discount cannot be greater than its line",
    ),
    (
        "currency",
        "Organisation is not subscribed to currency EUR",
        "The organisation isn't enabled: currency 'USD' is not enabled",
    ),
    (
        "order_deleted",
        "Deleted PurchaseOrders cannot be updated",
        "deleted purchase orders can not be updated.",
    ),
    (
        "status_step",
        "PurchaseOrder status change is invalid",
        "The status change from DRAFT to BILLED is not valid",
    ),
    (
        "sent_flag",
        "Only AUTHORISED and BILLED purchase orders may have SentToContact updated.",
        "SentToContact may be updated on AUTHORISED orders only",
    ),
    (
        "amount_outstanding",
        "Payment amount exceeds the amount outstanding on this document",
        "The amount 110.00 exceeds what is outstanding",
    ),
    (
        "credit_note_unknown",
        "An existing Credit Note with the specified CreditNoteID could not be found",
        "CreditNote 1b2c was not found",
    ),
    (
        "document_unknown",
        "The document with the supplied id was not found for this endpoint.",
        "Document id 7 could not be found",
    ),
    (
        "approve_limit",
        "You have reached the limit of invoices you can approve",
        "Your plan reached the limit of 20 invoices to approve this month",
    ),
    (
        "key_reused",
        "Idempotency Key: 9f-11 is used with a different request.",
        "The idempotency key was used for a different request",
    ),
    (
        "contact_unknown",
        "The contact with the specified contact details could not be found.",
        "Specified contact was not found",
    ),
    (
        "other",
        "Something nobody has seen yet.",
        "The moon is in the wrong quarter",
    ),
)
