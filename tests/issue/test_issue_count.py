import json
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import mappers
from .issue_case import IssueCase


@tagged("post_install", "-at_install")
class TestIssueCount(IssueCase):
    """The count on accountants' pages is made anew when it changed, not by asking."""

    def told(self):
        """What a commit would tell accountants' pages."""
        self.env.cr.flush()
        self.env.cr.postcommit.clear()
        group = self.env.ref("xero_sync.xero_sync_group_accountant")
        messages = self.env["bus.bus"].sudo().search([("id", ">", self.last)])
        self.last = messages[-1:].id or self.last
        return [
            json.loads(message.message)
            for message in messages
            if json.loads(message.channel)[1:] == [group._name, group.id]
        ]

    def setUp(self):
        super().setUp()
        self.last = 0
        self.told()

    def problem(self, number):
        return mappers.Problem(key=f"tax:{number}", title="A", remedy="B")

    def raise_issues(self, count):
        problems = [self.problem(number) for number in range(count)]
        return self.env["xero.issue"].sudo()._raise_issues(self.connection, problems)

    def test_issues_that_are_raised_are_told_once_and_without_what_they_are(self):
        self.raise_issues(3)
        self.assertEqual(
            self.told(), [{"type": "xero_sync.issues_changed", "payload": {}}]
        )

    def test_an_issue_that_is_solved_or_opened_again_is_told(self):
        issue = self.raise_issues(1)
        self.told()
        issue._release()
        self.assertEqual(len(self.told()), 1)
        self.raise_issues(1)
        self.assertEqual(issue.state, "open")
        self.assertEqual(len(self.told()), 1)

    def test_an_open_issue_that_is_met_again_tells_nothing(self):
        self.raise_issues(1)
        self.told()
        self.raise_issues(1)
        self.assertEqual(self.told(), [])

    def test_that_no_issue_was_solved_is_not_told(self):
        self.env["xero.issue"].sudo()._solve_if_free()
        self.assertEqual(self.told(), [])


@tagged("post_install", "-at_install")
class TestIssueRace(IssueCase):
    """Two processes that meet the same cause at the same time."""

    def test_the_slower_one_repeats_its_transaction(self):
        problem = mappers.Problem(key="tax:0", title="A", remedy="B")
        issues = self.env["xero.issue"].sudo()
        issues._raise_issues(self.connection, [problem])
        # Its snapshot is older than the other's row
        nothing = patch.object(type(issues), "_known_issues", lambda *args: {})
        with (
            nothing,
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.errors.SerializationFailure) as caught,
        ):
            issues._raise_issues(self.connection, [problem])
        self.assertEqual(caught.exception.pgcode, "40001")

    def test_the_outbox_repeats_it_and_takes_the_other_ones_issue(self):
        order = self.failed_order()
        issue = self.issue_of(order)
        tries = []
        known = type(issue)._known_issues

        def blind_at_first(issues, *args):
            tries.append(1)
            return {} if len(tries) == 1 else known(issues, *args)

        second = self.confirmed_order()
        with (
            patch.object(type(issue), "_known_issues", blind_at_first),
            mute_logger("odoo.sql_db"),
        ):
            self.run_job(self.connection)
        self.assertEqual(second.xero_state, "failed")
        self.assertEqual(self.issue_of(second), issue)
