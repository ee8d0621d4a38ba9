from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .comparison_case import ComparisonCase


@tagged("post_install", "-at_install")
class TestComparisonLink(ComparisonCase):
    """What is only in Xero is linked to the document that Odoo has."""

    def prepare_connected(self):
        result = super().prepare_connected()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.connection.auto_invoice = False
        self.move = self.posted()
        self.made = self.make_in_xero(
            InvoiceNumber=self.move.name,
            Contact={"ContactID": self.customer.xero_contact_id.xero_id},
        )
        self.line = self.compare().line_ids.filtered(
            lambda line: line.result == "only_xero"
        )
        return result

    def wizard(self, **values):
        context = {"active_id": self.line.id}
        return self.env["xero.comparison.link"].with_context(**context).create(values)

    def test_the_likely_document_is_proposed_and_linked_and_nothing_is_made_twice(self):
        wizard = self.wizard()
        self.assertEqual(wizard.move_id, self.move)
        wizard.action_link()
        self.end_click()
        self.run_job(self.connection)
        row = self.move.xero_document_ids.ensure_one()
        self.assertEqual((row.xero_id, row.state), (self.made["InvoiceID"], "synced"))
        self.assertEqual(self.line.document_id, row)
        self.assertFalse(
            [call for call in self.write_calls("/Invoices") if call["method"] == "PUT"]
        )
        self.assertEqual(self.compare().same_count, 1)

    def test_what_is_in_xero_already_is_not_linked_a_second_time(self):
        self.move.action_xero_send()
        self.end_click()
        self.run_job(self.connection)
        if self.move.xero_state != "synced":  # its number is taken there
            self.move.xero_document_ids.sudo().write({"xero_id": "x" * 36})
        with self.assertRaisesRegex(UserError, "in Xero already"):
            self.wizard().action_link()

    def test_a_document_must_be_chosen(self):
        with self.assertRaises(UserError):
            self.wizard(move_id=False).action_link()

    def test_what_other_books_hold_is_refused(self):
        other = self.env["res.company"].create({"name": "Another Co"})
        foreign = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "company_id": other.id}
        )
        with self.assertRaisesRegex(UserError, "not kept in the books"):
            self.line._link_to(foreign)

    def test_only_an_accountant_links(self):
        user = self.new_user("a_user", "user")
        with self.assertRaises(AccessError):
            self.env["xero.comparison.link"].with_user(user).create(
                {"line_id": self.line.id, "move_id": self.move.id}
            )
