from contextlib import contextmanager

from PIL import Image

from odoo.tests import HttpCase, tagged
from odoo.tools.image import image_to_base64

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestQuotationInPortal(QuotationCase, HttpCase):
    """A customer signs on the website, without any right in Odoo."""

    @contextmanager
    def enter_registry_test_mode(self):
        """A test over HTTP shares its cursor from the start."""
        self.env.flush_all()
        yield
        self.env.invalidate_all()

    def test_a_signature_accepts_the_quote_and_makes_the_draft_invoice(self):
        order = self.sent_quotation(require_signature=True, require_payment=False)
        self.patch(  # Odoo's own PDF, for its chatter
            type(self.env["ir.actions.report"]),
            "_render_qweb_pdf",
            lambda *args, **kwargs: (b"%PDF-1.4", "pdf"),
        )
        token = order._portal_ensure_token()
        self.env.flush_all()
        signature = image_to_base64(Image.new("RGB", (1, 1)), "PNG").decode()
        self.make_jsonrpc_request(
            f"/my/orders/{order.id}/accept",
            {"access_token": token, "name": "Jane", "signature": signature},
        )
        self.env.invalidate_all()
        self.assertEqual(order.state, "sale")
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Status"], "ACCEPTED")
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)

    def test_a_customer_sees_the_xero_numbers_of_an_order_and_its_invoice(self):
        order = self.sent_quotation()
        order.action_confirm()
        self.run_job(self.connection)
        draft = self.xero_invoice_of(order)["InvoiceNumber"]
        self.assertIn(draft, self.page_of(order))
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        numbered = rf"Xero number</small></h6>\s*<span>{invoice.xero_number}<"
        self.assertRegex(self.page_of(invoice), numbered)

    def page_of(self, record):
        """What somebody sees who has the link to it."""
        record._portal_ensure_token()
        self.env.flush_all()
        # Odoo compiles the page, and its assets, when it is asked for first
        page = self.url_open(record.get_portal_url(), timeout=60)
        self.env.invalidate_all()
        self.assertEqual(page.status_code, 200)
        return page.text
