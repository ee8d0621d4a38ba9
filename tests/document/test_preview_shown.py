from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .preview_case import PreviewCase


@tagged("post_install", "-at_install")
class TestPreviewShown(PreviewCase):
    """A person sees what Xero would get, and may do what that person may do."""

    def preview_by(self, user, records):
        """The dialogue as this user has it."""
        action = records.with_user(user).action_xero_preview()
        model = self.env[action["res_model"]].with_user(user)
        return model.with_context(**action["context"]).create({})

    def seller(self, *groups):
        """Somebody who sells, and uses Xero."""
        groups = ("sales_team.group_sale_salesman_all_leads", *groups)
        return self.new_user(
            f"seller_{len(groups)}",
            ",".join(["xero_sync.xero_sync_group_user", *groups]),
        )

    def test_it_shows_contact_lines_account_rate_and_totals(self):
        order = self.document_of("sale_order")
        content = self.preview_by(self.seller(), order).content
        for shown in (
            order.name,
            "New invoice in Xero: a draft.",
            "City Agency",
            "Oak table",
            "150.00",
            "300.00",
            "200 Sales",
            "(OUTPUT)",
            "330.00",
        ):
            self.assertIn(shown, content)

    def test_what_changes_is_shown_beside_what_xero_holds(self):
        order = self.document_of("sale_order")
        self.send(order)
        order.order_line.price_unit = 90
        self.end_click()
        shown = self.preview_by(self.seller(), order)
        for text in ("Updates the invoice", "$ 330.00", "$ 198.00", "300.00, account"):
            self.assertIn(text, shown.content)
        self.assertTrue(shown.is_due)

    def test_what_keeps_it_back_is_fixed_by_who_may(self):
        order = self.document_of("sale_order")
        self.gst.xero_tax_rate_id = False
        seller, accountant = (
            self.seller(),
            self.seller("xero_sync.xero_sync_group_accountant"),
        )
        for user, may in ((seller, False), (accountant, True)):
            with self.subTest(may=may):
                shown = self.preview_by(user, order)
                self.assertIn("has no Xero tax rate", shown.content)
                self.assertFalse(shown.is_due)
                self.assertEqual(shown.is_fixable, may)
                said = "An accountant can fix this." in shown.content
                self.assertEqual(said, not may)
        self.assertEqual(shown.action_fix()["res_model"], "account.tax")
        with self.assertRaises(UserError):
            self.preview_by(seller, order).action_fix()
        self.assertFalse(order.xero_document_ids)

    def test_who_does_not_see_the_document_sees_no_preview(self):
        bill = self.document_of("bill")
        seller = self.seller()
        with self.assertRaises(AccessError):
            self.preview_by(seller, bill)
        shown = self.env["xero.document.preview"].with_user(seller)
        with self.assertRaises(AccessError):
            shown.create({"res_model": bill._name, "res_ids": bill.ids}).content  # noqa: B018

    def test_who_may_only_read_sees_it_and_sends_nothing(self):
        invoice = self.document_of("invoice")
        reader = self.new_user(
            "reader", "xero_sync.xero_sync_group_user,account.group_account_readonly"
        )
        shown = self.preview_by(reader, invoice)
        self.assertIn(invoice.name, shown.content)
        self.assertFalse(shown.is_due)
        with self.assertRaises(AccessError):
            shown.action_send()

    def test_send_in_the_preview_sends(self):
        invoice = self.document_of("invoice")
        self.asked(invoice.action_xero_preview()).action_send()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["Total"], invoice.amount_total)

    def test_a_draft_says_why_nothing_is_sent(self):
        shown = self.asked(self.new_move("out_invoice").action_xero_preview())
        self.assertIn("There is nothing to send yet", shown.content)
        self.assertFalse(shown.is_due)
