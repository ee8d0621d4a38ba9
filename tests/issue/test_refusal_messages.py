from odoo.tests import BaseCase, tagged

from ...models.issue.xero_issue_kinds import KIND_OF_CAUSE
from ...models.issue.xero_refusal_words import words_of
from ...models.outbox.xero_refusals import REFUSALS, recognise
from ..connected_case import ConnectedCase
from .refusal_messages import MESSAGES


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
class TestRefusalsAtWork(ConnectedCase):
    """What Xero really answers becomes an issue in plain words."""

    def refuse(self, *messages, record=None):
        """Xero refuses the document of an order with these words."""
        record = record or self.confirmed_order()
        row = record.sudo().xero_document_ids
        row._set_refused(list(messages))
        return row.issue_ids

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
        self.assertEqual((issue.kind, issue.fixer), ("in_xero", "accountant"))

    def test_what_was_cured_in_xero_goes_with_the_button_of_its_issue(self):
        order = self.confirmed_order()
        issue = self.refuse("Website must be valid", record=order)
        self.assertEqual(issue.cure, "send_again")
        issue.action_cure()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

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
