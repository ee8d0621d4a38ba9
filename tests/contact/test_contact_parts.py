"""What only Xero knows of a contact stays; what Odoo emptied is emptied."""

from odoo.tests import tagged

from ... import mappers
from .contact_mapping_case import XERO_ID, ContactMappingCase


@tagged("post_install", "-at_install")
class TestContactPersons(ContactMappingCase):
    """Children with an e-mail are contact persons; five at most."""

    def person(self, partner, name, **values):
        email = f"{name.replace(' ', '.')}@example.com".lower()
        return self.new_partner(
            parent_id=partner.id, **{"name": name, "email": email, **values}
        )

    def persons(self, partner, **options):
        found = self.body(partner, **options).get("ContactPersons")
        return found and [each["EmailAddress"] for each in found]

    def known(self, email, **values):
        return {
            "first_name": "",
            "last_name": "",
            "email": email,
            "include_in_emails": False,
            **values,
        }

    def test_five_at_most(self):
        partner = self.new_partner(email="office@example.com")
        for number in range(7):
            self.person(partner, f"p{number}")
        self.assertEqual(len(self.persons(partner)), 5)

    def test_addresses_subsidiaries_and_who_has_no_e_mail_are_no_persons(self):
        partner = self.new_partner(is_company=True)
        self.person(partner, "address", type="delivery")
        self.person(partner, "subsidiary", is_company=True)
        self.person(partner, "silent", email=False)
        self.assertIsNone(self.persons(partner))

    def test_persons_that_only_xero_knows_stay(self):
        partner = self.new_partner(email="office@example.com")
        self.person(partner, "jane")
        self.link(
            partner,
            persons=[
                self.known("jane@example.com"),
                self.known("Xero.Only@example.com"),
                self.known("gone@example.com"),
            ],
        )
        held = ["ContactPersons/gone@example.com"]
        self.assertEqual(
            self.persons(partner, xero_id=XERO_ID, held=held),
            ["jane@example.com", "Xero.Only@example.com"],
        )

    def test_five_whom_xero_has_leave_no_room_for_odoos(self):
        partner = self.new_partner(email="office@example.com")
        self.person(partner, "jane")
        theirs = [f"x{number}@example.com" for number in range(5)]
        self.link(partner, persons=[self.known(email) for email in theirs])
        self.assertEqual(self.persons(partner, xero_id=XERO_ID), theirs)

    def test_who_is_included_in_e_mails_stays_so(self):
        partner = self.new_partner(email="office@example.com")
        self.person(partner, "jane")
        known = self.known("Jane@Example.com", include_in_emails=True)
        self.link(partner, persons=[known])
        (jane,) = self.body(partner, XERO_ID)["ContactPersons"]
        self.assertIs(jane["IncludeInEmails"], True)

    def test_the_last_person_we_sent_can_be_taken_away(self):
        held = ["ContactPersons/jane@example.com"]
        self.assertEqual(
            self.persons(self.new_partner(), xero_id=XERO_ID, held=held), []
        )

    def test_the_primary_person_of_a_linked_contact_stays(self):
        person = self.new_partner(name="Acme Trading")
        self.assertNotIn("FirstName", self.body(person, XERO_ID))
        body = self.body(person, XERO_ID, held=["FirstName"])
        self.assertEqual((body["FirstName"], body["LastName"]), ("Acme", "Trading"))

    def test_who_became_a_company_has_no_first_name_any_more(self):
        company = self.new_partner(is_company=True)
        body = self.body(company, XERO_ID, held=["FirstName"])
        self.assertEqual((body["FirstName"], body["LastName"]), ("", ""))


@tagged("post_install", "-at_install")
class TestContactParts(ContactMappingCase):
    """What is empty in Odoo empties what Xero has from us, and nothing else."""

    def test_every_part_of_a_body_is_named(self):
        parts = mappers.contact_parts(self.body(self.full_partner()))
        self.assertEqual(
            parts,
            [
                "EmailAddress",
                "TaxNumber",
                "CompanyNumber",
                "AccountNumber",
                "DefaultCurrency",
                "POBOX",
                "STREET",
                "Phones",
                "ContactPersons/jane@jarrah.example.com",
            ],
        )

    def test_an_emptied_part_is_none(self):
        held = mappers.contact_parts(self.body(self.full_partner()))
        emptied = self.body(self.new_partner(is_company=True), XERO_ID, held)
        self.assertEqual(mappers.contact_parts(emptied), ["DefaultCurrency"])

    def test_parts_that_odoo_lacks_are_left_out_unless_xero_has_them_from_us(self):
        held = mappers.contact_parts(self.body(self.full_partner()))
        partner = self.new_partner(is_company=True)
        for part in held:
            with self.subTest(part):
                without = set(self.body(partner, XERO_ID))
                body = self.body(partner, XERO_ID, [part])
                key = "Addresses" if part in ("POBOX", "STREET") else part.split("/")[0]
                if key == "Addresses":
                    (address,) = body[key]
                    self.assertEqual(set(address.values()), {part, ""})
                else:
                    self.assertEqual(set(body) - without, {key})

    def test_a_currency_we_sent_goes_back_to_the_company_s(self):
        body = self.body(self.new_partner(), XERO_ID, ["DefaultCurrency"])
        self.assertEqual(body["DefaultCurrency"], "AUD")

    def test_emptied_in_odoo_is_emptied_in_xero(self):
        partner = self.full_partner()
        partner.action_xero_create()
        self.run_job(self.connection)
        (partner.child_ids).unlink()
        partner.write(dict.fromkeys(("email", "phone", "street", "vat"), False))
        self.run_job(self.connection)
        contact = next(
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == partner.xero_contact_id.xero_id
        )
        self.assertEqual(contact["ContactPersons"], [])
        self.assertFalse(contact["EmailAddress"] or contact["TaxNumber"])
        self.assertEqual({each["AddressLine1"] for each in contact["Addresses"]}, {""})

    def test_what_was_emptied_once_is_xero_s_own_from_then_on(self):
        partner = self.full_partner()
        partner.action_xero_create()
        self.run_job(self.connection)
        partner.phone = False
        self.run_job(self.connection)
        phone = {"PhoneType": "DEFAULT", "PhoneNumber": "1300 1300"}
        xero_id = partner.xero_contact_id.xero_id
        self.xero.edit("Contacts", xero_id, Phones=[phone])
        partner.name = "Jarrah and Sons"
        self.run_job(self.connection)
        (contact,) = (
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == xero_id
        )
        self.assertEqual(contact["Name"], "Jarrah and Sons")
        self.assertEqual(contact["Phones"], [phone])
