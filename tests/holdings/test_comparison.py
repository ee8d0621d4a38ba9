from odoo.tests import tagged

from .comparison_case import DAY, ComparisonCase


@tagged("post_install", "-at_install")
class TestComparison(ComparisonCase):
    """Posted documents here and there: the same, differing, or only in one of both."""

    def test_what_is_the_same_is_counted_and_has_no_line(self):
        self.posted("out_invoice")
        self.posted("in_invoice", ref="T-1")
        self.posted("out_refund")
        self.posted("in_refund", ref="T-2")
        comparison = self.compare()
        self.assertEqual(comparison.same_count, 4)
        self.assertFalse(comparison.line_ids)
        self.assertEqual(comparison.verdict, "March 2026: 4 documents, 0 different")

    def test_nothing_is_written_to_xero(self):
        self.posted()
        self.compare()
        self.assertFalse(self.write_calls())

    def test_sums_are_by_month_kind_and_currency(self):
        self.posted()
        self.posted(invoice_date="2026-02-03")
        self.posted("out_refund")
        self.make_in_xero()
        comparison = self.compare(date_from="2026-02-01")
        sums = [
            (each.month_name, each.kind, each.currency, each.odoo_count)
            + (each.odoo_total, each.xero_count, each.xero_total, each.difference)
            for each in comparison.sum_ids.sorted(lambda s: (s.month, s.kind))
        ]
        self.assertEqual(
            sums,
            [
                ("February 2026", "invoice", "AUD", 1, 110, 1, 110, 0),
                ("March 2026", "credit_note", "AUD", 1, 110, 1, 110, 0),
                ("March 2026", "invoice", "AUD", 1, 110, 2, 220, 110),
            ],
        )

    # === DIFFERS === #

    def test_another_total_in_xero_is_told_with_both_figures(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Total=120, TotalTax=20)
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("differ", "amounts"))
        self.assertEqual((line.odoo_total, line.xero_total), (110, 120))
        self.assertEqual((line.odoo_tax, line.xero_tax), (10, 20))
        self.assertEqual(line.difference, 10)
        self.assertEqual((line.move_id, line.document_id), (row.move_id, row))
        self.assertEqual(line.action_open()["res_id"], row.move_id.id)

    def test_another_total_in_odoo_differs_though_the_row_knows_nothing_of_it(self):
        move = self.posted()
        self.env.cr.execute(
            "UPDATE account_move SET amount_total = 111 WHERE id = %s", [move.id]
        )
        move.invalidate_recordset()
        self.assertEqual(self.compare_line().odoo_total, 111)

    def test_another_tax_differs(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, TotalTax=9)
        self.assertEqual(self.verdict(), ("differ", "amounts"))

    def test_another_currency_differs_without_a_sum_of_both(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, CurrencyCode="EUR", Total=50)
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("differ", "currency"))
        self.assertEqual((line.currency, line.xero_currency), ("AUD", "EUR"))
        self.assertEqual(line.difference, 0)

    def test_another_day_differs_in_both_months(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Date="2026-04-01")
        self.assertEqual(self.verdict(), ("only_odoo", "elsewhere"))
        april = {"date_from": "2026-04-01", "date_to": "2026-04-30"}
        self.assertEqual(self.verdict(**april), ("differ", "date"))

    def test_a_posted_invoice_that_is_a_draft_in_xero_differs(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Status="DRAFT")
        self.assertEqual(self.verdict(), ("differ", "not_booked"))

    def test_a_draft_in_xero_is_the_same_where_posted_ones_go_as_drafts(self):
        self.connection.invoice_status = "DRAFT"
        self.posted()
        self.assertEqual(self.compare().same_count, 1)

    def test_what_is_paid_in_xero_is_the_same(self):
        self.pay(self.posted().xero_document_ids, 110)
        self.assertEqual(self.compare().same_count, 1)

    # === ONLY IN ODOO === #

    def test_what_waits_is_only_in_odoo(self):
        self.new_move("out_invoice").action_post()
        self.end_click()
        comparison = self.new_comparison()
        comparison.action_compare()
        # The job would send it first
        with self.enter_registry_test_mode():
            while comparison.state == "reading":
                comparison.sudo()._move_on()
        line = comparison.line_ids.ensure_one()
        self.assertEqual((line.result, line.reason), ("only_odoo", "waiting"))

    def test_what_is_to_fix_is_only_in_odoo_and_leads_to_its_issue(self):
        self.gst.xero_tax_rate_id = False
        move = self.posted()
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("only_odoo", "to_fix"))
        self.assertEqual(line.document_id, move.xero_document_ids)
        self.assertTrue(line.remedy)
        opened = line.action_open_document()
        self.assertEqual(opened["res_id"], move.xero_document_ids.id)

    def test_what_a_person_skipped_is_only_in_odoo(self):
        self.gst.xero_tax_rate_id = False
        self.posted().xero_document_ids.action_skip("By hand")
        self.assertEqual(self.verdict(), ("only_odoo", "skipped"))

    def test_what_a_switch_stops_is_only_in_odoo(self):
        self.connection.auto_invoice = False
        self.posted()
        self.assertEqual(self.verdict(), ("only_odoo", "off"))

    def test_what_was_never_asked_for_is_only_in_odoo(self):
        self.connection.auto_invoice = False
        self.posted()
        self.connection.auto_invoice = True
        self.assertEqual(self.verdict(), ("only_odoo", "unsent"))

    def test_what_is_before_the_start_date_is_only_in_odoo(self):
        self.connection.start_date = "2026-06-01"
        self.posted()
        self.assertEqual(self.verdict(), ("only_odoo", "before_start"))

    def test_what_is_older_than_the_connection_is_only_in_odoo(self):
        self.connection.auto_invoice = False
        move = self.posted()
        self.connection.auto_invoice = True
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE account_move SET create_date = '2020-01-01' WHERE id = %s",
            [move.id],
        )
        move.invalidate_recordset()
        self.assertEqual(self.verdict(), ("only_odoo", "older"))

    def test_what_is_voided_in_xero_is_only_in_odoo(self):
        row = self.posted().xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Status="VOIDED")
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("only_odoo", "gone"))
        self.assertEqual((line.odoo_total, line.xero_total), (110, 0))
        self.assertEqual(line.comparison_id.sum_ids.difference, -110)

    def test_what_is_gone_on_both_sides_does_not_count(self):
        move = self.posted()
        move.button_draft()
        move.button_cancel()
        self.end_click()
        self.run_job(self.connection)
        comparison = self.compare()
        self.assertFalse(comparison.line_ids)
        self.assertEqual(comparison.same_count, 0)

    # === ONLY IN XERO === #

    def test_what_was_made_in_xero_is_only_there(self):
        made = self.make_in_xero(InvoiceNumber="HAND-1", Reference="R-1")
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("only_xero", "made"))
        self.assertEqual(line.xero_id, made["InvoiceID"])
        self.assertEqual((line.xero_number, line.xero_date), ("HAND-1", DAY))
        self.assertEqual((line.xero_total, line.difference), (110, 110))
        self.assertTrue(line.partner_name)
        self.assertIn(line.xero_id, line.xero_url)
        self.assertEqual(line.action_open()["url"], line.xero_url)

    def test_a_number_of_odoos_is_a_hint(self):
        self.connection.auto_invoice = False
        move = self.posted()
        self.make_in_xero(InvoiceNumber=move.name)
        lines = self.compare().line_ids
        there = lines.filtered(lambda line: line.result == "only_xero")
        self.assertEqual((there.reason, there.move_id), ("alike", move))

    def test_a_link_to_odoo_is_a_hint(self):
        self.connection.auto_invoice = False
        move = self.posted()
        self.make_in_xero(Url=move._xero_back_link())
        lines = self.compare().line_ids
        there = lines.filtered(lambda line: line.result == "only_xero")
        self.assertEqual((there.reason, there.move_id), ("alike", move))

    def test_a_second_copy_in_xero_is_told(self):
        move = self.posted()
        self.make_in_xero(Reference=move.name)
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("only_xero", "twice"))
        self.assertEqual(line.move_id, move)

    def test_what_was_reset_in_odoo_is_only_in_xero(self):
        move = self.posted()
        move.button_draft()
        self.end_click()
        line = self.compare_line()
        self.assertEqual((line.result, line.reason), ("only_xero", "ended"))
        self.assertEqual(line.document_id, move.xero_document_ids)

    def test_a_draft_made_in_xero_is_not_in_its_books(self):
        self.make_in_xero(Status="DRAFT")
        self.assertFalse(self.compare().line_ids)
        self.assertEqual(self.verdict(with_drafts=True), ("only_xero", "made"))

    def test_what_is_dated_outside_does_not_count(self):
        self.posted(invoice_date="2026-04-01")
        self.make_in_xero(Date="2026-02-28")
        comparison = self.compare()
        self.assertFalse(comparison.line_ids)
        self.assertFalse(comparison.sum_ids)
