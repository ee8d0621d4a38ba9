from datetime import timedelta

from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestInvoiceContent(InvoiceCase):
    """What a posted invoice is in Xero."""

    def test_posted_invoice_awaits_payment_with_its_dates_and_amounts(self):
        invoice = self.sent(invoice_date_due="2026-04-15")
        (held,) = self.live_in_xero()
        self.assertEqual(held["Type"], "ACCREC")
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["InvoiceNumber"], invoice.name)
        self.assertEqual(held["Date"], "2026-03-02")
        self.assertEqual(held["DueDate"], "2026-04-15")
        self.assertEqual(held["Total"], 110)
        self.assertEqual(held["TotalTax"], 10)
        self.assertEqual(invoice.xero_number, invoice.name)
        self.assertEqual(invoice.xero_status, "awaiting payment")

    def test_reference_and_back_link_name_the_invoice(self):
        invoice = self.sent()
        (held,) = self.live_in_xero()
        self.assertEqual(held["Reference"], invoice.name)
        self.assertEqual(
            held["Url"],
            f"https://odoo.example.com/mail/view?model=account.move&res_id={invoice.id}",
        )

    def test_first_line_names_the_invoice_and_its_orders(self):
        invoice = self.sent()
        (held,) = self.live_in_xero()
        self.assertEqual(held["LineItems"][0]["Description"], f"Odoo {invoice.name}")
        order = self.sent_order()
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        text = self.xero_document_of(invoice)["LineItems"][0]["Description"]
        self.assertEqual(text, f"Odoo {invoice.name}, order {order.name}")

    def test_payment_terms_make_the_due_date(self):
        terms = self.env.ref("account.account_payment_term_30days")
        self.sent(invoice_payment_term_id=terms.id)
        self.assertEqual(self.live_in_xero()[0]["DueDate"], "2026-04-01")

    def test_payment_in_instalments_is_due_with_the_last_one(self):
        terms = self.env["account.payment.term"].create(
            {
                "name": "Half now, half in a month",
                "line_ids": [
                    Command.create({"value_amount": 50, "nb_days": 0}),
                    Command.create({"value_amount": 50, "nb_days": 30}),
                ],
            }
        )
        invoice = self.sent(invoice_payment_term_id=terms.id)
        due = fields.Date.to_string(invoice.invoice_date_due)
        self.assertEqual(self.live_in_xero()[0]["DueDate"], due)

    def test_foreign_invoice_goes_with_odoos_rate(self):
        self.sent(currency_id=self.euro().id)
        (held,) = self.live_in_xero()
        self.assertEqual(held["CurrencyCode"], "EUR")
        self.assertEqual(held["CurrencyRate"], 0.6152)

    def test_rate_changed_by_hand_on_the_invoice_is_the_one_sent(self):
        invoice = self.new_move("out_invoice", currency_id=self.euro().id)
        invoice.invoice_currency_rate = 0.65
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero()[0]["CurrencyRate"], 0.65)
        self.assertEqual(invoice.xero_state, "synced")

    def test_status_to_send_is_a_setting(self):
        for status in ("SUBMITTED", "DRAFT"):
            with self.subTest(status=status):
                self.connection.invoice_status = status
                invoice = self.sent()
                self.assertEqual(self.xero_document_of(invoice)["Status"], status)

    def test_invoice_that_was_approved_in_xero_stays_approved(self):
        self.connection.invoice_status = "SUBMITTED"
        invoice = self.sent()
        xero_id = invoice.xero_document_ids.xero_id
        self.xero.edit("Invoices", xero_id, Status="AUTHORISED")
        self.change(invoice, 200)
        (held,) = self.live_in_xero()
        self.assertEqual(held["Status"], "AUTHORISED")

    def test_sales_receipt_is_an_invoice(self):
        receipt = self.sent("out_receipt")
        (held,) = self.live_in_xero()
        self.assertEqual(held["Type"], "ACCREC")
        self.assertEqual(held["InvoiceNumber"], receipt.name)

    def test_cash_rounding_is_in_xeros_total(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To 5 cents",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
            }
        )
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "BASEXCLUDED")]
        )
        invoice = self.new_move("out_invoice", invoice_cash_rounding_id=rounding.id)
        invoice.invoice_line_ids.price_unit = 100.02
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero()[0]["Total"], invoice.amount_total)
        self.assertEqual(invoice.amount_total, 110)
        self.assertEqual(invoice.xero_state, "synced")

    def test_sections_and_notes_are_text(self):
        invoice = self.new_move("out_invoice")
        invoice.invoice_line_ids = [
            Command.create({"display_type": "line_note", "name": "By hand"})
        ]
        invoice.action_post()
        self.run_job(self.connection)
        texts = [line["Description"] for line in self.live_in_xero()[0]["LineItems"]]
        self.assertIn("By hand", texts)
        self.assertEqual(invoice.xero_state, "synced")


@tagged("post_install", "-at_install")
class TestInvoiceFlow(InvoiceCase):
    """An invoice through its life: changed, cancelled, deleted, posted again."""

    def test_draft_is_not_sent(self):
        self.new_move("out_invoice")
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_reset_to_draft_sends_nothing(self):
        invoice = self.sent()
        self.xero.clear_calls()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 200
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(invoice.xero_state, "synced")

    def test_changed_and_posted_again_updates_the_same_invoice(self):
        invoice = self.sent()
        xero_id = invoice.xero_document_ids.xero_id
        self.change(invoice, 200)
        (held,) = self.live_in_xero()
        self.assertEqual(held["InvoiceID"], xero_id)
        self.assertEqual(held["Total"], 220)
        self.assertEqual(invoice.xero_state, "synced")

    def test_posted_again_unchanged_makes_no_call(self):
        invoice = self.sent()
        self.xero.clear_calls()
        invoice.button_draft()
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_changed_due_date_of_a_posted_invoice_is_sent(self):
        invoice = self.sent()
        invoice.invoice_date_due = invoice.invoice_date_due + timedelta(days=10)
        self.run_job(self.connection)
        due = fields.Date.to_string(invoice.invoice_date_due)
        self.assertEqual(self.live_in_xero()[0]["DueDate"], due)

    def test_cancelled_is_voided(self):
        invoice = self.sent()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero(), [])
        self.assertEqual(invoice.xero_status, "voided")
        self.assertEqual(invoice.xero_state, "synced")

    def test_cancelled_while_a_draft_in_xero_is_deleted(self):
        self.connection.invoice_status = "DRAFT"
        invoice = self.sent()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_status, "deleted")

    def test_cancelled_before_it_was_sent_is_never_sent(self):
        invoice = self.posted()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(invoice.xero_document_ids)

    def test_posted_again_after_the_void_is_a_new_one_numbered_anew(self):
        invoice = self.sent()
        name = invoice.name
        for number in (f"{name}-2", f"{name}-3"):
            invoice.button_cancel()
            self.run_job(self.connection)
            invoice.button_draft()
            invoice.action_post()
            self.run_job(self.connection)
            (held,) = self.live_in_xero()
            self.assertEqual(invoice.name, name)
            self.assertEqual(held["InvoiceNumber"], number)
            self.assertEqual(held["Reference"], name)
            self.assertEqual(invoice.xero_number, number)

    def test_cancelled_and_posted_again_before_the_job_updates_the_same(self):
        invoice = self.sent()
        xero_id = invoice.xero_document_ids.xero_id
        invoice.button_cancel()
        invoice.button_draft()
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero()[0]["InvoiceID"], xero_id)

    def test_deleted_in_odoo_is_voided_in_xero(self):
        invoice = self.sent()
        invoice.button_draft()
        invoice.with_context(force_delete=True).unlink()
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero(), [])

    def test_voided_by_hand_then_changed_here_asks(self):
        invoice = self.sent()
        self.xero.edit("Invoices", invoice.xero_document_ids.xero_id, Status="VOIDED")
        self.change(invoice, 200)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertEqual(self.live_in_xero(), [])
        invoice.xero_document_ids.action_send_again()
        self.finish_request()
        (held,) = self.live_in_xero()
        self.assertEqual(held["InvoiceNumber"], f"{invoice.name}-2")

    def test_voided_by_hand_then_cancelled_here_is_fine(self):
        invoice = self.sent()
        self.xero.edit("Invoices", invoice.xero_document_ids.xero_id, Status="VOIDED")
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(invoice.xero_status, "voided")

    def test_lost_create_is_one_invoice(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.xero.clear_faults()
                self.connection.next_allowed = False
                self.xero.fault("lost_answer", method="PUT", path="/Invoices")
                before = len(self.live_in_xero())
                invoice = self.posted()
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assertEqual(len(self.live_in_xero()), before + 1)
                self.assertEqual(invoice.xero_state, "synced")

    def test_lost_void_is_settled(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.xero.clear_faults()
                self.connection.next_allowed = False
                invoice = self.sent()
                self.xero.fault("lost_answer", method="POST", path="/Invoices")
                invoice.button_cancel()
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assertEqual(self.live_in_xero(), [])
                self.assertEqual(invoice.xero_status, "voided")
                self.assertEqual(invoice.xero_state, "synced")

    def test_chatter_tells_what_happened_and_who_asked(self):
        invoice = self.sent()
        note = invoice.message_ids.filtered(lambda m: "Xero: invoice" in (m.body or ""))
        self.assertIn(invoice.name, note.body)
        self.assertEqual(note.author_id, self.env.user.partner_id)
