"""What goes out to Xero of a product, field by field."""

from odoo.fields import Command
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

    def variants(self, name, values):
        """A product with a variant of each value."""
        attribute = self.env["product.attribute"].create(
            {
                "name": "Finish",
                "value_ids": [Command.create({"name": value}) for value in values],
            }
        )
        line = {"attribute_id": attribute.id, "value_ids": attribute.value_ids.ids}
        template = self.env["product.template"].create(
            {"name": name, "attribute_line_ids": [Command.create(line)]}
        )
        for number, variant in enumerate(template.product_variant_ids):
            variant.default_code = f"V-{number}"
        return template.product_variant_ids

    def test_two_variants_have_two_names(self):
        oiled, raw = map(self.body, self.variants("Oak table", ["Oiled", "Raw"]))
        self.assertEqual(oiled["Name"], "Oak table (Oiled)")
        self.assertEqual(oiled["Description"], "Oak table (Oiled)")
        self.assertEqual(raw["Name"], "Oak table (Raw)")

    def test_a_long_name_is_cut_before_what_tells_variants_apart(self):
        name = "Oak table with drawers, two of them with a lock and key"
        oiled, raw = map(self.body, self.variants(name, ["Oiled", "Raw"]))
        self.assertEqual(
            oiled["Name"], "Oak table with drawers, two of them with a (Oiled)"
        )
        self.assertEqual(
            raw["Name"], "Oak table with drawers, two of them with a l (Raw)"
        )
        self.assertEqual(len(oiled["Name"]), 50)
        self.assertEqual(oiled["Description"], f"{name} (Oiled)")

    def test_long_values_leave_the_product_s_name_twenty_characters(self):
        values = ["Oiled twice, then waxed by hand, and polished", "Raw"]
        oiled, _raw = map(self.body, self.variants("Oak table with drawers", values))
        self.assertEqual(
            oiled["Name"], "Oak table with drawe (Oiled twice, then waxed by h"
        )

    def test_what_all_variants_have_in_common_is_no_part_of_the_name(self):
        (only,) = map(self.body, self.variants("Oak table", ["Oiled"]))
        self.assertEqual(only["Name"], "Oak table")

    def test_a_value_with_another_name_renames_the_item(self):
        self.connection.update_items = True
        variants = self.variants("Oak table", ["Oiled", "Raw"])
        variants.action_xero_create()
        self.run_job(self.connection)
        values = variants.product_template_attribute_value_ids
        values.product_attribute_value_id[:1].name = "Waxed"
        self.run_job(self.connection)
        names = {
            each["Name"]
            for each in self.xero.state()["Items"]
            if each["Code"].startswith("V-")
        }
        self.assertEqual(names, {"Oak table (Waxed)", "Oak table (Raw)"})

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
