from odoo.tests import tagged

from .import_case import ImportCase


@tagged("post_install", "-at_install")
class TestImportItems(ImportCase):
    """The same import links Xero's items to products, or creates those."""

    def setUp(self):
        super().setUp()
        self.xero.seed(
            "Items",
            [
                {"Code": "OAK-1", "Name": "Table of oak"},
                {
                    "Code": "NEW-1",
                    "Name": "New thing",
                    "SalesDetails": {"UnitPrice": 12.5},
                },
            ],
        )

    def item_line(self, found, code):
        return found.line_ids.filtered(lambda line: line.code == code)

    def test_item_with_the_products_reference_is_linked(self):
        self.product.default_code = "OAK-1"
        found = self.read_import(kind="items")
        line = self.item_line(found, "OAK-1")
        self.assertEqual((line.action, line.product_id), ("link", self.product))
        self.run_import(found)
        self.assertEqual(self.product.xero_item_id.code, "OAK-1")
        self.assertEqual(line.result, "linked")

    def test_item_with_the_products_barcode_is_linked(self):
        self.product.barcode = "OAK-1"
        line = self.item_line(self.read_import(kind="items"), "OAK-1")
        self.assertEqual((line.action, line.product_id), ("link", self.product))

    def test_unknown_item_becomes_a_product(self):
        found = self.run_import(self.read_import(kind="items"))
        line = self.item_line(found, "NEW-1")
        self.assertEqual(line.result, "created")
        product = line.product_id
        self.assertEqual(
            (product.default_code, product.name, product.list_price),
            ("NEW-1", "New thing", 12.5),
        )
        self.assertEqual(product.xero_item_id.code, "NEW-1")

    def test_several_products_of_the_name_are_left_to_a_person(self):
        products = self.env["product.product"]
        twins = products.create([{"name": "New thing"}, {"name": "New thing"}])
        line = self.item_line(self.read_import(kind="items"), "NEW-1")
        self.assertEqual(line.action, "decide")
        self.assertEqual(line.candidate_product_ids, twins)
        line.action_set_link()
        self.assertEqual(line.action, "link")
        self.assertIn(line.product_id, twins)

    def test_second_import_changes_nothing(self):
        self.run_import(self.read_import(kind="items"))
        products = self.env["product.product"].search([])
        before = self.stamps(products), self.stamps(products.product_tmpl_id)
        again = self.read_import(kind="items")
        self.assertEqual(set(again.line_ids.mapped("action")), {"linked"})
        self.run_import(again)
        self.assertEqual(self.env["product.product"].search([]), products)
        after = self.stamps(products), self.stamps(products.product_tmpl_id)
        self.assertEqual(after, before)

    def test_import_sends_nothing_to_xero(self):
        self.connection.auto_item = True
        self.product.default_code = "OAK-1"
        self.run_job(self.connection)
        self.xero.clear_calls()
        self.run_import(self.read_import(kind="items"))
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_search_looks_at_code_and_name(self):
        found = self.read_import(kind="items", search_text="oak")
        self.assertEqual(found.line_ids.mapped("code"), ["OAK-1"])
        found = self.read_import(kind="items", search_text="new-1")
        self.assertEqual(found.line_ids.mapped("code"), ["NEW-1"])

    def test_items_are_read_in_one_call(self):
        self.xero.clear_calls()
        self.read_import(kind="items")
        self.assertEqual(
            [call["path"] for call in self.xero.calls()], ["/api.xro/2.0/Items"]
        )
