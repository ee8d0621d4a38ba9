from odoo.exceptions import UserError
from odoo.tests import tagged

from .preview_case import PreviewCase


@tagged("post_install", "-at_install")
class TestSendMany(PreviewCase):
    """Of many it is said what becomes of them before they go."""

    def many(self):
        """Two that are new, one in Xero and changed, one kept back, one draft."""
        news = self.document_of("invoice") + self.document_of("invoice")
        changed = self.document_of("invoice")
        self.send(changed)
        changed.button_draft()
        changed.invoice_line_ids.price_unit = 90
        changed.action_post()
        held = self.new_move("out_invoice")
        tax = self.gst.copy({"name": "Another GST", "amount": 12.5})
        held.invoice_line_ids.tax_ids = tax
        held.action_post()
        self.end_click()
        return news + changed + held + self.new_move("out_invoice")

    def test_it_says_how_many_are_new_updated_and_kept_back_and_why(self):
        before = self.many()
        question = self.asked(before.action_xero_send_many())
        self.assertEqual(
            question._summary_values()["counts"],
            [
                ("New in Xero", 2),
                ("Updated in Xero", 1),
                ("Kept back", 1),
                ("Nothing to send", 1),
            ],
        )
        self.assertIn("Another GST", question.summary)
        self.assertEqual(len(before.xero_document_ids), 1)

    def test_nothing_goes_before_the_answer_and_all_afterwards(self):
        invoices = self.document_of("invoice") + self.document_of("invoice")
        self.xero.clear_calls()
        question = self.asked(invoices.action_xero_send_many())
        self.assertIn("New in Xero", question.summary)
        self.assertFalse(question.question)
        self.run_job(self.connection)
        self.assertFalse(self.write_calls())
        shown = question.action_send()
        rows = self.env[shown["res_model"]].search(shown["domain"])
        self.assertEqual(rows.move_id, invoices)
        self.run_job(self.connection)
        self.assertEqual(invoices.mapped("xero_state"), ["synced", "synced"])

    def test_contacts_that_are_created_are_counted(self):
        invoices = self.new_move("out_invoice") + self.new_move("out_invoice")
        for invoice in invoices:
            self.with_new_names(invoice)
        invoices.action_post()
        question = self.asked(invoices.action_xero_send_many())
        self.assertEqual(question._summary_values()["contacts"], 2)

    def test_of_very_many_the_counts_come_without_building_them(self):
        invoices = self.many()
        self.patch(type(self.env["xero.document.send"]), "_looked_at", 2)
        question = self.asked(invoices.action_xero_send_many())
        values = question._summary_values()
        self.assertEqual(
            values["counts"],
            [("New in Xero", 3), ("Updated in Xero", 1), ("Nothing to send", 1)],
        )
        self.assertIn("Too many to check each", question.summary)

    def test_where_nothing_is_to_be_sent_that_is_said(self):
        drafts = self.new_move("out_invoice") + self.new_move("out_invoice")
        question = self.asked(drafts.action_xero_send_many())
        with self.assertRaisesRegex(UserError, "There is nothing to send yet"):
            question.action_send()

    def test_one_goes_at_once(self):
        invoice = self.document_of("invoice")
        self.assertFalse(self.run_in_list(invoice))
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced")

    def test_the_list_action_asks_too(self):
        invoices = self.document_of("invoice") + self.document_of("invoice")
        opened = self.run_in_list(invoices)
        self.assertEqual(opened["res_model"], "xero.document.send")

    def run_in_list(self, invoices):
        """Choose these in the list, and press *Send to Xero*."""
        action = self.env.ref("xero_sync.account_move_action_xero_send")
        context = {"active_model": "account.move", "active_ids": invoices.ids}
        return action.with_context(**context, active_id=invoices[0].id).run()

    def test_older_ones_are_asked_about_in_the_same_question(self):
        older = self.document_of("invoice")
        newer = self.document_of("invoice")
        newer.button_draft()
        newer.invoice_date = "2026-06-01"
        newer.action_post()
        self.connection.start_date = "2026-06-01"
        question = self.asked((older + newer).action_xero_send_many())
        self.assertTrue(question.leaves_older)
        self.assertEqual(
            question._summary_values()["counts"],
            [("New in Xero", 1), ("Dated before the start date", 1)],
        )
        question.with_older = True
        self.assertNotEqual(question.action_send(), None)
        self.assertTrue(older.xero_document_ids and newer.xero_document_ids)
