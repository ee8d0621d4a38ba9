import functools
import hashlib
import logging
import mimetypes
import re
import uuid

import psycopg2

from odoo import fields, models
from odoo.fields import Domain

from ... import xero_api
from .odoo_printer import WithoutStyle, prints_headers, with_style

_logger = logging.getLogger(__name__)

# Odoo's printed form of each model
REPORTS = {
    "sale.order": "sale.action_report_saleorder",
    "purchase.order": "purchase.action_report_purchase_order",
    "account.move": "account.account_invoices",
}
# What customers open in Xero's online invoices
ONLINE_KINDS = ("invoice", "credit_note")
PDF_TYPE = "application/pdf"
# All that differs when the same is printed again: when that was, and a number for it
PRINTED_WHEN = re.compile(rb"/(CreationDate|ModDate)\s*\([^)]*\)|/ID\s*\[[^\]]*\]")


class XeroDocument(models.Model):
    """Odoo's PDF, attached to the Xero document.

    Each takes a call of its own, of those that Xero allows in a day: so it goes once
    per state in which somebody outside has it, and never again as it is there already.
    """

    _inherit = "xero.document"

    pdf_due = fields.Boolean(
        readonly=True, help="The PDF in Xero is missing, or older than the document."
    )

    pdf_digest = fields.Char(
        readonly=True, help="Digest of the PDF in Xero; the same is not attached again"
    )

    _pdf_due_idx = models.Index("(connection_id, id) WHERE pdf_due IS TRUE")

    def _wants_pdf(self, status):
        """Whether its PDF is now what a customer or vendor has, or will get.

        A quote when it is sent, and not for what becomes of it later; a purchase order
        when it is approved; what is booked, when it is posted. Draft invoices of orders
        nobody has. A vendor's own PDF is there from the draft on: Xero's people check
        the bill by it.

        :param status: of the document in Xero
        """
        record = self._record()
        if self.kind == "quotation":
            return record.state == "sent"
        if self.kind == "purchase_order":
            return record.state == "purchase" and status != "BILLED"
        if self.kind == "sale_order":
            return False
        original = self.filtered_domain(self._original_domain())
        return record.state == "posted" or bool(original)

    def _pdf(self):
        """The document as Odoo prints it; of a bill, the vendor's own if it is there.

        :return: (file name, content)
        :raise WithoutStyle: the page is not as Odoo means it
        :raise Exception: whatever Odoo's report engine raises
        """
        record = self._record().with_company(self.company_id)
        if self.filtered_domain(self._original_domain()):
            original = record.message_main_attachment_id
            return _pdf_name(original.name), original.raw
        # Odoo renders no PDF under test unless this asks for it
        engine = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        with with_style():
            content, _type = engine._render_qweb_pdf(REPORTS[record._name], record.ids)
        # A draft bill has no number yet
        number = record.name if record.name not in (False, "/") else self.record_name
        return f"{number}.pdf", content

    def _original_domain(self):
        """Bills and refunds whose PDF is the vendor's, which Odoo need not print."""
        return Domain("kind", "in", ("bill", "refund")) & Domain(
            "move_id.message_main_attachment_id.mimetype", "=", PDF_TYPE
        )

    def _note_pdf(self, failure, digest):
        """The PDF was tried, once: a failure is told, and not repeated.

        :param failure: a sentence, for the chatter of the record; None without one
        :param digest: of the PDF that is there, None when it is not
        """
        self.pdf_due = False
        if digest:
            self.pdf_digest = digest
        record = self._record()
        if failure and record:
            record._message_log(
                body=self.env._(
                    "The PDF was not attached in Xero; the document itself is there."
                    " %(reason)s",
                    reason=failure,
                )
            )


def _pdf_digest(name, content):
    """Equal for what was printed of the same document at two times."""
    return hashlib.sha256(name.encode() + PRINTED_WHEN.sub(b"", content)).hexdigest()


def _pdf_name(name):
    """A name from which Xero, which has nothing else to go by, reads the type."""
    return name if mimetypes.guess_type(name)[0] == PDF_TYPE else f"{name}.pdf"


class XeroConnection(models.Model):
    """The outbox, last part: PDFs for what is in Xero already.

    The same file name replaces, so a lost answer needs nothing but another try.
    """

    _inherit = "xero.connection"

    def _pdf_domain(self):
        """Documents in Xero whose PDF is still to be attached."""
        return [
            ("connection_id", "=", self.id),
            ("pdf_due", "=", True),
            ("state", "in", ("synced", "mismatch")),
            ("xero_id", "!=", False),
        ]

    def _next_pdf(self):
        """The document whose PDF goes next, those that are booked first.

        :return: none while calls are kept; nor a quote once half of them are used
        """
        documents = self.env["xero.document"]
        if not self._is_open() or self._is_scarce():
            return documents
        due, quotes = Domain(self._pdf_domain()), Domain("kind", "=", "quotation")
        booked = documents.search(due & ~quotes, limit=1)
        if booked or self._is_half_used():
            return booked
        return documents.search(due & quotes, limit=1)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self, besides_tasks=False):
        return super()._has_due_rows(besides_tasks) or bool(self._next_pdf())

    def _attach_next_pdf(self):
        """Attach one PDF that is due, unless calls are kept for documents.

        :return: number of documents dealt with
        :raise xero_api.XeroError: when no more calls should be made now
        """
        document = self._next_pdf()
        if document:
            self._attach_pdf(document)
        return len(document)

    def _attach_pdf(self, document):
        """Print and attach the PDF, and note what became of it."""
        failure = digest = None
        try:
            if document._wants_pdf(document.xero_status):
                failure, digest = self._print_and_upload(document)
        except xero_api.Denied as error:
            if error.disconnected:
                raise
            endpoint = document._xero_endpoint()
            note = functools.partial(self._hold_pdfs, endpoint, error)
        except WithoutStyle as error:
            note = functools.partial(self._hold_prints, error)
        else:
            note = functools.partial(document._note_pdf, failure, digest)
        self._with_retry(note)
        self._commit()

    def _print_and_upload(self, document):
        """Attach the PDF, unless it is there already.

        :return: (why there is no PDF in Xero, None when there is; its digest or None)
        :raise WithoutStyle: Odoo cannot print it as it should be
        """
        try:
            name, content = document._pdf()
        except (psycopg2.Error, WithoutStyle):
            raise
        except Exception:
            _logger.exception("the PDF of %s could not be made", document.record_name)
            words = self.env._("Odoo could not print it; the server's log says why.")
            return words, None
        digest = _pdf_digest(name, content)
        if digest == document.pdf_digest:
            return None, digest
        failure = self._upload_pdf(document, name, content)
        return failure, None if failure else digest

    def _upload_pdf(self, document, name, content):
        """:return: why Xero did not take it, None when it did

        :raise xero_api.Denied: when it takes none of such documents
        """
        with self._client() as client:
            try:
                client.attach(
                    document._xero_endpoint(),
                    document.xero_id,
                    name,
                    content,
                    str(uuid.uuid4()),
                    online=self._shows_online(document),
                )
            except (xero_api.RequestRefused, xero_api.NotFound, ValueError) as error:
                self._keep_budget(client.budget)
                return str(error)
            self._note_budget(client)
        return None

    def _shows_online(self, document):
        """Whether customers see its PDF."""
        wanted = self.pdf_online and document.kind in ONLINE_KINDS
        return wanted and prints_headers()
