"""What would put items wrong, double them or lose their changes."""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from .item_case import ItemCase


@tagged("post_install", "-at_install")
class TestReviewItems(ItemCase):
    """Items: no second one, none of another company's, edits go out."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def read_item(self, code):
        self.xero.seed("Items", [{"Code": code, "Name": code}])
        self.press_refresh(self.connection)
        self.finish_request()
        self.xero.clear_calls()
        return self.env["xero.item"].search([("code", "=", code)])

    def test_product_linked_while_its_own_item_waits_makes_none(self):
        shared = self.read_item("SHARED")
        self.connection.auto_item = True
        product = self.new_product(default_code="STOOL")
        product.xero_item_id = shared
        self.run_job(self.connection)
        self.assertEqual(self.items("STOOL"), [])
        self.assertEqual(product.xero_item_id, shared)

    def test_link_to_an_item_of_another_organisation_is_refused(self):
        company = self.setup_other_company(name="Hobart Pty")["company"]
        other = self.connect_to_britain(company)
        items = self.env["xero.item"].sudo()
        item = items.create(
            {
                "connection_id": other.id,
                "code": "THEIRS",
                "xero_id": "11111111-1111-1111-1111-111111111111",
                "state": "synced",
            }
        )
        product = self.new_product()
        with self.assertRaises(ValidationError):
            product.xero_item_id = item.sudo(False)

    def test_edit_made_in_another_company_goes_out_too(self):
        self.connection.auto_item = True
        product = self.new_product(default_code="STOOL")
        self.run_job(self.connection)
        company = self.setup_other_company(name="Hobart Pty")["company"]
        product.with_company(company).name = "Oak chair"
        self.run_job(self.connection)
        self.assertEqual(self.item("STOOL")["Name"], "Oak chair")

    def test_link_made_in_a_branch_counts(self):
        branch = self.env["res.company"].create(
            {"name": "Cairns Branch", "parent_id": self.company.id}
        )
        self.env.user.company_ids += branch
        self.product.with_company(branch).xero_item_id = self.read_item("SHARED")
        order = self.confirmed_order()
        self.run_job(self.connection)
        line = self.xero_invoice_of(order)["LineItems"][-1]
        self.assertEqual(line.get("ItemCode"), "SHARED")

    def test_copied_product_has_no_link(self):
        self.product.xero_item_id = self.read_item("SHARED")
        copy = self.product.copy()
        self.assertFalse(copy.xero_item_id)
        copy = self.product.product_tmpl_id.copy()
        self.assertFalse(copy.product_variant_id.xero_item_id)

    def test_cleared_reference_of_an_item_in_xero_is_asked_for_and_then_goes(self):
        self.connection.auto_item = True
        product = self.new_product(default_code="STOOL")
        self.run_job(self.connection)
        product.default_code = False
        self.run_job(self.connection)
        self.assertEqual(product.xero_link_state, "failed")
        product.default_code = "STOOL-2"
        self.run_job(self.connection)
        self.assertEqual(self.items("STOOL"), [])
        self.assertEqual(self.item("STOOL-2")["ItemID"], product.xero_item_id.xero_id)

    def test_reference_with_blanks_is_linked_to_the_item_in_xero(self):
        shared = self.read_item("SHARED")
        product = self.new_product(default_code=" SHARED ")
        product.action_xero_create()
        self.finish_request()
        self.assertEqual(product.xero_item_id, shared)

    def test_cleared_link_is_not_made_again_by_itself(self):
        shared = self.read_item("SHARED")
        self.product.default_code = "SHARED"
        self.product.xero_item_id = shared
        self.product.xero_item_id = False
        self.connection.create_items = True
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertFalse(self.product.xero_item_id)
        self.assertEqual(order.xero_state, "synced")

    def test_link_made_again_by_a_person_is_not_declined_any_more(self):
        shared = self.read_item("SHARED")
        self.product.xero_item_id = shared
        self.product.xero_item_id = False
        self.assertEqual(shared.declined_product_ids, self.product)
        self.product.xero_item_id = shared
        self.assertFalse(shared.declined_product_ids)
