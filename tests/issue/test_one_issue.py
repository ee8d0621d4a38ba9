"""What a person corrects in one visit is one issue."""

from odoo.tests import tagged

from ...models.outbox.xero_refusals import recognise
from ..document.quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestOneIssue(QuotationCase):
    def open_issues(self):
        return self.env["xero.issue"].search([("state", "=", "open")])

    def test_a_quote_and_its_order_that_xero_refuses_alike_are_one_issue(self):
        contact = self.customer.xero_contact_id
        self.xero.edit("Contacts", contact.xero_id, ContactStatus="ARCHIVED")
        order = self.new_order()
        order.action_confirm()
        self.run_job(self.connection)
        rows = order.xero_document_ids
        self.assertEqual(set(rows.mapped("kind")), {"quotation", "sale_order"})
        self.assertEqual(set(rows.mapped("state")), {"failed"})
        self.assertEqual(self.open_issues().document_ids, rows)
        self.assertEqual(len(self.open_issues()), 1)

    def keys_of_refusal(self, words):
        """What tells the issues of an order's quote and draft, refused alike."""
        order = self.confirmed_order()
        self.assertEqual(len(order.xero_document_ids), 2)
        return {
            row._problem_refused(recognise([words]), [words]).key
            for row in order.xero_document_ids
        }

    def test_what_is_corrected_on_the_order_is_one_issue_of_both(self):
        self.assertEqual(len(self.keys_of_refusal("It is not to our liking.")), 1)

    def test_what_is_decided_is_an_issue_of_each(self):
        self.assertEqual(len(self.keys_of_refusal("Invoice # must be unique.")), 2)

    def test_several_faults_of_one_document_are_one_issue(self):
        order = self.new_order(note="<p>%s</p>" % ("Terms " * 800))
        order.order_line[0].write({"name": "Oak " * 1100, "price_unit": -9})
        self.run_job(self.connection)
        issue = self.open_issues().ensure_one()
        for words in ("below zero", "Xero takes 4000", "Oak"):
            self.assertIn(words, issue.name)
        self.assertIn("Shorten the text", issue.remedy)
        self.assertIn("Correct the lines", issue.remedy)
        self.assertEqual((issue.res_model, issue.res_id), (order._name, order.id))

    def test_what_is_left_of_several_faults_is_one_issue_too(self):
        order = self.new_order(note="<p>%s</p>" % ("Terms " * 800))
        order.order_line.price_unit = -9
        self.run_job(self.connection)
        order.note = "Thank you."
        self.run_job(self.connection)
        issue = self.open_issues().ensure_one()
        self.assertIn("below zero", issue.name)
        self.assertNotIn("Terms", issue.name)
        order.order_line.price_unit = 9
        self.run_job(self.connection)
        self.assertFalse(self.open_issues())
        self.assertEqual(order.xero_state, "synced")
