from odoo.tests import tagged

from ...models.document import xero_preview
from ..common import KINDS
from .preview_case import PreviewCase


@tagged("post_install", "-at_install")
class TestPreview(PreviewCase):
    """What is said of a document before it is sent, is what Xero then gets."""

    def test_it_is_what_xero_then_gets(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                record = self.document_of(kind)
                preview = self.preview_of(record, kind)
                self.assertEqual(preview.outcome, xero_preview.NEW, preview.problems)
                self.assertIn(preview.body, self.send(record))
                self.assertEqual(
                    preview.amounts["odoo_total"],
                    self.xero_document_of(record, kind)["Total"],
                )

    def test_nothing_is_written_and_no_call_is_made(self):
        records = [self.document_of(kind) for kind in KINDS]
        records += [self.document_of("quotation"), self.document_of("sale_order")]
        self.with_new_names(records[-2])
        self.send(records[-1])
        records.append(self.invoice_of(records[-1]))
        self.product.taxes_id.xero_tax_rate_id = False
        before = self.changed_so_far()
        self.xero.clear_calls()
        for record in records:
            record._xero_preview()
            record._xero_preview(forced=False)
        self.assertEqual(self.changed_so_far(), before)
        self.assertFalse(self.xero.calls())

    def test_an_update_is_what_xero_then_gets(self):
        for kind in KINDS:
            with self.subTest(kind=kind):
                record = self.document_of(kind)
                self.send(record)
                self.assertEqual(self.preview_of(record).outcome, xero_preview.SAME)
                self.change(record)
                preview = self.preview_of(record)
                self.assertEqual(preview.outcome, xero_preview.UPDATE)
                self.assertIn(preview.body, self.send(record))

    def test_a_contact_and_an_item_that_are_made_before(self):
        self.connection.create_items = True
        invoice = self.new_move("out_invoice")
        self.with_new_names(invoice)
        invoice.action_post()
        preview = self.preview_of(invoice)
        self.assertEqual(preview.outcome, xero_preview.NEW, preview.problems)
        self.assertEqual(preview.contact.contact.name, "Nadia's Nursery")
        self.assertFalse(preview.contact.contact.xero_id)
        self.assertNotIn("ContactID", preview.body["Contact"])
        [sent] = self.send(invoice)
        del sent["Contact"]["ContactID"]
        self.assertEqual(preview.body, sent)
        self.assertIn("ELM", [line.get("ItemCode") for line in sent["LineItems"]])

    def test_a_contact_that_is_linked_before(self):
        order = self.new_order()
        order.partner_id = self.env["res.partner"].create({"name": "Ridgeway Banking"})
        contact = self.env["xero.contact"].search([], limit=1, order="id desc")
        order.partner_id.write({"name": contact.name, "email": contact.email})
        preview = self.preview_of(order)
        self.assertEqual(preview.contact.contact, contact)
        self.assertIn(preview.body, self.send(order))

    def test_an_invoice_that_takes_over_the_draft_of_its_order(self):
        order = self.document_of("sale_order")
        self.send(order)
        draft = order.xero_document_ids.xero_id
        invoice = self.invoice_of(order)
        preview = self.preview_of(invoice)
        self.assertEqual(preview.outcome, xero_preview.UPDATE)
        self.assertEqual(preview.body["InvoiceID"], draft)
        self.assertIn(preview.body, self.send(invoice))

    def test_what_keeps_it_back_is_what_then_does(self):
        cases = {
            "a tax": self.without_tax_rate,
            "contact in doubt": self.with_contact_in_doubt,
            "contacts are not made": self.without_new_contacts,
            "the period": self.in_locked_period,
            "credit of what is older": self.credit_of_older,
        }
        for name, make in cases.items():
            with self.subTest(name), self.env.cr.savepoint():
                record = make()
                preview = self.preview_of(record)
                self.assertEqual(preview.outcome, xero_preview.HELD)
                self.assertEqual(self.send(record), [])
                row = record.xero_document_ids
                self.assertEqual(
                    [problem.title for problem in preview.problems],
                    row.issue_ids.mapped("name"),
                )

    def without_tax_rate(self):
        tax = self.gst.copy({"name": "Another GST", "amount": 12.5})
        invoice = self.new_move("out_invoice")
        invoice.invoice_line_ids.tax_ids = tax
        invoice.action_post()
        return invoice

    def with_contact_in_doubt(self):
        invoice = self.new_move("out_invoice")
        invoice.partner_id = self.env["res.partner"].create({"name": "City Agency"})
        invoice.action_post()
        return invoice

    def without_new_contacts(self):
        self.connection.create_contacts = False
        invoice = self.new_move("out_invoice")
        self.with_new_names(invoice)
        invoice.action_post()
        return invoice

    def in_locked_period(self):
        self.connection.period_lock_date = "2026-03-31"
        return self.document_of("invoice")

    def credit_of_older(self):
        self.connection.start_date = "2026-04-01"
        invoice = self.document_of("invoice")
        credit = self.credit(invoice)
        self.end_click()
        return credit

    def test_what_does_not_go_by_itself(self):
        skipped = self.document_of("credit_note")
        self.send(skipped)
        skipped.xero_document_ids.action_skip("At home")
        self.connection.write({"start_date": "2026-04-01", "auto_invoice": True})
        older = self.document_of("invoice")
        draft = self.new_move("out_invoice")
        outcomes = {
            older: (xero_preview.OFF, xero_preview.NEW),
            draft: (xero_preview.NOTHING, xero_preview.NOTHING),
            skipped: (xero_preview.SKIPPED, xero_preview.SAME),
        }
        for record, (by_itself, forced) in outcomes.items():
            with self.subTest(record.move_type):
                preview = self.preview_of(record, forced=False)
                self.assertEqual(preview.outcome, by_itself)
                self.assertEqual(self.preview_of(record).outcome, forced)

    def test_what_was_changed_in_xero_is_kept_back(self):
        invoice = self.document_of("invoice")
        self.send(invoice)
        row = invoice.xero_document_ids
        row.sudo().write({"changed_in_xero": True, "state": "failed"})
        preview = self.preview_of(invoice)
        self.assertEqual(preview.outcome, xero_preview.HELD)
        self.assertEqual(preview.problems[0].key.split(":")[0], "changed_in_xero")

    def change(self, record):
        """Another price."""
        if record._name == "account.move":
            record.button_draft()
            record.invoice_line_ids.price_unit = 90
            record.action_post()
        else:
            record.order_line.price_unit = 90
        self.end_click()
