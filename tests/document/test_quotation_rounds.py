from datetime import timedelta

from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationRounds(QuotationCase):
    """What moves quotes to another status, and nothing else, goes each half hour."""

    quiet = timedelta(minutes=1)

    def setUp(self):
        super().setUp()
        self.connection.holdings_share = 0  # no reading but what a change needs
        with self.at(0):
            self.order, self.other, self.third = (self.new_order() for _ in range(3))
            self.run_job(self.connection)
        self.xero.clear_calls()

    def mark_sent(self, order, minute):
        with self.at(minute):
            order.action_quotation_sent()
            self.end_click()

    def confirm(self, order, minute):
        with self.at(minute):
            order.action_confirm()
            self.end_click()

    def statuses(self, *orders):
        return [self.xero_quote_of(order)["Status"] for order in orders]

    def quote_calls(self):
        return len(self.xero.calls("GET", "/Quotes")), len(self.write_calls("/Quotes"))

    def test_that_it_was_sent_waits_for_the_half_hour(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        self.work_at(29)
        self.assertEqual(self.quote_calls(), (0, 0))
        self.work_at(30)
        self.assertEqual(self.statuses(self.order), ["SENT"])

    def test_the_job_is_woken_for_the_half_hour(self):
        self.mark_sent(self.order, 2)
        self.env["ir.cron.trigger"].sudo().search([]).unlink()
        self.work_at(5)
        cron = self.connection.sudo().cron_id
        triggers = self.env["ir.cron.trigger"].sudo()
        woken = triggers.search([("cron_id", "=", cron.id)]).mapped("call_at")
        self.assertIn(self.hour + timedelta(minutes=30), woken)

    def test_the_form_says_that_it_waits_for_the_half_hour(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        with self.at(6):
            half = self.quotation_row(self.order)._waiting_text()
            self.assertEqual(self.order.xero_message, half)
            row = self.quotation_row(self.order)
            self.assertEqual(row.waits_until, self.hour + timedelta(minutes=30))

    def test_three_quotes_that_were_invoiced_take_three_writes_and_one_read(self):
        orders = self.order + self.other + self.third
        for minute, order in enumerate(orders, start=6):
            self.mark_sent(order, minute)
            self.confirm(order, minute + 4)
            with self.at(minute + 8):
                self.invoice_of(order)
                self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Quotes"), [])
        self.xero.clear_calls()
        self.work_at(30)
        self.assertEqual(self.statuses(*orders), ["INVOICED"] * 3)
        self.assertEqual(self.quote_calls(), (1, 3))

    def test_an_edit_takes_the_status_along_in_five_minutes(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        with self.at(11):
            self.order.order_line.product_uom_qty = 9
            self.end_click()
        self.work_at(15)
        quote = self.xero_quote_of(self.order)
        self.assertEqual((quote["Status"], quote["Total"]), ("SENT", 1485))

    def test_the_button_sends_a_status_at_once(self):
        self.mark_sent(self.order, 2)
        with self.at(3):
            self.order.action_xero_send()
            self.finish_request()
        self.assertEqual(self.statuses(self.order), ["SENT"])

    def test_the_button_sends_at_once_what_was_put_off(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        with self.at(6):
            self.order.action_xero_send()
            self.finish_request()
        self.assertEqual(self.statuses(self.order), ["SENT"])

    def test_a_quote_that_is_declined_goes_at_once(self):
        self.mark_sent(self.order, 2)
        self.work_at(30)
        with self.at(31):
            self.order._action_cancel()
            self.run_job(self.connection)
        self.assertEqual(self.statuses(self.order), ["DECLINED"])

    def test_a_quotation_that_is_opened_again_follows_its_edits_in_five_minutes(self):
        self.mark_sent(self.order, 2)
        self.work_at(30)
        with self.at(31):
            self.order._action_cancel()
            self.run_job(self.connection)
        with self.at(32):
            self.order.action_draft()
            self.order.order_line.product_uom_qty = 9
            self.end_click()
        self.work_at(35)
        quote = self.xero_quote_of(self.order)
        self.assertEqual((quote["Status"], quote["Total"]), ("SENT", 1485))

    def test_what_a_person_changed_in_xero_meanwhile_is_kept(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        with self.at(29):
            quote = self.xero_quote_of(self.order)
            self.xero.edit("Quotes", quote["QuoteID"], Total=1)
        self.work_at(30)
        self.assertEqual(self.order.xero_state, "failed")
        held = self.xero_quote_of(self.order)
        self.assertEqual((held["Status"], held["Total"]), ("DRAFT", 1))

    def test_what_a_person_did_in_xero_meanwhile_is_not_done_again(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        with self.at(29):
            quote = self.xero_quote_of(self.order)
            self.xero.edit("Quotes", quote["QuoteID"], Status="SENT")
        self.work_at(30)
        self.assertEqual(self.order.xero_state, "synced")
        self.assertEqual(self.write_calls("/Quotes"), [])

    def test_a_lost_answer_of_a_round_is_found_out_at_once(self):
        self.mark_sent(self.order, 2)
        self.work_at(5)
        self.xero.fault("lost_answer", method="POST", path="/Quotes")
        self.work_at(30)
        self.xero.clear_faults()
        self.work_at(33)
        self.assertEqual(self.statuses(self.order), ["SENT"])
        self.assertEqual(self.order.xero_state, "synced")
