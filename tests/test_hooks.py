from odoo.fields import Command

from .common import XeroCase

# Statements that hooks may add to one action, however many documents it is about
MOST_QUERIES = 12


class TestHooks(XeroCase):
    """What is noted in a transaction is looked at once, before its commit."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_quotation=True)

    def queries_at_the_end(self, action):
        """Statements of what is left to the end of a click."""
        action()
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.end_click()
        return self.env.cr.sql_log_count - before

    def test_many_documents_cost_as_many_queries_as_one(self):
        orders = self.env["sale.order"].union(*(self.new_order() for _n in range(9)))
        one = self.queries_at_the_end(orders[0].action_confirm)
        many = self.queries_at_the_end(orders[1:].action_confirm)
        self.assertEqual(many, one)
        self.assertLessEqual(many, MOST_QUERIES)
        invoices = orders._create_invoices(grouped=True)
        self.end_click()
        one = self.queries_at_the_end(invoices[0].action_post)
        many = self.queries_at_the_end(invoices[1:].action_post)
        self.assertEqual(many, one)
        self.assertLessEqual(many, MOST_QUERIES + 3)  # their orders are looked at too

    def test_a_form_that_was_just_saved_shows_that_its_document_waits(self):
        values = {
            "partner_id": self.customer.id,
            "order_line": [Command.create({"product_id": self.product.id})],
        }
        (saved,) = self.env["sale.order"].web_save(values, {"xero_state": {}})
        self.assertEqual(saved["xero_state"], "pending")

    def test_what_was_rolled_back_is_not_sent(self):
        order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        try:
            with self.env.cr.savepoint():
                order.action_confirm()
                raise ValueError
        except ValueError:
            self.end_click()
        self.assertFalse(
            order.xero_document_ids.filtered(lambda row: row.kind == "sale_order")
        )
        self.run_job(self.connection)
        self.assertFalse(self.write_calls())

    def test_confirmed_and_deleted_in_one_click_leaves_nothing(self):
        order = self.env["sale.order"].create({"partner_id": self.customer.id})
        order.order_line = [Command.create({"product_id": self.product.id})]
        order.unlink()
        self.end_click()
        self.run_job(self.connection)
        self.assertFalse(self.write_calls())

    def test_a_bill_made_and_deleted_in_one_click_leaves_nothing(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.vendor.id,
                "invoice_line_ids": [Command.create({"product_id": self.product.id})],
            }
        )
        bill.unlink()
        self.end_click()
        self.run_job(self.connection)
        self.assertFalse(self.write_calls())
