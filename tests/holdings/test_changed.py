from odoo.tests import tagged

from .holdings_case import HoldingsCase


@tagged("post_install", "-at_install")
class TestChanged(HoldingsCase):
    """What a person changed in Xero is told when it is read; nothing is overwritten."""

    def edited(self, move, **values):
        row = move.xero_document_ids
        self.xero.edit(row._xero_endpoint(), row.xero_id, **values)
        self.xero.clear_calls()
        self.check_now()
        return row

    def issue_of(self, row):
        return row.sudo().issue_ids.filtered(lambda issue: issue.state == "open")

    def test_another_total_is_an_issue_with_both_figures(self):
        row = self.edited(self.posted(), Total=120, TotalTax=20)
        self.assertEqual(row.state, "failed")
        issue = self.issue_of(row)
        self.assertIn("was changed in Xero", issue.name)
        self.assertIn("Total in Xero $ 120.00, Odoo last sent $ 110.00.", issue.name)
        self.assertIn("Tax in Xero $ 20.00, Odoo last sent $ 10.00.", issue.name)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(row.xero_total, 120)

    def test_put_back_as_it_was_it_is_green_without_a_call(self):
        move = self.posted()
        row = self.edited(move, Total=120, TotalTax=20)
        issue = self.issue_of(row)
        self.edited(move, Total=110, TotalTax=10)
        self.assertEqual(row.state, "synced")
        self.assertEqual(issue.state, "solved")
        self.assertFalse(row.message)
        self.assertEqual(self.write_calls(), [])

    def test_put_back_odoos_own_change_goes(self):
        move = self.posted()
        row = self.edited(move, Total=120, TotalTax=20)
        move.button_draft()
        move.invoice_line_ids.price_unit = 200
        move.action_post()
        self.run_job(self.connection)
        self.assertEqual(row.state, "failed")
        self.assertIn("was not sent", self.issue_of(row).name)
        self.edited(move, Total=110, TotalTax=10)
        self.assertEqual(row.state, "synced")
        self.assertEqual(self.xero_document_of(move)["Total"], 220)

    def test_a_quote_put_back_is_not_sent_again(self):
        self.connection.auto_quotation = True
        order = self.new_order()
        self.run_job(self.connection)
        total = self.xero_document_of(order)["Total"]
        row = self.edited(order, Total=total + 1)
        self.assertEqual(row.state, "failed")
        self.edited(order, Total=total)
        self.assertEqual(row.state, "synced")
        self.assertEqual(self.write_calls(), [])

    def test_a_second_change_is_the_same_issue(self):
        move = self.posted()
        row = self.edited(move, Total=120, TotalTax=20)
        issue = self.issue_of(row)
        self.edited(move, Total=130, TotalTax=20)
        self.assertEqual(self.issue_of(row), issue)
        self.assertIn("$ 130.00, Odoo last sent $ 110.00", issue.name)

    def test_voided_in_xero_is_told(self):
        row = self.edited(self.posted(), Status="VOIDED")
        self.assertEqual(row.state, "failed")
        self.assertIn(
            "voided in Xero. Before, it was awaiting payment", self.issue_of(row).name
        )
        self.assertEqual(self.write_calls(), [])

    def test_other_lines_are_told(self):
        move = self.posted()
        lines = self.xero_document_of(move)["LineItems"]
        lines[1]["Description"] = "Something else"
        row = self.edited(move, LineItems=lines)
        self.assertIn("lines are different", self.issue_of(row).name)

    def test_a_number_that_both_have_is_said_once(self):
        move = self.posted()
        row = self.edited(move, Total=120, TotalTax=20)
        partner = move.partner_id.display_name
        self.assertIn(f"{move.name} of {partner} was", self.issue_of(row).name)

    def test_paid_in_xero_is_no_issue(self):
        row = self.posted().xero_document_ids
        self.pay(row, 110)
        self.check_now()
        self.assertEqual((row.state, row.xero_status), ("synced", "PAID"))
        self.assertFalse(row.sudo().issue_ids)

    def test_approved_by_whom_odoo_leaves_it_to_is_no_issue(self):
        self.connection.invoice_status = "DRAFT"
        row = self.edited(self.posted(), Status="AUTHORISED")
        self.assertEqual((row.state, row.xero_status), ("synced", "AUTHORISED"))

    def test_what_was_approved_there_is_not_changed_unasked_after_a_reading(self):
        self.connection.invoice_status = "DRAFT"
        invoice = self.posted()
        row = self.edited(invoice, Status="AUTHORISED")
        invoice.button_draft()
        invoice.invoice_line_ids[:1].price_unit = 70.0
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(row.state, "failed", row.message)
        self.check_now()
        self.assertEqual(row.state, "failed", "a reading does not settle it")
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_replacing_an_edited_draft_decides_nothing_about_a_later_approval(self):
        self.connection.invoice_status = "DRAFT"
        row = self.edited(self.posted(), CurrencyCode="EUR")
        self.assertEqual(row.state, "failed", row.message)
        row.action_replace()
        self.assertFalse(row.sudo().replaces_approved)

    def test_the_draft_of_an_order_that_is_approved_there_is_told(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        row = self.edited(order, Status="AUTHORISED")
        self.assertEqual(row.state, "failed")
        self.assertIn(
            "Status in Xero awaiting payment, Odoo last sent a draft",
            self.issue_of(row).name,
        )

    def test_a_row_of_an_older_version_raises_no_false_alarm(self):
        row = self.posted().xero_document_ids.sudo()
        row.write(
            {
                "xero_lines_digest": False,
                "xero_currency": False,
                "seen_at": False,
                "xero_updated": False,
            }
        )
        self.connection.sudo().holdings_marks = False
        self.check_now()
        self.assertEqual(row.state, "synced")
        self.assertTrue(row.xero_lines_digest)
        self.assertTrue(row.seen_at)

    def test_what_a_person_skipped_is_noted_and_asks_nobody(self):
        move = self.posted()
        move.xero_document_ids.action_skip("By hand")
        row = self.edited(move, Total=120, TotalTax=20)
        self.assertEqual((row.state, row.xero_total), ("skipped", 120))

    def test_amounts_that_differ_and_are_put_right_in_xero_are_green(self):
        move = self.posted()
        row = move.xero_document_ids.sudo()
        row.write({"xero_total": 100, "state": "mismatch"})
        self.edited(move, Total=110)
        self.assertEqual(row.state, "synced")
