from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command

from ..common import XeroCase

# Statements that the hooks may add to one click, however many documents it is about;
# one of them locks the rows there are
MOST_QUERIES = 9
MANY = 9


class TestHooks(XeroCase):
    """What is noted in a transaction is looked at once, before its commit."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_quotation=True)

    def more_queries(self, make, act):
        """Statements that the hooks add to a click, on one document and on many.

        :param make: called with a number, returns so many new documents
        :param act: called with documents, does what the click does
        """
        self.queries(act, make(1))  # what Odoo reads once in a process
        return [
            self.queries(act, make(number))
            - self.queries_without_hooks(act, make(number))
            for number in (1, MANY)
        ]

    def queries(self, act, *arguments):
        self.env.cr.flush()
        self.env.invalidate_all()
        # Odoo keeps it as long as an environment, whose end nobody can tell
        self.env.user.mapped("tz")
        before = self.env.cr.sql_log_count
        # What Odoo writes depends on whether a second has passed since
        with freeze_time("2026-03-02"):
            act(*arguments)
            self.end_click()
        return self.env.cr.sql_log_count - before

    def queries_without_hooks(self, act, *arguments):
        with patch.object(
            self.env.registry["xero.document"], "_note", lambda *_arguments: None
        ):
            return self.queries(act, *arguments)

    def check_queries(self, make, act):
        one, many = self.more_queries(make, act)
        self.assertEqual(many, one)
        self.assertLessEqual(many, MOST_QUERIES)

    def order_values(self):
        return {
            "partner_id": self.customer.id,
            "order_line": [Command.create({"product_id": self.product.id})],
        }

    def new_orders(self, number):
        return self.env["sale.order"].union(*(self.new_order() for _n in range(number)))

    def test_saving_quotations_costs_few_queries(self):
        self.check_queries(
            lambda number: [self.order_values() for _n in range(number)],
            self.env["sale.order"].create,
        )

    def test_confirming_orders_costs_few_queries(self):
        self.check_queries(self.new_orders, lambda orders: orders.action_confirm())

    def test_posting_invoices_costs_few_queries(self):
        def new_invoices(number):
            orders = self.new_orders(number)
            orders.action_confirm()
            return orders._create_invoices(grouped=True)

        self.check_queries(new_invoices, lambda invoices: invoices.action_post())

    def test_approving_purchases_costs_few_queries(self):
        self.check_queries(
            lambda number: self.env["purchase.order"].union(
                *(self.new_purchase() for _n in range(number))
            ),
            lambda orders: orders.button_confirm(),
        )

    def test_what_two_users_change_in_one_click_is_made_once(self):
        order = self.env["sale.order"].create(self.order_values())
        order.with_user(self.env.ref("base.user_root")).note = "changed"
        self.end_click()
        self.assertEqual(order.xero_document_ids.mapped("kind"), ["quotation"])

    def test_a_form_that_was_just_saved_shows_that_its_document_waits(self):
        (saved,) = self.env["sale.order"].web_save(
            self.order_values(), {"xero_state": {}}
        )
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
