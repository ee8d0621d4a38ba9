from odoo import fields
from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestSeenLately(QuotationCase):
    """With half of the day's calls used, what is not binding is not read again.

    That is, while Xero has just said what it holds.
    """

    def setUp(self):
        super().setUp()
        self.order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()

    def reads(self, endpoint):
        return self.xero.calls("GET", f"/{endpoint}")

    def change_in_xero(self, order, endpoint, **values):
        held = self.xero_document_of(order)
        key = {"Quotes": "QuoteID", "Invoices": "InvoiceID"}[endpoint]
        self.xero.edit(endpoint, held[key], **values)

    def use_calls(self, left=400):
        """As an answer of Xero's says it, until the next one."""
        renews = fields.Datetime.add(fields.Datetime.now(), hours=9)
        self.connection.sudo().write(
            {"day_limit": 1000, "day_remaining": left, "day_renews_at": renews}
        )

    def edit_after(self, order, left=400, **delta):
        with self.later(**delta):
            self.use_calls(left)
            order.order_line.product_uom_qty = 9
            self.end_click()
            order.xero_document_ids.sudo().waits_until = False  # the round begins
            self.run_job(self.connection)

    def confirmed(self):
        """An order without a quote, whose draft is in Xero."""
        self.connection.auto_quotation = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        return order

    def test_within_a_quarter_of_an_hour_of_xeros_answer_a_quote_is_not_read(self):
        self.edit_after(self.order, minutes=14)
        self.assertEqual(self.reads("Quotes"), [])
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_a_change_in_xero_within_these_minutes_is_replaced(self):
        """The window that is left; the manual names it."""
        self.change_in_xero(self.order, "Quotes", Total=1)
        self.edit_after(self.order, minutes=14)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_a_change_in_xero_is_asked_about_after_these_minutes(self):
        self.change_in_xero(self.order, "Quotes", Total=1)
        self.edit_after(self.order, minutes=16)
        self.assertEqual(self.order.xero_state, "failed")
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1)

    def test_what_a_reading_saw_is_asked_about_within_these_minutes(self):
        self.change_in_xero(self.order, "Quotes", Total=1)
        self.connection.action_check_now()
        self.finish_request()
        self.edit_after(self.order, minutes=1)
        self.assertEqual(self.order.xero_state, "failed")
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1)

    def test_a_reading_is_as_good_as_xeros_answer(self):
        with self.later(hours=1):
            self.connection.action_check_now()
            self.finish_request()
            self.xero.clear_calls()
        self.edit_after(self.order, hours=1, minutes=14)
        self.assertEqual(self.reads("Quotes"), [])
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_a_reading_that_sees_a_change_of_what_waits_has_it_asked_about(self):
        self.connection.sudo().paused = True
        self.order.order_line.product_uom_qty = 9
        self.end_click()
        self.connection.sudo().paused = False
        self.change_in_xero(self.order, "Quotes", Total=1)
        row = self.quotation_row(self.order).sudo()
        row.waits_until = fields.Datetime.add(fields.Datetime.now(), minutes=1)
        self.connection.action_check_now()
        self.finish_request()
        with self.later(minutes=2):
            self.run_job(self.connection)
        self.assertEqual(self.order.xero_state, "failed")
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1)

    def test_the_draft_of_an_order_is_not_read_either(self):
        order = self.confirmed()
        self.edit_after(order, minutes=14)
        self.assertEqual(self.reads("Invoices"), [])
        self.assertEqual(self.xero_invoice_of(order)["Total"], 1485)

    def test_an_invoice_that_takes_the_draft_over_is_always_read(self):
        order = self.confirmed()
        self.change_in_xero(order, "Invoices", Total=1)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DRAFT")

    def test_a_posted_invoice_is_always_read(self):
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        self.change_in_xero(invoice, "Invoices", Total=1)
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 7
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")

    def test_it_is_always_read_while_calls_are_plenty(self):
        self.change_in_xero(self.order, "Quotes", Total=1)
        self.edit_after(self.order, left=600, minutes=1)
        self.assertEqual(self.order.xero_state, "failed")
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1)

    def test_two_quotes_that_are_read_are_one_list(self):
        other = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()
        with self.later(minutes=6):
            (self.order | other).write({"note": "Valid for a month."})
            self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls("GET")), 1)
        self.assertEqual(self.xero_quote_of(other)["Terms"], "Valid for a month.")
