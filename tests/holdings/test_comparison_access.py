import base64
import io

import openpyxl

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..xero_server import TENANT_UK
from .comparison_case import MARCH, ComparisonCase


@tagged("post_install", "-at_install")
class TestComparisonAccess(ComparisonCase):
    """Accountants compare the books of their own companies; others see nothing."""

    def setUp(self):
        super().setUp()
        self.accountant = self.new_user("an_accountant", "accountant")
        self.user = self.new_user("a_user", "user")

    def accountants_comparison(self):
        comparison = (
            self.env["xero.comparison"]
            .with_user(self.accountant)
            .create({"connection_id": self.connection.id, **MARCH})
        )
        comparison.action_compare()
        self.finish(comparison)
        return comparison

    def test_an_accountant_without_other_rights_compares(self):
        self.posted()
        self.make_in_xero()
        comparison = self.accountants_comparison()
        self.assertEqual(comparison.state, "done")
        self.assertEqual(comparison.same_count, 1)
        self.assertEqual(comparison.line_ids.reason, "made")
        self.assertEqual(comparison.sum_ids.difference, 110)
        self.assertTrue(comparison.report)

    def test_nobody_writes_results_by_hand(self):
        self.make_in_xero()
        comparison = self.accountants_comparison()
        for values in ({"state": "draft"}, {"place": {}}, {"same_count": 9}):
            with self.assertRaises(AccessError):
                comparison.write(values)
        for record in (comparison.line_ids, comparison.sum_ids):
            with self.assertRaises(AccessError):
                record.write({"currency": "EUR"})
            with self.assertRaises(AccessError):
                record.unlink()

    def test_what_is_compared_is_fixed_once_it_has_begun(self):
        with self.assertRaises(UserError):
            self.accountants_comparison().date_to = "2026-04-30"

    def test_days_in_the_wrong_order_are_told(self):
        with self.assertRaises(ValidationError):
            self.new_comparison(date_from="2026-04-01")

    def test_a_user_who_is_no_accountant_sees_nothing(self):
        comparison = self.accountants_comparison().with_user(self.user)
        for model in ("xero.comparison", "xero.comparison.line", "xero.comparison.sum"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(self.user).search([])
        for method in ("action_compare", "action_pause", "action_cancel"):
            with self.assertRaises(AccessError):
                getattr(comparison, method)()
        with self.assertRaises(AccessError):
            comparison.read(["report"])

    def test_an_accountant_of_another_company_sees_nothing(self):
        self.make_in_xero()
        comparison = self.accountants_comparison()
        other = self.env["res.company"].create({"name": "Another Co"})
        stranger = self.new_user("a_stranger", "accountant", other)
        for model in ("xero.comparison", "xero.comparison.line", "xero.comparison.sum"):
            self.assertFalse(self.env[model].with_user(stranger).search([]))
        with self.assertRaises(AccessError):
            self.env["xero.comparison"].with_user(stranger).create(
                {"connection_id": self.connection.id}
            )
        with self.assertRaises(AccessError):
            comparison.with_user(stranger).action_compare()

    def test_each_company_is_compared_with_its_own_organisation(self):
        self.posted()
        other = self.setup_other_company(name="British Co")["company"]
        britain = self.connect_to_britain(other)
        before = self.connection.id
        comparison = self.new_comparison(connection_id=britain.id)
        comparison.action_compare()
        self.xero.clear_calls()
        self.finish(comparison)
        self.assertEqual(comparison.state, "done", comparison.message)
        self.assertEqual(comparison.company_id, other)
        self.assertFalse(comparison.sum_ids.filtered("odoo_count"))
        tenants = {call["tenant"] for call in self.xero.calls("GET", "/Invoices")}
        self.assertEqual(tenants, {TENANT_UK})
        self.assertEqual(self.compare(connection_id=before).same_count, 1)

    def test_the_spreadsheet_has_sums_and_what_is_not_the_same(self):
        self.posted()
        self.make_in_xero(InvoiceNumber="=1+1")
        comparison = self.compare()
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(comparison.report)))
        sums, lines = ([*sheet.values] for sheet in book.worksheets)
        self.assertEqual(sums[0][:3], ("Month", "Kind", "Currency"))
        self.assertEqual(
            sums[1], ("March 2026", "Customer invoices", "AUD", 1, 110, 2, 220, 110)
        )
        self.assertEqual(lines[1][:2], ("Only in Xero", "Made in Xero"))
        self.assertIn("=1+1", lines[1])
        self.assertIn("2026-03-31.xlsx", comparison.report_name)

    def test_a_disconnected_organisation_is_told_in_words(self):
        new = self.new_comparison()
        self.connection.sudo().state = "broken"
        with self.assertRaisesRegex(UserError, "not connected to Xero"):
            new.action_compare()
        self.assertEqual(new.state, "draft")
