from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestReplace(ConnectedCase):
    """What people changed in Xero is replaced when an accountant says so, no sooner."""

    def invoice(self, **values):
        """A posted invoice that is in Xero."""
        invoice = self.new_move("out_invoice", **values)
        invoice.action_post()
        self.run_job(self.connection)
        return invoice

    def changed(self, **values):
        """An invoice whose amount somebody changed in Xero, and then Odoo."""
        invoice = self.invoice()
        values = values or {"Total": 1100, "TotalTax": 100}
        self.xero.edit("Invoices", invoice.xero_document_ids.xero_id, **values)
        self.reprice(invoice)
        self.assertEqual(invoice.xero_state, "failed")
        return invoice

    def reprice(self, invoice, price=285.0):
        invoice.button_draft()
        invoice.invoice_line_ids[:1].price_unit = price
        invoice.action_post()
        self.run_job(self.connection)

    def look(self):
        """Xero is read, and what changed there is told."""
        self.connection.action_check_now()
        self.run_job(self.connection)

    def ask(self, documents):
        """The question, as the button opens it."""
        wizard = self.env["xero.document.replace"]
        return Form(wizard.with_context(active_ids=documents.ids))

    def assert_left_alone(self, invoice, total=1100):
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["Total"], total)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertEqual(self.write_calls("/Invoices"), [])

    # === TRY AGAIN === #

    def test_no_button_that_sends_again_replaces_it(self):
        invoice = self.changed()
        row, issue = invoice.xero_document_ids, invoice.xero_document_ids.issue_ids
        self.xero.clear_calls()
        for name, press in {
            "try again, on the document": row.action_send_again,
            "try again, on the invoice": invoice.action_xero_send,
            "of the issue": issue.action_try_again,
            "all of its kind": issue.action_try_kind_again,
            "all": self.env["xero.issue"].action_try_all_again,
        }.items():
            with self.subTest(name):
                press()
                self.assert_left_alone(invoice)

    def test_what_was_put_right_in_xero_is_green_after_one_try(self):
        invoice = self.changed()
        row = invoice.xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Total=110, TotalTax=10)
        row.issue_ids.action_try_again()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced", row.message)
        self.assertEqual(self.xero_document_of(invoice)["Total"], 313.5)

    def test_what_was_made_in_xero_as_odoo_has_it_now_is_green_without_a_call(self):
        invoice = self.changed()
        row, issue = invoice.xero_document_ids, invoice.xero_document_ids.issue_ids
        lines = self.xero_document_of(invoice)["LineItems"]
        lines[-1].update(UnitAmount=285, LineAmount=285, TaxAmount=28.5)
        amounts = {"SubTotal": 285, "TotalTax": 28.5, "Total": 313.5}
        self.xero.edit("Invoices", row.xero_id, LineItems=lines, **amounts)
        self.xero.clear_calls()
        issue.action_try_again()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced", row.message)
        self.assertEqual(issue.state, "solved")
        self.assertFalse(row.changed_in_xero)
        self.assertEqual(self.write_calls(), [])

    def test_what_was_deleted_in_xero_is_not_made_anew_in_bulk(self):
        invoice = self.changed(Status="VOIDED")
        issue = invoice.xero_document_ids.issue_ids
        self.assertEqual(issue.kind, "deleted")
        self.xero.clear_calls()
        self.env["xero.issue"].action_try_all_again()
        self.finish_request()
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(issue.state, "open")

    def test_asked_for_again_what_was_skipped_and_changed_there_is_asked_about(self):
        invoice = self.invoice()
        row = invoice.xero_document_ids
        row.action_skip("Corrected in Xero by hand")
        self.xero.edit("Invoices", row.xero_id, Total=1100, TotalTax=100)
        self.look()
        self.assertEqual(invoice.xero_state, "skipped")
        self.xero.clear_calls()
        invoice.action_xero_send()
        self.assert_left_alone(invoice)

    def test_amounts_that_differ_and_were_changed_there_are_asked_about(self):
        invoice = self.invoice()
        row = invoice.xero_document_ids
        row.sudo().write({"xero_total": 100, "state": "mismatch"})
        self.xero.edit("Invoices", row.xero_id, Total=1100, TotalTax=100)
        self.look()
        self.assertEqual(invoice.xero_state, "mismatch")
        self.xero.clear_calls()
        row.action_send_again()
        self.assert_left_alone(invoice)

    # === THE FIGURES === #

    def test_the_issue_says_what_changed_in_figures(self):
        row = self.changed().xero_document_ids
        text = row.issue_ids.name
        self.assertIn(
            "Total in Xero $ 1,100.00, Odoo last sent $ 110.00, now $ 313.50.", text
        )
        self.assertIn("Tax in Xero $ 100.00, Odoo last sent $ 10.00, now", text)
        self.assertNotIn("Contact", text)

    def test_what_was_paid_there_is_told_with_both_totals(self):
        invoice = self.invoice()
        self.xero.edit(
            "Invoices", invoice.xero_document_ids.xero_id, Status="PAID", AmountPaid=110
        )
        self.reprice(invoice)
        text = invoice.xero_document_ids.issue_ids.name
        self.assertIn("is paid there", text)
        self.assertIn("Total in Xero $ 110.00, now in Odoo $ 313.50.", text)

    def test_a_currency_that_is_not_odoos_is_named(self):
        row = self.changed(CurrencyCode="USD", Total=1100).xero_document_ids
        self.assertIn("Total in Xero USD 1,100.00, Odoo", row.issue_ids.name)

    def test_the_question_shows_both_sides(self):
        invoice = self.invoice()
        lines = self.xero_document_of(invoice)["LineItems"]
        typed = {"UnitAmount": 1000, "LineAmount": 1000, "TaxAmount": 100}
        lines[1].update(typed, Description="Typed <b>there</b>", AccountCode="260")
        row = invoice.xero_document_ids
        self.xero.edit("Invoices", row.xero_id, LineItems=lines, Status="PAID")
        self.reprice(invoice)
        question = self.ask(row).question
        for words in (
            *("paid", "awaiting payment"),
            *("$ 1,100.00", "$ 110.00", "$ 313.50"),
            *("$ 10.00", "$ 28.50"),
            self.customer.name,
            "Typed &lt;b&gt;there&lt;/b&gt;: 1000.00, account 260, tax rate OUTPUT",
            "Oak table: 285.00, account 200, tax rate OUTPUT",
        ):
            with self.subTest(words):
                self.assertIn(words, question)

    def test_lines_that_are_the_same_are_not_shown(self):
        invoice = self.changed()
        apart = invoice.xero_document_ids._lines_apart()
        self.assertEqual([len(lines) for lines in apart], [1, 1])

    # === THE DECISION === #

    def test_replaced_xero_holds_odoos_and_the_chatter_what_was_there(self):
        invoice = self.changed()
        self.ask(invoice.xero_document_ids).save().action_replace()
        self.finish_request()
        held = self.xero_document_of(invoice)
        self.assertEqual((held["Total"], invoice.xero_state), (313.5, "synced"))
        self.assertFalse(invoice.xero_document_ids.issue_ids)
        notes = "".join(invoice.message_ids.mapped("body"))
        for words in ("Total: $ 1,100.00", "Tax: $ 100.00", "Oak table: 100.00"):
            self.assertIn(words, notes)

    def test_of_a_few_those_that_were_changed_are_asked_about(self):
        one, other, same = self.changed(), self.changed(), self.invoice()
        rows = (one + other + same).xero_document_ids
        question = self.ask(rows).save()
        self.assertEqual(question.document_ids, (one + other).xero_document_ids)
        question.action_replace()
        self.finish_request()
        for invoice in one + other:
            self.assertEqual(self.xero_document_of(invoice)["Total"], 313.5)

    def test_where_nothing_was_changed_there_is_no_question(self):
        with self.assertRaisesRegex(UserError, "none of these was changed"):
            self.ask(self.invoice().xero_document_ids)

    def test_only_so_many_are_asked_about_as_a_person_reads(self):
        rows = self.env["xero.document"].sudo()
        for number in range(21):
            rows += rows.create(
                {
                    "connection_id": self.connection.id,
                    "kind": "invoice",
                    "record_name": f"INV/{number}",
                    "xero_id": str(number),
                    "changed_in_xero": True,
                }
            )
        with self.assertRaisesRegex(UserError, "Choose 20 at most"):
            self.ask(rows.sudo(False))
        self.assertTrue(self.ask(rows[:20]).question)

    def test_changed_there_again_while_one_decides_nothing_is_replaced(self):
        invoice = self.changed()
        row = invoice.xero_document_ids
        question = self.ask(row).save()
        self.xero.edit("Invoices", row.xero_id, Total=1200, TotalTax=100)
        self.look()
        self.xero.clear_calls()
        with self.assertRaisesRegex(UserError, "changed in Xero again"):
            question.action_replace()
        self.assert_left_alone(invoice, 1200)

    def test_changed_there_just_after_the_decision_it_is_asked_about(self):
        invoice = self.changed()
        row = invoice.xero_document_ids
        self.ask(row).save().action_replace()
        self.xero.edit("Invoices", row.xero_id, Total=1200, TotalTax=100)
        self.xero.clear_calls()
        self.assert_left_alone(invoice, 1200)

    def test_what_was_not_changed_there_is_not_replaced(self):
        row = self.invoice().xero_document_ids
        with self.assertRaisesRegex(UserError, "Only what was changed in Xero"):
            row.action_replace()
