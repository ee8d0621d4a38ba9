from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from .mapping_case import MappingCase


@tagged("post_install", "-at_install")
class TestMappingTaxes(MappingCase):
    """Single taxes, and groups of them."""

    def missing(self):
        return self.env["account.tax"].search([("xero_missing", "=", True)])

    def new_group(self, *amounts):
        """A tax that is a group of others."""
        inner = self.env["account.tax"].union(
            *(self.new_tax(f"{each}%", each, type_tax_use="none") for each in amounts)
        )
        children = [Command.set(inner.ids)]
        return self.new_tax("Group", 0, amount_type="group", children_tax_ids=children)

    # === WHAT IS LISTED === #

    def test_only_taxes_of_sales_and_purchases_are_listed(self):
        inner = self.new_tax("Inner", 5, type_tax_use="none")
        archived = self.new_tax("Archived", 5, active=False)
        listed = self.env["account.tax"].search([("xero_used", "=", True)])
        self.assertIn(self.gst, listed)
        self.assertNotIn(inner, listed)
        self.assertNotIn(archived, listed)

    def test_a_mapped_tax_is_not_missing(self):
        self.assertNotIn(self.gst, self.missing())
        self.gst.xero_tax_rate_id = False
        self.assertIn(self.gst, self.missing())

    def test_a_tax_of_another_company_is_not_listed(self):
        other = self.setup_other_company()["default_tax_sale"]
        companies = self.company + other.company_id
        taxes = self.env["account.tax"].with_context(allowed_company_ids=companies.ids)
        self.assertNotIn(other, taxes.search([("xero_used", "=", True)]))

    def test_a_tax_whose_rate_is_archived_in_xero_is_missing(self):
        self.xero.edit("TaxRates", "OUTPUT", Status="ARCHIVED")
        self.refresh()
        self.assertIn(self.gst, self.missing())

    # === PROPOSALS === #

    def test_a_rate_is_proposed_by_percentage_and_use(self):
        self.assertEqual(self.gst.xero_tax_rate_id, self.rate("OUTPUT"))
        self.assertEqual(self.purchase_gst.xero_tax_rate_id, self.rate("INPUT"))

    def test_among_rates_of_one_percentage_the_name_decides(self):
        tax = self.new_tax("GST Free Exports", 0)
        self.assertEqual(tax.xero_tax_rate_proposal_id, self.rate("EXEMPTEXPORT"))

    def test_nothing_is_proposed_where_no_rate_has_the_percentage(self):
        self.assertFalse(self.new_tax("Odd", 7.77).xero_tax_rate_proposal_id)

    def test_nothing_is_proposed_for_a_tax_that_is_no_percentage(self):
        tax = self.new_tax("Deposit", 10, amount_type="fixed")
        self.assertFalse(tax.xero_tax_rate_proposal_id)

    def test_a_group_of_taxes_is_proposed_the_rate_of_their_sum(self):
        group = self.new_group(3, 10)
        self.assertEqual(group.xero_tax_rate_proposal_id, self.rate("TAX001"))

    def test_accepting_maps_those_that_have_a_proposal(self):
        good, odd = self.new_tax("Thirteen", 13), self.new_tax("Odd", 7.77)
        (good + odd).action_xero_accept_proposal()
        self.assertEqual(good.xero_tax_rate_id, self.rate("TAX001"))
        self.assertFalse(odd.xero_tax_rate_id)

    # === WHAT IS OFFERED === #

    def offered(self, tax):
        """Tax types the form's field offers."""
        domain = tax._fields["xero_tax_rate_id"]._description_domain(self.env)
        names = {"type_tax_use": tax.type_tax_use}
        rates = self.env["xero.tax.rate"].search(safe_eval(domain, names))
        return set(rates.mapped("tax_type"))

    def test_a_sales_tax_is_offered_only_active_rates_for_sales(self):
        offered = self.offered(self.gst)
        self.assertIn("OUTPUT", offered)
        self.assertNotIn("INPUT", offered)

    def test_a_purchase_tax_is_offered_only_active_rates_for_purchases(self):
        offered = self.offered(self.purchase_gst)
        self.assertIn("INPUT", offered)
        self.assertNotIn("OUTPUT", offered)

    def test_an_archived_rate_is_not_offered(self):
        self.xero.edit("TaxRates", "OUTPUT", Status="ARCHIVED")
        self.refresh()
        self.assertNotIn("OUTPUT", self.offered(self.gst))

    def test_a_rate_of_another_organisation_cannot_be_chosen(self):
        with self.assertRaises(ValidationError):
            self.gst.xero_tax_rate_id = self.foreign(self.rate("OUTPUT"))

    # === MET ON THE WAY === #

    def test_an_unmapped_tax_is_one_issue_for_all_it_blocks_and_mapping_sends_them(
        self,
    ):
        self.gst.xero_tax_rate_id = False
        orders = [self.order_with(self.gst) for _n in range(3)]
        issue = self.assert_one_issue(*orders)
        self.assertIn(self.gst.name, issue.name)
        self.assertEqual(issue.action_fix()["res_id"], self.gst.id)
        self.gst.xero_tax_rate_id = self.rate("OUTPUT")
        self.assert_all_go(*orders)
        self.assertEqual(self.line_in_xero(orders[0])["TaxType"], "OUTPUT")

    def test_an_archived_rate_is_one_issue_and_restoring_it_in_xero_sends_all(self):
        self.xero.edit("TaxRates", "OUTPUT", Status="ARCHIVED")
        self.refresh()
        orders = [self.order_with(self.gst) for _n in range(2)]
        self.assertIn("archived", self.assert_one_issue(*orders).name)
        self.assertFalse(self.xero_invoices())
        self.xero.edit("TaxRates", "OUTPUT", Status="ACTIVE")
        self.refresh()
        self.assert_all_go(*orders)

    def test_a_group_of_taxes_goes_with_its_own_rate(self):
        group = self.new_group(3, 10)
        group.action_xero_accept_proposal()
        order = self.order_with(group)
        self.assert_all_go(order)
        self.assertEqual(self.line_in_xero(order)["TaxType"], "TAX001")

    def test_a_group_mapped_to_a_rate_of_another_percentage_is_told(self):
        group = self.new_group(10)
        group.xero_tax_rate_id = self.rate("TAX001")
        issue = self.assert_one_issue(self.order_with(group))
        self.assertIn("is 10%", issue.name)
        self.assertIn("13%", issue.name)

    def test_a_tax_of_a_fiscal_position_is_a_tax_like_others(self):
        export = self.new_tax("GST Free Exports", 0)
        export.action_xero_accept_proposal()
        order = self.order_with(export)
        self.assert_all_go(order)
        self.assertEqual(self.line_in_xero(order)["TaxType"], "EXEMPTEXPORT")

    def test_a_tax_mapped_in_one_company_is_not_mapped_in_another(self):
        other = self.setup_other_company()["company"]
        self.assertTrue(self.gst.xero_tax_rate_id)
        self.assertFalse(self.gst.sudo().with_company(other).xero_tax_rate_id)

    def test_a_branch_with_an_organisation_of_its_own_maps_its_parents_taxes(self):
        branch = self.env["res.company"].create(
            {"name": "Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        own_rate = self.rate("OUTPUT")
        connection = self.env["xero.connection"].create({"company_id": branch.id})
        branch_rate = own_rate.sudo().copy({"connection_id": connection.id})
        tax = self.gst.with_company(branch)
        self.assertIn(tax, tax.search([("xero_missing", "=", True)]))
        tax.xero_tax_rate_id = branch_rate
        self.assertNotIn(tax, tax.search([("xero_missing", "=", True)]))
        self.assertEqual(self.gst.xero_tax_rate_id, own_rate)
