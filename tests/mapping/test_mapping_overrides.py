from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .mapping_case import MappingCase


@tagged("post_install", "-at_install")
class TestMappingOverrides(MappingCase):
    """Xero accounts of products and categories, and which one wins."""

    def setUp(self):
        super().setUp()
        categories = self.env["product.category"]
        self.parent = categories.create({"name": "Furniture"})
        self.category = categories.create(
            {"name": "Tables", "parent_id": self.parent.id}
        )
        self.product.categ_id = self.category

    def code(self, document):
        """Code of the Xero account of the only line with an amount."""
        self.run_job(self.connection)
        held = self.xero_document_of(document, document._xero_kind_now())
        (line,) = (line for line in held["LineItems"] if line.get("AccountCode"))
        return line["AccountCode"]

    def test_the_products_account_wins_over_the_default(self):
        self.product.xero_sale_account_id = self.account("260")
        self.assertEqual(self.code(self.confirmed_order()), "260")

    def test_the_categorys_account_wins_over_the_default(self):
        self.category.xero_sale_account_id = self.account("260")
        self.assertEqual(self.code(self.confirmed_order()), "260")

    def test_the_products_account_wins_over_its_categorys(self):
        self.category.xero_sale_account_id = self.account("210")
        self.product.xero_sale_account_id = self.account("260")
        self.assertEqual(self.code(self.confirmed_order()), "260")

    def test_the_nearest_category_wins(self):
        self.parent.xero_sale_account_id = self.account("210")
        self.assertEqual(self.code(self.confirmed_order()), "210")
        self.category.xero_sale_account_id = self.account("260")
        self.assertEqual(self.code(self.confirmed_order()), "260")

    def test_a_mapped_account_wins_over_the_products(self):
        self.income.xero_account_id = self.account("210")
        self.product.xero_sale_account_id = self.account("260")
        self.assertEqual(self.code(self.confirmed_order()), "210")

    def test_it_serves_invoices_and_purchases_too(self):
        self.product.xero_sale_account_id = self.account("260")
        self.product.xero_purchase_account_id = self.account("461")
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.assertEqual(self.code(invoice), "260")
        self.assertEqual(self.code(self.approved_purchase()), "461")
        self.assertEqual(self.code(self.new_move("in_invoice")), "461")

    def test_it_serves_where_there_is_no_default_and_lets_go_what_waited(self):
        self.connection.default_sale_account_id = False
        orders = [self.confirmed_order() for _n in range(2)]
        self.assert_one_issue(*orders)
        self.product.xero_sale_account_id = self.account("260")
        self.assert_all_go(*orders)

    def test_an_archived_one_is_one_issue_that_leads_to_the_product(self):
        account = self.account("260")
        self.product.xero_sale_account_id = account
        self.xero.edit("Accounts", account.xero_key, Status="ARCHIVED")
        self.refresh()
        orders = [self.confirmed_order() for _n in range(2)]
        issue = self.assert_one_issue(*orders)
        self.assertEqual(issue.action_fix()["res_model"], "product.product")
        self.product.xero_sale_account_id = self.account("210")
        self.assert_all_go(*orders)

    def test_it_is_each_companys_own(self):
        other = self.setup_other_company()["company"]
        self.product.xero_sale_account_id = self.account("260")
        self.assertFalse(self.product.sudo().with_company(other).xero_sale_account_id)

    def test_one_of_another_organisation_cannot_be_chosen(self):
        account = self.foreign(self.account("200"))
        for record in (self.product, self.category):
            with self.assertRaises(ValidationError):
                record.xero_sale_account_id = account
