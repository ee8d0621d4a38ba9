"""Documents whose PDF is attached in Xero."""

from unittest.mock import patch

import requests

from odoo.addons.base.models import ir_actions_report

from ..xero_server import CUSTOM_CLIENT_ID, TENANT_AU
from .invoice_case import InvoiceCase


def pdf_name(record):
    """Odoo's number; Xero takes no slash in the name of a file."""
    return record.name.replace("/", "-") + ".pdf"


class PdfCase(InvoiceCase):
    def setUp(self):
        super().setUp()
        self.connection.attach_pdf = True
        # Where the printer looks for styles: not on the internet
        self.env["ir.config_parameter"].set_param("report.url", self.xero.url)
        self.have_printer(patched=True)

    def have_printer(self, patched):
        """The server has another wkhtmltopdf than this machine, as Odoo sees it.

        :param patched: whether it prints headers and footers
        """
        printer = ir_actions_report._wkhtml()._replace(is_patched_qt=patched)
        replacement = patch.object(ir_actions_report, "_wkhtml", lambda: printer)
        replacement.start()
        self.addCleanup(replacement.stop)

    def files_of(self, record, kind=None):
        """The names of what is attached to a record's document in Xero."""
        held = self.xero_document_of(record, kind)
        return [each["FileName"] for each in held["Attachments"]]

    def file_of(self, record, kind=None):
        """The only file attached to a record's document in Xero.

        :return: (name, content)
        """
        row = record.xero_document_ids.filtered(lambda row: kind in (None, row.kind))
        (name,) = self.files_of(record, kind)
        granted = self.xero.grant(client_id=CUSTOM_CLIENT_ID)
        answer = requests.get(
            f"{self.xero.url}/api.xro/2.0/{row._xero_endpoint()}/{row.xero_id}"
            f"/Attachments/{name}",
            headers={
                "Authorization": f"Bearer {granted['access_token']}",
                "Xero-Tenant-Id": TENANT_AU,
            },
            timeout=30,
        )
        return name, answer.content

    def attach_calls(self):
        return [call for call in self.xero.calls() if "/Attachments" in call["path"]]

    def bill_with_original(self, name):
        bill = self.posted("in_invoice", ref=name)
        bill.message_main_attachment_id = self.env["ir.attachment"].create(
            {
                "name": name,
                "raw": b"%PDF-1.4 of the vendor",
                "mimetype": "application/pdf",
                "res_model": bill._name,
                "res_id": bill.id,
            }
        )
        self.run_job(self.connection)
        return bill
