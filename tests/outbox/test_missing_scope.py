"""What Xero does not allow and documents can do without stops no document."""

from odoo.tests import tagged

from ..common import XeroCase

# The forms in which a missing scope may be told
FORMS = (
    {"status": 401, "header": True},
    {"status": 401, "header": False},
    {"status": 403, "header": True},
    {"status": 403, "header": False},
)


@tagged("post_install", "-at_install")
class TestItemsNotAllowed(XeroCase):
    """Writing items may need a scope that the consent does not have."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_item=True)
        self.connection.create_items = True

    def issues(self):
        return self.env["xero.issue"].search(
            [("connection_id", "=", self.connection.id), ("state", "=", "open")]
        )

    def new_products(self, codes):
        return self.env["product.product"].create(
            [{"name": code, "default_code": code} for code in codes]
        )

    def test_documents_go_out_without_the_item_in_each_form_of_the_refusal(self):
        for number, form in enumerate(FORMS):
            with self.subTest(form):
                self.xero.allow_scopes()
                self.xero.refuse_scope("Items", **form)
                self.product = self.new_products([f"OAK-{number}"])
                order = self.confirmed_order()
                self.run_job(self.connection)
                self.assertEqual(self.connection.state, "connected")
                self.assertEqual(order.xero_state, "synced", order.xero_message)
                line = self.xero_invoice_of(order)["LineItems"][1]
                self.assertNotIn("ItemCode", line)
                self.assertEqual(len(self.issues()), 1)

    def test_one_issue_for_the_administrator_names_all_items(self):
        self.xero.refuse_scope("Items")
        products = self.new_products([f"OAK-{number}" for number in range(8)])
        self.run_job(self.connection)
        issue = self.issues()
        self.assertEqual(
            (issue.kind, issue.cure, issue.fixer, issue.blocked_count),
            ("permission", "reconnect", "administrator", len(products)),
        )
        self.assertEqual(len(self.write_calls("/Items")), 1)
        products.write({"list_price": 5})
        self.run_job(self.connection)
        self.assertEqual(self.issues(), issue)

    def test_items_follow_after_a_new_consent(self):
        self.xero.refuse_scope("Items")
        product = self.new_products(["OAK-1"])
        self.run_job(self.connection)
        self.xero.allow_scopes()
        self.connection.action_connect()
        self.finish_request()
        self.run_job(self.connection)
        self.assertTrue(product.xero_item_id.xero_id)
        self.assertFalse(self.issues())

    def test_items_made_by_hand_are_linked_when_they_are_sent_again(self):
        self.xero.refuse_scope("Items")
        product = self.new_products(["OAK-1"])
        self.run_job(self.connection)
        self.xero.seed("Items", [{"Code": "OAK-1", "Name": "Made by hand"}])
        issue = self.issues()
        self.assertIn("“Send all of this kind again”", issue.remedy)
        with self.later(minutes=20):  # when Odoo reads the items again
            issue.action_try_kind_again()
            self.finish_request()
            self.run_job(self.connection)
        self.assertTrue(product.xero_item_id.xero_id, product.xero_link_message)
        self.assertEqual(issue.state, "solved")

    def test_a_lost_answer_before_the_refusal_breaks_nothing(self):
        self.xero.fault("lost_answer", method="PUT", path="/Items")
        product = self.new_products(["OAK-1"])
        self.run_job(self.connection)
        self.xero.refuse_scope("Items", reads=True)
        self.connection.next_allowed = False
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "connected")
        self.assertIn("not allow", product.xero_link_message)

    def test_reading_items_may_be_refused_too(self):
        self.xero.refuse_scope("Items", reads=True)
        self.connection.action_refresh_choices()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        issue = self.issues()
        self.assertEqual(issue.kind, "permission")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.xero.allow_scopes()
        self.connection.action_refresh_choices()
        self.finish_request()
        self.assertEqual(issue.state, "solved")

    def test_a_left_organisation_is_still_a_lost_connection(self):
        self.xero.fault("forbidden", method="PUT", path="/Items")
        self.new_products(["OAK-1"])
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")

    def test_what_documents_need_still_breaks_the_connection(self):
        self.xero.refuse_scope("Invoices", header=False)
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn("permission is missing", self.connection.state_message)
