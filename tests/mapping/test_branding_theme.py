"""Which of Xero's branding themes the documents get."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestBrandingTheme(ConnectedCase):
    def prepare_connected(self):
        result = super().prepare_connected()
        self.connection.auto_quotation = True
        self.standard, self.orange = self.env["xero.branding.theme"].search(
            [("connection_id", "=", self.connection.id)]
        )
        return result

    def theme_of(self, record, kind=None):
        """Xero's id of the theme of the document it holds for a record."""
        return self.xero_document_of(record, kind)["BrandingThemeID"]

    def send_all(self):
        """A document of each kind with a theme: dict of kind → record."""
        quotation = self.new_order()
        note = self.new_move("out_refund")
        invoice = self.new_move("out_invoice")
        (note + invoice).action_post()
        records = {
            "quotation": quotation,
            "sale_order": self.confirmed_order(),
            "invoice": invoice,
            "credit_note": note,
            "purchase_order": self.approved_purchase(),
        }
        self.run_job(self.connection)
        return records

    def test_without_a_choice_xero_decides(self):
        records = self.send_all()
        del records["purchase_order"]  # has no theme then
        for kind, record in records.items():
            with self.subTest(kind=kind):
                self.assertEqual(self.theme_of(record, kind), self.standard.xero_key)
        named = [call for call in self.write_calls() if "BrandingTheme" in call["body"]]
        # A quote's steps repeat what Xero gave it, or it might be emptied
        self.assertEqual({call["path"] for call in named}, {"/api.xro/2.0/Quotes"})
        self.assertEqual({call["method"] for call in named}, {"POST"})

    def test_each_kind_has_the_theme_chosen_for_it(self):
        for kind in ("quotation", "sale_order", "invoice", "credit_note"):
            self.connection[f"theme_{kind}_id"] = self.orange
        self.connection.theme_purchase_order_id = self.orange
        for kind, record in self.send_all().items():
            with self.subTest(kind=kind):
                self.assertEqual(self.theme_of(record, kind), self.orange.xero_key)

    def test_an_invoice_does_not_keep_the_theme_of_its_orders_draft(self):
        self.connection.theme_sale_order_id = self.orange
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.theme_of(order, "sale_order"), self.orange.xero_key)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(self.theme_of(invoice), self.standard.xero_key)

    def test_a_theme_that_left_xero_is_not_sent(self):
        self.connection.theme_invoice_id = self.orange
        self.orange.sudo().active = False
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.theme_of(invoice), self.standard.xero_key)

    def test_bills_have_none(self):
        bill = self.new_move("in_invoice")
        bill.action_post()
        self.run_job(self.connection)
        self.assertNotIn("BrandingThemeID", self.write_calls("/Invoices")[0]["body"])

    def test_the_theme_of_another_organisation_is_not_taken(self):
        other = self.orange.sudo().copy(
            {
                "connection_id": self.env["xero.connection"]
                .create({"company_id": self.setup_other_company()["company"].id})
                .id,
                "xero_key": "other",
            }
        )
        with self.assertRaises(ValidationError):
            self.connection.theme_invoice_id = other
