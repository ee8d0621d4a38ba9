from odoo.tests import tagged

from .existing_case import ExistingCase

# What Xero adds to lines
NO_AMOUNT = {"Quantity": 0, "UnitAmount": 0, "LineAmount": 0, "TaxAmount": 0}
AMOUNT = {"LineAmount": 200, "TaxAmount": 20}


@tagged("post_install", "-at_install")
class TestExistingLater(ExistingCase):
    """What was typed into Xero by hand is not replaced before a person says so."""

    def setUp(self):
        super().setUp()
        self.move = self.posted()
        self.xero_id = self.typed(self.move)
        self.start(self.preview())
        self.row = self.move.xero_document_ids
        self.assertEqual(self.row.state, "synced")
        self.xero.clear_calls()

    def change(self, **values):
        self.move.button_draft()
        self.move.invoice_line_ids.write(values)
        self.move.action_post()
        self.run_job(self.connection)

    def in_xero(self):
        invoices = self.xero.state()["Invoices"]
        return next(each for each in invoices if each["InvoiceID"] == self.xero_id)

    def test_saved_without_a_change_nothing_is_sent_and_nobody_asked(self):
        self.row.sudo()._mark_changed()
        self.run_job(self.connection)
        self.assertEqual((self.row.state, self.row.by_hand), ("synced", True))
        self.assertFalse(self.write_calls())

    def test_a_change_in_odoo_is_asked_about(self):
        self.change(price_unit=200)
        self.assertEqual(self.row.state, "failed")
        issue = self.row.issue_ids
        self.assertEqual(issue.kind, "changed")
        self.assertIn("was not sent", issue.name)
        self.assertFalse(self.write_calls())
        self.assertEqual(self.in_xero()["LineItems"][0]["Description"], "By hand")

    def test_of_many_at_once_each_is_asked_about(self):
        """Of many, Xero is asked only which ones changed there."""
        credits = self.env["account.move"]
        for _number in range(4):
            credits |= self.posted("out_refund")
        for credit in credits:
            self.typed(endpoint="CreditNotes", CreditNoteNumber=credit.name)
        self.start(self.preview())
        credits.button_draft()
        credits.invoice_line_ids.write({"price_unit": 200})
        credits.action_post()
        self.run_job(self.connection)
        self.assertEqual(credits.mapped("xero_state"), ["failed"] * 4)
        self.assertFalse(self.write_calls("/CreditNotes"))

    def test_tried_again_it_is_asked_again(self):
        self.change(price_unit=200)
        self.row.action_send_again()
        self.run_job(self.connection)
        self.assertEqual(self.row.state, "failed")
        self.assertFalse(self.write_calls())

    def test_replaced_by_a_persons_decision_it_is_odoos(self):
        self.change(price_unit=200)
        self.row.action_replace()
        self.run_job(self.connection)
        self.assertEqual((self.row.state, self.row.by_hand), ("synced", False))
        self.assertEqual(self.in_xero()["Total"], 220)
        self.change(price_unit=300)
        self.assertEqual(self.in_xero()["Total"], 330)

    def test_what_is_typed_as_odoo_has_it_is_settled_without_a_question(self):
        self.change(price_unit=200)
        sent = self.row.sudo()._would_send()
        work = sent["LineItems"][1]
        self.xero.edit(
            "Invoices",
            self.xero_id,
            LineItems=[{**NO_AMOUNT, **sent["LineItems"][0]}, {**AMOUNT, **work}],
            SubTotal=200,
            TotalTax=20,
            Total=220,
            AmountDue=220,
        )
        self.row.action_send_again()
        self.run_job(self.connection)
        self.assertEqual((self.row.state, self.row.by_hand), ("synced", False))
        self.assertFalse(self.write_calls())

    def test_payments_in_xero_are_seen(self):
        self.xero.edit(
            "Invoices", self.xero_id, Status="PAID", AmountDue=0, AmountPaid=110
        )
        self.connection.action_check_now()
        self.run_job(self.connection)
        self.assertEqual((self.row.state, self.row.xero_status), ("synced", "PAID"))
        self.assertEqual(self.row.xero_paid, 110)

    def test_a_change_in_xero_since_the_look_is_seen(self):
        move = self.posted()
        xero_id = self.typed(move)
        existing = self.preview()
        self.connection.action_check_now()
        self.run_job(self.connection)
        self.xero.edit("Invoices", xero_id, Status="VOIDED")
        self.connection.action_check_now()
        self.run_job(self.connection)
        self.start(existing)
        self.connection.action_check_now()
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "failed")
        self.assertEqual(move.xero_document_ids.issue_ids.kind, "deleted")

    def test_linked_by_its_own_button_it_is_brought_up_to_date(self):
        self.row.action_link(self.xero_id)
        self.run_job(self.connection)
        self.assertFalse(self.row.by_hand)
        self.assertTrue(self.write_calls("/Invoices"))
