import logging
import mimetypes
import uuid

import psycopg2

from odoo import fields, models

from ... import xero_api

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


class XeroDocument(models.Model):
    """Odoo's PDF, attached to the Xero document."""

    _inherit = "xero.document"

    pdf_due = fields.Boolean(
        readonly=True, help="The PDF in Xero is missing, or older than the document."
    )

    _pdf_due_idx = models.Index("(connection_id, id) WHERE pdf_due IS TRUE")

    def _pdf(self):
        """The document as Odoo prints it; of a bill, the vendor's own if it is there.

        :return: (file name, content)
        :raise Exception: whatever Odoo's report engine raises
        """
        record = self._record().with_company(self.company_id)
        if self.kind in ("bill", "refund"):
            original = record.message_main_attachment_id
            if original.mimetype == PDF_TYPE:
                return _pdf_name(original.name), original.raw
        # Odoo renders no PDF under test unless this asks for it
        engine = self.env["ir.actions.report"].with_context(force_report_rendering=True)
        content, _type = engine._render_qweb_pdf(REPORTS[record._name], record.ids)
        # A draft bill has no number yet
        number = record.name if record.name not in (False, "/") else self.record_name
        return f"{number}.pdf", content

    def _note_pdf_failed(self, reason):
        """:param reason: a sentence, for the chatter of the record"""
        record = self._record()
        if record:
            record._message_log(
                body=self.env._(
                    "The PDF was not attached in Xero; the document itself is there."
                    " %(reason)s",
                    reason=reason,
                )
            )


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

    def _attach_next_pdf(self):
        """Attach one PDF that is due, unless calls are kept for documents.

        :return: number of documents dealt with
        :raise xero_api.XeroError: when no more calls should be made now
        """
        if not self._is_open() or self._is_scarce():
            return 0
        document = self.env["xero.document"].search(self._pdf_domain(), limit=1)
        if document:
            self._attach_pdf(document)
        return len(document)

    def _attach_pdf(self, document):
        """Print and attach the PDF, once: a failure is told, and not repeated."""
        reason = None
        try:
            name, content = document._pdf()
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("the PDF of %s could not be made", document.record_name)
            reason = self.env._("Odoo could not print it; the server's log says why.")
        else:
            reason = self._upload_pdf(document, name, content)

        def step():
            document.pdf_due = False
            if reason:
                document._note_pdf_failed(reason)

        self._with_retry(step)
        self._commit()

    def _upload_pdf(self, document, name, content):
        """:return: why Xero did not take it, None when it did"""
        with self._client() as client:
            try:
                client.attach(
                    document._xero_endpoint(),
                    document.xero_id,
                    name,
                    content,
                    str(uuid.uuid4()),
                    online=self.pdf_online and document.kind in ONLINE_KINDS,
                )
            except (xero_api.RequestRefused, xero_api.NotFound, ValueError) as error:
                return str(error)
            except xero_api.Denied as error:
                if error.disconnected:
                    raise
                return self._explain_files_denied()
            self._note_budget(client)
        return None

    def _explain_files_denied(self):
        """Xero's list of scopes names no quotes among what takes files."""
        return self.env._(
            "Xero does not allow Odoo to attach files to it. Reconnect and allow"
            " everything Xero asks about; if it stays so, attach the PDF in Xero by"
            " hand."
        )
