from odoo.tests import BaseCase, tagged

from ...models.issue.xero_issue_kinds import KIND_OF_CAUSE
from ...models.issue.xero_refusal_words import words_of
from ...models.outbox.xero_refusals import REFUSALS, recognise
from ..common import XeroCase

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


@tagged("post_install", "-at_install")
class TestRefusalMessages(BaseCase):
    """Xero's messages have no code: they are told apart by their words."""

    def assert_codes(self, index):
        for expected, *messages in MESSAGES:
            with self.subTest(message=messages[index]):
                self.assertEqual(recognise([messages[index]]).code, expected)

    def test_each_message_as_xero_says_it(self):
        self.assert_codes(0)

    def test_each_message_in_another_wording(self):
        self.assert_codes(1)

    def test_each_message_without_capitals_quotes_and_punctuation(self):
        for expected, message, _other in MESSAGES:
            bare = message.upper().replace("'", "").replace(".", "").replace(",", "")
            with self.subTest(message=bare):
                self.assertEqual(recognise([bare]).code, expected)

    def test_the_first_of_several_messages_that_is_known_counts(self):
        found = recognise(["Something new.", "Invoice # must be unique."])
        self.assertEqual(found.code, "number_taken")

    def test_every_code_has_a_message_here(self):
        self.assertEqual(
            {code for code, _message, _other in MESSAGES},
            {refusal.code for refusal in REFUSALS} | {"other"},
        )

    def test_at_least_thirty_messages_are_known(self):
        self.assertGreaterEqual(len({refusal.code for refusal in REFUSALS}), 30)


@tagged("post_install", "-at_install")
class TestRefusalsAtWork(XeroCase):
    """What Xero really answers becomes an issue in plain words."""

    def refuse(self, *messages, record=None):
        """Xero refuses the document of an order with these words."""
        record = record or self.confirmed_order()
        row = record.sudo().xero_document_ids
        row._set_refused(list(messages))
        return row.issue_ids

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def test_each_has_a_title_a_remedy_a_fixer_a_kind_and_a_button(self):
        row = self.confirmed_order().sudo().xero_document_ids
        for refusal in REFUSALS:
            with self.subTest(code=refusal.code):
                title, remedy = words_of(self.env, refusal.code)
                problem = row._problem_refused(refusal, ["As Xero says"])
                issue = (
                    self.env["xero.issue"]
                    .sudo()
                    ._raise_issues(self.connection, [problem])
                )
                self.assertIn(title, issue.name)
                self.assertEqual(issue.remedy, remedy)
                self.assertTrue(issue.fixer)
                known = refusal.cause in KIND_OF_CAUSE
                self.assertEqual(issue.kind != "details", known)
                self.assertTrue(issue.cure)

    def test_xeros_own_sentence_is_kept_and_shown(self):
        words = "Email address must be valid"
        issue = self.refuse(words)
        self.assertEqual(issue.xero_words, words)
        self.assertIn(words, issue.document_ids.message)

    def test_what_is_not_known_is_shown_as_xero_said_it(self):
        issue = self.refuse("The moon is in the wrong quarter")
        self.assertIn("The moon is in the wrong quarter", issue.name)
        self.assertEqual((issue.kind, issue.cure), ("other", "correct"))

    def test_what_is_not_known_is_for_the_accountant_not_for_who_sells(self):
        issue = self.refuse("The moon is in the wrong quarter")
        self.assertEqual(issue.fixer, "accountant")

    def test_what_only_xero_can_cure_says_where(self):
        issue = self.refuse("Website must be valid")
        self.assertIn("there", issue.remedy)
        self.assertIn("Xero", issue.remedy)
        self.assertEqual((issue.kind, issue.fixer), ("contact", "accountant"))

    def test_both_lock_dates_at_once_are_one_cause(self):
        issue = self.refuse(
            "The document date cannot be before the period lock date, currently set at"
            " 30-Nov-2018",
            "The document date cannot be before the end of year lock date, currently"
            " set at 30-Nov-2018",
        )
        self.assertEqual((len(issue), issue.kind), (1, "lock_date"))

    def test_a_purchase_order_with_a_bill_made_in_xero_stays_and_says_why(self):
        order = self.approved_purchase()
        self.run_job(self.connection)
        row = order.sudo().xero_document_ids
        self.xero.edit("PurchaseOrders", row.xero_id, _has_linked_transactions=True)
        order.button_cancel()
        self.run_job(self.connection)
        issue = row.issue_ids
        self.assertEqual(issue.xero_words, "PurchaseOrder status change is invalid")
        self.assertIn("a bill was made from it there", issue.name)
        self.assertEqual(
            (issue.kind, issue.cure, issue.fixer), ("changed", "decide", "accountant")
        )
        self.xero.edit("PurchaseOrders", row.xero_id, _has_linked_transactions=False)
        row.action_send_again()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(row.state, "synced", row.message)

    def test_the_same_words_about_two_documents_are_one_cause_where_it_is_shared(self):
        words = "Organisation is not subscribed to currency EUR"
        issue = self.refuse(words)
        self.assertEqual(self.refuse(words), issue)
        self.assertEqual(issue.blocked_count, 2)

    def test_other_causes_are_one_for_each_document(self):
        words = "Invoice # must be unique."
        self.assertNotEqual(self.refuse(words), self.refuse(words))

    def test_a_very_long_sentence_of_xeros_still_makes_an_issue(self):
        issue = self.refuse("Account code has been deleted. " + "x" * 5000)
        self.assertEqual(issue.kind, "account")

    def test_a_tax_that_does_not_fit_the_account_answered_over_http(self):
        self.gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        order = self.confirmed_order()
        self.run_job(self.connection)
        issue = order.xero_document_ids.issue_ids
        self.assertEqual((issue.kind, issue.fixer), ("tax", "accountant"))
        self.assertIn("cannot be used with account code", issue.xero_words)

    def test_a_taken_number_answered_over_http(self):
        invoice = self.new_move("out_invoice", name="TAKEN-1")
        by_hand = {"Type": "ACCREC", "InvoiceNumber": "TAKEN-1"}
        by_hand["Contact"] = {"Name": "Somebody"}
        by_hand["LineItems"] = [{"Description": "By hand"}]
        self.xero.seed("Invoices", [by_hand])
        invoice.action_post()
        self.run_job(self.connection)
        issue = invoice.xero_document_ids.issue_ids
        self.assertEqual((issue.kind, issue.cure), ("number", "link_document"))
        self.assertIn("Invoice # must be unique", issue.xero_words)

    def test_an_account_deleted_in_xero_since_answered_over_http(self):
        account = self.env["xero.account"].search([("code", "=", "200")])
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        order = self.confirmed_order()
        self.run_job(self.connection)
        issue = order.xero_document_ids.issue_ids
        self.assertEqual((issue.kind, issue.cure), ("account", "map"))
        self.assertIn("has been archived", issue.xero_words)
