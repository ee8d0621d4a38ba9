from odoo.tests import tagged

from .credit_note_case import CreditNoteCase, match


@tagged("post_install", "-at_install")
class TestCreditNoteFlow(CreditNoteCase):
    """A posted credit note is in Xero, set off against what it reverses."""

    def test_posted_credit_note_is_authorised_with_odoos_number_and_amounts(self):
        credit_note = self.credited()
        (held,) = self.live_in_xero("CreditNotes")
        self.assertEqual(held["Type"], "ACCRECCREDIT")
        self.assertIn(held["Status"], ("AUTHORISED", "PAID"))
        self.assertEqual(held["CreditNoteNumber"], credit_note.name)
        self.assertEqual(held["Reference"], credit_note.name)
        self.assertEqual(held["Total"], 110)
        self.assertEqual(held["TotalTax"], 10)
        self.assertEqual(credit_note.xero_number, credit_note.name)
        self.assertEqual(credit_note.xero_state, "synced")

    def test_it_is_set_off_against_its_invoice_once(self):
        self.credited()
        self.assertEqual(self.given(), [110])
        self.assertEqual(self.xero_invoice()["AmountDue"], 0)
        self.run_job(self.connection)
        self.assertEqual(len(self.allocation_calls("PUT")), 1)

    def test_both_are_settled_in_xero_and_so_they_are_here(self):
        credit_note = self.credited()
        self.assertEqual(self.xero_invoice()["Status"], "PAID")
        self.assertEqual(self.invoice.xero_state, "synced")
        self.assertEqual(credit_note.xero_state, "synced")

    def test_without_an_invoice_it_is_not_set_off(self):
        credit_note = self.sent("out_refund")
        self.assertEqual(self.xero_credit_note(credit_note)["Status"], "AUTHORISED")
        self.assertEqual(self.allocation_calls("PUT"), [])

    def test_set_off_later_when_the_invoice_comes_later(self):
        self.connection.auto_invoice = False
        invoice = self.posted()
        credit_note = self.credit(invoice)
        self.run_job(self.connection)
        self.assertEqual(self.xero_credit_note(credit_note)["Status"], "AUTHORISED")
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(self.given(invoice), [110])

    def test_posted_with_its_invoice_in_one_transaction(self):
        invoice = self.posted()
        self.credit(invoice)
        self.run_job(self.connection)
        self.assertEqual(self.given(invoice), [110])

    def test_discounts_are_in_the_price(self):
        invoice = self.new_move("out_invoice")
        invoice.invoice_line_ids.write({"quantity": 3, "discount": 12.5})
        invoice.action_post()
        self.run_job(self.connection)
        credit_note = self.credit(invoice)
        self.run_job(self.connection)
        line = self.xero_credit_note(credit_note)["LineItems"][1]
        self.assertNotIn("DiscountRate", line)
        self.assertEqual(line["UnitAmount"], 87.5)
        self.assertEqual(self.xero_credit_note(credit_note)["Total"], 288.75)
        self.assertEqual(credit_note.xero_state, "synced")

    def test_part_credit_leaves_the_rest_due(self):
        invoice = self.invoice_of_ten()
        self.credit(invoice, 4.0)
        self.run_job(self.connection)
        self.assertEqual(self.given(invoice), [440])
        self.assertEqual(self.xero_invoice(invoice)["AmountDue"], 660)
        self.assertEqual(self.xero_invoice(invoice)["Status"], "AUTHORISED")

    def test_two_part_credits_on_one_invoice(self):
        invoice = self.invoice_of_ten()
        for quantity in (4.0, 5.0):
            self.credit(invoice, quantity)
            self.run_job(self.connection)
        self.assertEqual(self.given(invoice), [440, 550])
        self.assertEqual(self.xero_invoice(invoice)["AmountDue"], 110)

    def test_two_part_credits_at_once(self):
        invoice = self.invoice_of_ten()
        self.credit(invoice, 4.0)
        self.credit(invoice, 5.0)
        self.run_job(self.connection)
        self.assertEqual(sorted(self.given(invoice)), [440, 550])

    def invoice_of_ten(self):
        invoice = self.new_move("out_invoice")
        invoice.invoice_line_ids.quantity = 10
        invoice.action_post()
        self.run_job(self.connection)
        return invoice

    def test_xeros_own_numbers_are_a_setting(self):
        self.connection.number_credit_note = "xero"
        credit_note = self.credited()
        number = self.xero_credit_note(credit_note)["CreditNoteNumber"]
        self.assertEqual(credit_note.xero_number, number)
        self.assertNotEqual(number, credit_note.name)

    def test_switched_off_it_stays_at_home(self):
        self.connection.auto_credit_note = False
        credit_note = self.credited()
        self.assertFalse(credit_note.xero_document_ids)
        self.assertEqual(self.live_in_xero("CreditNotes"), [])

    def test_status_follows_the_one_of_invoices(self):
        self.connection.invoice_status = "DRAFT"
        credit_note = self.credited()
        self.assertEqual(self.xero_credit_note(credit_note)["Status"], "DRAFT")
        self.assertEqual(self.allocation_calls("PUT"), [])

    # === REFUSED === #

    def test_invoice_paid_in_xero_tells_why_it_is_not_set_off(self):
        self.pay_in_xero(self.invoice, 110)
        credit_note = self.credited()
        self.assertEqual(credit_note.xero_state, "synced")
        self.assertEqual(self.xero_credit_note(credit_note)["Status"], "AUTHORISED")
        bodies = " ".join(credit_note.message_ids.mapped("body"))
        self.assertIn("not set off against", bodies)
        self.assertIn(self.invoice.name, bodies)

    def test_invoice_paid_in_xero_asks_nobody_and_the_form_says_so(self):
        self.pay_in_xero(self.invoice, 110)
        credit_note = self.credited()
        self.assertEqual(self.given(), [])
        self.assertEqual(
            credit_note.xero_not_set_off,
            f"Not set off: {self.invoice.name} is paid in Xero.",
        )
        self.assertFalse(self.env["xero.issue"].search([]))
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_invoice_part_paid_in_xero_is_credited_with_what_is_left(self):
        self.pay_in_xero(self.invoice, 80)
        credit_note = self.credited(0.5)
        self.assertEqual(self.given(), [30])
        self.assertEqual(self.xero_invoice()["Status"], "PAID")
        self.assertEqual(self.xero_credit_note(credit_note)["RemainingCredit"], 25)
        self.assertEqual(credit_note.xero_state, "synced")
        self.assertIn("30.00 of", credit_note.xero_not_set_off)
        self.assertFalse(self.env["xero.issue"].search([]))

    def test_a_credit_note_that_is_sent_as_new_is_set_off_as_well(self):
        credit_note = self.credited(0.5)
        credit_note.xero_document_ids.action_send_as_new()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.given(), [55, 55])

    def test_credit_paid_out_in_xero_is_set_off_no_further_than_it_goes(self):
        self.connection.auto_invoice = False
        invoice = self.posted()
        credit_note = self.credit(invoice)
        self.run_job(self.connection)
        self.pay_out_in_xero(credit_note, 70)
        invoice.action_xero_send()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.given(invoice), [40])
        self.assertEqual(credit_note.xero_state, "synced")

    def pay_out_in_xero(self, credit_note, amount):
        accounts = self.xero.state()["Accounts"]
        account = next(x for x in accounts if x["Type"] == "BANK")
        xero_id = credit_note.xero_document_ids.xero_id
        self.xero.seed(
            "Payments",
            [
                {
                    "CreditNote": {"CreditNoteID": xero_id},
                    "Account": {"AccountID": account["AccountID"]},
                    "Date": "2026-11-22",
                    "Amount": amount,
                }
            ],
        )

    def test_try_again_sets_off_what_became_free_in_xero(self):
        self.pay_in_xero(self.invoice, 110)
        credit_note = self.credited()
        xero_id = self.xero_invoice()["InvoiceID"]
        self.xero.edit(
            "Invoices", xero_id, Status="AUTHORISED", AmountDue=110, AmountPaid=0
        )
        self.allocations_of(credit_note).action_send_again()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.given(), [110])
        self.assertFalse(credit_note.xero_not_set_off)

    def allocations_of(self, credit_note):
        return credit_note.xero_document_ids.given_allocation_ids

    # === CHANGED AND CANCELLED === #

    def test_cancelled_the_set_off_is_taken_back_and_it_is_voided(self):
        credit_note = self.credited()
        credit_note.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero("CreditNotes"), [])
        self.assertEqual(self.given(), [])
        self.assertEqual(self.xero_invoice()["Status"], "AUTHORISED")
        self.assertEqual(credit_note.xero_status, "voided")
        self.assertEqual(credit_note.xero_state, "synced")

    def test_cancelled_before_it_was_sent_is_never_sent(self):
        credit_note = self.credit(self.invoice)
        credit_note.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero("CreditNotes"), [])
        self.assertFalse(credit_note.xero_document_ids)

    def test_posted_again_after_the_void_is_a_new_one_set_off_again(self):
        credit_note = self.credited()
        credit_note.button_cancel()
        self.run_job(self.connection)
        credit_note.button_draft()
        credit_note.action_post()
        self.run_job(self.connection)
        (held,) = self.live_in_xero("CreditNotes")
        self.assertEqual(held["CreditNoteNumber"], f"{credit_note.name}-2")
        self.assertEqual(self.given(), [110])

    def test_changed_after_it_was_set_off_is_updated_and_set_off_anew(self):
        credit_note = self.credited()
        self.set_price(credit_note, 40)
        self.assertEqual(self.xero_credit_note(credit_note)["Total"], 44)
        self.assertEqual(self.given(), [44])
        self.assertEqual(credit_note.xero_state, "synced", credit_note.xero_message)

    def test_posted_again_as_it_was_nothing_is_taken_back(self):
        credit_note = self.credited()
        self.xero.clear_calls()
        self.set_price(credit_note, 100)
        self.assertEqual(self.given(), [110])
        self.assertEqual(self.write_calls(), [])

    def test_reset_to_draft_it_stays_set_off_until_it_is_posted_again(self):
        credit_note = self.credited()
        credit_note.button_draft()
        self.run_job(self.connection)
        self.assertEqual(self.given(), [110])

    def set_price(self, credit_note, price):
        credit_note.button_draft()
        credit_note.invoice_line_ids.price_unit = price
        credit_note.action_post()
        self.run_job(self.connection)

    def test_credited_invoice_posted_again_is_as_odoo_has_it(self):
        credit_note = self.credited()
        self.change(self.invoice, 70)
        self.assertEqual(self.xero_invoice()["Total"], 77)
        self.assertEqual(self.given(), [])
        self.assertEqual(self.invoice.xero_state, "synced", self.invoice.xero_message)
        self.match(credit_note, self.invoice)
        self.assertEqual(self.given(), [77])

    def match(self, credit_note, *invoices):
        """Odoo's button that sets a credit note off against invoices."""
        match(credit_note, *invoices)
        self.run_job(self.connection)

    def test_cancelling_the_credited_invoice_takes_the_set_off_back(self):
        credit_note = self.credited()
        self.invoice.button_draft()
        self.invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_status(), "VOIDED")
        self.assertEqual(self.xero_credit_note(credit_note)["Status"], "AUTHORISED")
        self.assertEqual(self.xero_credit_note(credit_note)["RemainingCredit"], 110)
        self.assertEqual(self.invoice.xero_state, "synced")

    def xero_invoice_status(self):
        (held,) = [
            each
            for each in self.xero.state()["Invoices"]
            if each.get("InvoiceNumber") == self.invoice.name
        ]
        return held["Status"]

    def test_deleted_in_odoo_is_voided_and_its_set_off_taken_back(self):
        credit_note = self.credited()
        credit_note.button_draft()
        credit_note.with_context(force_delete=True).unlink()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero("CreditNotes"), [])
        self.assertEqual(self.given(), [])


@tagged("post_install", "-at_install")
class TestCreditNoteLostAnswers(CreditNoteCase):
    """Whatever becomes of an answer, a credit note is set off once."""

    def each_time(self):
        """Within and after the six minutes for which Xero knows a key."""
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.xero.clear_faults()
                self.connection.next_allowed = False
                self.invoice = self.sent()
                yield minutes

    def later_job(self, minutes):
        """The answer was lost indeed, and the job finds that out."""
        lost = [call for call in self.xero.calls() if call["fault"]]
        self.assertEqual(len(lost), 1)
        self.xero.clear_calls()
        with self.later(minutes=minutes):
            self.run_job(self.connection)
            self.run_job(self.connection)

    def test_lost_credit_note_is_one_set_off_once(self):
        for number, minutes in enumerate(self.each_time(), 1):
            self.xero.fault("lost_answer", method="PUT", path="/CreditNotes")
            credit_note = self.credited()
            self.later_job(minutes)
            self.assertEqual(len(self.live_in_xero("CreditNotes")), number)
            self.assertEqual(self.given(), [110])
            self.assertEqual(credit_note.xero_state, "synced")

    def test_lost_set_off_is_made_once(self):
        for minutes in self.each_time():
            self.xero.fault("lost_answer", method="PUT", path="/CreditNotes/")
            credit_note = self.credited()
            self.later_job(minutes)
            self.assertEqual(self.given(), [110])
            allocation = self.allocation_of(credit_note)
            self.assertEqual(allocation.state, "synced")

    def test_set_off_xero_never_got_is_made(self):
        for minutes in self.each_time():
            self.xero.fault("dropped_before", method="PUT", path="/CreditNotes/")
            credit_note = self.credited()
            self.later_job(minutes)
            self.assertEqual(self.given(), [110])
            self.assertEqual(self.allocation_of(credit_note).state, "synced")

    def test_lost_taking_back_is_settled_and_the_credit_note_voided(self):
        for minutes in self.each_time():
            credit_note = self.credited()
            self.xero.fault("lost_answer", method="DELETE", path="/CreditNotes/")
            credit_note.button_cancel()
            self.run_job(self.connection)
            self.later_job(minutes)
            self.assertEqual(self.given(), [])
            self.assertEqual(self.live_in_xero("CreditNotes"), [])
            self.assertEqual(credit_note.xero_state, "synced")

    def allocation_of(self, credit_note):
        return self.env["xero.allocation"].search(
            [("document_id", "=", credit_note.xero_document_ids.id)]
        )
