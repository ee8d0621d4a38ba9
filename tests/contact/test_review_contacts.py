"""What would put contacts and items wrong, lose their changes or leave them stuck."""

from odoo.tests import tagged

from .review_case import ReviewCase


@tagged("post_install", "-at_install")
class TestContactRaces(ReviewCase):
    """A person decides while the worker is busy with the same contact."""

    def lost_creation(self):
        """An order whose contact's creation never reached Xero, nobody knows yet."""
        self.xero.fault("dropped_before", method="PUT", path="/Contacts")
        order = self.confirmed_order()
        self.run_job(self.connection)
        row = self.env["xero.contact"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(row.state, "sending")
        self.xero.clear_calls()
        return order

    def test_link_made_while_the_contact_is_sent_stays_and_none_is_created(self):
        order = self.lost_creation()
        agency = self.read_contact("City Agency")
        self.customer.xero_contact_id = agency
        with self.later(minutes=10):
            self.run_job(self.connection)
            self.run_job(self.connection)
        self.assertEqual(self.customer.xero_contact_id, agency)
        self.assertEqual(self.write_calls("/Contacts"), [])
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["Contact"]["ContactID"], agency.xero_id)

    def test_link_made_while_the_contact_is_sent_outlives_a_namesake_in_xero(self):
        order = self.lost_creation()
        agency = self.read_contact("City Agency")
        self.customer.xero_contact_id = agency
        self.xero.seed("Contacts", [{"Name": self.customer.name}])
        with self.later(minutes=90):
            self.run_job(self.connection)
            self.run_job(self.connection)
        self.assertEqual(self.customer.xero_contact_id, agency)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["Contact"]["ContactID"], agency.xero_id)

    def test_who_becomes_a_contact_person_before_it_is_sent_is_not_created(self):
        company = self.made_in_xero(name="Harbour Group", is_company=True)
        ada = self.new_partner(name="Ada Ng")
        ada.action_xero_create()
        ada.parent_id = company
        self.run_job(self.connection)
        self.assertEqual(self.contacts_named("Ada Ng"), [])

    def test_deleted_partner_that_waits_is_not_created(self):
        partner = self.new_partner()
        partner.action_xero_create()
        partner.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        rows = self.env["xero.contact"].search([("state", "!=", "synced")])
        self.assertFalse(rows)

    def test_two_partners_linked_in_one_write_have_one_feeder(self):
        partners = self.new_partner() + self.new_partner(name="Bay Bakery")
        agency = self.read_contact("City Agency")
        partners.write({"xero_contact_id": agency.id})
        self.assertEqual(agency.partner_id, partners[0])
        partners.write({"xero_contact_id": self.read_contact("Bayside Club").id})
        self.assertFalse(agency.partner_id)


@tagged("post_install", "-at_install")
class TestContactCompanies(ReviewCase):
    """One partner, several companies: each company's Xero has what is right for it."""

    def test_edit_made_in_another_company_goes_out_too(self):
        cafe = self.made_in_xero()
        cafe.with_company(self.other_company()).email = "cafe@example.com"
        self.run_job(self.connection)
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(contact.get("EmailAddress"), "cafe@example.com")

    def test_contact_person_added_in_another_company_goes_out_too(self):
        # Xero takes people only beside an e-mail of the contact itself
        cafe = self.made_in_xero(is_company=True, email="cafe@example.com")
        elsewhere = self.env["res.partner"].with_company(self.other_company())
        elsewhere.create(
            {"name": "Ada Ng", "email": "ada@example.com", "parent_id": cafe.id}
        )
        self.run_job(self.connection)
        (person,) = self.contact_named("Harbour Cafe")["ContactPersons"]
        self.assertEqual(person["EmailAddress"], "ada@example.com")

    def test_in_a_branch_a_partner_linked_in_its_parent_is_not_created_again(self):
        agency = self.read_contact("City Agency")
        self.new_partner(name="City", xero_contact_id=agency.id)
        cafe = self.new_partner(xero_contact_id=agency.id)
        cafe.with_company(self.branch()).action_xero_create()
        self.finish_request()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(cafe.xero_contact_id, agency)

    def test_never_by_itself_said_in_a_branch_counts(self):
        self.customer.with_company(self.branch()).xero_create_choice = "no"
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertIn("has no Xero contact", order.xero_message)

    def test_customer_made_in_a_company_without_a_connection_stays_at_home(self):
        self.connection.auto_customer = True
        partners = self.env["res.partner"].with_company(self.other_company())
        partners.create({"name": "Harbour Cafe", "customer_rank": 1})
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])


@tagged("post_install", "-at_install")
class TestPartnerMerge(ReviewCase):
    """Odoo's own merge of partners keeps the link and strands nothing."""

    def test_link_of_the_merged_partner_goes_to_the_one_that_stays(self):
        duplicate, kept = self.made_in_xero(), self.new_partner(name="Cafe")
        contact = duplicate.xero_contact_id
        self.merge_partners(duplicate, kept)
        self.assertEqual(kept.xero_contact_id, contact)
        kept.email = "cafe@example.com"
        self.run_job(self.connection)
        (contact,) = self.contacts_named("Cafe")
        self.assertEqual(contact["EmailAddress"], "cafe@example.com")

    def test_both_linked_keep_both_contacts_in_the_list(self):
        duplicate, kept = self.made_in_xero(), self.made_in_xero(name="Cafe")
        left, own = duplicate.xero_contact_id, kept.xero_contact_id
        self.merge_partners(duplicate, kept)
        self.assertTrue(left.exists())
        self.assertFalse(left.partner_id)
        self.assertEqual(own.partner_id, kept)

    def test_document_that_waits_for_the_merged_partners_contact_goes(self):
        kept = self.made_in_xero(name="Cafe")
        self.customer.name = "City Agency Pty Ltd"
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "held")
        self.merge_partners(self.customer, kept)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(
            self.xero_invoice_of(order)["Contact"]["ContactID"],
            kept.xero_contact_id.xero_id,
        )
        open_issues = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertFalse(open_issues.mapped("name"))

    def test_merge_is_possible_after_the_connection_was_archived(self):
        duplicate, kept = self.made_in_xero(), self.new_partner(name="Cafe")
        self.connection.active = False
        self.merge_partners(duplicate, kept)
        self.assertFalse(duplicate.exists())


@tagged("post_install", "-at_install")
class TestXerosOwnData(ReviewCase):
    """What only Xero knows stays there."""

    def test_contact_person_added_in_xero_outlives_an_edit_in_odoo(self):
        cafe = self.made_in_xero(is_company=True, email="cafe@example.com")
        self.new_partner(name="Ada Ng", email="ada@example.com", parent_id=cafe.id)
        self.run_job(self.connection)
        persons = self.contact_named("Harbour Cafe")["ContactPersons"]
        bob = {**persons[0], "FirstName": "Bob", "EmailAddress": "bob@example.com"}
        self.xero.edit(
            "Contacts", cafe.xero_contact_id.xero_id, ContactPersons=[*persons, bob]
        )
        with self.later(minutes=6):
            cafe.phone = "+61 2 5550 1234"
            self.run_job(self.connection)
        persons = self.contact_named("Harbour Cafe")["ContactPersons"]
        self.assertEqual(
            {person["EmailAddress"] for person in persons},
            {"ada@example.com", "bob@example.com"},
        )


@tagged("post_install", "-at_install")
class TestStuckContacts(ReviewCase):
    """Nothing waits, and no issue stays open, once its cause is gone."""

    def test_name_taken_by_an_edit_is_solved_by_linking_the_other_contact(self):
        cafe = self.made_in_xero()
        cafe.name = "City Agency"
        self.run_job(self.connection)
        self.assertEqual(cafe.xero_link_state, "failed")
        cafe.xero_contact_id = self.read_contact("City Agency")
        self.run_job(self.connection)
        open_issues = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertFalse(open_issues.mapped("name"))

    def test_partner_deleted_while_a_person_is_asked_about_it_closes_the_issue(self):
        partner = self.new_partner(name="City Agency Pty Ltd")
        partner.action_xero_create()
        self.finish_request()
        self.assertEqual(partner.xero_link_state, "failed")
        partner.unlink()
        self.run_job(self.connection)
        open_issues = self.env["xero.issue"].search([("state", "=", "open")])
        self.assertFalse(open_issues.mapped("name"))

    def test_contact_restored_in_xero_gets_what_changed_meanwhile(self):
        cafe = self.made_in_xero()
        contact_id = cafe.xero_contact_id.xero_id
        self.xero.edit("Contacts", contact_id, ContactStatus="ARCHIVED")
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertTrue(cafe.xero_contact_id.archived_in_xero)
        cafe.email = "cafe@example.com"
        self.run_job(self.connection)
        self.xero.edit("Contacts", contact_id, ContactStatus="ACTIVE")
        self.press_refresh(self.connection)
        self.finish_request()
        self.run_job(self.connection)
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(contact.get("EmailAddress"), "cafe@example.com")


@tagged("post_install", "-at_install")
class TestPartnerCopies(ReviewCase):
    """Copies, files and large numbers of partners."""

    def test_copied_partner_has_no_link_and_no_choice(self):
        cafe = self.made_in_xero()
        cafe.xero_create_choice = "yes"
        copy = cafe.copy()
        self.assertFalse(copy.xero_contact_id)
        self.assertFalse(copy.xero_create_choice)

    def test_customers_of_a_file_cost_queries_by_the_batch(self):
        self.connection.auto_customer = True

        def queries(count):
            before = self.env.cr.sql_log_count
            self.env["res.partner"].create(
                [
                    {"name": f"Harbour Cafe {count} {number}", "customer_rank": 1}
                    for number in range(count)
                ]
            )
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(5)
        few = queries(20)
        self.assertLess(queries(200), few * 4)

    def test_write_on_many_partners_costs_queries_by_the_batch(self):
        partners = self.env["res.partner"].create(
            [{"name": f"Harbour Cafe {number}"} for number in range(300)]
        )
        self.env["xero.contact"].sudo().create(
            [
                {
                    "connection_id": self.connection.id,
                    "partner_id": partner.id,
                    "name": partner.name,
                    "xero_id": f"00000000-0000-0000-0000-{partner.id:012}",
                    "state": "synced",
                }
                for partner in partners
            ]
        )
        self.env.flush_all()

        def queries(some, **values):
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            some.write(values)
            self.env.flush_all()
            return self.env.cr.sql_log_count - before

        queries(partners[:5], city="Perth")
        few = queries(partners[:20], city="Sydney")
        self.assertLess(queries(partners, city="Hobart"), few * 3)

    def test_salesperson_edits_a_linked_customer_without_xero_rights(self):
        cafe = self.made_in_xero()
        user = self.new_user("seller", "base.group_user,base.group_partner_manager")
        cafe.with_user(user).email = "cafe@example.com"
        self.run_job(self.connection)
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(contact["EmailAddress"], "cafe@example.com")

    def test_customer_changes_the_own_address_on_the_portal(self):
        cafe = self.made_in_xero()
        user = self.new_user("portal cafe", "base.group_portal", partner_id=cafe.id)
        cafe.with_user(user).sudo().write({"city": "Perth"})
        self.run_job(self.connection)
        contact = self.contact_named(cafe.name)
        self.assertEqual(contact["Addresses"][0]["City"], "Perth")
