from datetime import datetime, timedelta

from odoo.tests import tagged

from ..xero_server import TENANT_AU
from .issue_case import IssueCase


@tagged("post_install", "-at_install")
class TestLockedPeriod(IssueCase):
    """Hold until the period opens."""

    def hold(self, invoice):
        issue = self.issue_of(invoice)
        self.assertEqual((issue.kind, issue.cure), ("lock_date", "hold"))
        issue.action_cure()
        self.assertEqual(invoice.xero_state, "held")
        self.assertEqual(issue.state, "solved")

    def test_whom_xero_lets_post_before_the_lock_is_not_held_up(self):
        self.adviser()
        invoice = self.locked_invoice()
        self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)
        self.assertEqual(self.xero_document_of(invoice)["Status"], "AUTHORISED")

    def test_the_year_end_lock_binds_an_adviser_too(self):
        self.adviser()
        self.xero.edit("Organisation", TENANT_AU, EndOfYearLockDate="2026-03-31")
        invoice = self.locked_invoice()
        self.assertEqual(self.issue_of(invoice).kind, "lock_date")
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_what_waits_for_approval_goes_into_a_locked_period(self):
        self.connection.invoice_status = "SUBMITTED"
        invoice = self.locked_invoice()
        self.assertEqual(self.xero_document_of(invoice)["Status"], "SUBMITTED")

    def test_an_adviser_who_connects_later_lets_go_what_is_held(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.adviser()
        self.connection.sudo().choices_at = False  # as after a day
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)

    def test_one_xero_stops_all_the_same_is_told_and_asked_once(self):
        self.adviser()
        self.press_refresh(self.connection)
        self.finish_request()
        self.adviser(False)
        invoice = self.locked_invoice(read=False)
        self.hold(invoice)
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Invoices"), [])
        self.assertEqual(invoice.xero_state, "held")

    def test_what_the_user_may_do_is_read_once_a_day(self):
        self.run_job(self.connection)
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(path="/Organisation/Actions"), [])
        self.connection.sudo().choices_at = datetime.now() - timedelta(hours=25)
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls(path="/Organisation/Actions")), 1)

    def test_where_xero_does_not_say_what_the_user_may_do_the_lock_binds(self):
        self.adviser()
        self.xero.fault("forbidden", path="/Organisation/Actions")
        invoice = self.locked_invoice()
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(self.issue_of(invoice).kind, "lock_date")

    def adviser(self, is_one=True):
        """One whom the period lock does not bind has connected, or no more."""
        self.xero.edit("Organisation", TENANT_AU, _adviser=is_one)

    def test_held_it_waits_and_is_no_issue_any_more(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "held")
        self.assertIn("books are open", invoice.xero_message)
        self.assertFalse(self.issues())

    def test_it_goes_when_the_lock_dates_read_next_no_longer_cover_it(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.lock("2026-03-01")
        self.connection.sudo().choices_at = False  # as after a day
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(self.xero_document_of(invoice)["Status"], "AUTHORISED")

    def test_until_its_period_opens_it_is_left_alone_and_starves_nothing(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        row = invoice.xero_document_ids
        row._release_waiting(self.connection)
        self.assertEqual(row.state, "held")

    def test_it_stays_held_while_they_cover_it(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.lock("2026-03-02")
        self.connection.sudo().choices_at = False
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "held")
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_the_end_of_year_lock_date_counts_too(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.xero.edit(
            "Organisation",
            TENANT_AU,
            PeriodLockDate=None,
            EndOfYearLockDate="2026-03-31",
        )
        self.connection.sudo().choices_at = False
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "held")

    def test_a_person_who_has_opened_the_period_sends_it_at_once(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.lock(None)
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced")

    def test_send_again_of_the_issue_reads_the_lock_dates_first(self):
        invoice = self.locked_invoice()
        self.lock(None)
        self.issue_of(invoice).action_try_again()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced")

    def test_an_edit_in_the_locked_period_asks_nobody_again(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        invoice.button_draft()
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "held")
        self.assertFalse(self.issues())

    def test_fix_on_the_invoice_leads_to_the_button_that_holds(self):
        invoice = self.locked_invoice()
        action = invoice.action_xero_fix()
        self.assertEqual(
            (action["res_model"], action["res_id"]),
            ("xero.issue", self.issue_of(invoice).id),
        )

    def test_another_problem_of_what_is_held_is_told(self):
        invoice = self.locked_invoice()
        self.hold(invoice)
        self.gst.xero_tax_rate_id = False
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(self.issues().kind, "tax")

    def test_a_lock_xero_set_since_is_refused_told_and_read(self):
        invoice = self.locked_invoice(read=False)
        issue = self.issue_of(invoice)
        self.assertEqual(issue.kind, "lock_date")
        self.assertIn("lock date", issue.xero_words)
        self.run_job(self.connection)
        self.assertEqual(str(self.connection.period_lock_date), "2026-06-30")
        self.hold(invoice)
