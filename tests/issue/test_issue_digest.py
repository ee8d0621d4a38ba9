from odoo import fields
from odoo.tests import tagged

from ..connected_case import ConnectedCase

ISSUES = "xero_sync.mail_activity_type_issues"


@tagged("post_install", "-at_install")
class TestIssueDigest(ConnectedCase):
    """The responsible is told of open issues: one task, one e-mail a day at most."""

    def setUp(self):
        super().setUp()
        self.boss = self.env.user.copy(
            {"name": "Ben", "login": "ben", "email": "ben@example.com"}
        )
        self.connection.responsible_id = self.boss
        self.first_message = self.newest_message()

    def newest_message(self):
        return self.env["mail.message"].sudo().search([], order="id desc", limit=1).id

    def mails(self):
        """What was sent to the responsible since the test began."""
        messages = (
            self.env["mail.message"]
            .sudo()
            .search([("id", ">", self.first_message)], order="id")
        )
        return messages.filtered(lambda each: self.boss.partner_id in each.partner_ids)

    def tasks(self):
        return self.connection.activity_search([ISSUES])

    def unmap(self):
        """The next order meets a tax without a rate in Xero."""
        self.gst.xero_tax_rate_id = False

    def break_orders(self, count=1):
        """Orders below zero: each is a cause of its own."""
        for _number in range(count):
            order = self.new_order()
            order.order_line.price_unit = -10.0
            order.action_confirm()
        self.run_job(self.connection)

    def test_many_causes_make_one_task_and_one_mail(self):
        self.break_orders(12)
        self.assertGreaterEqual(self.connection.issue_count, 12)
        self.assertEqual(len(self.tasks()), 1)
        self.assertEqual(self.tasks().user_id, self.boss)
        self.assertEqual(len(self.mails()), 1)

    def test_the_mail_groups_the_issues_and_leads_to_them(self):
        self.unmap()
        self.confirmed_order()
        self.break_orders()
        (mail,) = self.mails()
        self.assertIn("Taxes to map", mail.body)
        self.assertIn("To correct in Odoo", mail.body)
        self.assertIn(self.gst.name, mail.body)
        self.assertIn("/odoo/action-xero_sync.xero_issue_action", mail.body)
        self.assertIn("2 open Xero issues", mail.subject)

    def test_the_mail_of_one_issue_does_not_speak_of_issues(self):
        self.unmap()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertIn("1 open Xero issue of", self.mails().subject)

    def test_no_second_mail_on_the_same_day(self):
        self.break_orders()
        self.unmap()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.issue_count, 2)
        self.assertEqual(len(self.mails()), 1)

    def test_a_day_later_only_what_is_new_makes_a_mail(self):
        self.break_orders()
        self.connection.sudo().told_at = fields.Datetime.subtract(
            fields.Datetime.now(), days=2
        )
        self.run_job(self.connection)
        self.assertEqual(len(self.mails()), 1)
        self.unmap()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.mails()), 2)

    def test_a_try_that_fails_again_is_nothing_new(self):
        self.break_orders()
        issue = self.env["xero.issue"].search([("state", "=", "open")])
        since = issue.create_date
        issue.action_try_again()
        self.finish_request()
        self.assertEqual(issue.state, "open")
        self.assertEqual(issue.create_date, since)
        self.assertEqual(self.connection.issue_count, 1)

    def test_the_same_cause_after_weeks_is_a_new_issue(self):
        self.break_orders()
        issue = self.env["xero.issue"].search([("state", "=", "open")])
        problem_key = issue.key
        issue.sudo()._release()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE xero_issue SET write_date = write_date - interval '20 days'"
            " WHERE id = %s",
            [issue.id],
        )
        self.env.invalidate_all()
        self.run_job(self.connection)
        again = self.env["xero.issue"].search(
            [("state", "=", "open"), ("key", "=", problem_key)]
        )
        self.assertTrue(again)
        self.assertNotEqual(again, issue)

    def test_the_task_is_gone_once_all_is_solved(self):
        self.unmap()
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertTrue(self.tasks())
        self.gst.action_xero_accept_proposal()
        self.run_job(self.connection)
        self.assertEqual(self.connection.issue_count, 0)
        self.assertFalse(self.tasks())

    def test_without_issues_nobody_is_told(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertFalse(self.tasks())
        self.assertFalse(self.mails())

    def test_a_lost_connection_is_an_issue_that_is_told_by_its_own_task(self):
        self.xero.disconnect()
        self.confirmed_order()
        self.run_job(self.connection)
        issue = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertEqual((issue.kind, issue.cure), ("reconnect", "reconnect"))
        self.assertIn("disconnected in Xero", issue.name)
        self.assertFalse(self.tasks())

    def test_a_lost_connection_counts_what_waits(self):
        self.xero.disconnect()
        self.confirmed_order()
        self.run_job(self.connection)
        self.confirmed_order()
        self.run_job(self.connection)
        issue = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertEqual(issue.blocked_count, 2)

    def test_an_activity_of_the_responsible_is_counted_by_odoo(self):
        self.break_orders()
        groups = self.boss.with_user(self.boss)._get_activity_groups()
        self.assertIn("xero.connection", [group["model"] for group in groups])
