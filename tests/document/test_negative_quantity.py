"""What is returned or taken off, in documents that Xero holds already."""

from odoo.fields import Command
from odoo.tests import tagged

from .invoice_case import InvoiceCase


class ReturnedCase(InvoiceCase):
    def with_return(self):
        """Three pieces of 100.00 and one that comes back, plus tax."""
        line = {"product_id": self.product.id, "price_unit": 100, "tax_ids": self.gst}
        return self.sent(
            invoice_line_ids=[
                Command.create({**line, "quantity": quantity}) for quantity in (3, -1)
            ]
        )

    def held(self, move):
        return self.xero_document_of(move)

    def returned(self, move):
        """Quantity and price of what came back, in Xero."""
        line = self.held(move)["LineItems"][2]
        return line["Quantity"], line["UnitAmount"]


@tagged("post_install", "-at_install")
class TestReturned(ReturnedCase):
    """Xero refuses quantities below zero."""

    def test_the_sign_is_on_the_price(self):
        invoice = self.with_return()
        self.assertEqual(self.returned(invoice), (1, -100))
        self.assertEqual(self.held(invoice)["Total"], 220)

    def test_a_return_that_an_order_gets_later_is_sent(self):
        order = self.sent_order(quantity=3.0)
        line = order.order_line
        order.order_line = [
            Command.create({"product_id": line.product_id.id, "product_uom_qty": -1})
        ]
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(self.draft_of(order)["Total"], order.amount_total)

    def test_a_piece_that_comes_back_is_not_taken_from_xeros_stock(self):
        item = self.env["xero.item"].sudo().search([("code", "=", "BOOK")])
        item.details = {**(item.details or {}), "is_tracked": True}
        self.product.xero_item_id = item
        invoice = self.with_return()
        codes = [line.get("ItemCode") for line in self.held(invoice)["LineItems"]]
        self.assertEqual(codes, [None, "BOOK", None])


@tagged("post_install", "-at_install")
class TestReturnedBefore(ReturnedCase):
    """Should Xero have taken quantities below zero, they stay what they are there."""

    def setUp(self):
        super().setUp()
        self.xero.answer_otherwise(NEGATIVE_QUANTITY=None)
        self.invoice = self.with_return()
        self.row = self.invoice.xero_document_ids.sudo()
        self.send_as_before()
        self.xero.clear_calls()

    def send_as_before(self):
        """As the addon sent it when it left the sign on the quantity."""
        self.row._set_pending()
        before = {"negative_quantities": True, "payload_digest": False}
        self.row.write({**before, "looked": True})
        self.run_job(self.connection)
        self.assertEqual(self.returned(self.invoice), (-1, 100))
        self.row.negative_quantities = False

    def post_again(self):
        self.invoice.button_draft()
        self.invoice.action_post()
        self.run_job(self.connection)

    def assert_no_issue(self):
        self.assertEqual(self.invoice.xero_state, "synced", self.invoice.xero_message)
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def test_nothing_is_sent_where_nothing_else_changed(self):
        for _time in range(2):
            self.post_again()
        self.assertEqual(self.write_calls(), [])
        self.assert_no_issue()

    def test_posted_again_after_the_payment_it_makes_no_issue(self):
        self.pay_in_xero(self.invoice, 220)
        self.post_again()
        self.assertEqual(self.write_calls(), [])
        self.assert_no_issue()

    def test_due_date_may_change_after_a_part_was_paid(self):
        self.pay_in_xero(self.invoice, 50)
        self.invoice.invoice_date_due = "2026-06-01"
        self.run_job(self.connection)
        self.assertEqual(self.held(self.invoice)["DueDate"], "2026-06-01")
        self.assertEqual(self.returned(self.invoice), (-1, 100))
        self.assert_no_issue()

    def test_one_that_is_sent_as_new_has_the_sign_on_the_price(self):
        self.row.action_send_as_new()
        self.run_job(self.connection)
        self.assertEqual(self.returned(self.invoice), (1, -100))
