from odoo.exceptions import AccessError
from odoo.tests import tagged

from .issue_case import IssueCase


@tagged("post_install", "-at_install")
class TestIssueRights(IssueCase):
    """Everybody presses what he may, in his own company."""

    def setUp(self):
        super().setUp()
        self.accountant = self.new_user("abby", "xero_sync.xero_sync_group_accountant")
        self.seller = self.new_user(
            "sally", "xero_sync.xero_sync_group_user,sales_team.group_sale_salesman"
        )
        self.stranger = self.new_user(
            "carl",
            "xero_sync.xero_sync_group_accountant",
            self.company_data_2["company"],
        )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company_data_2 = cls.setup_other_company()

    def test_an_accountant_of_another_company_sees_nothing(self):
        self.failed_order()
        found = self.env["xero.issue"].with_user(self.stranger).search([])
        self.assertFalse(found)

    def test_an_accountant_of_another_company_releases_nothing(self):
        order = self.failed_order()
        issue = self.issue_of(order).with_user(self.stranger)
        for method in (
            "action_try_again",
            "action_cure",
            "action_skip",
            "action_try_kind_again",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(issue, method)()
        self.env["xero.issue"].with_user(self.stranger).action_try_all_again()
        self.assertEqual(order.xero_document_ids.state, "failed")

    def test_a_seller_sees_no_issue_and_presses_none_of_the_buttons(self):
        issue = self.issue_of(self.failed_order()).with_user(self.seller)
        with self.assertRaises(AccessError):
            issue.search([])
        for method in (
            "action_cure",
            "action_fix",
            "action_skip",
            "action_try_again",
            "action_try_all_again",
            "action_try_kind_again",
        ):
            with self.subTest(method=method), self.assertRaises(AccessError):
                getattr(issue, method)()

    def test_a_seller_reads_on_the_document_why_it_waits_and_who_can_help(self):
        order = self.failed_order()
        order.user_id = self.seller
        order = order.with_user(self.seller)
        self.assertIn(self.gst.name, order.xero_message)
        self.assertEqual(order.xero_issue_fixer, "accountant")
        document = order.xero_document_ids
        self.assertIn("Xero tax rate", document.remedy)
        self.assertNotIn("issue_ids", document.read()[0])

    def test_a_seller_tries_again(self):
        order = self.failed_order()
        order.user_id = self.seller
        self.gst.sudo().action_xero_accept_proposal()
        order.with_user(self.seller).action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "synced")

    def test_a_seller_fixes_what_any_user_can_from_the_document(self):
        order = self.failed_order()
        order.user_id = self.seller
        order.xero_issue_id.sudo().write(
            {
                "key": f"match:{self.customer.id}",
                "fixer": "user",
                "res_model": self.customer._name,
                "res_id": self.customer.id,
            }
        )
        action = order.with_user(self.seller).action_xero_fix()
        self.assertEqual(action["res_model"], "xero.contact.link")

    def test_only_an_accountant_holds_and_sends_as_new(self):
        invoice = self.locked_invoice()
        issue = self.issue_of(invoice)
        with self.assertRaises(AccessError):
            issue.with_user(self.seller).action_cure()
        issue.with_user(self.accountant).action_cure()
        self.assertEqual(invoice.xero_state, "held")

    def test_only_an_accountant_has_xero_read_for_a_currency(self):
        order = self.failed_order()
        issue = self.issue_of(order)
        issue.sudo().key = f"currency:{self.connection.id}:JPY"
        self.assertEqual(issue.cure, "refresh")
        self.connection.sudo().choices_at = False
        with self.assertRaises(AccessError):
            issue.with_user(self.seller).action_cure()
        self.assertTrue(issue.with_user(self.accountant).action_cure())

    def test_only_an_administrator_reconnects(self):
        self.connection.sudo()._break("Gone")
        self.assertFalse(self.issues().with_user(self.accountant).may_cure)
        self.assertTrue(self.issues().may_cure)
