from odoo.exceptions import AccessError
from odoo.tests import tagged

from .invoice_case import InvoiceCase


class DecisionCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.invoice = self.sent()
        self.row = self.invoice.xero_document_ids

    def made_in_xero(self, contact=None, **values):
        """An invoice that somebody wrote in Xero."""
        contact = contact or self.customer.xero_contact_id.xero_id
        (element,) = self.xero.seed(
            values.pop("endpoint", "Invoices"),
            [
                {
                    "Type": "ACCREC",
                    "Status": "DRAFT",
                    "Contact": {"ContactID": contact},
                    "LineItems": [
                        {
                            "Description": "By hand",
                            "Quantity": 1,
                            "UnitAmount": 5,
                            "AccountCode": "200",
                            "TaxType": "OUTPUT",
                        }
                    ],
                    **values,
                }
            ],
        )
        return element

    def held(self, xero_id):
        (found,) = [
            x for x in self.xero.state()["Invoices"] if x["InvoiceID"] == xero_id
        ]
        return found

    def link(self, number_or_id):
        """What a person enters in the dialogue."""
        wizard = self.env["xero.document.link"].with_context(active_id=self.row.id)
        wizard.create({"number": number_or_id}).action_link()
        self.finish_request()


@tagged("post_install", "-at_install")
class TestInvoicePaidInXero(DecisionCase):
    """What is paid in Xero is not overwritten; a person decides."""

    def setUp(self):
        super().setUp()
        self.pay_in_xero(self.invoice, 110)
        self.change(self.invoice, 200)

    def test_paid_invoice_is_not_overwritten_and_the_choices_are_named(self):
        self.assertEqual(self.held(self.row.xero_id)["Total"], 110)
        self.assertEqual(self.held(self.row.xero_id)["Status"], "PAID")
        self.assertEqual(self.invoice.xero_state, "failed")
        self.assertIn("is paid there", self.invoice.xero_message)
        for choice in ("send the document as a new one", "link it", "skip it"):
            self.assertIn(choice, self.invoice.xero_message)
        self.assertEqual(self.invoice.xero_issue_fixer, "accountant")

    def test_send_as_new_leaves_the_paid_one_and_makes_another(self):
        paid = self.row.xero_id
        self.row.action_send_as_new()
        self.finish_request()
        self.assertEqual(self.held(paid)["Status"], "PAID")
        new = self.xero_document_of(self.invoice)
        self.assertNotEqual(new["InvoiceID"], paid)
        self.assertEqual(new["InvoiceNumber"], f"{self.invoice.name}-2")
        self.assertEqual(new["Total"], 220)
        self.assertEqual(self.invoice.xero_state, "synced")
        self.assertFalse(self.invoice.xero_issue_id)

    def test_skip_asks_the_reason_and_tells_it(self):
        wizard = self.env["xero.document.skip"].with_context(active_ids=self.row.ids)
        wizard.create({"reason": "Corrected in Xero by hand"}).action_skip()
        self.assertEqual(self.invoice.xero_state, "skipped")
        self.assertEqual(self.invoice.xero_message, "Corrected in Xero by hand")
        self.assertIn("Corrected in Xero by hand", self.invoice.message_ids[0].body)
        self.xero.clear_calls()
        self.change(self.invoice, 300)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(
            self.env["xero.issue"].search_count([("state", "=", "open")]), 0
        )

    def test_try_again_after_the_payment_was_taken_back_sends_it(self):
        self.xero.edit(
            "Invoices",
            self.row.xero_id,
            Status="AUTHORISED",
            AmountPaid=0,
            AmountDue=110,
        )
        self.row.action_send_again()
        self.finish_request()
        self.assertEqual(self.held(self.row.xero_id)["Total"], 220)
        self.assertEqual(self.invoice.xero_state, "synced")

    def test_cancelling_a_paid_invoice_asks(self):
        self.invoice.button_draft()
        self.invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.held(self.row.xero_id)["Status"], "PAID")
        self.assertEqual(self.invoice.xero_state, "failed")

    def test_only_an_accountant_decides(self):
        clerk = self.new_user(
            "clerk", "account.group_account_invoice,xero_sync.xero_sync_group_user"
        )
        row = self.row.with_user(clerk)
        for decide in (
            row.action_send_as_new,
            row.action_skip,
            lambda: row.action_link("INV-0001"),
        ):
            with self.assertRaises(AccessError):
                decide()


@tagged("post_install", "-at_install")
class TestInvoicePartPaidInXero(DecisionCase):
    def test_part_paid_invoice_is_not_overwritten(self):
        self.pay_in_xero(self.invoice, 50)
        self.change(self.invoice, 200)
        self.assertEqual(self.held(self.row.xero_id)["Total"], 110)
        self.assertEqual(self.invoice.xero_state, "failed")
        self.assertIn("awaiting payment there", self.invoice.xero_message)

    def test_due_date_of_a_part_paid_invoice_may_still_change(self):
        self.pay_in_xero(self.invoice, 50)
        self.invoice.invoice_date_due = "2026-06-01"
        self.run_job(self.connection)
        self.assertEqual(self.held(self.row.xero_id)["DueDate"], "2026-06-01")
        self.assertEqual(self.invoice.xero_state, "synced")

    def test_posted_again_unchanged_after_the_payment_makes_no_issue(self):
        self.pay_in_xero(self.invoice, 110)
        self.invoice.button_draft()
        self.invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.invoice.xero_state, "synced")


@tagged("post_install", "-at_install")
class TestInvoiceLink(DecisionCase):
    """A person names the document in Xero that this one is."""

    def assert_linked_to(self, element):
        self.assertEqual(self.row.xero_id, element["InvoiceID"])
        self.assertEqual(self.held(element["InvoiceID"])["Total"], 110)
        self.assertEqual(self.held(element["InvoiceID"])["Status"], "AUTHORISED")
        self.assertEqual(self.invoice.xero_state, "synced", self.invoice.xero_message)

    def assert_not_linked(self, *words):
        self.assertEqual(self.invoice.xero_state, "failed")
        for word in words:
            self.assertIn(word, self.invoice.xero_message)

    def test_by_number(self):
        other = self.made_in_xero(InvoiceNumber="HAND-1")
        self.link(" HAND-1 ")
        self.assert_linked_to(other)

    def test_by_id(self):
        other = self.made_in_xero(InvoiceNumber="HAND-1")
        self.link(other["InvoiceID"])
        self.assert_linked_to(other)

    def test_unknown_number_is_told_and_the_old_link_stays(self):
        before = self.row.xero_id
        self.link("NOBODY-1")
        self.assert_not_linked("NOBODY-1", "no such document")
        self.assertEqual(self.row.xero_id, before)
        self.row.action_send_again()
        self.finish_request()
        self.assertEqual(self.invoice.xero_state, "synced")
        self.assertEqual(len(self.live_in_xero()), 1)

    def test_another_customers_is_refused(self):
        contacts = self.xero.state()["Contacts"]
        contact = next(
            x["ContactID"]
            for x in contacts
            if x["ContactID"] != self.customer.xero_contact_id.xero_id
            and x["ContactStatus"] == "ACTIVE"
        )
        other = self.made_in_xero(contact, InvoiceNumber="HAND-1")
        self.link("HAND-1")
        self.assert_not_linked("HAND-1", "not that of Jane")
        self.assertEqual(self.held(other["InvoiceID"])["Total"], other["Total"])

    def test_one_that_is_linked_already_is_refused(self):
        other = self.sent()
        self.link(other.name)
        self.assert_not_linked(other.name, "already linked")
        self.assertEqual(other.xero_state, "synced")

    def test_a_bill_is_refused(self):
        bill = self.made_in_xero(Type="ACCPAY", InvoiceNumber="BILL-1")
        self.link(bill["InvoiceID"])
        self.assert_not_linked("another kind")

    def test_a_deleted_one_is_refused(self):
        other = self.made_in_xero(InvoiceNumber="HAND-1")
        self.xero.edit("Invoices", other["InvoiceID"], Status="DELETED")
        self.link("HAND-1")
        self.assert_not_linked("no such document")
