from odoo.fields import Command
from odoo.tests import Form, tagged

from .mapping_case import MappingCase


@tagged("post_install", "-at_install")
class TestMappingScreen(MappingCase):
    """Mapping → Overview: what is missing, on one screen."""

    def test_it_lists_and_counts_what_is_missing(self):
        self.gst.xero_tax_rate_id = False
        taxes = self.connection.missing_tax_ids
        accounts = self.connection.missing_account_ids
        self.assertIn(self.gst, taxes)
        self.assertNotIn(self.purchase_gst, taxes)
        self.assertIn(self.income, accounts)
        self.assertEqual(self.connection.missing_tax_count, len(taxes))
        self.assertEqual(self.connection.missing_count, len(taxes) + len(accounts))

    def test_accepting_all_maps_taxes_sets_and_accounts(self):
        self.gst.xero_tax_rate_id = False
        self.income.name = "Other revenue"
        tax_set = self.env["xero.tax.set"].create(
            {
                "connection_id": self.connection.id,
                "tax_ids": [Command.set((self.gst + self.new_tax("Levy", 3)).ids)],
            }
        )
        self.connection.action_accept_proposals()
        self.assertEqual(self.gst.xero_tax_rate_id, self.rate("OUTPUT"))
        self.assertEqual(tax_set.xero_tax_rate_id, self.rate("TAX001"))
        self.assertEqual(self.income.xero_account_id, self.account("260"))
        self.env.invalidate_all()
        self.assertFalse(self.connection.proposal_count)

    def test_it_counts_the_documents_that_wait(self):
        self.gst.xero_tax_rate_id = False
        for _n in range(2):
            self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.waiting_for_mapping_count, 2)

    def test_the_menu_opens_the_current_companys_connection(self):
        action = self.env["xero.connection"].action_open_mapping()
        self.assertEqual(action["res_id"], self.connection.id)

    def test_the_menu_leads_to_the_first_steps_before_there_is_a_connection(self):
        other = self.setup_other_company()["company"]
        action = self.env["xero.connection"].with_company(other).action_open_mapping()
        self.assertEqual(action["xml_id"], "xero_sync.xero_overview_action")

    def test_the_form_opens(self):
        view = "xero_sync.xero_connection_view_form_mapping"
        with Form(self.connection, view) as form:
            form.default_sale_account_id = self.account("260")
        self.assertEqual(self.connection.default_sale_account_id.code, "260")

    def test_a_branch_maps_in_the_company_of_the_connection(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        connections = self.env["xero.connection"].with_company(branch)
        context = connections.action_open_mapping()["context"]
        self.assertEqual(context["allowed_company_ids"][0], self.company.id)

    def test_what_a_branch_uses_is_missing_in_its_parents_mapping(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        account = self.env["account.account"].create(
            {"code": "498761", "name": "Branch sales", "account_type": "income"}
        )
        branch_product = self.product.with_company(branch)
        branch_product.property_account_income_id = account
        self.assertIn(account, self.connection.missing_account_ids)

    def test_its_buttons_open_all_that_is_in_use_mapped_or_not(self):
        for name in ("taxes", "tax_sets", "accounts"):
            action = getattr(self.connection, f"action_open_{name}")()
            with self.subTest(name):
                self.assertNotIn("search_default_missing", action["context"])
