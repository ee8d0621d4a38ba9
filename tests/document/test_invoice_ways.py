from odoo import fields
from odoo.fields import Command
from odoo.tests import tagged

from ..xero_server import TENANT_UK
from .invoice_case import InvoiceCase


@tagged("post_install", "-at_install")
class TestInvoiceWays(InvoiceCase):
    """Whoever or whatever posts it, an invoice goes; other entries never do."""

    def test_posted_by_the_scheduled_job(self):
        today = fields.Date.today()
        invoice = self.new_move("out_invoice", auto_post="at_date", invoice_date=today)
        invoice.date = today
        self.env.cr.flush()
        job = self.env.ref("account.ir_cron_auto_post_draft_entry")
        with self.enter_registry_test_mode():
            job.sudo().method_direct_trigger()
        self.assertEqual(invoice.state, "posted")
        self.run_job(self.connection)
        self.assertEqual(len(self.live_in_xero()), 1)

    def test_sixty_imported_and_posted_at_once_cost_two_calls(self):
        line = {
            "product_id": self.product.id,
            "price_unit": 100.0,
            "tax_ids": self.gst.ids,
        }
        invoices = self.env["account.move"].create(
            [
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "invoice_date": "2026-03-02",
                    "invoice_line_ids": [Command.create(line)],
                }
                for _number in range(60)
            ]
        )
        invoices.action_post()
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls()), 2)
        self.assertEqual(set(invoices.mapped("xero_state")), {"synced"})

    def test_posted_for_a_visitor_of_the_website(self):
        invoice = self.new_move("out_invoice")
        public = self.env.ref("base.public_user")
        invoice.with_user(public).sudo().action_post()
        self.run_job(self.connection)
        self.assertEqual(len(self.live_in_xero()), 1)
        note = invoice.message_ids.filtered(lambda m: "Xero: invoice" in (m.body or ""))
        self.assertEqual(note.author_id, self.env.ref("base.partner_root"))

    def test_posted_by_a_user_without_any_right_on_xero(self):
        clerk = self.new_user("clerk", "account.group_account_invoice")
        invoice = self.new_move("out_invoice").with_user(clerk)
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(len(self.live_in_xero()), 1)
        self.assertEqual(invoice.xero_number, invoice.name)

    def test_journal_entry_is_never_sent(self):
        accounts = (
            self.company_data["default_account_revenue"],
            self.company_data["default_account_expense"],
        )
        entry = self.env["account.move"].create(
            {
                "move_type": "entry",
                "line_ids": [
                    Command.create({"account_id": accounts[0].id, "credit": 10}),
                    Command.create({"account_id": accounts[1].id, "debit": 10}),
                ],
            }
        )
        entry.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.assertFalse(entry.xero_document_ids)
        self.assertFalse(entry.xero_sendable)

    def test_payment_is_never_sent_and_asks_nothing_of_its_invoice(self):
        invoice = self.sent()
        self.xero.clear_calls()
        register = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        )
        register.create({}).action_create_payments()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(invoice.xero_state, "synced")

    # === COMPANIES === #

    def test_company_without_a_connection_sends_nothing(self):
        other = self.setup_other_company()["company"]
        self.env.user.company_ids += other
        invoice = self.env["account.move"].with_company(other)
        invoice = invoice.create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "invoice_line_ids": [Command.create({"name": "x", "price_unit": 10})],
            }
        )
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.assertFalse(invoice.xero_document_ids)

    def test_two_companies_each_send_to_their_own_organisation(self):
        other = self.setup_other_company()
        company = other["company"]
        self.env.user.company_ids += company
        british = self.connect_to_britain(company)
        british.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", british.id),
                ("tax_type", "=", "ZERORATEDOUTPUT"),
            ]
        )
        there = (
            self.env["account.move"]
            .with_company(company)
            .create(
                {
                    "move_type": "out_invoice",
                    "partner_id": self.customer.id,
                    "currency_id": self.env.ref("base.GBP").id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "x", "price_unit": 10, "tax_ids": False}
                        )
                    ],
                }
            )
        )
        invoices = self.new_move("out_invoice") + there
        both = self.company + company
        invoices.with_context(allowed_company_ids=both.ids).action_post()
        self.run_job(self.connection)
        self.run_job(british)
        self.assertEqual(there.xero_state, "synced", there.xero_message)
        (in_australia,) = self.live_in_xero()
        self.assertEqual(in_australia["Reference"], invoices[0].name)
        (in_britain,) = self.xero_invoices(TENANT_UK)
        self.assertEqual(in_britain["Reference"], there.name)


@tagged("post_install", "-at_install")
class TestInvoiceWhoDecides(InvoiceCase):
    """The switch, the customer's choice and the invoice's own box."""

    def is_sent(self, **values):
        before = len(self.live_in_xero())
        self.posted(**values)
        self.run_job(self.connection)
        return len(self.live_in_xero()) > before

    def test_the_switch_of_the_company(self):
        self.assertTrue(self.is_sent())
        self.connection.auto_invoice = False
        self.assertFalse(self.is_sent())

    def test_the_customer_always_or_never_wins_over_the_switch(self):
        self.customer.xero_send_sales = "never"
        self.assertFalse(self.is_sent())
        self.connection.auto_invoice = False
        self.customer.xero_send_sales = "always"
        self.assertTrue(self.is_sent())

    def test_the_box_wins_over_the_customer_and_the_switch(self):
        self.customer.xero_send_sales = "never"
        self.assertTrue(self.is_sent(xero_send_choice="yes"))
        self.customer.xero_send_sales = "always"
        self.assertFalse(self.is_sent(xero_send_choice="no"))

    def test_the_box_shows_what_will_happen(self):
        invoice = self.new_move("out_invoice")
        self.assertTrue(invoice.xero_send)
        self.customer.xero_send_sales = "never"
        invoice.invalidate_recordset()
        self.assertFalse(invoice.xero_send)

    def test_ticking_the_box_of_a_posted_invoice_sends_it(self):
        self.connection.auto_invoice = False
        invoice = self.posted()
        invoice.xero_send = True
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")

    def test_the_button_sends_whatever_the_switch_says(self):
        self.connection.auto_invoice = False
        invoices = self.posted() + self.posted()
        invoices.action_xero_send()
        self.finish_request()
        self.assertEqual(len(self.live_in_xero()), 2)
        self.assertEqual(set(invoices.mapped("xero_state")), {"synced"})

    def test_changing_an_old_invoice_that_was_never_sent_does_not_send_it(self):
        self.connection.auto_invoice = False
        invoice = self.posted()
        self.end_click()
        self.connection.auto_invoice = True
        invoice.invoice_date_due = "2026-09-01"
        self.run_job(self.connection)
        self.assertEqual(self.live_in_xero(), [])

    def test_switched_off_later_what_is_in_xero_is_kept_in_step(self):
        invoice = self.sent()
        self.connection.auto_invoice = False
        self.change(invoice, 200)
        self.assertEqual(self.live_in_xero()[0]["Total"], 220)


@tagged("post_install", "-at_install")
class TestInvoiceRefused(InvoiceCase):
    """What Xero would refuse is said in words, and cured without a second click."""

    def test_number_taken_in_xero_is_told(self):
        invoice = self.new_move("out_invoice")
        invoice.name = "TAKEN-1"
        self.xero.seed(
            "Invoices",
            [
                {
                    "Type": "ACCREC",
                    "InvoiceNumber": "TAKEN-1",
                    "Contact": {"ContactID": self.customer.xero_contact_id.xero_id},
                    "LineItems": [{"Description": "By hand"}],
                }
            ],
        )
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertIn("Invoice # must be unique", invoice.xero_message)
        self.assertIn("Change the number", invoice.xero_issue_id.remedy)

    def test_tax_that_does_not_fit_the_account_is_told(self):
        self.gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        invoice = self.posted()
        self.run_job(self.connection)
        self.assertIn("cannot be used with account code", invoice.xero_message)
        self.assertIn("Map the tax", invoice.xero_issue_id.remedy)

    def test_locked_period_is_told_before_sending_and_opened_goes_by_itself(self):
        self.lock("2026-06-30")
        invoice = self.posted()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("locked up to 06/30/2026", invoice.xero_message)
        self.lock(None)
        self.assertEqual(invoice.xero_state, "synced")

    def test_locked_period_is_cured_by_a_later_date_too(self):
        self.lock("2026-03-10")
        invoice = self.posted()
        self.run_job(self.connection)
        invoice.button_draft()
        invoice.invoice_date = "2026-03-11"
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")
        issues = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertFalse(issues)

    def lock(self, day):
        """The period is closed in Xero, and Odoo has read that."""
        organisation = self.connection.tenant_id
        self.xero.edit("Organisation", organisation, PeriodLockDate=day)
        self.press_refresh(self.connection)
        self.finish_request()
        self.xero.clear_calls()

    def test_currency_not_enabled_is_told_and_added_goes_by_itself(self):
        yen = self.env.ref("base.JPY")
        yen.active = True
        invoice = self.posted(currency_id=yen.id)
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("JPY", invoice.xero_message)
        self.assertEqual(invoice.xero_issue_fixer, "administrator")
        self.xero.seed("Currencies", [{"Code": "JPY"}])
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(self.live_in_xero()[0]["CurrencyCode"], "JPY")

    def test_an_invoice_of_nothing_goes_once_it_has_a_price(self):
        invoice = self.new_move("out_invoice")
        invoice.invoice_line_ids.price_unit = 0
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(invoice.xero_message)
        self.change(invoice, 100)
        self.assertEqual(invoice.xero_state, "synced")
