from odoo.tests import tagged
from odoo.tools import mute_logger

from .pdf_case import PdfCase, pdf_name

PDF = "odoo.addons.xero_sync.models.document.xero_document_pdf"


@tagged("post_install", "-at_install")
class TestPdfOfEachKind(PdfCase):
    """With the setting on, what somebody outside has, has its PDF in Xero."""

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def assert_pdf(self, record, name, kind=None):
        self.run_job(self.connection)
        found, content = self.file_of(record, kind)
        self.assertEqual(found, name)
        self.assertTrue(content.startswith(b"%PDF"), content[:20])

    def test_quotation(self):
        order = self.new_order(xero_send_choice="yes")
        order.action_quotation_sent()
        self.assert_pdf(order, pdf_name(order))

    def test_the_invoice_that_takes_its_orders_draft_over_but_not_the_draft(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.files_of(order), [])
        invoice = self.invoice_of(order)
        self.assert_pdf(invoice, pdf_name(invoice))

    def test_invoice_and_its_credit_note(self):
        invoice = self.posted()
        self.assert_pdf(invoice, pdf_name(invoice))
        credit_note = self.credit(invoice)
        self.assert_pdf(credit_note, pdf_name(credit_note))

    def test_purchase_order_and_its_bill(self):
        order = self.approved_purchase()
        self.assert_pdf(order, pdf_name(order))
        bill = self.posted("in_invoice", ref="B-77")
        self.assert_pdf(bill, pdf_name(bill))


@tagged("post_install", "-at_install")
class TestPdfAttachment(PdfCase):
    """When it is printed, and what becomes of one that cannot be."""

    def setUp(self):
        super().setUp()
        self.printed = []
        self.replace_printing(self.print_quickly)

    def replace_printing(self, function):
        """Printing is Odoo's, and slow: the tests above do it in earnest.

        :param function: of the ids of the records to print → content
        """
        self.patch(
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda _report, _reference, ids: (function(ids), "pdf"),
        )

    def print_quickly(self, ids):
        self.printed += ids
        return b"%%PDF-%d" % len(self.printed)

    def print_with_date(self, ids):
        self.printed += ids
        return b"%%PDF/CreationDate (D:2026%d)/Type" % len(self.printed)

    def print_nothing(self, ids):
        raise RuntimeError("No paper")

    def test_off_nothing_is_attached(self):
        self.connection.attach_pdf = False
        invoice = self.sent()
        self.assertEqual(self.files_of(invoice), [])
        self.assertEqual(self.printed, [])

    def test_after_a_change_it_is_replaced_not_added(self):
        invoice = self.sent()
        _name, before = self.file_of(invoice)
        self.change(invoice, 200)
        _name, after = self.file_of(invoice)
        self.assertNotEqual(before, after)

    def test_without_a_change_it_is_not_printed_again(self):
        invoice = self.sent()
        invoice.button_draft()
        invoice.action_post()
        self.run_job(self.connection)
        self.run_job(self.connection)
        self.assertEqual(len(self.attach_calls()), 1)

    def test_a_quote_has_it_when_it_is_sent_and_none_for_what_becomes_of_it(self):
        order = self.new_order(xero_send_choice="yes")
        self.run_job(self.connection)
        self.assertEqual(self.printed, [])
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(self.files_of(order), [pdf_name(order)])
        order.action_confirm()
        self.run_job(self.connection)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        quote = self.xero_document_of(order, "quotation")
        self.assertEqual(quote["Status"], "INVOICED")
        self.assertEqual(self.printed, [order.id, invoice.id])

    def test_what_was_printed_of_the_same_at_another_time_is_not_attached_again(self):
        self.replace_printing(self.print_with_date)
        invoice = self.sent()
        self.change(invoice, 200)
        self.assertEqual(len(self.printed), 2)
        self.assertEqual(len(self.attach_calls()), 1)

    def test_a_vendors_own_pdf_goes_with_the_draft_and_not_again_when_posted(self):
        bill = self.new_move("in_invoice", ref="B-9")
        self.run_job(self.connection)
        self.assertEqual(self.attach_calls(), [])
        bill.message_main_attachment_id = self.env["ir.attachment"].create(
            {
                "name": "scan.pdf",
                "raw": b"%PDF of the vendor",
                "mimetype": "application/pdf",
            }
        )
        bill.invoice_line_ids.price_unit = 101
        self.run_job(self.connection)
        self.assertEqual(self.files_of(bill), ["scan.pdf"])
        bill.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(bill)["Status"], "AUTHORISED")
        self.assertEqual(len(self.attach_calls()), 1)

    def test_what_is_reset_before_it_was_printed_gets_none(self):
        self.connection.attach_pdf = False
        invoice = self.sent()
        row = invoice.xero_document_ids.sudo()
        row.pdf_due = True
        invoice.button_draft()
        self.run_job(self.connection)
        self.assertEqual((self.printed, row.pdf_due), ([], False))

    def test_with_half_of_the_calls_used_quotes_wait_and_invoices_do_not(self):
        self.xero.limits(day=1000)
        self.connection.day_limit = 1000
        order = self.new_order(xero_send_choice="yes")
        order.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(len(self.files_of(order)), 1)
        self.xero.limits(day=450)
        later, invoice = self.new_order(xero_send_choice="yes"), self.posted()
        later.action_quotation_sent()
        self.run_job(self.connection)
        self.assertEqual(self.files_of(later), [])
        self.assertEqual(len(self.files_of(invoice)), 1)

    def online_of(self, record):
        (file,) = self.xero_document_of(record)["Attachments"]
        return file.get("IncludeOnline", False)

    def test_customers_see_it_with_the_online_invoice_and_credit_note(self):
        invoice = self.sent()
        self.assertTrue(self.online_of(invoice))
        self.assertTrue(self.online_of(self.sent("out_refund")))

    def test_nobody_sees_it_online_of_a_bill_an_order_or_with_the_switch_off(self):
        bill = self.sent("in_invoice", ref="B-1")
        order = self.approved_purchase()
        self.run_job(self.connection)
        self.connection.pdf_online = False
        for record in (bill, order, self.sent()):
            with self.subTest(record._name):
                self.assertFalse(self.online_of(record))

    def test_a_vendors_original_gets_the_extension_it_lacks(self):
        for name, expected in (
            ("scan", "scan.pdf"),
            ("Invoice of 12.03", "Invoice of 12.03.pdf"),
            ("Rechnung.PDF", "Rechnung.PDF"),
        ):
            with self.subTest(name):
                bill = self.bill_with_original(name)
                found, content = self.file_of(bill)
                self.assertEqual(found, expected)
                self.assertEqual(content, b"%PDF-1.4 of the vendor")

    def test_voided_document_gets_none(self):
        invoice = self.sent()
        self.xero.clear_calls()
        invoice.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.attach_calls(), [])

    @mute_logger(PDF)
    def test_failure_to_print_is_a_note_and_the_document_stays_in_xero(self):
        self.replace_printing(self.print_nothing)
        invoice = self.sent()
        self.assertEqual(self.files_of(invoice), [])
        self.assertEqual(invoice.xero_state, "synced")
        bodies = " ".join(invoice.message_ids.mapped("body"))
        self.assertIn("PDF was not attached", bodies)

    @mute_logger(PDF)
    def test_failure_to_print_one_does_not_keep_the_others_back(self):
        bad, good = self.posted(), self.posted()
        self.replace_printing(
            lambda ids: (
                self.print_nothing(ids) if bad.id in ids else self.print_quickly(ids)
            )
        )
        self.run_job(self.connection)
        self.assertEqual(self.files_of(bad), [])
        self.assertEqual(len(self.files_of(good)), 1)
        self.assertEqual(bad.xero_state, "synced")

    def test_lost_answer_ends_with_one_file(self):
        for fault in ("lost_answer", "dropped_before"):
            with self.subTest(fault=fault):
                invoice = self.lose_answer(fault)
                with self.later(minutes=7):
                    self.run_job(self.connection)
                self.assertEqual(len(self.files_of(invoice)), 1)
                self.assertEqual(invoice.xero_state, "synced")

    def lose_answer(self, fault):
        """An invoice in Xero whose PDF is sent while something goes wrong."""
        self.xero.clear_faults()
        self.xero.clear_calls()
        self.connection.next_allowed = False
        self.xero.fault(fault, method="POST", path="/Invoices/")
        self.xero.fault(fault, method="PUT", path="/Invoices/")
        invoice = self.posted()
        self.run_job(self.connection)
        lost = [call for call in self.attach_calls() if call["fault"]]
        self.assertEqual(len(lost), 1)
        self.xero.clear_faults()
        return invoice

    def test_file_xero_does_not_take_is_a_note(self):
        self.replace_printing(lambda ids: b"%PDF" + b"0" * 26_000_000)
        invoice = self.posted()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "synced")
        bodies = " ".join(invoice.message_ids.mapped("body"))
        self.assertIn("PDF was not attached", bodies)
