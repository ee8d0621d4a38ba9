from odoo.tests import tagged

from ... import mappers
from .issue_case import IssueCase


@tagged("post_install", "-at_install")
class TestIssueScreen(IssueCase):
    """Causes grouped by kind, with what they block, and the button that cures."""

    def test_the_biggest_comes_first_then_the_newest(self):
        problems = [
            mappers.Problem(key=f"tax:{number}", title="A", remedy="B")
            for number in range(3)
        ]
        small, big, new = (
            self.env["xero.issue"].sudo()._raise_issues(self.connection, [problem])
            for problem in problems
        )
        rows = self.new_rows(2)
        big.document_ids = rows
        found = self.env["xero.issue"].search([("id", "in", (small + big + new).ids)])
        self.assertEqual(found.ids, [big.id, new.id, small.id])

    def new_rows(self, count):
        orders = self.env["sale.order"].browse()
        for _number in range(count):
            orders += self.confirmed_order()
        return orders.xero_document_ids

    def test_what_it_keeps_back_is_named_the_first_few(self):
        first = self.failed_order()
        issue = self.issue_of(first)
        self.assertEqual(issue.waiting, first.name)
        issue.sudo().document_ids |= self.new_rows(4)
        issue.invalidate_recordset(["waiting"])
        self.assertEqual(issue.waiting.count(", S"), 3)
        self.assertTrue(issue.waiting.endswith(", …"), issue.waiting)

    def test_what_it_blocks_is_counted_and_can_be_sorted_by(self):
        order = self.failed_order()
        self.confirmed_order()
        self.run_job(self.connection)
        issue = self.issue_of(order)
        self.assertEqual(issue.blocked_count, 2)
        by_count = [("blocked_count", "=", 2)]
        self.assertEqual(self.env["xero.issue"].search(by_count), issue)

    def test_the_records_it_keeps_back_can_be_opened(self):
        order = self.failed_order()
        issue = self.issue_of(order)
        self.assertEqual(issue.order_count, 1)
        action = issue.action_open_orders()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )
        action = issue.document_ids.action_open_record()
        self.assertEqual(
            (action["res_model"], action["res_id"]), (order._name, order.id)
        )

    def test_the_button_maps_and_the_document_goes_by_itself(self):
        order = self.failed_order()
        issue = self.issue_of(order)
        self.assertEqual((issue.kind, issue.cure), ("tax", "map"))
        action = issue.action_cure()
        self.assertEqual(
            (action["res_model"], action["res_id"]), ("account.tax", self.gst.id)
        )
        self.gst.action_xero_accept_proposal()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(issue.state, "solved")

    def test_a_missing_default_leads_to_the_mapping(self):
        self.connection.default_sale_account_id = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        issue = self.issue_of(order)
        self.assertEqual((issue.kind, issue.cure), ("account", "map"))

    def test_send_again_of_one_leaves_the_others(self):
        one, other = self.two_kinds()
        self.issue_of(one).action_try_again()
        self.assertEqual(one.xero_document_ids.state, "pending")
        self.assertEqual(other.xero_document_ids.state, "failed")

    def test_send_again_of_a_kind_sends_all_of_that_kind(self):
        one, other = self.two_kinds()
        self.issue_of(other).action_try_kind_again()
        self.assertEqual(one.xero_document_ids.state, "failed")
        self.assertEqual(other.xero_document_ids.state, "pending")

    def test_send_all_again(self):
        one, other = self.two_kinds()
        self.env["xero.issue"].action_try_all_again()
        self.assertEqual(one.xero_document_ids.state, "pending")
        self.assertEqual(other.xero_document_ids.state, "pending")

    def two_kinds(self):
        """Two orders kept back by causes of different kinds."""
        one = self.failed_order()
        other = self.confirmed_order()
        other.sudo().xero_document_ids._set_refused(["Invoice # must be unique."])
        return one, other

    def test_skip_asks_for_the_reason_for_all_it_keeps_back(self):
        order = self.failed_order()
        issue = self.issue_of(order)
        context = issue.action_skip()["context"]
        skip = self.env["xero.document.skip"].with_context(**context)
        skip.create({"reason": "By hand"}).action_skip()
        self.assertEqual(order.xero_state, "skipped")
        self.assertEqual(issue.state, "solved")

    def test_a_taken_number_is_linked_by_its_button(self):
        order = self.confirmed_order()
        order.sudo().xero_document_ids._set_refused(["Invoice # must be unique."])
        issue = self.issue_of(order)
        self.assertEqual(issue.cure, "link_document")
        action = issue.action_cure()
        self.assertEqual(action["res_model"], "xero.document.link")
        self.assertEqual(
            action["context"]["default_document_id"], order.xero_document_ids.id
        )
        self.assertEqual(action["context"]["default_number"], order.name)

    def test_what_was_deleted_in_xero_is_sent_as_new_by_its_button(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        draft = self.xero_invoice_of(order)
        self.xero.edit("Invoices", draft["InvoiceID"], Status="DELETED")
        order.order_line.product_uom_qty = 7
        self.run_job(self.connection)
        issue = self.issue_of(order)
        self.assertEqual((issue.kind, issue.cure), ("deleted", "send_as_new"))
        issue.action_cure()
        self.finish_request()
        self.assertEqual(order.xero_state, "synced")

    def test_xeros_words_are_told_also_where_odoo_looked_what_happened(self):
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        row = invoice.sudo().xero_document_ids
        words = "Invoice not of valid status for modification"
        row._set_refused([words])
        self.assertEqual(row.look_up, "refused")
        row._settle_look_up({}, row.browse())
        self.assertEqual(self.issue_of(invoice).kind, "changed")
        self.assertEqual(self.issue_of(invoice).xero_words, words)

    def test_a_lost_connection_is_cured_by_reconnect(self):
        self.xero.disconnect()
        order = self.confirmed_order()
        self.run_job(self.connection)
        issue = self.issues()
        self.assertEqual(issue.cure, "reconnect")
        self.xero.reset()
        issue.action_cure()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")
        self.assertEqual(issue.state, "solved")
        self.assertEqual(order.xero_state, "synced")
