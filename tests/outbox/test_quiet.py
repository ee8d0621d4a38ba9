from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..document.quotation_case import QuotationCase

NONE, MOST = timedelta(0), timedelta(minutes=5)


@tagged("post_install", "-at_install")
class TestQuiet(QuotationCase):
    """What is not binding yet goes in rounds of the clock; the rest goes at once."""

    quiet = timedelta(minutes=1)

    def setUp(self):
        super().setUp()
        with self.at(0):
            self.order = self.new_order()
            self.run_job(self.connection)
        self.xero.clear_calls()

    def edit(self, quantity=9, order=None):
        (order or self.order).order_line.product_uom_qty = quantity
        self.end_click()

    def wakes(self):
        """When the job is woken, from now."""
        triggers = self.env["ir.cron.trigger"].sudo()
        found = triggers.search([("cron_id", "=", self.connection.sudo().cron_id.id)])
        now = fields.Datetime.now()
        return sorted(each.call_at - now for each in found)

    def test_what_is_new_goes_at_once(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["Status"], "DRAFT")

    def test_an_edit_waits_until_the_next_five_minutes_of_the_clock(self):
        with self.at(2):
            self.edit()
        self.work_at(4)
        self.assertEqual(self.write_calls(), [])
        self.work_at(5)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)
        self.assertEqual(self.order.xero_state, "synced")

    def test_edits_of_the_same_five_minutes_are_one_read_and_one_write(self):
        with self.at(0):
            others = self.new_order() + self.new_order()
            self.run_job(self.connection)
        self.xero.clear_calls()
        for minute, order in enumerate(self.order + others, start=1):
            with self.at(minute):
                self.edit(order=order)
                self.run_job(self.connection)
        self.work_at(5)
        self.assertEqual(len(self.xero.calls("GET", "/Quotes")), 1)
        self.assertEqual(len(self.write_calls()), 1)
        for order in self.order + others:
            self.assertEqual(self.xero_quote_of(order)["Total"], 1485)

    def test_edits_and_the_mark_that_it_was_sent_are_one_change(self):
        with self.at(1):
            self.edit()
        with self.at(3):
            self.order.action_quotation_sent()
            self.run_job(self.connection)
        self.work_at(5)
        self.assertEqual(self.sent_statuses(), ["SENT"])
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_an_edit_does_not_put_off_what_waits_already(self):
        for minute in (1, 3, 4):
            with self.at(minute):
                self.edit(minute)
                self.run_job(self.connection)
        self.work_at(5)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 660)

    def test_what_a_person_changed_in_xero_while_an_edit_waits_is_kept(self):
        with self.at(1):
            self.edit()
        quote = self.xero_quote_of(self.order)
        with self.at(4):
            self.xero.edit("Quotes", quote["QuoteID"], Total=1)
        self.work_at(5)
        self.assertEqual(self.order.xero_state, "failed")
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1)

    def test_the_button_sends_at_once(self):
        with self.at(1):
            self.edit()
            self.assertTrue(self.order.xero_sendable)
            self.order.action_xero_send()
            self.finish_request()
            self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)
            self.assertFalse(self.order.xero_sendable)

    def test_the_button_sends_at_once_what_another_transaction_had(self):
        with self.at(1):
            self.edit()
            row = self.quotation_row(self.order)
            self.env["xero.change"]._note(row, urgent=True, at_once=True)
            self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_the_button_sends_at_once_what_was_edited_while_an_answer_was_lost(self):
        with self.at(1):
            self.edit(5)
        self.xero.fault("lost_answer", method="POST", path="/Quotes")
        with self.at(5):
            self.run_job(self.connection)
            row = self.quotation_row(self.order)
            self.assertEqual(row.state, "sending")
            self.edit()
            self.run_job(self.connection)  # takes the edit in, and may not call yet
            self.assertTrue(row.waits_until)
            self.order.action_xero_send()
            self.finish_request()
            self.assertEqual(row.state, "sending")
            self.assertFalse(row.waits_until)

    def test_the_form_says_until_when_it_waits(self):
        with self.at(1):
            self.edit()
            self.assertIn("Waits for further changes", self.order.xero_message)
        self.work_at(5)
        self.assertFalse(self.order.xero_message)

    def test_the_job_is_woken_when_the_round_is_over_and_not_before(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        with self.at(1):
            self.edit()
            self.env.cr.precommit.run()
            [wake] = self.wakes()
            self.assertEqual(wake, timedelta(minutes=3, seconds=59))
            self.run_job(self.connection)
            self.assertEqual(len(self.wakes()), 1)

    def test_the_job_wakes_itself_for_what_could_only_be_noted(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        row = self.quotation_row(self.order)
        with self.at(1):
            self.env["xero.change"]._note(row, urgent=True, at_once=False)
            self.run_job(self.connection)
            self.assertEqual(self.write_calls(), [])
            self.assertTrue([wake for wake in self.wakes() if NONE < wake < MOST])

    def test_a_posted_invoice_takes_the_draft_over_though_its_order_waits(self):
        with self.at(1):
            self.order.action_confirm()
            self.run_job(self.connection)
            self.edit()
            invoice = self.invoice_of(self.order)
            self.run_job(self.connection)
        held = self.xero_document_of(invoice)
        self.assertEqual((held["Status"], held["Total"]), ("AUTHORISED", 1485))

    def test_what_is_cancelled_goes_at_once(self):
        with self.at(1):
            self.edit()
            self.order._action_cancel()
            self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Status"], "DELETED")

    def test_what_is_due_is_not_put_off_by_an_edit(self):
        with self.at(1):
            self.connection.sudo().paused = True
            self.edit()
            self.order.action_xero_send()
            self.finish_request()
            self.edit(4)
            self.connection.sudo().paused = False
            self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 660)

    def test_an_address_that_is_typed_waits_too(self):
        with self.at(1):
            self.connection.update_contacts = True
            self.customer.street = "1 Long Lane"
            self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Contacts"), [])
        self.work_at(5)
        self.assertEqual(len(self.write_calls("/Contacts")), 1)

    def test_the_fewer_calls_are_left_the_longer_are_the_rounds(self):
        for left, minute in ((900, 5), (400, 15), (200, 15), (90, 60)):
            with self.subTest(left=left), self.at(1):
                self.leave_calls(left)
                row = self.quotation_row(self.order).sudo()
                row.write({"state": "synced", "waits_until": False})
                self.edit(left)
                self.assertEqual(row.waits_until, self.hour + timedelta(minutes=minute))

    def test_one_that_waits_goes_at_once_when_another_waits_for_its_number(self):
        self.connection.write({"number_sale_order": "odoo"})
        with self.at(1):
            one = self.confirmed_order()
            self.run_job(self.connection)
            number, one.name = one.name, "RENAMED"
            self.end_click()
            self.xero.clear_calls()
            new = self.confirmed_order(name=number)
            self.run_job(self.connection)
        # Refused, the other one's new number, then its own
        self.assertEqual(len(self.write_calls("/Invoices")), 3)
        for order in one + new:
            self.assertEqual(self.xero_invoice_of(order)["InvoiceNumber"], order.name)
