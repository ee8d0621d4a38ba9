from lxml import etree

from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user

from ..connected_case import ConnectedCase

FORMS = {
    "sale.order": "sale.view_order_form",
    "purchase.order": "purchase.purchase_order_form",
    "account.move": "account.view_move_form",
}

# What lists show besides, as far as it matters here
LISTED = ("name", "state", "partner_id", "currency_id", "company_id")


class TestForms(ConnectedCase):
    """What the forms, lists and searches of Odoo's documents show of Xero."""

    def form_of(self, model, user=None):
        """The form's architecture, as the web client of a user gets it."""
        model = self.env[model].with_user(user or self.env.user)
        views = model.get_views([(self.env.ref(FORMS[model._name]).id, "form")])
        return etree.fromstring(views["views"]["form"]["arch"])

    def names(self, arch, tag="*"):
        return {node.get("name") for node in arch.iter(tag)}

    def posted(self, move_type):
        move = self.new_move(move_type)
        move.action_post()
        return move

    def unmapped_order(self):
        """An order that is kept back, because its tax has no Xero rate."""
        self.gst.xero_tax_rate_id = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        return order

    # === VIEWS === #

    def test_each_form_has_the_shared_buttons_alerts_line_and_page(self):
        for model in FORMS:
            with self.subTest(model=model):
                found = self.names(self.form_of(model))
                self.assertLessEqual(
                    {"action_xero_send", "xero_problem", "xero_number", "xero_send"},
                    found,
                )
                self.assertFalse(found & {"xero_buttons", "xero_alerts", "xero_line"})

    def test_what_another_addon_adds_to_the_shared_view_is_in_each_form(self):
        self.env["ir.ui.view"].create(
            {
                "name": "more",
                "model": "xero.document.mixin",
                "inherit_id": self.env.ref(
                    "xero_sync.xero_document_mixin_view_form"
                ).id,
                "arch": '<field name="xero_send" position="after">'
                '<span name="xero_more"/></field>',
            }
        )
        for model in FORMS:
            with self.subTest(model=model):
                self.assertIn("xero_more", self.names(self.form_of(model), "span"))

    def test_forms_open_without_the_xero_groups_and_show_nothing_of_xero(self):
        auditor = new_test_user(self.env, "auditor", "account.group_account_readonly")
        for record in (
            self.confirmed_order(),
            self.approved_purchase(),
            self.posted("out_invoice"),
        ):
            with self.subTest(model=record._name):
                arch = self.form_of(record._name, auditor)
                self.assertNotIn("action_xero_send", self.names(arch, "button"))
                fields = self.names(arch, "field") & set(record._fields)
                self.env.invalidate_all()
                record.with_user(auditor).read(list(fields))

    def test_a_bill_is_edited_in_its_form(self):
        bill = self.new_move("in_invoice")
        with Form(bill) as form:
            form.ref = "TS-1"
        self.assertEqual(bill.ref, "TS-1")

    def test_documents_are_grouped_by_their_state_in_xero(self):
        records = [
            self.confirmed_order(),
            self.approved_purchase(),
            self.posted("out_invoice"),
        ]
        self.run_job(self.connection)
        for record in records:
            with self.subTest(model=record._name):
                groups = record.formatted_read_group(
                    [("id", "=", record.id)], ["xero_state"], ["__count"]
                )
                self.assertEqual([group["xero_state"] for group in groups], ["synced"])

    def test_a_longer_list_takes_no_more_queries(self):
        shown = {
            "xero_number": {},
            "xero_state": {},
            "xero_connected": {},
            "xero_sendable": {},
            "xero_send": {},
        }
        self.gst.xero_tax_rate_id = False  # each has an issue to read too
        orders = self.env["sale.order"].union(
            *(self.confirmed_order() for _ in range(6))
        )
        for order in orders:
            order._create_invoices().action_post()
        self.run_job(self.connection)
        counts = []
        for some in (orders[:1], orders[:2], orders):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.web_read(shown)
            counts.append(self.env.cr.sql_log_count - before)
        self.assertEqual(counts[1], counts[2])

    def test_a_page_of_a_list_takes_two_more_queries_and_says_what_forms_say(self):
        shown = ("xero_number", "xero_shown_state", "xero_payment_state")
        orders = self.confirmed_order() | self.confirmed_order()
        purchases = self.approved_purchase() | self.approved_purchase()
        invoices = orders[0]._create_invoices()
        invoices.action_post()
        self.run_job(self.connection)
        bills = self.posted("in_invoice") | self.posted("in_invoice")
        self.run_job(self.connection)
        for records in (orders, purchases, invoices | bills):
            with self.subTest(model=records._name):
                of_each = [record.read(shown, load=None)[0] for record in records]
                bare = self._queries_to_read(records, LISTED)
                more = self._queries_to_read(records, [*LISTED, *shown]) - bare
                self.assertLessEqual(more, 2)
                self.env.invalidate_all()
                self.assertEqual(records.read(shown, load=None), of_each)

    def _queries_to_read(self, records, names):
        self.env.flush_all()
        self.env.invalidate_all()
        self.env.companies.mapped("parent_path")  # as rules of each page ask for it
        before = self.env.cr.sql_log_count
        records.read(names, load=None)
        return self.env.cr.sql_log_count - before

    # === BUTTONS === #

    def test_an_order_of_which_xero_has_the_quote_alone_can_be_sent(self):
        self.connection.write({"auto_quotation": True, "auto_sale_order": False})
        order = self.new_order()
        self.run_job(self.connection)
        self.assertFalse(order.xero_sendable)
        order.action_confirm()
        self.run_job(self.connection)
        self.assertTrue(order.xero_sendable)
        order.action_xero_send()
        self.run_job(self.connection)
        self.assertFalse(order.xero_sendable)

    def test_what_was_skipped_can_be_sent(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        order.xero_document_id.action_skip("by hand")
        self.assertTrue(order.xero_sendable)

    def test_fix_is_offered_where_the_cure_is_another_record(self):
        order = self.unmapped_order()
        self.assertTrue(order.xero_fixable)
        self.assertEqual(order.action_xero_fix()["res_model"], "account.tax")

    def test_fix_is_not_offered_on_the_record_that_is_to_be_mended(self):
        order = self.unmapped_order()
        order.xero_issue_id.sudo().write({"res_model": order._name, "res_id": order.id})
        order.invalidate_recordset()
        self.assertFalse(order.xero_fixable)

    def test_fix_is_for_accountants_unless_any_user_can(self):
        order = self.unmapped_order()
        seller = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman_all_leads"
        )
        self.assertFalse(order.with_user(seller).xero_fixable)
        order.xero_issue_id.sudo().fixer = "user"
        order.invalidate_recordset()
        self.assertTrue(order.with_user(seller).xero_fixable)

    def test_sending_as_new_is_for_accountants(self):
        order = self.unmapped_order()
        seller = new_test_user(
            self.env, "seller", "sales_team.group_sale_salesman_all_leads"
        )
        with self.assertRaises(AccessError):
            order.with_user(seller).action_xero_send_as_new()

    # === WHERE THERE IS SOMETHING TO SHOW === #

    def test_a_plain_journal_entry_shows_nothing_of_xero(self):
        entry = self.new_move("entry", invoice_line_ids=[])
        self.assertFalse(entry.xero_connected)
        self.assertFalse(entry.xero_sendable)

    def test_a_company_without_xero_shows_nothing_of_it(self):
        self.connection.action_disconnect()
        self.assertFalse(self.new_order().xero_connected)

    def test_documents_and_their_credit_show_what_was_set_off(self):
        invoice = self.posted("out_invoice")
        self.run_job(self.connection)
        credit = invoice._reverse_moves()
        credit.action_post()
        self.run_job(self.connection)
        self.run_job(self.connection)
        allocation = self.env["xero.allocation"].search([])
        self.assertEqual(allocation.state, "synced", allocation.message)
        for move in (invoice, credit):
            self.assertEqual(move.xero_document_ids.allocation_ids, allocation)
