from freezegun import freeze_time

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import KINDS, MOVE_TYPES
from .invoice_case import InvoiceCase

START = "2026-06-01"
BEFORE = "2026-05-31"
SINCE = "2026-06-01"


@tagged("post_install", "-at_install")
class TestStartDate(InvoiceCase):
    """What is dated before the start date is not made in Xero by itself."""

    # EXTENDS ConnectedCase
    def prepare_connected(self):
        result = super().prepare_connected()
        self.connection.write(
            {"start_date": START, **{f"auto_{kind}": True for kind in KINDS}}
        )
        self.vendor.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )
        return result

    def made(self, day):
        """A document of each kind of that day, as people leave it.

        :return: dict of kind → record
        """
        moment = f"{day} 12:00:00"
        with freeze_time(moment):
            sale_order = self.confirmed_order()
        moves = {
            kind: self.new_move(move_type, invoice_date=day)
            for kind, move_type in MOVE_TYPES.items()
        }
        for kind in ("invoice", "credit_note", "refund"):
            moves[kind].action_post()
        self.end_click()
        return {
            "quotation": self.new_order(date_order=moment),
            "sale_order": sale_order,
            "purchase_order": self.approved_purchase(date_order=moment),
            **moves,
        }

    def posted_on(self, day=BEFORE):
        invoice = self.posted(invoice_date=day)
        self.end_click()
        return invoice

    def test_nothing_is_made_of_what_is_dated_before(self):
        for kind, record in self.made(BEFORE).items():
            with self.subTest(kind=kind):
                self.assertFalse(record.xero_document_ids)
                self.assertFalse(record.xero_send)

    def test_what_is_dated_on_the_day_goes(self):
        for kind, record in self.made(SINCE).items():
            with self.subTest(kind=kind):
                self.assertIn(kind, record.xero_document_ids.mapped("kind"))
                self.assertTrue(record.xero_send)

    def test_without_a_start_date_everything_goes(self):
        self.connection.start_date = False
        self.assertTrue(self.posted_on().xero_document_ids)

    def test_the_day_of_an_order_is_the_companys(self):
        self.company.partner_id.tz = "Australia/Sydney"
        # 1 June there
        quotation = self.new_order(date_order="2026-05-31 22:00:00")
        self.assertTrue(quotation.xero_document_ids)

    def test_reset_and_posted_again_it_still_stays_out(self):
        invoice = self.posted_on()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 321
        invoice.action_post()
        self.end_click()
        self.assertFalse(invoice.xero_document_ids)

    def test_edited_a_quotation_still_stays_out(self):
        quotation = self.new_order(date_order=f"{BEFORE} 12:00:00")
        quotation.order_line.price_unit = 321
        self.end_click()
        self.assertFalse(quotation.xero_document_ids)

    def test_a_partner_whose_documents_always_go_changes_nothing(self):
        self.customer.xero_send_sales = "always"
        self.assertFalse(self.posted_on().xero_document_ids)

    def test_what_is_in_xero_is_kept_in_step(self):
        invoice = self.posted_on(SINCE)
        self.run_job(self.connection)
        self.connection.start_date = "2026-12-01"
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 321
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["Total"], invoice.amount_total)

    def test_an_invoice_of_today_on_an_older_order_goes_alone(self):
        order = self.made(BEFORE)["sale_order"]
        invoice = self.invoice_of(order, quantity=1)
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")
        self.assertFalse(order.xero_document_ids)

    # === THE BUTTON === #

    def asked(self, records):
        """The question that the button asks, as the form shows it."""
        action = records.action_xero_send()
        self.assertEqual(action["res_model"], "xero.document.send")
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        return Form(wizard)

    def test_the_button_asks_before_it_sends(self):
        invoice = self.posted_on()
        question = self.asked(invoice)
        self.assertIn(invoice.name, question.question)
        self.assertFalse(invoice.xero_document_ids)
        question.save().action_send()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["Total"], invoice.amount_total)

    def test_once_answered_it_is_not_asked_again(self):
        invoice = self.posted_on()
        self.asked(invoice).save().action_send()
        self.assertIs(invoice.action_xero_send(), True)

    def test_of_many_only_the_older_are_named_and_go_when_the_box_is_ticked(self):
        older = self.posted_on()
        newer = self.posted_on(SINCE)
        question = self.asked(older + newer)
        self.assertIn(older.name, question.question)
        self.assertNotIn(newer.name, question.question)
        question.with_older = True
        question.save().action_send()
        self.run_job(self.connection)
        self.assertEqual((older + newer).mapped("xero_state"), ["synced", "synced"])

    def test_of_many_the_older_stay_unless_the_box_is_ticked(self):
        older = self.posted_on()
        newer = self.posted_on(SINCE)
        self.asked(older + newer).save().action_send()
        self.run_job(self.connection)
        self.assertEqual(newer.xero_state, "synced")
        self.assertFalse(older.xero_document_ids)

    def test_what_xero_has_is_sent_again_without_a_question(self):
        invoice = self.posted_on()
        self.asked(invoice).save().action_send()
        self.run_job(self.connection)
        invoice.xero_send_choice = False
        self.assertIs(invoice.action_xero_send(), True)

    def test_who_may_not_change_the_documents_cannot_send_them(self):
        reader = self.new_user(
            "a_reader", "xero_sync.xero_sync_group_user,account.group_account_readonly"
        )
        invoice = self.posted_on()
        with self.assertRaises(AccessError):
            invoice.with_user(reader).action_xero_send()

    def test_a_model_without_documents_in_xero_is_refused(self):
        wizard = self.env["xero.document.send"].create(
            {"res_model": "res.users", "res_ids": [1], "older_ids": [1]}
        )
        with self.assertRaises(KeyError):
            wizard.action_send()

    # === A CREDIT NOTE OF WHAT XERO NEVER HAD === #

    def credit_of_older(self):
        """A credit note of today, of an invoice that is not in Xero."""
        invoice = self.posted_on()
        credit = invoice._reverse_moves(
            [{"invoice_date": SINCE, "date": SINCE}], cancel=False
        )
        credit.action_post()
        self.run_job(self.connection)
        return credit

    def test_a_credit_note_of_an_older_invoice_is_asked_about(self):
        credit = self.credit_of_older()
        self.assertEqual(credit.xero_state, "failed")
        issue = credit.xero_document_ids.issue_ids
        self.assertEqual((issue.kind, issue.cure), ("older", "send"))
        self.assertIn(credit.reversed_entry_id.name, issue.name)
        self.assertFalse(self.write_calls("/CreditNotes"))

    def test_answered_with_send_it_goes(self):
        credit = self.credit_of_older()
        credit.xero_document_ids.issue_ids.action_cure()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(credit)["Total"], credit.amount_total)

    def test_a_credit_note_goes_when_its_older_invoice_is_in_xero(self):
        invoice = self.posted_on()
        self.asked(invoice).save().action_send()
        self.run_job(self.connection)
        credit = invoice._reverse_moves(
            [{"invoice_date": SINCE, "date": SINCE}], cancel=False
        )
        credit.action_post()
        self.run_job(self.connection)
        self.assertEqual(credit.xero_state, "synced")

    # === WHERE IT COMES FROM === #

    def test_setting_up_begins_with_today(self):
        company = self.env["res.company"].create({"name": "Newcomer"})
        self.env.user.company_ids = [Command.link(company.id)]
        settings = self.env["res.config.settings"].with_company(company).create({})
        settings.action_xero_set_up()
        self.assertEqual(
            company._xero_connection().start_date.isoformat(),
            str(self.env.cr.now().date()),
        )
