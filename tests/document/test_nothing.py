"""Documents of 0.00 are left out of Xero without a word, or sent."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .bad_input_case import MOVE_TYPES
from .bill_case import BillCase


@tagged("post_install", "-at_install")
class TestNothing(BillCase):
    def setUp(self):
        super().setUp()
        self.connection.write({"auto_quotation": True, "auto_purchase_order": True})

    def price(self, record, price):
        lines = "order_line" if "order_line" in record else "invoice_line_ids"
        record[lines].price_unit = price

    def confirm(self, order):
        if order._name == "sale.order":
            order.action_confirm()
        else:
            order.button_confirm()

    def assert_left_out(self, record):
        self.run_job(self.connection)
        self.assertFalse(record.xero_number)
        self.assertFalse(record.xero_message)
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def total_in_xero(self, record, kind=None):
        self.run_job(self.connection)
        held = self.xero_document_of(record, kind or record._xero_kind_now())
        self.assertTrue(held, record.xero_message)
        return held["Total"]

    def test_orders_of_nothing_are_left_out_until_they_have_a_price(self):
        for order in (self.new_order(), self.new_purchase()):
            with self.subTest(order._name):
                self.price(order, 0)
                self.assert_left_out(order)
                self.confirm(order)
                self.assert_left_out(order)
                self.price(order, 9)
                self.assertEqual(self.total_in_xero(order), order.amount_total)

    def test_a_quotation_of_nothing_is_left_out_until_it_has_a_price(self):
        order = self.new_order()
        self.price(order, 0)
        self.assert_left_out(order)
        self.price(order, 9)
        self.assertEqual(self.total_in_xero(order), order.amount_total)

    def test_invoices_bills_and_credit_notes_of_nothing_are_left_out(self):
        for move_type in MOVE_TYPES:
            with self.subTest(move_type):
                move = self.new_move(move_type)
                self.price(move, 0)
                self.assert_left_out(move)
                move.action_post()
                self.assert_left_out(move)
                move.button_draft()
                self.price(move, 9)
                move.action_post()
                self.assertEqual(self.total_in_xero(move), move.amount_total)

    def test_an_order_in_xero_that_becomes_free_loses_its_draft_and_gets_a_new_one(
        self,
    ):
        order = self.confirmed_order()
        self.assertEqual(self.total_in_xero(order), 330)
        rows = order.xero_document_ids
        held = rows.filtered(lambda row: row.kind == "sale_order").xero_id
        self.price(order, 0)
        self.assert_no_longer_in_xero(order, held)
        self.price(order, 10)
        self.assertEqual(self.total_in_xero(order), 22)

    def assert_no_longer_in_xero(self, order, held):
        self.run_job(self.connection)
        ended = self.xero.state()["Invoices"]
        [status] = [x["Status"] for x in ended if x["InvoiceID"] == held]
        self.assertEqual(status, "DELETED")
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def test_a_purchase_order_in_xero_that_becomes_free_ends_there(self):
        order = self.sent_purchase()
        self.price(order, 0)
        self.run_job(self.connection)
        [held] = self.held_for(order)
        self.assertEqual(held["Status"], "DELETED")
        self.price(order, 10)
        self.assertEqual(self.total_in_xero(order), 22)

    def test_an_order_paid_with_a_coupon_is_left_out(self):
        order = self.new_order()
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "price_unit": -300,
                    "product_uom_qty": 1,
                }
            )
        ]
        self.assertEqual(order.amount_total, 0)
        order.action_confirm()
        self.assert_left_out(order)

    def test_what_moves_an_amount_between_accounts_is_sent(self):
        other = self.company_data["default_account_expense"].copy()
        other.action_xero_accept_proposal()
        bill = self.new_move("in_invoice")
        bill.invoice_line_ids = [
            Command.create(
                {
                    "name": "Other account",
                    "price_unit": -100,
                    "account_id": other.id,
                    "tax_ids": self.purchase_gst.ids,
                }
            )
        ]
        bill.action_post()
        self.assertEqual(self.total_in_xero(bill), 0)

    def moved_from_one_to_the_other(self, **values):
        """An invoice that takes from one line what it gives to another.

        :param values: of the line that takes
        """
        invoice = self.new_move("out_invoice")
        values = {"price_unit": -100, "tax_ids": self.gst.ids, **values}
        invoice.invoice_line_ids = [Command.create(values)]
        invoice.action_post()
        self.assertEqual(invoice.amount_total, 0)
        return invoice

    def test_what_moves_an_amount_between_accounts_of_xero_only_is_sent(self):
        """Both products are on one account in Odoo; on which in Xero, they say."""
        other = self.env["product.product"].create({"name": "Repair"})
        accounts = self.env["xero.account"].search([("code", "in", ("200", "260"))])
        self.product.xero_sale_account_id, other.xero_sale_account_id = accounts
        self.company_data["default_account_revenue"].xero_account_id = False
        invoice = self.moved_from_one_to_the_other(product_id=other.id)
        self.assertEqual(len(invoice.invoice_line_ids.account_id), 1)
        self.assertEqual(self.total_in_xero(invoice), 0)

    def test_what_moves_an_amount_between_tracking_options_is_sent(self):
        option = self.env["xero.tracking.option"].search([("active", "=", True)])[:1]
        plan = self.env["account.analytic.plan"].create({"name": "Where"})
        option.category_id.plan_id = plan
        north = self.env["account.analytic.account"].create(
            {"name": "North", "plan_id": plan.id, "xero_tracking_option_id": option.id}
        )
        invoice = self.moved_from_one_to_the_other(
            product_id=self.product.id, analytic_distribution={str(north.id): 100}
        )
        self.assertEqual(self.total_in_xero(invoice), 0)

    def test_a_free_line_beside_others_is_sent(self):
        order = self.new_order()
        free = {"product_id": self.product.id, "price_unit": 0}
        order.order_line = [Command.create(free)]
        order.action_confirm()
        self.assertEqual(self.total_in_xero(order), 330)

    def test_an_accountant_can_have_them_sent(self):
        self.connection.zero_documents = "send"
        order, purchase = self.new_order(), self.new_purchase()
        moves = [self.new_move(move_type) for move_type in MOVE_TYPES]
        for record in (order, purchase, *moves):
            self.price(record, 0)
        self.assertEqual(self.total_in_xero(order, "quotation"), 0)
        for record in (order, purchase):
            self.confirm(record)
            self.assertEqual(self.total_in_xero(record), 0)
        for move in moves:
            move.action_post()
            self.assertEqual(self.total_in_xero(move), 0)
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def test_what_xero_has_of_nothing_stays_there_when_they_are_left_out_later(self):
        """So does what an earlier version of the addon sent."""
        self.connection.zero_documents = "send"
        order, invoice = self.new_order(), self.new_move("out_invoice")
        for record in (order, invoice):
            self.price(record, 0)
        order.action_confirm()
        invoice.action_post()
        self.run_job(self.connection)
        held = [self.xero_document_of(order, "sale_order")]
        held.append(self.xero_document_of(invoice))
        self.connection.zero_documents = "leave_out"
        self.xero.clear_calls()
        order._xero_request()
        invoice._xero_request()
        order.client_order_ref = "Their number"
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice), held[1])
        self.assertNotIn(
            self.xero_document_of(order, "sale_order")["Status"], ("DELETED", "VOIDED")
        )
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def test_the_button_says_why_nothing_is_sent(self):
        order = self.new_order()
        self.price(order, 0)
        with self.assertRaisesRegex(UserError, "has a total of zero"):
            order.action_xero_send()
