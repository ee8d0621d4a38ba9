"""What the list of documents shows, and how documents are found."""

import json

from lxml import etree

from odoo.tests import Form, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestDocumentsList(ConnectedCase):
    def found(self, text, model="xero.document"):
        """What is found by what somebody types into the search box of its list."""
        views = {
            "xero.document": "xero_sync.xero_document_view_search",
            "sale.order": "sale.view_sales_order_filter",
            "account.move": "account.view_account_invoice_filter",
            "purchase.order": "purchase.purchase_order_view_search",
        }
        view = self.env.ref(views[model])
        arch = self.env[model].get_view(view.id, "search")["arch"]
        domain = arch.split('filter_domain="')[1].split('"')[0]
        return self.env[model].search(eval_domain(domain, text))

    def test_a_row_says_whose_it_is_of_which_day_and_the_total_before_it_is_sent(self):
        order = self.confirmed_order(date_order="2026-03-05 10:00:00")
        row = order.xero_document_ids
        self.assertEqual(row.state, "pending")
        self.assertEqual(row.partner_id, self.customer)
        self.assertEqual(row.date, order.date_order.date())
        self.assertEqual(row.odoo_total, order.amount_total)
        self.assertEqual(row.currency_id, order.currency_id)

    def test_it_follows_the_document(self):
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        row = invoice.xero_document_ids
        invoice.button_draft()
        invoice.write({"invoice_date": "2026-04-05", "partner_id": self.vendor.id})
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(str(row.date), "2026-04-05")
        self.assertEqual(row.partner_id, self.vendor)

    def test_what_fails_says_whose_it_is_now(self):
        self.gst.xero_tax_rate_id = False
        order = self.confirmed_order()
        order.partner_id = order.partner_invoice_id = self.vendor
        self.run_job(self.connection)
        row = order.xero_document_ids
        self.assertEqual((row.state, row.partner_id), ("failed", self.vendor))
        self.assertIn("has no Xero tax rate", row.reason)
        self.assertNotIn("\n", row.reason)

    def test_the_number_of_a_draft_that_was_taken_over_finds_its_order(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        number = order.xero_number
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertNotEqual(invoice.xero_number, number)
        row = order.xero_document_ids
        self.assertEqual(row.former_numbers, number)
        self.assertIn(row, self.found(number))
        self.assertIn(order, self.found(number, "sale.order"))

    def test_a_xero_number_typed_into_the_box_finds_it(self):
        order = self.confirmed_order()
        purchase = self.approved_purchase()
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        invoice.sudo().xero_document_ids.xero_number = "X-17"
        for record, number in (
            (order, order.xero_number),
            (purchase, purchase.xero_number),
            (invoice, "X-17"),
        ):
            with self.subTest(record._name):
                self.assertTrue(number)
                self.assertEqual(self.found(number, record._name), record)

    def test_who_knows_nothing_of_xero_still_searches_invoices(self):
        reader = new_test_user(self.env, "reader", "account.group_account_readonly")
        moves = self.env["account.move"].with_user(reader)
        self.assertFalse(moves.search([("xero_number", "ilike", "INV-nothing")]))

    def test_the_pivot_adds_no_quotation_to_its_order_and_invoice(self):
        view = self.env["xero.document"].get_view(view_type="pivot")
        arch = etree.fromstring(view["arch"])
        self.assertFalse(arch.xpath("//field[@type='measure']"))

    def test_a_request_shows_its_documents_and_its_content_in_lines(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        row = order.xero_document_ids
        request = row.sudo().request_id
        self.assertEqual(request.document_ids, row)
        self.assertEqual(request.carried, row.display_name)
        lines = request.body_in_lines
        self.assertEqual(json.loads(lines), json.loads(request.body))
        self.assertIn('\n  "Invoices": [', lines)

    def test_the_form_of_a_request_opens(self):
        self.confirmed_order()
        self.run_job(self.connection)
        request = self.env["xero.request"].search([], limit=1)
        view = "xero_sync.xero_request_view_form"
        with Form(request.with_env(self.env), view=view) as form:
            self.assertTrue(form.body_in_lines)


def eval_domain(domain, text):
    """A filter's domain as the web client makes it of what was typed."""
    return safe_eval(domain.replace("&apos;", "'"), {"self": text})
