"""What goes out to Xero of a product, field by field."""

from odoo.tests import tagged

from ... import mappers
from .item_mapping_case import XERO_ID, ItemMappingCase


@tagged("post_install", "-at_install")
class TestItemMapping(ItemMappingCase):
    """One rule each, a golden body first."""

    def test_body_of_a_product_that_is_bought_and_sold(self):
        product = self.new_product(
            list_price=150.5,
            standard_price=80.12345,
            description_sale="A table,\r\nof oak",
            description_purchase="Table 4711",
        )
        self.income(product).xero_account_id = self.account("200")
        self.expense(product).xero_account_id = self.account("310")
        self.assertEqual(
            self.body(product),
            {
                "Code": "OAK-2",
                "Name": "Oak table",
                "IsSold": True,
                "IsPurchased": True,
                "Description": "A table,\nof oak",
                "PurchaseDescription": "Table 4711",
                "SalesDetails": {"UnitPrice": 150.5, "AccountCode": "200"},
                "PurchaseDetails": {"UnitPrice": 80.1235, "AccountCode": "310"},
            },
        )

    def test_body_of_a_product_that_is_neither(self):
        product = self.new_product(sale_ok=False, purchase_ok=False)
        self.assertEqual(
            self.body(product, XERO_ID),
            {
                "ItemID": XERO_ID,
                "Code": "OAK-2",
                "Name": "Oak table",
                "IsSold": False,
                "IsPurchased": False,
            },
        )

    def test_a_product_without_descriptions_is_described_by_its_name(self):
        body = self.body(self.new_product())
        self.assertEqual(body["Description"], "Oak table")
        self.assertEqual(body["PurchaseDescription"], "Oak table")

    def test_a_code_xero_does_not_take_is_a_problem_that_names_the_product(self):
        for code in (False, "  ", "x" * 31):
            product = self.new_product(default_code=code)
            with self.assertRaises(mappers.MappingError) as caught:
                self.body(product)
            (problem,) = caught.exception.problems
            self.assertEqual(problem.record, product)

    def test_long_and_hostile_texts_are_cut_to_xero_s_bounds(self):
        text = "<b>x</b>\x07 " * 1000
        body = self.body(self.new_product(name=text, description_sale=text))
        self.assertEqual(len(body["Name"]), 50)
        self.assertLessEqual(len(body["Description"]), 4000)
        self.assertNotIn("\x07", body["Name"] + body["Description"])

    def test_the_name_is_in_the_company_s_language_whoever_saves(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        product = self.new_product()
        product.with_context(lang="fr_FR").name = "Table en chêne"
        self.company.partner_id.lang = "en_US"
        body = self.body(product.with_context(lang="fr_FR"))
        self.assertEqual(body["Name"], "Oak table")

    def test_an_item_xero_tracks_keeps_its_purchase_side(self):
        product = self.new_product(standard_price=80)
        row = (
            self.env["xero.item"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_id": XERO_ID,
                    "code": "OAK-2",
                    "state": "synced",
                    "requested_by": False,
                    "details": {"is_tracked": True},
                }
            )
        )
        product.xero_item_id = row
        body = self.body(product, XERO_ID)
        self.assertEqual(
            {"PurchaseDetails", "PurchaseDescription", "IsPurchased"} & set(body), set()
        )
        self.assertIn("SalesDetails", body)

    def test_xero_takes_it(self):
        product = self.new_product(standard_price=80.12345, list_price=150)
        product.action_xero_create()
        self.run_job(self.connection)
        (item,) = (
            each for each in self.xero.state()["Items"] if each["Code"] == "OAK-2"
        )
        self.assertEqual(item["PurchaseDetails"]["UnitPrice"], 80.1235)
        self.assertIs(item["IsTrackedAsInventory"], False)
