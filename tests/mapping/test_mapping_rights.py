from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import tagged

from .mapping_case import MappingCase

ACCOUNTANT = "xero_sync.xero_sync_group_accountant"
# Who sees Xero's numbers, with all rights on Odoo's own taxes, accounts and products
OTHERS = (
    "account.group_account_manager,sales_team.group_sale_manager,"
    "purchase.group_purchase_manager,product.group_product_manager"
)


@tagged("post_install", "-at_install")
class TestMappingRights(MappingCase):
    """Accountants of Xero map, in their own company, and nobody else does."""

    def setUp(self):
        super().setUp()
        self.accountant = self.new_user("abby", f"base.group_user,{ACCOUNTANT}")
        self.manager = self.new_user("max", OTHERS)
        self.product.categ_id = self.env["product.category"].create({"name": "Oak"})
        self.tax_set = self.env["xero.tax.set"].create(
            {
                "connection_id": self.connection.id,
                "tax_ids": [Command.set((self.gst + self.new_tax("Levy", 3)).ids)],
            }
        )

    def links(self):
        """What can be mapped, with a choice for it."""
        return [
            (self.gst, "xero_tax_rate_id", self.rate("OUTPUT")),
            (self.income, "xero_account_id", self.account("210")),
            (self.tax_set, "xero_tax_rate_id", self.rate("TAX001")),
            (self.product, "xero_sale_account_id", self.account("210")),
            (self.product.categ_id, "xero_sale_account_id", self.account("210")),
        ]

    def test_an_accountant_maps_without_further_rights(self):
        for record, field, choice in self.links():
            with self.subTest(record=record):
                record.with_user(self.accountant).write({field: choice.id})
                self.assertEqual(record[field], choice)

    def test_an_accountant_may_not_write_more_on_what_is_mapped(self):
        for record, field, choice in self.links()[:2]:
            values = {field: choice.id, "name": "Mine"}
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(self.accountant).write(values)

    def test_nobody_else_maps_whatever_their_rights_in_odoo(self):
        for record, field, choice in self.links():
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(self.manager).write({field: choice.id})

    def test_nobody_else_makes_something_mapped(self):
        for record, field, choice in self.links()[1:2]:
            values = {"name": "New", "code": "498761", field: choice.id}
            with self.assertRaises(AccessError):
                record.with_user(self.manager).create(values)

    def test_nobody_else_accepts_proposals(self):
        self.gst.xero_tax_rate_id = False
        with self.assertRaises(AccessError):
            self.gst.with_user(self.manager).action_xero_accept_proposal()

    def test_an_accountant_accepts_all_proposals(self):
        self.gst.xero_tax_rate_id = False
        self.connection.with_user(self.accountant).action_accept_proposals()
        self.assertEqual(self.gst.xero_tax_rate_id, self.rate("OUTPUT"))

    def test_who_may_not_map_is_shown_no_count(self):
        self.assertTrue(self.connection.with_user(self.accountant).missing_count)
        self.env.invalidate_all()
        self.assertFalse(self.connection.with_user(self.manager).missing_count)

    def test_an_accountant_of_another_company_sees_and_maps_nothing(self):
        other = self.setup_other_company()["company"]
        stranger = self.new_user("sam", f"base.group_user,{ACCOUNTANT}", other)
        for record, field, choice in self.links()[:3]:
            with self.subTest(record=record), self.assertRaises(AccessError):
                record.with_user(stranger).write({field: choice.id})
        sets = self.env["xero.tax.set"].with_user(stranger)
        self.assertFalse(sets.search_count([]))

    def test_a_document_of_a_seller_goes_by_what_the_accountant_mapped(self):
        seller = self.new_user("sally", "sales_team.group_sale_salesman")
        self.income.with_user(self.accountant).xero_account_id = self.account("210")
        order = self.new_order(user_id=seller.id)
        order.with_user(seller).action_confirm()
        self.assert_all_go(order)
        self.assertEqual(self.line_in_xero(order)["AccountCode"], "210")
