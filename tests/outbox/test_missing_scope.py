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


class MissingScopeCase(XeroCase):
    """What becomes of a connection whose consent does not allow everything."""

    def issues(self):
        return self.env["xero.issue"].search(
            [("connection_id", "=", self.connection.id), ("state", "=", "open")]
        )

    def consent_to_everything(self):
        self.xero.allow_scopes()
        self.connection.action_connect()
        self.finish_request()


@tagged("post_install", "-at_install")
class TestItemsNotAllowed(MissingScopeCase):
    """Writing items may need a scope that the consent does not have."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_item=True)
        self.connection.create_items = True

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
        self.consent_to_everything()
        self.run_job(self.connection)
        self.assertTrue(product.xero_item_id.xero_id)
        self.assertFalse(self.issues())

    def test_items_made_by_hand_are_linked_when_they_are_sent_again(self):
        self.xero.refuse_scope("Items")
        product = self.new_products(["OAK-1"])
        self.run_job(self.connection)
        self.xero.seed("Items", [{"Code": "OAK-1", "Name": "Made by hand"}])
        issue = self.issues()
        self.assertIn("“Try all of this kind again”", issue.remedy)
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
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        issue = self.issues()
        self.assertEqual(issue.kind, "permission")
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.xero.allow_scopes()
        self.press_refresh(self.connection)
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


@tagged("post_install", "-at_install")
class TestFilesNotAllowed(MissingScopeCase):
    """Attaching a PDF may need a scope that the consent does not have."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(attach_pdf=True)
        # Printing is tested in earnest where PDFs are
        self.patch(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda _report, _reference, _ids: (b"%PDF", "pdf"),
        )

    def sent_quote(self):
        order = self.new_order(xero_send_choice="yes")
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        return order

    def sent_invoice(self):
        move = self.new_move("out_invoice")
        move.action_post()
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "synced", move.xero_message)
        return move

    def files_of(self, record):
        return self.xero_document_of(record)["Attachments"]

    def attach_calls(self):
        return [call for call in self.xero.calls() if "/Attachments" in call["path"]]

    def test_one_issue_for_the_administrator_in_each_form_of_the_refusal(self):
        for form in FORMS:
            with self.subTest(form):
                self.consent_to_everything()
                self.xero.refuse_scope("Quotes", "Attachments", **form)
                quote = self.sent_quote()
                self.assertEqual(self.connection.state, "connected")
                self.assertEqual(self.files_of(quote), [])
                issue = self.issues()
                self.assertEqual(
                    (issue.kind, issue.cure, issue.fixer, issue.blocked_count),
                    ("permission", "reconnect", "administrator", 0),
                )

    def test_a_refusal_costs_one_call_however_many_runs_and_documents_follow(self):
        self.xero.refuse_scope("Quotes", "Attachments")
        self.sent_quote()
        issue = self.issues()
        self.run_job(self.connection)
        self.sent_quote()
        self.run_job(self.connection)
        self.assertEqual(len(self.attach_calls()), 1)
        self.assertEqual(self.issues(), issue)

    def test_documents_that_take_files_get_theirs(self):
        self.xero.refuse_scope("Quotes", "Attachments")
        self.sent_quote()
        self.assertEqual(len(self.files_of(self.sent_invoice())), 1)
        self.assertEqual(len(self.issues()), 1)

    def test_pdfs_follow_after_a_new_consent(self):
        self.xero.refuse_scope("Quotes", "Attachments")
        self.xero.refuse_scope("Invoices", "Attachments")
        records = [self.sent_quote(), self.sent_quote(), self.sent_invoice()]
        issues = self.issues()
        self.assertEqual(len(issues), 2)
        self.consent_to_everything()
        self.run_job(self.connection)
        for record in records:
            self.assertEqual(len(self.files_of(record)), 1)
        self.assertEqual(set(issues.mapped("state")), {"solved"})

    def test_a_consent_that_still_lacks_it_opens_the_same_issue_with_one_call(self):
        self.xero.refuse_scope("Quotes", "Attachments")
        self.sent_quote()
        issue = self.issues()
        self.connection.action_connect()
        self.finish_request()
        self.run_job(self.connection)
        self.run_job(self.connection)
        self.assertEqual(len(self.attach_calls()), 2)
        self.assertEqual(self.issues(), issue)

    def test_a_left_organisation_is_still_a_lost_connection(self):
        self.xero.fault("forbidden", method="PUT", path="/Quotes/")
        self.xero.fault("forbidden", method="POST", path="/Quotes/")
        order = self.new_order(xero_send_choice="yes")
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(self.connection.state, "broken")

    def test_pdfs_that_are_left_have_the_job_come_back(self):
        self.xero.refuse_scope("Quotes", "Attachments")
        self.sent_quote()
        self.assertFalse(self.connection._has_due_rows())
        self.env["xero.issue"]._solve(self.issues().mapped("key"))
        self.assertTrue(self.connection._has_due_rows())
