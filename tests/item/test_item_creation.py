from odoo.fields import Command
from odoo.tests import Form, tagged

from .item_case import ItemCase


@tagged("post_install", "-at_install")
class TestItemCreation(ItemCase):
    """Which products are created as items in Xero without a click."""

    def test_new_product_with_a_reference_is_created_at_once(self):
        connection = self.connect(auto_item=True)
        product = self.new_product(default_code="STOOL")
        self.run_job(connection)
        self.assertEqual(product.xero_item_id.xero_id, self.item("STOOL")["ItemID"])

    def test_without_a_reference_it_waits_for_one_in_silence(self):
        connection = self.connect(auto_item=True)
        product = self.new_product()
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))
        product.default_code = "STOOL"
        self.run_job(connection)
        self.item("STOOL")

    def test_new_template_with_a_reference_is_created_too(self):
        connection = self.connect(auto_item=True)
        self.env["product.template"].create(
            {"name": "Oak stool", "default_code": "STOOL"}
        )
        self.run_job(connection)
        self.item("STOOL")

    def test_ticked_box_on_a_template_creates_its_one_variant(self):
        connection = self.connect()
        with Form(self.env["product.template"]) as form:
            form.name = "Oak stool"
            form.default_code = "STOOL"
            form.xero_create = True
        self.run_job(connection)
        item = self.item("STOOL")
        self.assertEqual(form.record.xero_item_id.xero_id, item["ItemID"])

    def test_ticked_box_without_a_reference_says_what_lacks(self):
        connection = self.connect()
        product = self.new_product(xero_create=True)
        self.run_job(connection)
        product.invalidate_recordset()
        self.assertIn("no internal reference", product.xero_link_message)

    def test_unticked_box_overrides_the_switch(self):
        connection = self.connect(auto_item=True)
        with Form(self.env["product.product"]) as form:
            form.name = "Oak stool"
            form.default_code = "STOOL"
            form.xero_create = False
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])

    def test_never_by_itself_sends_documents_without_an_item(self):
        connection = self.connect(create_items=True)
        self.product.write({"default_code": "TABLE", "xero_create_choice": "no"})
        order = self.confirmed_order()
        self.run_job(connection)
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(self.items("TABLE"), [])

    def test_own_choice_creates_it_with_its_first_document(self):
        connection = self.connect()
        self.product.default_code = "TABLE"
        self.product.xero_create_choice = "yes"
        self.confirmed_order()
        self.run_job(connection)
        self.item("TABLE")

    def test_many_are_created_in_one_call_by_the_list_action(self):
        self.connect()
        products = self.env["product.product"].create(
            [{"name": f"Stool {n}", "default_code": f"STOOL-{n}"} for n in range(12)]
        )
        products.product_tmpl_id.action_xero_create()
        self.finish_request()
        self.assertEqual(len(self.write_calls("/Items")), 1)
        self.assertEqual(len(products.mapped("xero_item_id.xero_id")), 12)

    def test_item_made_in_xero_meanwhile_is_linked_not_doubled(self):
        connection = self.connect()
        self.xero.seed("Items", [{"Code": "STOOL", "Name": "Stool"}])
        product = self.new_product(default_code="STOOL", xero_create=True)
        self.run_job(connection)
        self.assertEqual(product.xero_item_id.xero_id, self.item("STOOL")["ItemID"])


@tagged("post_install", "-at_install")
class TestItemUpdates(ItemCase):
    """Items that Odoo made follow their product; shared and chosen ones stay."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect(auto_item=True)
        self.stool = self.new_product(default_code="STOOL", list_price=80.0)
        self.run_job(self.connection)
        self.xero.clear_calls()

    def test_new_price_and_name_go_in_one_call(self):
        self.stool.list_price = 90.0
        self.stool.name = "Stool of oak"
        self.run_job(self.connection)
        item = self.item("STOOL")
        self.assertEqual(item["Name"], "Stool of oak")
        self.assertEqual(float(item["SalesDetails"]["UnitPrice"]), 90.0)
        self.assertEqual(len(self.write_calls()), 1)

    def test_new_reference_renames_the_code(self):
        item_id = self.item("STOOL")["ItemID"]
        self.stool.default_code = "STOOL-2"
        self.run_job(self.connection)
        self.assertEqual(self.item("STOOL-2")["ItemID"], item_id)
        self.assertEqual(self.stool.xero_item_id.code, "STOOL-2")

    def test_switched_off_nothing_goes(self):
        self.connection.update_items = False
        self.stool.list_price = 90.0
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_other_product_of_the_same_item_does_not_change_it(self):
        other = self.new_product(
            name="Ash stool", xero_item_id=self.stool.xero_item_id.id
        )
        other.list_price = 99.0
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_item_merely_chosen_is_not_changed(self):
        chosen = self.env["xero.item"].search(
            [("xero_id", "!=", False), ("product_id", "=", False)], limit=1
        )
        self.assertTrue(chosen)
        self.stool.xero_item_id = chosen
        self.stool.list_price = 90.0
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_document_carries_the_code_of_the_item_linked_now(self):
        other = self.new_product(name="Ash stool", default_code="ASH")
        self.run_job(self.connection)
        self.stool.xero_item_id = other.xero_item_id
        order = self.confirmed_order(
            order_line=[Command.create({"product_id": self.stool.id})]
        )
        self.run_job(self.connection)
        codes = [
            line.get("ItemCode") for line in self.xero_invoice_of(order)["LineItems"]
        ]
        self.assertIn("ASH", codes)

    def test_variants_have_items_of_their_own(self):
        attribute = self.env["product.attribute"].create(
            {
                "name": "Wood",
                "value_ids": [
                    Command.create({"name": "Oak"}),
                    Command.create({"name": "Ash"}),
                ],
            }
        )
        template = self.env["product.template"].create(
            {
                "name": "Bench",
                "attribute_line_ids": [
                    Command.create(
                        {
                            "attribute_id": attribute.id,
                            "value_ids": attribute.value_ids.ids,
                        }
                    )
                ],
            }
        )
        for number, variant in enumerate(template.product_variant_ids):
            variant.default_code = f"BENCH-{number}"
        self.run_job(self.connection)
        self.assertNotEqual(
            self.item("BENCH-0")["ItemID"], self.item("BENCH-1")["ItemID"]
        )
        self.assertFalse(template.xero_item_id)
