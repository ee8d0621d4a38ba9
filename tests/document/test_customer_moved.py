"""Odoo gives invoices to another customer; credit goes to whom they are in Xero."""

from odoo.tests import tagged

from .credit_note_case import CreditNoteCase, match


@tagged("post_install", "-at_install")
class TestCustomerMoved(CreditNoteCase):
    def setUp(self):
        super().setUp()
        self.was = self.contact_of(self.invoice)
        self.company_of_jane = self.env["res.partner"].create(
            {"name": "Joinery Group", "is_company": True}
        )

    def contact_of(self, move):
        return self.xero_document_of(move)["Contact"]["ContactID"]

    def assert_set_off(self):
        """A credit note on the invoice is of its contact, and takes it off in full."""
        credit_note = self.credited()
        self.assertEqual(credit_note.xero_state, "synced", credit_note.xero_message)
        self.assertEqual(self.contact_of(credit_note), self.was)
        self.assertEqual(self.given(), [110])
        self.assertFalse(credit_note.xero_not_set_off)
        self.assertEqual(self.xero_invoice()["AmountDue"], 0)

    def test_a_person_who_gets_a_company(self):
        self.customer.parent_id = self.company_of_jane
        self.assertEqual(self.invoice.commercial_partner_id, self.company_of_jane)
        self.assert_set_off()

    def test_a_person_who_changes_employer(self):
        self.customer.parent_id = self.company_of_jane
        self.invoice = self.sent()
        self.was = self.contact_of(self.invoice)
        self.customer.parent_id = self.env["res.partner"].create(
            {"name": "Cabinets Ltd", "is_company": True}
        )
        self.assert_set_off()

    def test_two_customers_who_are_merged(self):
        other = self.sent(partner_id=self.company_of_jane.id)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        wizard._merge((self.customer + self.company_of_jane).ids, self.company_of_jane)
        self.assertEqual(self.invoice.partner_id, self.company_of_jane)
        self.assertNotEqual(self.contact_of(other), self.was)
        self.assert_set_off()

    def test_no_contact_is_made_for_a_credit_note_that_needs_none(self):
        self.connection.create_contacts = False
        self.customer.parent_id = self.company_of_jane
        self.assert_set_off()
        self.assertFalse(self.company_of_jane.xero_contact_id)

    def test_what_is_set_off_keeps_its_contact_when_it_is_changed(self):
        self.credited()
        self.customer.parent_id = self.company_of_jane
        self.invoice.invoice_date_due = "2026-12-24"
        self.run_job(self.connection)
        self.assertEqual(self.invoice.xero_state, "synced", self.invoice.xero_message)
        self.assertEqual(self.xero_invoice()["DueDate"], "2026-12-24")
        self.assertEqual(self.contact_of(self.invoice), self.was)

    def test_an_invoice_that_is_posted_again_is_its_new_customers(self):
        self.customer.parent_id = self.company_of_jane
        self.change(self.invoice, 120)
        self.assertNotEqual(self.contact_of(self.invoice), self.was)

    def test_credit_matched_by_hand_across_contacts_says_what_to_do(self):
        credit_note = self.sent("out_refund", partner_id=self.company_of_jane.id)
        self.customer.parent_id = self.company_of_jane
        match(credit_note, self.invoice)
        self.run_job(self.connection)
        self.assertIn("change one of them there", credit_note.xero_not_set_off)
