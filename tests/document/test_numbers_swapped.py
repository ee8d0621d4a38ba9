"""Documents that get each other's numbers are sent without asking anybody."""

from odoo.tests import tagged

from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestNumbersSwapped(InvoiceCase):
    def sent_invoices(self, count):
        invoices = self.env["account.move"]
        for _each in range(count):
            invoices += self.posted()
        self.run_job(self.connection)
        self.assert_numbers_are_in_xero(invoices)
        self.xero.clear_calls()
        return invoices

    def swap(self, one, other):
        """What a person does who typed two numbers the wrong way round."""
        first, second = one.name, other.name
        one.name = "Swapping"
        other.name = first
        one.name = second

    def resequence(self, invoices, first):
        """Odoo's own dialogue, by their dates and ids."""
        wizard = (
            self.env["account.resequence.wizard"]
            .with_context(active_model="account.move", active_ids=invoices.ids)
            .create({"first_name": first})
        )
        wizard.resequence()

    def assert_numbers_are_in_xero(self, invoices):
        for invoice in invoices:
            held = self.xero_document_of(invoice)
            self.assertEqual(held["InvoiceNumber"], invoice.name)
            self.assertEqual(invoice.xero_number, invoice.name)
            self.assertEqual(invoice.xero_state, "synced", invoice.xero_message)
        self.assertEqual(
            len(self.live_in_xero()),
            len(self.env["xero.document"].search([("xero_id", "!=", False)])),
        )
        self.assertFalse(self.env["xero.issue"].search([]))

    def test_two_that_swap_their_numbers(self):
        one, other = self.sent_invoices(2)
        self.swap(one, other)
        self.run_job(self.connection)
        self.assert_numbers_are_in_xero(one + other)

    def test_a_swap_is_told_once_with_the_number_it_ends_with(self):
        one, other = self.sent_invoices(2)
        before = one.message_ids
        self.swap(one, other)
        self.run_job(self.connection)
        bodies = (one.message_ids - before).mapped("body")
        told = [body for body in bodies if "Xero" in body]
        self.assertEqual(len(told), 1, told)
        self.assertIn(one.name, told[0])
        self.assertNotIn("(", told[0])

    def test_a_journal_that_is_sequenced_anew_takes_few_calls(self):
        invoices = self.sent_invoices(6)
        number = invoices[1].name
        self.resequence(invoices, number)
        self.assertEqual(invoices[0].name, number)
        self.run_job(self.connection)
        self.assert_numbers_are_in_xero(invoices)
        # Refused but the last one, under temporary numbers, under their own
        self.assertEqual(len(self.write_calls("/Invoices")), 3)
        # Read once: Xero says with each answer what it holds
        self.assertEqual(len(self.xero.calls()), 4)

    def test_a_new_invoice_waits_for_the_number_that_another_one_lets_go(self):
        one = self.sent_invoices(1)
        number = one.name
        one.name = "INV/2026/00777"
        new = self.new_move("out_invoice", name=number)
        new.action_post()
        self.assertEqual(new.name, number)
        self.run_job(self.connection)
        self.assert_numbers_are_in_xero(one + new)

    def test_a_swap_of_which_any_call_gets_no_answer(self):
        for fault in ("lost_answer", "dropped_before"):
            for after in range(3):
                with self.subTest(fault=fault, after=after):
                    one, other = self.sent_invoices(2)
                    self.swap(one, other)
                    self.xero.fault(fault, method="POST", path="/Invoices", after=after)
                    self.run_job(self.connection)
                    for minutes in (10, 30):
                        with self.later(minutes=minutes):
                            self.run_job(self.connection)
                    self.xero.clear_faults()
                    self.assert_numbers_are_in_xero(one + other)

    def test_for_the_number_of_one_that_is_just_voided_nothing_waits(self):
        one = self.sent_invoices(1)
        number = one.name
        one.button_draft()
        one.name = "INV/2026/00777"
        one.button_cancel()
        self.end_click()
        one.xero_document_ids.sudo().urgent = False
        new = self.new_move("out_invoice", name=number)
        new.action_post()
        self.run_job(self.connection)
        self.assertEqual(new.xero_state, "failed")
        methods = [call["method"] for call in self.write_calls("/Invoices")]
        self.assertEqual(methods, ["PUT", "POST"])

    def test_a_number_that_nobody_lets_go_is_an_issue(self):
        one, other = self.sent_invoices(2)
        self.xero.edit("Invoices", one.xero_document_ids.xero_id, InvoiceNumber="INV/9")
        other.name = "INV/9"
        self.run_job(self.connection)
        self.assertEqual(other.xero_state, "failed")
        self.assertIn("number", other.xero_message)
