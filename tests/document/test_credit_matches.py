from odoo.tests import tagged

from .credit_note_case import CreditNoteCase, match
from .refund_case import RefundCase


class MatchCase(CreditNoteCase):
    def prepare_connected(self):
        result = super().prepare_connected()
        self.second = self.sent()
        self.credit_note = self.sent("out_refund")
        return result

    def reconcile(self, *invoices):
        match(self.credit_note, *invoices)
        self.run_job(self.connection)

    def price(self, move, price):
        move.invoice_line_ids.price_unit = price
        move.action_post()
        self.run_job(self.connection)
        return move


@tagged("post_install", "-at_install")
class TestCreditMatches(MatchCase):
    """What Odoo matches is set off in Xero, whichever invoice it reverses."""

    def test_matched_with_one_it_does_not_reverse_it_is_set_off(self):
        self.reconcile(self.second)
        self.assertEqual(self.given(self.second), [110])
        self.assertEqual(self.given(self.invoice), [])

    def test_matched_with_several_each_gets_its_part(self):
        big = self.price(self.new_move("out_refund"), 150)
        match(big, self.invoice, self.second)
        self.run_job(self.connection)
        parts = sorted(self.given(self.invoice) + self.given(self.second))
        self.assertEqual(parts, [55, 110])
        self.assertEqual(self.xero_credit_note(big)["RemainingCredit"], 0)

    def test_several_credit_notes_on_one_invoice(self):
        big = self.price(self.new_move("out_invoice"), 300)
        other = self.price(self.new_move("out_refund"), 50)
        match(big, self.credit_note, other)
        self.run_job(self.connection)
        self.assertEqual(sorted(self.given(big)), [55, 110])

    def test_undone_it_is_taken_back(self):
        self.reconcile(self.second)
        self.credit_note.line_ids.remove_move_reconcile()
        self.run_job(self.connection)
        self.assertEqual(self.given(self.second), [])
        self.assertEqual(self.xero_invoice(self.second)["Status"], "AUTHORISED")
        self.assertFalse(self.credit_note.xero_not_set_off)

    def test_undone_the_reversed_invoice_is_due_again_too(self):
        reversal = self.credited()
        self.assertEqual(self.given(), [110])
        reversal.line_ids.remove_move_reconcile()
        self.run_job(self.connection)
        self.assertEqual(self.given(), [])

    def test_moved_to_another_invoice(self):
        self.reconcile(self.second)
        self.credit_note.line_ids.remove_move_reconcile()
        self.reconcile(self.invoice)
        self.assertEqual(self.given(self.second), [])
        self.assertEqual(self.given(self.invoice), [110])

    def test_undone_before_it_was_sent_nothing_is_sent(self):
        self.xero.clear_calls()
        match(self.credit_note, self.second)
        self.end_click()
        self.credit_note.line_ids.remove_move_reconcile()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_matched_with_what_is_not_in_xero_yet_it_waits_for_that(self):
        self.connection.auto_invoice = False
        later = self.posted()
        self.reconcile(later)
        self.assertEqual(self.allocation_calls("PUT"), [])
        later.action_xero_send()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.given(later), [110])

    def test_amounts_are_in_the_currency_of_the_documents(self):
        euro = self.euro()
        invoice = self.sent(currency_id=euro.id)
        credit_note = self.sent("out_refund", currency_id=euro.id)
        match(credit_note, invoice)
        self.run_job(self.connection)
        self.assertEqual(self.given(invoice), [110])

    def test_two_currencies_are_not_set_off_and_nobody_is_asked(self):
        invoice = self.sent(currency_id=self.euro().id)
        self.reconcile(invoice)
        self.assertEqual(self.given(invoice), [])
        self.assertIn("currencies", self.credit_note.xero_not_set_off)
        self.assertFalse(self.env["xero.issue"].search([]))

    def test_money_received_in_odoo_is_no_match_for_xero(self):
        self._register_payment(self.second)
        self.run_job(self.connection)
        self.assertEqual(self.env["xero.allocation"].search_count([]), 0)

    def test_credit_note_of_an_invoice_paid_in_odoo_stays_open_in_xero_too(self):
        self._register_payment(self.invoice)
        credit_note = self.credited()
        self.assertEqual(self.given(), [])
        self.assertEqual(self.xero_credit_note(credit_note)["RemainingCredit"], 110)

    def test_lost_answer_to_what_is_left_sets_it_off_once(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.xero.clear_faults()
                self.connection.next_allowed = False
                self.credit_note, self.second = self.sent("out_refund"), self.sent()
                self.pay_in_xero(self.second, 80)
                self.xero.fault(
                    "lost_answer", method="PUT", path="/CreditNotes/", after=1
                )
                self.reconcile(self.second)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                    self.run_job(self.connection)
                self.assertEqual(self.given(self.second), [30])
                allocation = self.credit_note.xero_document_ids.given_allocation_ids
                self.assertEqual(allocation.state, "synced")


@tagged("post_install", "-at_install")
class TestRefundMatches(RefundCase):
    """The same on the side of purchases."""

    def test_matched_with_a_bill_and_then_with_another(self):
        bills = self.sent_bill(ref="A") + self.sent_bill(ref="B")
        refund = self.sent_bill("in_refund", ref="R")
        match(refund, bills[0])
        self.run_job(self.connection)
        self.assertEqual(self.credited(), [("A", refund.amount_total), ("B", 0)])
        refund.line_ids.remove_move_reconcile()
        match(refund, bills[1])
        self.run_job(self.connection)
        self.assertEqual(self.credited(), [("A", 0), ("B", refund.amount_total)])

    def credited(self):
        """The bills in Xero with what is credited of them."""
        bills = self.bills_in_xero()
        return sorted((each["InvoiceNumber"], each["AmountCredited"]) for each in bills)
