from odoo.fields import Command
from odoo.tests import tagged

from .bad_input_case import BadInputCase


@tagged("post_install", "-at_install")
class TestBadInput(BadInputCase):
    """What the document itself lacks."""

    # === WHO === #

    def test_a_receipt_without_a_partner(self):
        for move_type in ("in_receipt", "out_receipt"):
            with self.subTest(move_type):
                receipt = self.posted(move_type, partner_id=False)
                self.assert_told(receipt, receipt.name, "no customer or vendor")
                partner = self.vendor if "in_" in move_type else self.customer
                receipt.button_draft()
                receipt.partner_id = partner
                receipt.action_post()
                self.assert_goes(receipt)

    def test_a_partner_without_a_name(self):
        nameless = self.env["res.partner"].create({"name": "X", "type": "other"})
        nameless.name = False
        order = self.approved_purchase(partner_id=nameless.id)
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("without a name", order.xero_message)
        nameless.name = "Now Named"
        self.assert_goes(order)

    # === LINES === #

    def test_an_order_without_a_line(self):
        for order in (
            self.confirmed_order(order_line=[]),
            self.approved_purchase(order_line=[]),
        ):
            with self.subTest(order._name):
                self.assert_told(order, order.name, "has no line", "Add a line")
                line = {"product_id": self.product.id, "price_unit": 9}
                order.order_line = [Command.create(line)]
                order.order_line.tax_ids = (
                    self.gst if order._name == "sale.order" else self.purchase_gst
                )
                self.assert_goes(order)

    def test_notes_alone_are_no_line(self):
        note = {"display_type": "line_note", "name": "By hand", "product_qty": 0}
        order = self.approved_purchase(order_line=[Command.create(note)])
        self.assert_told(order, "has no line")

    def test_an_order_below_zero(self):
        for order in (self.new_order(), self.new_purchase()):
            with self.subTest(order._name):
                order.order_line.price_unit = -9
                self.confirm(order)
                self.assert_told(order, order.name, "below zero", "Correct the lines")
                order.order_line.price_unit = 9
                self.assert_goes(order)

    def test_a_line_larger_than_xero_takes(self):
        for quantity in (10**9, 10**11):
            for order in (self.new_order(quantity), self.new_purchase(quantity)):
                with self.subTest(order._name, quantity=quantity):
                    self.confirm(order)
                    self.assert_told(order, order.name, "9,999,999,999.99")
                    order.order_line.price_unit = 0.01
                    self.assert_goes(order)

    # === DATES AND RATES === #

    def test_a_rate_that_is_nothing_in_xeros_six_decimals(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        for rate in (0.0000001, float("inf")):
            with self.subTest(rate=rate):
                bill = self.new_move("in_invoice", currency_id=euro.id)
                bill.invoice_currency_rate = rate
                bill.action_post()
                self.assert_told(
                    bill, bill.name, "Xero cannot hold the exchange rate", "EUR"
                )
                bill.button_draft()
                bill.invoice_currency_rate = 0.6
                bill.action_post()
                self.assert_goes(bill)

    # === TEXTS === #

    def test_a_text_longer_than_xero_takes(self):
        order = self.new_purchase()
        order.order_line.name = "x" * 4001
        order.button_confirm()
        self.assert_told(order, "xxx…", "4001", "Shorten")
        order.order_line.name = "x" * 4000
        self.assert_goes(order)
        bill = self.new_move("in_invoice")
        bill.invoice_line_ids.name = "y" * 4001
        self.assert_told(bill, "yyy…", "4001", "Shorten")
        bill.invoice_line_ids.name = "y"
        self.assert_goes(bill)

    def test_a_note_longer_than_xero_takes(self):
        note = {"display_type": "line_note", "name": "n" * 4001, "product_qty": 0}
        order = self.new_purchase()
        order.order_line = [Command.create(note)]
        order.button_confirm()
        self.assert_told(order, "nnn…", "Shorten")
        order.order_line.filtered("display_type").name = "n"
        self.assert_goes(order)

    def test_terms_longer_than_xero_takes(self):
        self.connection.auto_quotation = True
        order = self.new_order(note=f"<p>{'t' * 4001}</p>")
        self.assert_told(order, order.name, "4001", "Shorten")
        order.note = "<p>Thirty days</p>"
        self.assert_goes(order)

    def test_a_vendors_reference_longer_than_xero_takes(self):
        for move_type in ("in_invoice", "in_refund"):
            with self.subTest(move_type):
                move = self.posted(move_type, ref="r" * 256)
                self.assert_told(move, move.name, "256", "Shorten")
                move.ref = "r" * 255
                self.assert_goes(move)

    def test_a_line_without_a_text(self):
        order = self.new_purchase()
        order.order_line.name = " "
        order.button_confirm()
        bill = self.new_move("in_invoice")
        bill.invoice_line_ids.write({"name": False, "product_id": False})
        section = {"display_type": "line_section", "name": ""}
        bill.invoice_line_ids = [Command.create(section)]
        bill.action_post()
        self.assert_goes(order)
        self.assert_goes(bill)

    def test_a_line_of_no_quantity_beside_others(self):
        order = self.new_purchase()
        line = {"product_id": self.product.id, "product_qty": 0, "price_unit": 5}
        order.order_line = [Command.create(line)]
        order.order_line.tax_ids = self.purchase_gst
        order.button_confirm()
        self.assert_goes(order)
        self.assertEqual(len(self.xero_document_of(order)["LineItems"]), 3)

    def test_a_delivery_address_of_odd_length(self):
        self.company.partner_id.write({"phone": "1" * 80, "street": "s" * 5000})
        self.company.partner_id.name = "C" * 300
        order = self.approved_purchase()
        self.assert_goes(order)
