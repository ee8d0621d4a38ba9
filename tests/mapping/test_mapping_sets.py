from psycopg2 import IntegrityError

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import mute_logger

from ... import mappers
from .mapping_case import MappingCase


@tagged("post_install", "-at_install")
class TestMappingSets(MappingCase):
    """Several taxes on one line, for which Xero has one rate."""

    def setUp(self):
        super().setUp()
        self.levy = self.new_tax("Timber levy", 3)
        self.both = self.gst + self.levy

    def tax_set(self):
        return self.env["xero.tax.set"].search([]).ensure_one()

    def new_set(self, taxes, rate=None):
        return self.env["xero.tax.set"].create(
            {
                "connection_id": self.connection.id,
                "tax_ids": [Command.set(taxes.ids)],
                "xero_tax_rate_id": rate and rate.id,
            }
        )

    # === MET ON THE WAY === #

    def test_an_unmapped_set_is_one_issue_for_all_it_blocks_and_mapping_sends_them(
        self,
    ):
        orders = [self.order_with(self.gst, self.levy) for _n in range(3)]
        issue = self.assert_one_issue(*orders)
        self.assertIn(self.gst.name, issue.name)
        self.assertIn("Timber levy", issue.name)
        self.assertFalse(self.xero_invoices())
        self.tax_set().xero_tax_rate_id = self.rate("TAX001")
        self.assert_all_go(*orders)
        self.assertEqual(self.line_in_xero(orders[0])["TaxType"], "TAX001")

    def test_a_set_that_is_met_stands_in_the_mapping_as_missing(self):
        self.order_with(self.gst, self.levy)
        self.run_job(self.connection)
        missing = self.env["xero.tax.set"].search([("xero_missing", "=", True)])
        self.assertEqual(missing.tax_ids, self.both)
        self.assertEqual(self.connection.missing_tax_set_ids, missing)

    def test_the_issue_leads_to_the_set(self):
        self.order_with(self.gst, self.levy)
        self.run_job(self.connection)
        action = self.open_issues().action_fix()
        self.assertEqual(action["res_model"], "xero.tax.set")
        self.assertEqual(action["res_id"], self.tax_set().id)

    def test_the_order_of_the_taxes_makes_no_other_set(self):
        self.order_with(self.gst, self.levy)
        self.levy.sequence, self.gst.sequence = 1, 2
        self.order_with(self.levy, self.gst)
        self.run_job(self.connection)
        self.assertEqual(len(self.open_issues()), 1)
        self.assertEqual(self.tax_set().tax_ids, self.both)

    def test_each_set_has_an_issue_of_its_own(self):
        other = self.new_tax("Glass levy", 4)
        self.order_with(self.gst, self.levy)
        self.order_with(self.gst, other)
        self.run_job(self.connection)
        self.assertEqual(len(self.open_issues()), 2)

    def test_a_mapped_set_goes_on_every_kind_of_document(self):
        self.new_set(self.both, self.rate("TAX001"))
        order = self.order_with(self.gst, self.levy)
        invoice = self.invoice_of(self.order_with(self.gst, self.levy))
        self.run_job(self.connection)
        for record in (order, invoice):
            held = self.xero_document_of(record, record._xero_kind_now())
            self.assertEqual(held["TotalTax"], record.amount_tax)
            self.assertEqual(held["LineItems"][-1]["TaxType"], "TAX001")

    def test_a_group_beside_another_tax_is_a_set(self):
        group = self.new_tax(
            "Group",
            0,
            amount_type="group",
            children_tax_ids=[
                Command.set(self.new_tax("Ten", 10, type_tax_use="none").ids)
            ],
        )
        order = self.order_with(group, self.levy)
        self.run_job(self.connection)
        self.assertEqual(self.tax_set().tax_ids, group + self.levy)
        self.tax_set().action_xero_accept_proposal()
        self.assert_all_go(order)

    # === PERCENTAGES === #

    def test_the_percentages_of_a_set_are_added(self):
        self.assertEqual(self.new_set(self.both).percent, 13)

    def test_a_tax_on_a_tax_counts_in_the_percentage(self):
        base = self.new_tax("Base", 10, sequence=1, include_base_amount=True)
        upon = self.new_tax("Upon", 5, sequence=2, is_base_affected=True)
        self.assertEqual(self.new_set(base + upon).percent, 15.5)

    def test_taxes_in_the_price_count_of_the_amount_without_them(self):
        included = {"price_include_override": "tax_included"}
        taxes = self.new_tax("A", 10, **included) + self.new_tax("B", 3, **included)
        self.assertEqual(self.new_set(taxes).percent, 13)

    def test_a_set_with_a_fixed_tax_has_no_percentage(self):
        fixed = self.new_tax("Bottle", 2, amount_type="fixed")
        self.assertIsNone(mappers.effective_percent(self.gst + fixed))

    def test_a_rate_of_another_percentage_is_one_issue_and_the_right_one_cures_it(self):
        tax_set = self.new_set(self.both, self.rate("OUTPUT"))
        orders = [self.order_with(self.gst, self.levy) for _n in range(2)]
        issue = self.assert_one_issue(*orders)
        self.assertIn("is 13%", issue.name)
        self.assertEqual(issue.action_fix()["res_id"], tax_set.id)
        tax_set.xero_tax_rate_id = self.rate("TAX001")
        self.assert_all_go(*orders)

    def test_changing_a_tax_of_the_set_cures_its_percentage(self):
        self.new_set(self.both, self.rate("TAX001"))
        self.levy.amount = 4
        order = self.order_with(self.gst, self.levy)
        self.assert_one_issue(order)
        self.levy.amount = 3
        order.order_line._compute_amount()
        self.assert_all_go(order)

    def test_a_set_is_proposed_the_rate_of_its_percentage(self):
        self.assertEqual(
            self.new_set(self.both).xero_tax_rate_proposal_id, self.rate("TAX001")
        )

    # === THE ROWS === #

    def test_a_set_stands_once_in_an_organisation(self):
        self.new_set(self.both)
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self.new_set(self.levy + self.gst).flush_recordset()

    def test_one_tax_is_no_set(self):
        with self.assertRaises(ValidationError):
            self.new_set(self.gst)

    def test_a_set_goes_with_a_tax_that_is_deleted(self):
        tax_set = self.new_set(self.both)
        self.levy.unlink()
        self.assertFalse(tax_set.exists())

    def test_a_set_with_an_archived_rate_is_told(self):
        self.new_set(self.both, self.rate("TAX001"))
        self.xero.edit("TaxRates", "TAX001", Status="ARCHIVED")
        self.refresh()
        issue = self.assert_one_issue(self.order_with(self.gst, self.levy))
        self.assertIn("archived", issue.name)
