from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..document.quotation_case import QuotationCase

NONE, MOST = timedelta(0), timedelta(minutes=5)


@tagged("post_install", "-at_install")
class TestQuiet(QuotationCase):
    """What is not binding yet waits until people have finished; the rest does not."""

    quiet = timedelta(minutes=1)

    def setUp(self):
        super().setUp()
        self.order = self.new_order()
        self.run_job(self.connection)
        self.xero.clear_calls()

    def edit(self, quantity=9):
        self.order.order_line.product_uom_qty = quantity
        self.end_click()

    def work_after(self, **delta):
        with self.later(**delta):
            self.run_job(self.connection)

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

    def test_an_edit_waits_for_a_quiet_minute(self):
        self.edit()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.work_after(seconds=61)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)
        self.assertEqual(self.order.xero_state, "synced")

    def test_edits_and_the_mark_that_it_was_sent_are_one_change(self):
        self.edit(5)
        with self.later(seconds=40):
            self.edit()
            self.order.action_quotation_sent()
            self.run_job(self.connection)
            self.assertEqual(self.write_calls(), [])
        self.work_after(seconds=90)
        self.assertEqual(self.write_calls(), [])
        self.work_after(seconds=101)
        self.assertEqual(self.sent_statuses(), ["SENT"])
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_nobody_edits_so_long_that_it_waits_more_than_five_minutes(self):
        for seconds in range(0, 235, 45):
            with self.later(seconds=seconds):
                self.edit(seconds + 3)
                self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.work_after(minutes=4, seconds=1)
        self.assertEqual(len(self.write_calls()), 1)

    def test_the_button_sends_at_once(self):
        self.edit()
        self.assertTrue(self.order.xero_sendable)
        self.order.action_xero_send()
        self.finish_request()
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)
        self.assertFalse(self.order.xero_sendable)

    def test_the_button_sends_at_once_what_another_transaction_had(self):
        self.edit()
        row = self.quotation_row(self.order)
        self.env["xero.change"]._note(row, urgent=True, at_once=True)
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 1485)

    def test_the_button_sends_at_once_what_was_edited_while_an_answer_was_lost(self):
        self.edit(5)
        self.xero.fault("lost_answer", method="POST", path="/Quotes")
        with self.later(seconds=61):
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
        self.edit()
        self.assertIn("Waits for further changes", self.order.xero_message)
        self.work_after(seconds=61)
        self.assertFalse(self.order.xero_message)

    def test_the_job_is_woken_when_the_minute_is_over_and_not_before(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        self.edit()
        self.env.cr.precommit.run()
        [wake] = self.wakes()
        self.assertTrue(timedelta(seconds=50) < wake <= timedelta(seconds=60), wake)
        self.run_job(self.connection)
        self.assertEqual(len(self.wakes()), 1)

    def test_the_job_wakes_itself_for_what_could_only_be_noted(self):
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        row = self.quotation_row(self.order)
        self.env["xero.change"]._note(row, urgent=True, at_once=False)
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertTrue([wake for wake in self.wakes() if NONE < wake < MOST])

    def test_a_posted_invoice_takes_the_draft_over_though_its_order_waits(self):
        self.order.action_confirm()
        self.run_job(self.connection)
        self.edit()
        invoice = self.invoice_of(self.order)
        self.run_job(self.connection)
        held = self.xero_document_of(invoice)
        self.assertEqual((held["Status"], held["Total"]), ("AUTHORISED", 1485))

    def test_what_is_cancelled_goes_at_once(self):
        self.edit()
        self.order._action_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Status"], "DELETED")

    def test_what_is_due_is_not_put_off_by_an_edit(self):
        self.connection.sudo().paused = True
        self.edit()
        self.order.action_xero_send()
        self.finish_request()
        self.edit(4)
        self.connection.sudo().paused = False
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(self.order)["Total"], 660)

    def test_an_address_that_is_typed_waits_too(self):
        self.connection.update_contacts = True
        self.customer.street = "1 Long Lane"
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Contacts"), [])
        self.work_after(seconds=61)
        self.assertEqual(len(self.write_calls("/Contacts")), 1)

    def test_with_half_of_the_calls_used_changes_go_each_quarter_of_an_hour(self):
        self.connection.sudo().write(
            {
                "day_limit": 1000,
                "day_remaining": 400,
                "day_renews_at": fields.Datetime.add(fields.Datetime.now(), hours=9),
            }
        )
        self.edit()
        until = self.quotation_row(self.order).waits_until
        self.assertEqual((until.minute % 15, until.second), (0, 0))
        self.assertGreaterEqual(until, fields.Datetime.now())

    def test_one_that_waits_goes_at_once_when_another_waits_for_its_number(self):
        self.connection.write({"number_sale_order": "odoo"})
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
