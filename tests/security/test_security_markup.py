"""Markup and formulas in names: shown as text wherever they come up."""

import base64
import io

import openpyxl
from lxml import html
from markupsafe import escape

from odoo.tests import tagged

from ..connected_case import ConnectedCase

MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"
FORMULA = '=HYPERLINK("http://evil.example.com","x")'
DANGEROUS = "//script | //img[@onerror] | //*[@onerror] | //iframe"


@tagged("post_install", "-at_install")
class TestMarkup(ConnectedCase):
    def assert_harmless(self, markup, *, shown=MARKUP):
        """Nothing in it is run; what was typed is shown as text."""
        tree = html.fromstring(f"<div>{markup}</div>")
        self.assertEqual(tree.xpath(DANGEROUS), [])
        self.assertIn(shown, tree.text_content())

    def test_the_chatter_shows_a_reason_as_text(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.xero_document_id.action_skip(MARKUP)
        self.assert_harmless(order.message_ids[0].body)

    def test_the_chatter_shows_what_xero_says_as_text(self):
        document = self.confirmed_order().xero_document_id
        document.sudo()._set_refused([MARKUP])
        document.sudo()._note_in_chatter(lambda row: row._failed_note())
        self.assert_harmless(document.sale_order_id.message_ids[0].body)
        self.assert_harmless(escape(document.message))

    def test_the_task_and_the_emails_show_the_reason_as_text(self):
        connection = self.connection.sudo()
        mails = self.env["mail.mail"].sudo()
        last = mails.search([], order="id desc", limit=1).id
        connection._break(MARKUP)
        self.env.flush_all()
        self.assert_harmless(connection.activity_ids.note)
        self.assert_harmless(connection.message_ids[0].body)
        for mail in mails.search([("id", ">", last)]):
            tree = html.fromstring(mail.body_html)
            self.assertEqual(tree.xpath(DANGEROUS), [])

    def test_the_question_before_replacing_shows_what_is_in_xero_as_text(self):
        document = self.confirmed_order().xero_document_id.sudo()
        self.run_job(self.connection)
        document.write(
            {
                "state": "failed",
                "changed_in_xero": True,
                "record_name": MARKUP,
                "lines_there": [[MARKUP, "200", "OUTPUT", "10.00"]],
            }
        )
        wizard = self.env["xero.document.replace"]
        question = wizard.with_context(active_ids=document.ids).create({}).question
        self.assert_harmless(question)
        self.assertEqual(html.fromstring(question).text_content().count(MARKUP), 2)

    def asked(self, action):
        model = self.env[action["res_model"]].with_context(**action["context"])
        return model.create({})

    def test_a_preview_shows_what_was_typed_as_text(self):
        order = self.confirmed_order()
        order.order_line.name = MARKUP
        self.assert_harmless(self.asked(order.action_xero_preview()).content)

    def test_the_question_before_sending_many_shows_names_as_text(self):
        self.gst.xero_tax_rate_id = False
        self.gst.name = MARKUP
        orders = self.confirmed_order() + self.confirmed_order()
        self.assert_harmless(self.asked(orders.action_xero_send_many()).summary)

    def test_no_field_of_ours_is_html_but_those_tested_above(self):
        """Plain text, which the web client escapes, whatever is in it."""
        found = {
            (model._name, field.name)
            for model in self.env.registry.values()
            for field in model._fields.values()
            if "xero_sync" in field._modules and field.type == "html"
        }
        tested = {
            ("xero.document.preview", "content"),
            ("xero.document.replace", "question"),
            ("xero.document.send", "summary"),
        }
        self.assertEqual(found, tested)

    def test_the_report_holds_no_formula(self):
        self.xero.seed("Contacts", [{"Name": FORMULA}, {"Name": f"@{MARKUP}"}])
        self.press_refresh(self.connection)
        self.finish_request()
        found = self.env["xero.import"].create({})
        found.action_read()
        self.run_job(self.connection)
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(found.report)))
        cells = [cell for row in book.active for cell in row]
        self.assertIn(FORMULA, [cell.value for cell in cells])
        self.assertNotIn("f", {cell.data_type for cell in cells})
        self.assertFalse([cell for cell in cells if cell.hyperlink])
