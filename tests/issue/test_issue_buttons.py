from datetime import timedelta
from functools import partial

from odoo import fields
from odoo.tests import tagged

from ... import mappers
from ...models.issue.xero_issue_kinds import CAUSES
from ...models.outbox.xero_refusals import REFUSALS
from .issue_case import IssueCase

# Groups of each role, with none besides
ROLES = {
    "accountant": "base.group_user,xero_sync.xero_sync_group_accountant",
    "administrator": "base.group_user,xero_sync.xero_sync_group_administrator",
    "seller": "sales_team.group_sale_salesman_all_leads",
    "seller who may change contacts": "sales_team.group_sale_salesman_all_leads,"
    "base.group_partner_manager",
}
# Kinds of causes that are no refusal of Xero's about a document
OWN_CAUSES = (
    "match",
    "contact",
    "tracking",
    "link",
    "unanswered",
    "broken",
    "text",
    "older_invoice",
    "mismatch",
)
PRESSES = {
    "try_again": "action_try_again",
    "try_kind_again": "action_try_kind_again",
    "replace": "action_replace",
    "skip": "action_skip",
}
# Buttons of a document's form, where a person decides without a further question
DOCUMENT_PRESSES = {
    "try_again": lambda row: row.action_send_again(),
    "send_as_new": lambda row: row.action_send_as_new(),
    "replace": lambda row: row.action_replace(),
    "skip": lambda row: row.action_skip("By hand"),
    "link": lambda row: row.action_link("INV-1"),
}


class ButtonCase(IssueCase):
    """An order that is kept back, for each kind of cause."""

    def kept_back(self):
        """:return: dict of cause → row of an order that is kept back by it"""
        causes = {
            **{refusal.cause: refusal for refusal in REFUSALS},
            **dict.fromkeys(OWN_CAUSES),
        }
        rows = {cause: self.new_row() for cause in causes}
        for cause, row in rows.items():
            row._set_failed([self.problem(row, cause, causes[cause])])
        self.env.flush_all()
        return rows

    def new_row(self):
        return self.confirmed_order().sudo().xero_document_ids

    def problem(self, row, cause, refusal):
        if refusal:
            return row._problem_refused(refusal, ["As Xero says it"])
        records = {"match": self.customer, "contact": self.customer, "tracking": None}
        record = records.get(cause, row._record())
        key = f"{cause}:{row.id}"
        return mappers.Problem(key, "It is so", "Do that", record, "user")


@tagged("post_install", "-at_install")
class TestIssueButtonsOfRoles(ButtonCase):
    """Each role, with its groups only, presses every button that it is offered."""

    def setUp(self):
        super().setUp()
        # Xero was read long enough ago to be read again
        self.connection.sudo().choices_at = fields.Datetime.now() - timedelta(hours=1)
        self.rows = self.kept_back()
        self.people = {
            role: self.new_user(f"person {number}", groups)
            for number, (role, groups) in enumerate(ROLES.items())
        }

    def test_all_kinds_of_documents_causes_are_tried(self):
        tried = set(self.kept_back()) | {"order_linked", "deleted_in_xero", "doubt"}
        # Of these none is about a document, or Odoo's mapping names them as Xero does
        others = {"reconnect", "permission", "taxes", "changed_in_xero"}
        others |= {"zero_sale_tax_rate_id", "zero_purchase_tax_rate_id"}
        others |= {"default_sale_account_id", "default_purchase_account_id"}
        others |= {"product_code", "item_name", "other", "print"}
        self.assertEqual(set().union(*CAUSES.values()) - tried - others, set())

    def pressed(self, press):
        """What a button answers; nothing of it stays."""
        with self.env.cr.savepoint() as savepoint:
            action = press()
            self.env.flush_all()
            savepoint.rollback()
        self.env.cr.postcommit.clear()
        self.env.invalidate_all()
        return action

    def assert_opens(self, action, person):
        """What a button opens, the person may open; a cure also changes it."""
        if not isinstance(action, dict) or not action.get("res_id"):
            return
        record = self.env[action["res_model"]].browse(action["res_id"])
        if record.exists():  # a question went with the savepoint
            record.with_user(person).check_access("read")

    def test_what_an_issue_offers_to_who_reads_issues(self):
        for role in ("accountant", "administrator"):
            for cause, row in self.rows.items():
                issue = row.issue_ids.with_user(self.people[role])
                names = issue.offered.split(",") if issue.offered else []
                presses = [getattr(issue, PRESSES[name]) for name in names]
                if issue.may_cure:
                    presses.append(issue.action_cure)
                self.assertTrue(presses, cause)
                for press in presses:
                    with self.subTest(role=role, cause=cause, button=press.__name__):
                        self.assert_opens(self.pressed(press), self.people[role])

    def test_what_a_document_offers_to_each_role(self):
        for role, person in self.people.items():
            for cause, row in self.rows.items():
                own = row.with_user(person).sudo(False)
                for name in own.offered.split(","):
                    with self.subTest(role=role, cause=cause, button=name):
                        self.pressed(partial(DOCUMENT_PRESSES[name], own))

    def test_fix_on_an_orders_form_leads_where_this_person_can_fix_it(self):
        for role in ("seller", "seller who may change contacts"):
            person = self.people[role]
            for cause, row in self.rows.items():
                order = row.sale_order_id.with_user(person).sudo(False)
                with self.subTest(role=role, cause=cause):
                    if order.xero_fixable:
                        action = self.pressed(order.action_xero_fix)
                        self.assert_opens(action, person)

    def test_without_contact_rights_a_seller_is_told_who_can_link(self):
        for cause in ("match", "contact"):
            order = self.rows[cause].sale_order_id
            without = order.with_user(self.people["seller"])
            able = order.with_user(self.people["seller who may change contacts"])
            with self.subTest(cause):
                self.assertFalse(without.xero_fixable)
                self.assertIn("Somebody who may change Jane", without.xero_fix_by)
                self.assertTrue(able.xero_fixable)
                self.assertFalse(able.xero_fix_by)

    def test_who_can_fix_it_is_true_of_who_is_offered_the_button(self):
        for cause, row in self.rows.items():
            issue = row.issue_ids
            if issue.fixer == "administrator":
                continue
            for role in ("accountant", "administrator"):
                with self.subTest(role=role, cause=cause):
                    own = issue.with_user(self.people[role])
                    known = own.may_cure or issue.fixer == "user"
                    self.assertTrue(known, f"{issue.cure} of {issue.res_model}")


@tagged("post_install", "-at_install")
class TestIssueButtonsLeadOut(ButtonCase):
    """Whichever button one presses, once it is put right no issue stays open."""

    def press_all(self, name):
        """Press a button on each issue that offers it.

        :return: the issues
        """
        issues = [row.issue_ids for row in self.kept_back().values()]
        offering = [each for each in issues if name in each.offered.split(",")]
        self.assertGreater(len(offering), 10)
        return offering

    def assert_solved(self, issues):
        self.finish_request()
        self.run_job(self.connection)
        for issue in issues:
            with self.subTest(issue.key):
                self.assertEqual(issue.state, "solved", issue.name)

    def test_try_again(self):
        issues = self.press_all("try_again")
        for issue in issues:
            issue.action_try_again()
        self.assert_solved(issues)

    def test_try_all_of_its_kind_again(self):
        issues = self.press_all("try_kind_again")
        for issue in issues:
            if issue.state == "open":
                issue.action_try_kind_again()
        self.assert_solved(issues)

    def test_skip(self):
        issues = self.press_all("skip")
        for issue in issues:
            context = issue.action_skip()["context"]
            question = self.env["xero.document.skip"].with_context(**context)
            question.create({"reason": "By hand"}).action_skip()
        self.assert_solved(issues)

    def test_the_one_button_where_it_does_it_by_itself(self):
        rows = self.kept_back()
        done = []
        for issue in (row.issue_ids for row in rows.values()):
            if issue.cure in ("send_again", "send_as_new", "hold"):
                done.append(issue)
                issue.action_cure()
        self.assertGreater(len(done), 4)
        self.assert_solved(done)

    def test_credit_that_waits_can_be_left_to_people(self):
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        credit = invoice._reverse_moves([{"invoice_date": "2026-03-03"}])
        credit.action_post()
        self.run_job(self.connection)
        row = self.env["xero.allocation"].sudo().search([])
        row._set_failed([row._problem_refused(REFUSALS[0], ["As Xero says it"])])
        issue = row.issue_ids
        self.assertIn("skip", issue.sudo(False).offered)
        context = issue.sudo(False).action_skip()["context"]
        question = self.env["xero.document.skip"].with_context(**context)
        question.create({"reason": "Set off by hand"}).action_skip()
        self.assertEqual((issue.state, row.state), ("solved", "skipped"))
        self.assertIn("Set off by hand", credit.xero_not_set_off)

    def test_a_question_is_not_answered_by_trying_again(self):
        row = self.new_row()
        row.doubt = {
            side: dict.fromkeys(("number", "date", "total", "contact", "url"), "")
            for side in ("ours", "theirs")
        } | {"xero_id": "x"}
        row._set_failed([row._problem_doubt()])
        self.assertEqual(row.sudo(False).offered, "link,send_as_new,skip")
        self.assertEqual(row.issue_ids.sudo(False).offered, "skip")

    def test_what_was_deleted_in_xero_has_a_button_that_sends_it_as_new(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        row = order.xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Status="DELETED")
        order.order_line.product_uom_qty = 7
        self.run_job(self.connection)
        issue = self.issue_of(order)
        self.assertEqual((issue.cure, issue.offered), ("send_as_new", "skip"))

    def test_the_rest_of_an_order_does_not_meet_the_number_of_its_first_invoice(self):
        self.connection.sudo().write(
            {"number_sale_order": "odoo", "number_invoice": "xero"}
        )
        order = self.confirmed_order()
        order.order_line.product_uom_qty = 4
        self.run_job(self.connection)
        invoice = self.invoice_of(order, 1)
        self.run_job(self.connection)
        row = order.xero_document_ids
        self.assertEqual(invoice.xero_document_ids.xero_number, order.name)
        self.assertEqual((row.state, row.message), ("synced", False))
        self.assertEqual(row.xero_number, f"{order.name}-2")
        order.order_line.product_uom_qty = 5
        self.run_job(self.connection)
        self.assertEqual(row.xero_number, f"{order.name}-2")
