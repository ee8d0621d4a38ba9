"""A Xero that means harm, seen from Odoo: nothing stops, nothing is mixed up."""

from odoo.tests import tagged

from ..outbox_case import OutboxCase


@tagged("post_install", "-at_install")
class TestHostileAnswers(OutboxCase):
    def answer(self, **values):
        """Xero says this of each invoice that is made next, whatever it holds."""
        self.xero.fault("altered_answer", method="PUT", path="/Invoices", values=values)

    def test_the_id_of_another_document_of_ours_is_not_taken_over(self):
        first = self.confirmed_order().xero_document_id
        self.run_job(self.connection)
        taken = first.xero_id
        self.answer(InvoiceID=taken)
        second = self.confirmed_order().xero_document_id
        self.run_job(self.connection)
        self.assertEqual((second.state, second.xero_id), ("sending", False))
        self.assertEqual((first.state, first.xero_id), ("synced", taken))
        third = self.confirmed_order().xero_document_id
        self.run_job(self.connection)
        self.assertEqual(third.state, "synced", "the others go on")

    def test_what_was_answered_with_anothers_id_is_found_by_our_keys(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                first = self.confirmed_order()
                self.run_job(self.connection)
                self.answer(InvoiceID=first.xero_document_id.xero_id)
                second = self.confirmed_order()
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                held = self.xero_invoice_of(second)
                self.assertEqual(self.xero_document_of(second), held)
                self.assertEqual(second.xero_state, "synced")

    def test_one_id_for_two_documents_is_taken_by_neither(self):
        orders = self.confirmed_order() + self.confirmed_order()
        self.answer(InvoiceID="c0000000-0000-4000-8000-00000000000c")
        self.run_job(self.connection)
        self.assertFalse(any(orders.xero_document_ids.mapped("xero_id")))
        self.run_job(self.connection)
        for order in orders:
            held = self.xero_invoice_of(order)
            self.assertEqual(self.xero_document_of(order), held)

    def test_amounts_beyond_sense_are_a_difference_and_no_more(self):
        for amount in (-1e25, 1e-25, None):
            with self.subTest(amount=amount):
                self.answer(Total=amount, TotalTax=amount, AmountDue=amount)
                document = self.confirmed_order().xero_document_id
                self.run_job(self.connection)
                self.assertEqual(document.state, "mismatch")
        self.assertEqual(self.connection.state, "connected")
