from odoo.fields import Command
from odoo.tests import tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestContacts(ConnectedCase):
    """The customer of a document is a contact: linked, else made once."""

    def contacts_named(self, name):
        return [
            contact
            for contact in self.xero.state()["Contacts"]
            if contact["Name"] == name
        ]

    def test_missing_contact_is_created_once_for_many_orders(self):
        orders = self.confirmed_order() + self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.contacts_named("Jane's Joinery")), 1)
        self.assertEqual(orders.mapped("xero_state"), ["synced", "synced"])

    def test_created_contact_becomes_the_partners_link(self):
        self.confirmed_order()
        self.run_job(self.connection)
        (contact,) = self.contacts_named("Jane's Joinery")
        self.assertEqual(self.customer.xero_contact_id.xero_id, contact["ContactID"])

    def test_invoice_goes_to_the_linked_contact(self):
        link = self.env["xero.contact"].search([("name", "=", "City Agency")])
        self.customer.xero_contact_id = link
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"], link.xero_id
        )
        self.assertEqual(self.write_calls("/Contacts"), [])

    def test_existing_contact_of_the_same_name_is_linked_in_any_case(self):
        self.customer.name = "city  AGENCY"
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Contacts"), [])
        self.assertEqual(self.customer.xero_contact_id.name, "City Agency")
        self.assertEqual(order.xero_state, "synced")

    def test_name_taken_since_the_last_refresh_is_linked_not_doubled(self):
        self.xero.seed("Contacts", [{"Name": "Jane's Joinery"}])
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.contacts_named("Jane's Joinery")), 1)
        self.assertEqual(order.xero_state, "synced")

    def test_namesake_of_another_customer_is_left_to_a_person(self):
        self.confirmed_order()
        self.run_job(self.connection)
        namesake = self.customer.copy({"name": self.customer.name})
        order = self.confirmed_order(partner_id=namesake.id)
        self.run_job(self.connection)
        self.assertEqual(len(self.contacts_named("Jane's Joinery")), 1)
        self.assertFalse(namesake.xero_contact_id)
        self.assertEqual(order.xero_state, "held")
        self.assertIn("Link the customer", order.xero_message)

    def test_archived_contact_is_told_before_anything_is_sent(self):
        archived = self.env["xero.contact"].search([("archived_in_xero", "=", True)])
        self.customer.xero_contact_id = archived[:1]
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("is archived", order.xero_message)

    def test_linking_another_contact_lets_the_order_go(self):
        archived = self.env["xero.contact"].search([("archived_in_xero", "=", True)])
        self.customer.xero_contact_id = archived[:1]
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_without_creation_the_order_asks_for_a_link(self):
        self.connection.create_contacts = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("has no Xero contact", order.xero_message)
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_cleared_link_is_asked_about_not_made_again_nor_doubled(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.customer.xero_contact_id = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "held")
        self.assertIn("this link was taken away before", order.xero_message)
        self.assertEqual(len(self.contacts_named("Jane's Joinery")), 1)
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "Jane's Joinery"), ("xero_id", "!=", False)]
        )
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_refused_contact_holds_its_orders_and_curing_it_sends_them(self):
        self.customer.write({"name": " "})
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "held")
        self.assertIn("name", order.xero_message)
        self.customer.name = "Joinery of Jane"
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_child_contact_bills_its_commercial_entity(self):
        child = self.env["res.partner"].create(
            {"name": "Accounts", "parent_id": self.customer.id, "type": "invoice"}
        )
        order = self.confirmed_order(partner_invoice_id=child.id)
        self.run_job(self.connection)
        (contact,) = self.contacts_named("Jane's Joinery")
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"], contact["ContactID"]
        )

    def test_contact_carries_addresses_phone_mail_and_tax_number(self):
        self.customer.write(
            {
                "email": "jane@example.com",
                "phone": "+61 2 9999 9999",
                "street": "1 Bay St",
                "city": "Sydney",
                "zip": "2000",
                "country_id": self.env.ref("base.au").id,
                "vat": "83 914 571 673",
            }
        )
        self.confirmed_order()
        self.run_job(self.connection)
        (contact,) = self.contacts_named("Jane's Joinery")
        self.assertEqual(contact["EmailAddress"], "jane@example.com")
        self.assertEqual(contact["TaxNumber"], self.customer.vat)
        box = next(a for a in contact["Addresses"] if a["AddressType"] == "POBOX")
        self.assertEqual((box["City"], box["Country"]), ("Sydney", "Australia"))
        phone = next(p for p in contact["Phones"] if p["PhoneType"] == "DEFAULT")
        self.assertEqual(phone["PhoneNumber"], "+61 2 9999 9999")

    def test_odd_names_arrive_in_the_form_xero_takes(self):
        self.customer.name = '  Ann & "Bo"  <b>Ltd</b> 🪵 ' + "x" * 300
        self.confirmed_order()
        self.run_job(self.connection)
        name = self.customer.xero_contact_id.name
        self.assertTrue(name.startswith('Ann & "Bo" (b)Ltd(/b) 🪵 x'))
        self.assertLessEqual(len(name), 255)


@tagged("post_install", "-at_install")
class TestItems(ConnectedCase):
    """Products are linked to items, or get one where that is switched on."""

    def prepare_connected(self):
        result = super().prepare_connected()
        self.connection.create_items = True
        self.product.default_code = "OAK-1"
        return result

    def test_missing_item_is_created_before_the_invoice(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        codes = [item["Code"] for item in self.xero.state()["Items"]]
        self.assertEqual(codes.count("OAK-1"), 1)
        self.assertEqual(
            self.xero_invoice_of(order)["LineItems"][1]["ItemCode"], "OAK-1"
        )
        self.assertEqual(self.product.xero_item_id.code, "OAK-1")

    def test_item_of_the_same_code_is_linked_not_doubled(self):
        self.product.default_code = "BOOK"
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Items"), [])
        self.assertEqual(
            self.xero_invoice_of(order)["LineItems"][1]["ItemCode"], "BOOK"
        )

    def test_product_without_code_goes_out_without_an_item(self):
        self.product.default_code = False
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")
        self.assertNotIn("ItemCode", self.xero_invoice_of(order)["LineItems"][1])

    def test_two_products_may_share_one_item(self):
        item = self.env["xero.item"].search([("code", "=", "BOOK")])
        twin = self.env["product.product"].create(
            {"name": "Ash table", "taxes_id": self.gst.ids}
        )
        (self.product + twin).xero_item_id = item
        order = self.confirmed_order(
            order_line=[
                Command.create({"product_id": product.id})
                for product in self.product + twin
            ]
        )
        self.run_job(self.connection)
        lines = self.xero_invoice_of(order)["LineItems"][1:]
        self.assertEqual([line["ItemCode"] for line in lines], ["BOOK", "BOOK"])
