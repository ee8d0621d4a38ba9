from datetime import date

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ..common import XeroCase
from ..xero_server import CUSTOM_CLIENT_ID, CUSTOM_CLIENT_SECRET

GROUP = "base.group_user,xero_sync.xero_sync_group_"


@tagged("post_install", "-at_install")
class TestFirstSteps(XeroCase):
    """Each step says what is so: done, or to do."""

    def person(self, group):
        return self.new_user(group, GROUP + group)

    def set_up(self, **values):
        connections = self.env["xero.connection"]
        connections.action_set_up()
        connection = self.company._xero_connection()
        connection.write(values)
        return connection

    def done(self, connection):
        """:return: names of the steps that are done"""
        self.env.invalidate_all()
        steps = connection.first_steps
        done = {name for name, step in steps.items() if step["done"]}
        self.assertEqual(connection.steps_open, len(steps) - len(done))
        return done

    # === WHAT IS DONE === #

    def test_setting_up_makes_one_connection_that_starts_today(self):
        connection = self.set_up()
        today = fields.Date.context_today(connection)
        self.assertEqual(connection.start_date, today)
        self.assertEqual(self.set_up(), connection)

    def test_at_first_only_the_start_date_is_there(self):
        self.assertEqual(self.done(self.set_up()), {"start"})

    def test_the_application_is_done_with_id_and_secret(self):
        connection = self.set_up(client_id=CUSTOM_CLIENT_ID)
        self.assertNotIn("application", self.done(connection))
        connection.client_secret = CUSTOM_CLIENT_SECRET
        self.assertIn("application", self.done(connection))

    def test_the_connection_is_done_while_xero_lets_odoo_in(self):
        connection = self.connect()
        self.assertIn("connection", self.done(connection))
        text = connection.first_steps["connection"]["text"]
        self.assertIn("Demo Company (AU)", text)
        connection.sudo()._break("Gone.")
        self.assertNotIn("connection", self.done(connection))

    def test_the_defaults_are_done_when_all_four_are_chosen(self):
        connection = self.connect()
        self.assertNotIn("defaults", self.done(connection))
        self.assertIn("2 of 4", connection.first_steps["defaults"]["text"])
        account = connection.default_sale_account_id
        rates = self.env["xero.tax.rate"].search(
            [("connection_id", "=", connection.id), ("effective_rate", "=", 0)]
        )
        with Form(connection, "xero_sync.xero_connection_view_form_defaults") as form:
            form.default_purchase_account_id = account
            form.zero_sale_tax_rate_id = rates.filtered("for_sales")[0]
            form.zero_purchase_tax_rate_id = rates.filtered("for_purchases")[0]
        self.assertIn("defaults", self.done(connection))

    def test_the_taxes_are_done_when_each_in_use_is_mapped(self):
        connection = self.connect()
        taxes = connection.missing_tax_ids
        used = self.env["account.tax"]._xero_used_records(connection)
        if taxes:
            self.assertNotIn("taxes", self.done(connection))
        taxes.xero_tax_rate_id = self.gst.xero_tax_rate_id
        self.assertIn("taxes", self.done(connection))
        self.gst.xero_tax_rate_id = False
        self.assertNotIn("taxes", self.done(connection))
        text = connection.first_steps["taxes"]["text"]
        self.assertIn(f"{len(used) - 1} of the {len(used)}", text)

    def test_a_set_of_taxes_on_a_line_is_to_be_mapped_too(self):
        connection = self.connect()
        connection.missing_tax_ids.xero_tax_rate_id = self.gst.xero_tax_rate_id
        other = self.gst.copy({"name": "Levy"})
        tax_sets = self.env["xero.tax.set"]
        tax_sets.create(
            {
                "connection_id": connection.id,
                "tax_ids": [fields.Command.set((self.gst + other).ids)],
            }
        )
        self.assertNotIn("taxes", self.done(connection))

    def test_what_is_sent_is_done_when_somebody_has_looked(self):
        connection = self.set_up()
        self.assertNotIn("scope", self.done(connection))
        with Form(connection, "xero_sync.xero_connection_view_form_scope") as form:
            form.auto_quotation = False
            form.start_date = date(2026, 7, 1)
        connection.action_decide_scope()
        self.assertIn("scope", self.done(connection))
        steps = connection.first_steps
        self.assertNotIn("Quotation", steps["scope"]["text"])
        self.assertIn("Sales order", steps["scope"]["text"])
        self.assertIn("07/01/2026", steps["start"]["text"])

    def test_no_start_date_is_a_decision_once_somebody_has_looked(self):
        connection = self.set_up(start_date=False)
        self.assertNotIn("start", self.done(connection))
        connection.action_decide_scope()
        self.assertIn("start", self.done(connection))

    def test_existing_documents_are_brought_by_their_wizard(self):
        connection = self.connect(start_date="2026-07-01")
        self.assertNotIn("existing", self.done(connection))
        shown = connection.action_open_existing()
        existing = self.env[shown["res_model"]].with_context(**shown["context"])
        existing = existing.create({"date_from": "2026-01-01"})
        self.assertEqual(existing.connection_id, connection)
        self.assertNotIn("existing", self.done(connection))
        existing.sudo().state = "done"
        self.assertIn("existing", self.done(connection))

    def test_that_nothing_is_to_be_brought_is_a_decision(self):
        connection = self.connect(start_date="2026-07-01")
        connection.action_decide_existing()
        self.assertIn("existing", self.done(connection))

    # === WHO === #

    def test_an_accountant_decides_and_a_user_sees_no_step(self):
        connection = self.connect()
        mine = connection.with_user(self.person("accountant"))
        mine.action_decide_scope()
        mine.action_decide_existing()
        self.assertTrue(mine.scope_decided and mine.existing_decided)
        self.assertTrue(mine.first_steps["application"]["done"])
        with self.assertRaises(AccessError):
            mine.action_enter_application()
        others = connection.with_user(self.person("user"))
        for call in (
            lambda: others.read(["first_steps"]),
            others.action_decide_scope,
            others.action_choose_defaults,
        ):
            with self.assertRaises(AccessError):
                call()

    def test_only_an_administrator_sets_up(self):
        for group in ("user", "accountant"):
            connections = self.env["xero.connection"].with_user(self.person(group))
            with self.assertRaises(AccessError):
                connections.action_set_up()
        self.assertFalse(self.company._xero_connection())

    def test_a_salesperson_begins_with_documents_and_an_accountant_with_figures(self):
        menus = self.env["ir.ui.menu"]
        overview = self.env.ref("xero_sync.xero_overview_menu")
        documents = self.env.ref("xero_sync.xero_document_menu")
        self.assertLess(overview.sequence, documents.sequence)
        for group, shown in (("user", False), ("accountant", True)):
            visible = menus.with_user(self.person(group))._visible_menu_ids()
            self.assertEqual(overview.id in visible, shown)
            self.assertIn(documents.id, visible)

    # === WHAT IS SAID BEFORE === #

    def test_before_a_connection_no_list_promises_anything(self):
        help_ = self.env.ref("xero_sync.xero_document_action").help
        documents = self.env["xero.document"]
        accountant, user = self.person("accountant"), self.person("user")
        shown = documents.with_user(accountant).get_empty_list_help(help_)
        self.assertIn("is not connected to Xero", shown)
        self.assertIn("xero_overview_action", shown)
        shown = documents.with_user(user).get_empty_list_help(help_)
        self.assertNotIn("xero_overview_action", shown)
        self.connect()
        shown = documents.with_user(user).get_empty_list_help(help_)
        self.assertIn("as soon as", shown)

    def test_before_a_connection_the_start_page_says_who_makes_one(self):
        help_ = self.env.ref("xero_sync.xero_overview_action").help
        self.company.name = "<b>Cobber & Co</b>"
        connections = self.env["xero.connection"]
        shown = connections.get_empty_list_help(help_)
        self.assertIn("xero_set_up_action", shown)
        self.assertIn("&lt;b&gt;Cobber &amp; Co", shown)
        accountant = self.person("accountant")
        shown = connections.with_user(accountant).get_empty_list_help(help_)
        self.assertNotIn("xero_set_up_action", shown)
        self.assertIn("administrator", shown)
