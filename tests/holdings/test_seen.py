from freezegun import freeze_time

from odoo.tests import tagged

from .holdings_case import HoldingsCase


@tagged("post_install", "-at_install")
class TestSeen(HoldingsCase):
    """What is said of Xero is said as of a time, and can be looked at again."""

    def test_as_of_is_told_in_the_users_time_zone(self):
        self.env.user.tz = "Australia/Sydney"
        with freeze_time("2026-03-02 01:05:00"):
            move = self.posted()
            row = move.xero_document_ids
            row.sudo().seen_at = "2026-03-02 00:32:00"
            self.assertIn("as of 11:32", move.xero_as_of)

    def test_a_reading_with_nothing_new_says_that_it_is_still_so(self):
        move = self.posted()
        row = move.xero_document_ids
        seen = row.as_of
        with self.later(hours=1):
            self.check_now()
        self.assertGreater(row.as_of, seen)

    def test_whoever_sees_the_document_may_check_now(self):
        move = self.posted(invoice_user_id=False)
        row = move.xero_document_ids
        self.pay(row, 110)
        seller = self.new_user("seller", "sales_team.group_sale_salesman_all_leads")
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.with_user(seller).action_xero_check_now()
        self.finish_request()
        self.assertEqual(row.xero_status, "PAID")

    def test_an_order_that_its_invoice_took_over_keeps_no_total_of_its_own(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.invoice_of(order)
        self.run_job(self.connection)
        row = order.xero_document_ids.filtered(lambda row: row.kind == "sale_order")
        self.assertEqual((row.state, row.shown_state), ("synced", "ended"))
        self.assertEqual(row.xero_total, 0)
        self.assertEqual(order.xero_shown_state, "synced")  # its invoice is there
        self.assert_found(order, "synced")

    def test_what_was_cancelled_is_not_shown_as_being_in_xero(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(order.xero_shown_state, "ended")
        self.assert_found(order, "ended")

    def assert_found(self, order, state):
        """A filter finds it as being in this state, and in no other."""
        for each in ("synced", "ended", "pending", False):
            with self.subTest(state=each):
                domain = [("xero_shown_state", "=", each), ("id", "=", order.id)]
                found = self.env["sale.order"].search(domain)
                self.assertEqual(bool(found), each == state)

    def test_what_a_person_voided_or_changed_in_xero_is_not_among_what_is_there(self):
        voided, edited, kept = self.posted(), self.posted(), self.posted()
        moves = voided + edited + kept
        self.xero.edit("Invoices", voided.xero_document_ids.xero_id, Status="VOIDED")
        self.xero.edit("Invoices", edited.xero_document_ids.xero_id, Total=120)
        self.check_now()
        there = [("xero_shown_state", "=", "synced"), ("id", "in", moves.ids)]
        self.assertEqual(self.env["account.move"].search(there), kept)

    def test_an_empty_list_says_when_xero_was_looked_at(self):
        self.posted()
        self.check_now()
        rows = self.env["xero.document"].with_company(self.company)
        self.assertIn("last checked", rows.get_empty_list_help("<p>Nothing</p>"))

    def test_who_changed_it_is_one_call_when_asked(self):
        move = self.posted()
        row = move.xero_document_ids
        self.xero.advance(60)
        self.xero.edit("Invoices", row.xero_id, Total=120)
        self.check_now()
        self.assertEqual(self.xero.calls("GET", "/History"), [])
        issue = row.sudo().issue_ids.with_env(self.env)
        issue.action_ask_who()
        self.finish_request()
        self.assertEqual(len(self.xero.calls("GET", "/History")), 1)
        self.assertIn("Demo User", row.changed_by)
        self.assertIn("Demo User", issue.changed_by)

    def test_who_voided_it_is_told_too(self):
        row = self.posted().xero_document_ids
        self.xero.advance(60)
        self.xero.edit("Invoices", row.xero_id, Status="VOIDED")
        self.check_now()
        row.action_ask_who()
        self.finish_request()
        self.assertIn("Demo User", row.changed_by)
