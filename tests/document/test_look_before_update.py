from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..common import XeroCase


@tagged("post_install", "-at_install")
class TestLookBeforeUpdate(XeroCase):
    """Xero's documents are read before they are updated, with few calls."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_quotation=True)
        self.orders = self.env["sale.order"].union(
            *(self.new_order() for _number in range(8))
        )
        self.run_job(self.connection)
        self.xero.clear_calls()

    def test_many_quotes_are_read_in_one_listing(self):
        self.orders.write({"note": "Valid for a month."})
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls("GET")), 1)
        self.assertEqual(len(self.write_calls("/Quotes")), 1)
        quotes = [self.xero_document_of(order) for order in self.orders]
        self.assertEqual({quote["Terms"] for quote in quotes}, {"Valid for a month."})

    def test_in_a_listing_the_one_changed_by_hand_is_noticed(self):
        changed = self.orders[3]
        quote = self.xero_document_of(changed)
        self.xero.edit("Quotes", quote["QuoteID"], Total=quote["Total"] + 1)
        self.orders.write({"note": "Valid for a month."})
        self.run_job(self.connection)
        self.assertEqual(changed.xero_state, "failed")
        self.assertEqual(self.xero_document_of(changed)["Terms"], "")
        self.assertEqual(set((self.orders - changed).mapped("xero_state")), {"synced"})

    def test_invoices_are_read_by_their_ids_in_one_call(self):
        self.orders.action_confirm()
        self.run_job(self.connection)
        self.xero.clear_calls()
        self.orders.order_line.product_uom_qty = 3
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 1)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_another_edit_in_odoo_does_not_replace_what_was_changed_in_xero(self):
        order = self.orders[0]
        quote = self.xero_document_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Total=quote["Total"] + 1)
        for terms in ("Valid for a month.", "Valid for a week."):
            order.note = terms
            self.run_job(self.connection)
            self.assertEqual(order.xero_state, "failed")
        self.assertEqual(self.xero_document_of(order)["Terms"], "")

    def test_to_replace_is_an_accountants_decision(self):
        order = self.orders[0]
        quote = self.xero_document_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Total=quote["Total"] + 1)
        order.note = "Valid for a month."
        self.run_job(self.connection)
        order.xero_document_ids.action_replace()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(order)["Terms"], "Valid for a month.")
        self.assertEqual(order.xero_state, "synced")

    def test_a_salesperson_cannot_replace_what_was_changed_in_xero(self):
        order = self.orders[0]
        quote = self.xero_document_of(order)
        self.xero.edit("Quotes", quote["QuoteID"], Total=quote["Total"] + 1)
        order.note = "Valid for a month."
        self.run_job(self.connection)
        seller = self.new_user("seller", "sales_team.group_sale_manager")
        row = order.xero_document_ids.with_user(seller)
        self.assertEqual(row.offered, "try_again")
        with self.assertRaises(AccessError):
            row.action_replace()
        row.action_send_again()
        self.finish_request()
        order.with_user(seller).action_xero_send()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertEqual(self.xero_document_of(order)["Terms"], "")
