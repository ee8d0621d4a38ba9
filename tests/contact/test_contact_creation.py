from odoo.tests import Form, tagged

from .contact_case import ContactCase


@tagged("post_install", "-at_install")
class TestContactCreation(ContactCase):
    """Which customers and vendors are created in Xero without a click."""

    def test_new_customer_is_created_at_once_with_the_switch_on(self):
        connection = self.connected(auto_customer=True)
        partner = self.new_partner(customer_rank=1)
        self.run_job(connection)
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(partner.xero_contact_id.xero_id, contact["ContactID"])

    def test_new_vendor_is_created_at_once_with_its_own_switch(self):
        connection = self.connected(auto_customer=True)
        self.new_partner(supplier_rank=1)
        self.run_job(connection)
        self.assertEqual(self.contacts_named("Harbour Cafe"), [])
        connection.auto_supplier = True
        self.new_partner(name="Bay Bakery", supplier_rank=1)
        self.run_job(connection)
        self.contact_named("Bay Bakery")

    def test_who_is_neither_customer_nor_vendor_is_not_created(self):
        connection = self.connected(auto_customer=True, auto_supplier=True)
        self.new_partner()
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])

    def test_contact_person_and_address_are_not_contacts_of_their_own(self):
        connection = self.connected(auto_customer=True)
        company = self.new_partner(is_company=True, customer_rank=1)
        self.new_partner(name="Ada", parent_id=company.id, customer_rank=1)
        self.run_job(connection)
        self.assertEqual(self.contacts_named("Ada"), [])

    def test_salesperson_without_xero_rights_makes_customers_all_the_same(self):
        connection = self.connected(auto_customer=True)
        user = self.new_user("seller", "base.group_user,base.group_partner_manager")
        partner = self.env["res.partner"].with_user(user)
        partner.create({"name": "Harbour Cafe", "customer_rank": 1})
        self.run_job(connection)
        self.contact_named("Harbour Cafe")

    def test_ticking_the_box_creates_one_without_any_switch(self):
        connection = self.connected()
        with Form(self.env["res.partner"]) as form:
            form.name = "Harbour Cafe"
            form.xero_create = True
        self.run_job(connection)
        self.contact_named("Harbour Cafe")

    def test_box_left_alone_is_no_choice(self):
        customers = self.env["res.partner"].with_context(
            res_partner_search_mode="customer"
        )
        with Form(customers) as form:
            form.name = "Harbour Cafe"
        self.assertFalse(form.record.xero_create_choice)

    def test_box_of_a_new_customer_is_ticked_by_the_switch(self):
        connection = self.connected(auto_customer=True)
        customers = self.env["res.partner"].with_context(
            res_partner_search_mode="customer"
        )
        with Form(customers) as form:
            form.name = "Harbour Cafe"
            self.assertTrue(form.xero_create)
        self.assertFalse(form.record.xero_create_choice)
        self.run_job(connection)
        self.contact_named("Harbour Cafe")

    def test_unticked_box_overrides_the_switch(self):
        connection = self.connected(auto_customer=True)
        customers = self.env["res.partner"].with_context(
            res_partner_search_mode="customer"
        )
        with Form(customers) as form:
            form.name = "Harbour Cafe"
            form.xero_create = False
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])

    def test_unticking_before_it_is_sent_takes_it_back(self):
        connection = self.connected(auto_customer=True)
        partner = self.new_partner(customer_rank=1)
        partner.xero_create = False
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])

    def test_never_by_itself_makes_a_document_ask(self):
        connection = self.connected()
        self.customer.xero_create_choice = "no"
        order = self.confirmed_order()
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("has no Xero contact", order.xero_message)
        self.customer.xero_create_choice = "yes"
        self.run_job(connection)
        self.assertEqual(order.xero_state, "synced")

    def test_many_are_created_in_one_call_by_the_list_action(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Harbour Cafe {number}"} for number in range(12)]
        )
        partners.action_xero_create()
        self.finish_request()
        self.assertEqual(len(self.write_calls("/Contacts")), 1)
        self.assertEqual(len(partners.mapped("xero_contact_id.xero_id")), 12)

    def test_second_click_creates_nothing(self):
        partner = self.new_partner()
        partner.action_xero_create()
        partner.action_xero_create()
        self.finish_request()
        partner.action_xero_create()
        self.finish_request()
        self.contact_named("Harbour Cafe")
        self.assertEqual(len(self.write_calls()), 1)

    def test_what_keeps_a_contact_back_stands_on_the_partner(self):
        connection = self.connected()
        partner = self.new_partner(name="City Agency Pty Ltd")
        partner.action_xero_create()
        self.run_job(connection)
        partner.invalidate_recordset()
        self.assertEqual(partner.xero_link_state, "failed")
        self.assertIn("may be in Xero already: City Agency", partner.xero_link_message)

    def test_doubtful_contact_blocks_as_many_as_there_are_documents(self):
        connection = self.connected()
        agency = self.new_partner(name="City Agency Pty Ltd")
        self.confirmed_order(partner_id=agency.id)
        self.run_job(connection)
        issue = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertEqual(issue.blocked_count, 1)

    def test_linked_when_created_is_not_created_in_xero(self):
        connection = self.connected(auto_customer=True)
        row = self.read_contact("City Agency")
        partner = self.new_partner(customer_rank=1, xero_contact_id=row.id)
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(row.partner_id, partner)

    def test_partner_deleted_before_it_is_sent_creates_nothing(self):
        connection = self.connected(auto_customer=True)
        self.new_partner(customer_rank=1).unlink()
        self.run_job(connection)
        self.assertEqual(self.write_calls(), [])


@tagged("post_install", "-at_install")
class TestContactUpdates(ContactCase):
    """What is changed in Odoo is changed in Xero, of the contact it is linked to."""

    def prepare_connected(self):
        result = super().prepare_connected()
        self.connection.auto_customer = True
        self.cafe = self.new_partner(
            customer_rank=1, is_company=True, email="cafe@example.com"
        )
        self.run_job(self.connection)
        self.xero.clear_calls()
        return result

    def test_new_name_and_street_go_to_xero_in_one_call(self):
        self.cafe.name = "Harbour Kitchen"
        self.cafe.street = "1 Quay"
        self.run_job(self.connection)
        contact = self.contact_named("Harbour Kitchen")
        self.assertEqual(contact["Addresses"][0]["AddressLine1"], "1 Quay")
        self.assertEqual(len(self.write_calls()), 1)

    def test_new_contact_person_goes_to_xero(self):
        self.new_partner(name="Ada Ng", parent_id=self.cafe.id, email="ada@example.com")
        self.run_job(self.connection)
        (person,) = self.contact_named("Harbour Cafe")["ContactPersons"]
        self.assertEqual(person["EmailAddress"], "ada@example.com")

    def test_changed_and_deleted_contact_person_goes_to_xero(self):
        ada = self.new_partner(
            name="Ada Ng", parent_id=self.cafe.id, email="ada@example.com"
        )
        self.run_job(self.connection)
        ada.email = "ng@example.com"
        self.run_job(self.connection)
        (person,) = self.contact_named("Harbour Cafe")["ContactPersons"]
        self.assertEqual(person["EmailAddress"], "ng@example.com")
        ada.unlink()
        self.run_job(self.connection)
        self.assertFalse(self.contact_named("Harbour Cafe").get("ContactPersons"))

    def test_emptied_email_is_emptied_in_xero(self):
        self.cafe.email = False
        self.run_job(self.connection)
        self.assertFalse(self.contact_named("Harbour Cafe").get("EmailAddress"))

    def test_what_xero_does_not_hold_of_us_makes_no_call(self):
        self.cafe.comment = "Likes oak"
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_switched_off_nothing_goes(self):
        self.connection.update_contacts = False
        self.cafe.name = "Harbour Kitchen"
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_link_to_a_contact_of_xeros_loses_nothing_there(self):
        self.xero.seed(
            "Contacts",
            [{"Name": "Bay Bakery", "EmailAddress": "bay@example.com"}],
        )
        # Nor its name: an update never says what Odoo did not change
        self.press_refresh(self.connection)
        self.finish_request()
        bakery = self.new_partner(
            name="Bakery", xero_contact_id=self.read_contact("Bay Bakery").id
        )
        bakery.city = "Sydney"
        self.run_job(self.connection)
        contact = self.contact_named("Bay Bakery")
        self.assertEqual(contact["EmailAddress"], "bay@example.com")
        self.assertEqual(contact["Addresses"][0]["City"], "Sydney")

    def test_archived_contact_is_not_touched(self):
        row = self.cafe.xero_contact_id.sudo()
        row.archived_in_xero = True
        self.cafe.name = "Harbour Kitchen"
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(row.state, "synced")

    def test_edits_go_to_the_contact_linked_now_only(self):
        self.cafe.xero_contact_id = self.read_contact("City Agency")
        before = self.contact_named("Harbour Cafe")
        self.cafe.name = "Harbour Kitchen"
        self.run_job(self.connection)
        self.assertEqual(self.contact_named("Harbour Cafe"), before)
        self.assertEqual(
            self.contact_named("Harbour Kitchen")["ContactID"],
            self.cafe.xero_contact_id.xero_id,
        )
        self.assertFalse(self.contacts_named("City Agency"))

    def test_cleared_link_sends_no_edits(self):
        self.cafe.xero_contact_id = False
        self.cafe.name = "Harbour Kitchen"
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_one_contact_of_two_partners_is_fed_by_the_first(self):
        branch = self.new_partner(
            name="Cafe, north side", xero_contact_id=self.cafe.xero_contact_id.id
        )
        branch.name = "Cafe, north"
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.cafe.xero_contact_id = False
        branch.street = "2 Quay"
        self.run_job(self.connection)
        # The name is not the branch's change: it was made before it fed the contact
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(contact["Addresses"][0]["AddressLine1"], "2 Quay")

    def test_change_while_one_is_sent_is_not_lost(self):
        row = self.cafe.xero_contact_id.sudo()
        row.state = "sending"
        self.cafe.name = "Harbour Kitchen"
        self.env["xero.change"].sudo()._take_in(self.connection)
        self.assertTrue(row.changed_while_sending)

    def test_merge_in_xero_is_followed_by_the_link_and_the_documents(self):
        order = self.confirmed_order(partner_id=self.cafe.id)
        self.run_job(self.connection)
        other = self.read_contact("City Agency")
        self.xero.merge_contacts(self.cafe.xero_contact_id.xero_id, other.xero_id)
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertEqual(self.cafe.xero_contact_id, other)
        order.order_line.product_uom_qty = 3
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"], other.xero_id
        )
