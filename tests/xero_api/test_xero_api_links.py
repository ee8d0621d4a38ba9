"""Links into Xero's own web client."""

from odoo.tests import BaseCase, tagged

from ... import xero_api
from .xero_answers import ID_1


@tagged("post_install", "-at_install")
class TestDeepLink(BaseCase):
    def test_an_invoice_opens_in_its_organisation(self):
        link = xero_api.deep_link("Invoices", ID_1, "!23vYZ")
        self.assertEqual(link, f"https://go.xero.com/app/!23vYZ/invoicing/view/{ID_1}")

    def test_a_bill_and_a_credit_note_open_through_the_sign_in(self):
        login = "https://go.xero.com/organisationlogin/default.aspx?shortcode=!23vYZ"
        pages = {
            "Bills": f"/AccountsPayable/Edit.aspx?InvoiceID={ID_1}",
            "CreditNotes": f"/AccountsPayable/ViewCreditNote.aspx?creditNoteID={ID_1}",
        }
        for endpoint, path in pages.items():
            with self.subTest(endpoint=endpoint):
                link = xero_api.deep_link(endpoint, ID_1, "!23vYZ")
                self.assertEqual(link, f"{login}&redirecturl={path}")

    def test_an_item_has_no_link(self):
        self.assertIsNone(xero_api.deep_link("Items", ID_1, "!23vYZ"))

    def test_what_comes_from_xero_cannot_leave_its_place_in_the_link(self):
        link = xero_api.deep_link("Invoices", "../x?", "!a/b", "http://localhost:1/")
        self.assertEqual(link, "http://localhost:1/app/!a%2Fb/invoicing/view/..%2Fx%3F")
