from contextlib import contextmanager
from unittest.mock import patch

from odoo import sql_db
from odoo.tests import tagged

from ...models.outbox.xero_binding_changed import URGENT_MOST
from ...xero_api.const import BATCH_SIZE
from ..common import XeroCase

# Documents: more than those that pass the others, and as many as go in one call
FEW, MANY = URGENT_MOST + 1, BATCH_SIZE
# What so many more may cost besides; a statement for each would be more than twice that
SPARE_QUERIES = 15
# What the job may ask when nothing waits, Odoo's own for the scheduler among it
IDLE_QUERIES = 60


@tagged("post_install", "-at_install")
class TestDrainQueries(XeroCase):
    """A batch costs the database about as much for many documents as for a few."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customers = cls.env["res.partner"].create(
            [{"name": f"Customer {number}"} for number in range(FEW + MANY + 1)]
        )

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def assert_few_queries(self, prepare):
        """Drain a document, then few, then many; compare what the last two cost.

        :param prepare: function of a number of documents: makes them, and returns the
            Odoo records that are to be in Xero afterwards
        """
        self.drained(prepare, 1)
        few, many = self.drained(prepare, FEW), self.drained(prepare, MANY)
        self.assertLessEqual(many, few + SPARE_QUERIES)

    def drained(self, prepare, count):
        """:return: number of queries for draining so many documents"""
        records = prepare(count)
        self.env.cr.flush()
        before = sql_db.sql_counter
        self.run_job(self.connection)
        queries = sql_db.sql_counter - before
        rows = records.xero_document_ids
        self.assertEqual(len(rows), count)
        self.assertEqual(set(rows.mapped("state")), {"synced"})
        return queries

    @contextmanager
    def count_batches(self):
        """Gives the list of the kinds of which a batch is opened meanwhile."""
        opened, model = [], self.registry["xero.connection"]
        open_batch = model._open_batch

        def note(connection, kind):
            opened.append(kind)
            return open_batch(connection, kind)

        with patch.object(model, "_open_batch", note):
            yield opened

    # === DOCUMENTS === #

    def invoices(self, count):
        moves = self.env["account.move"]
        for _each in range(count):
            moves += self.new_move("out_invoice")
        moves.action_post()
        return moves

    def orders(self, count):
        """Confirmed orders of as many customers that are in Xero already."""
        orders = self.env["sale.order"]
        for customer in self.customers[:count]:
            orders += self.new_order(partner_id=customer.id)
        orders.action_confirm()
        return orders

    # === TESTS === #

    def test_with_nothing_to_do_the_job_only_looks(self):
        self.run_job(self.connection)
        before = sql_db.sql_counter
        with self.count_batches() as opened:
            self.run_job(self.connection)
        self.assertLessEqual(sql_db.sql_counter - before, IDLE_QUERIES)
        self.assertFalse(opened)

    def test_kinds_of_which_nothing_is_due_cost_no_batch(self):
        self.drained(self.invoices, 1)
        with self.count_batches() as opened:
            self.drained(self.invoices, 1)
        self.assertEqual(opened, ["xero.document"])

    def test_invoices(self):
        self.assert_few_queries(self.invoices)

    def test_sales_orders(self):
        self.orders(len(self.customers))
        self.run_job(self.connection)
        self.assert_few_queries(self.orders)

    def test_invoices_that_take_the_drafts_of_their_orders_over(self):
        def prepare(count):
            orders = self.orders(count)
            self.run_job(self.connection)
            invoices = orders._create_invoices(grouped=True)
            invoices.action_post()
            return invoices

        self.assert_few_queries(prepare)

    def test_orders_of_new_customers(self):
        customers = iter(self.customers)

        def prepare(count):
            orders = self.env["sale.order"]
            for _each in range(count):
                orders += self.new_order(partner_id=next(customers).id)
            orders.action_confirm()
            return orders

        self.assert_few_queries(prepare)
