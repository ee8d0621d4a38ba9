"""A row that is done says no longer what it waited for, in whichever way it ended."""

from odoo.tests import tagged

from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestWaitsEnd(InvoiceCase):
    def waiting(self, sent):
        """The row of an invoice that waits for another one.

        :param sent: whether it is in Xero already
        """
        invoice = self.sent() if sent else self.posted()
        other = self.posted()
        self.end_click()
        other, row = other.sudo().xero_document_ids, invoice.sudo().xero_document_ids
        row._hold_behind(other, f"Waits for the invoice {other.record_name}.")
        return row

    def assert_waits_for_nothing(self, row):
        for name in ("document", "contact", "allocation"):
            self.assertFalse(row[f"waits_for_{name}_id"])
        self.assertNotIn("Waits", row.message or "")
        self.assertNotIn("Waits", row.move_id.xero_message or "")

    def test_edited_meanwhile_and_then_as_it_is_in_xero(self):
        row = self.waiting(sent=True)
        row.move_id.narration = "Nothing that Xero is told"
        row.move_id._xero_request()
        self.run_job(self.connection)
        self.assertEqual(row.state, "synced")
        self.assert_waits_for_nothing(row)

    def test_sent_again_by_a_person(self):
        row = self.waiting(sent=False)
        row.action_send_again()
        self.finish_request()
        self.assertEqual(row.state, "synced")
        self.assert_waits_for_nothing(row)

    def test_released_when_the_other_one_is_in_xero(self):
        row = self.waiting(sent=True)
        self.run_job(self.connection)
        self.assertEqual(row.state, "synced")
        self.assert_waits_for_nothing(row)

    def test_skipped_by_a_person_without_a_reason(self):
        row = self.waiting(sent=False)
        row.action_skip()
        self.assertEqual(row.state, "skipped")
        self.assert_waits_for_nothing(row)

    def test_cancelled_meanwhile(self):
        row = self.waiting(sent=True)
        row.move_id.button_draft()
        row.move_id.button_cancel()
        self.run_job(self.connection)
        self.assertEqual((row.state, row.xero_status), ("synced", "VOIDED"))
        self.assert_waits_for_nothing(row)

    def test_waiting_for_the_next_turn_it_says_no_old_reason_either(self):
        row = self.waiting(sent=False)
        row._mark_changed()
        self.assertEqual(row.state, "pending")
        self.assert_waits_for_nothing(row)

    def test_what_was_skipped_and_asked_for_again_has_no_reason_any_more(self):
        invoice = self.posted()
        self.end_click()
        row = invoice.sudo().xero_document_ids
        row.action_skip("Sent by hand")
        row.move_id.action_xero_send()
        self.finish_request()
        self.assertEqual(row.state, "synced")
        self.assertFalse(row.message)
