import socket

from odoo.tests import tagged
from odoo.tools import mute_logger

from .pdf_case import PdfCase, pdf_name


@tagged("post_install", "-at_install")
class TestPdfPrinting(PdfCase):
    """What Odoo prints less than well is not attached as if it were right."""

    def stop_answering(self):
        """Nothing listens where Odoo gets its style sheets."""
        with socket.create_server(("127.0.0.1", 0)) as gone:
            address = "http://{}:{}".format(*gone.getsockname())
        self.env["ir.config_parameter"].set_param("report.url", address)

    def answer_again(self):
        self.env["ir.config_parameter"].set_param("report.url", self.xero.url)

    def print_issues(self, state="open"):
        return self.env["xero.issue"].search(
            [("key", "=like", "print:%"), ("state", "=", state)]
        )

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def send(self):
        self.run_job(self.connection)

    def held(self):
        """Two invoices whose PDFs could not be printed."""
        self.stop_answering()
        invoices = self.posted() + self.posted()
        self.send()
        return invoices

    # === STYLE === #

    def test_without_style_nothing_is_attached_and_the_connection_says_so_once(self):
        for invoice in self.held():
            self.assertEqual(invoice.xero_state, "synced")
            self.assertEqual(self.files_of(invoice), [])
        issue = self.print_issues()
        self.assertEqual(len(issue), 1)
        self.assertIn("127.0.0.1", issue.name)
        self.assertIn("ConnectionRefusedError", issue.xero_words)
        self.assertEqual((issue.fixer, issue.cure), ("administrator", "send_again"))

    def test_while_the_issue_is_open_none_is_printed(self):
        self.held()
        self.assertFalse(self.connection._has_due_rows())

    def test_a_vendors_own_pdf_needs_no_printer(self):
        self.held()
        bill = self.bill_with_original("scan.pdf")
        self.assertEqual(self.files_of(bill), ["scan.pdf"])

    def test_pdfs_follow_when_somebody_saw_to_it(self):
        invoices = self.held()
        self.answer_again()
        self.print_issues().action_cure()
        self.send()
        for invoice in invoices:
            self.assertEqual(self.files_of(invoice), [pdf_name(invoice)])
        self.assertEqual(len(self.print_issues("solved")), 1)

    def test_pdfs_follow_by_themselves_after_a_day(self):
        invoice = self.held()[0]
        self.answer_again()
        with self.later(days=1, hours=1):
            self.send()
        self.assertEqual(self.files_of(invoice), [pdf_name(invoice)])

    def test_a_picture_that_is_not_there_keeps_no_pdf_back(self):
        invoice = self.posted()
        self.send()  # the local Xero has none of Odoo's files
        self.assertEqual(self.files_of(invoice), [pdf_name(invoice)])

    # === HEADER === #

    def online_after(self, patched):
        """Whether customers see the PDF of an invoice that such a printer made."""
        self.have_printer(patched)
        invoice = self.posted()
        self.send()
        (file,) = self.xero_document_of(invoice)["Attachments"]
        return file.get("IncludeOnline", False)

    def test_without_headers_customers_do_not_see_it(self):
        self.assertTrue(self.online_after(patched=True))
        self.assertFalse(self.online_after(patched=False))

    def test_the_connection_says_that_headers_are_missing_while_they_are(self):
        self.assertFalse(self.connection.pdf_warning)
        self.have_printer(patched=False)
        self.connection.invalidate_recordset(["pdf_warning"])
        self.assertIn("without header", self.connection.pdf_warning)
        self.connection.attach_pdf = False
        self.connection.invalidate_recordset(["pdf_warning"])
        self.assertFalse(self.connection.pdf_warning)
