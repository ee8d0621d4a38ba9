"""An update says what Odoo changed of a contact; all else in Xero stays as it is."""

from odoo.fields import Command
from odoo.tests import tagged

from ..imports.import_case import ImportCase
from .review_case import ReviewCase

# What people type into Xero: blanks, brackets, codes for names, more than Odoo holds
AWKWARD = {
    "Name": "Kauri  & <Sons> ",
    "FirstName": "Ann ",
    "LastName": "O'  Lee",
    "EmailAddress": "Accounts@Kauri.example.com",
    "AccountNumber": "K  1",
    "CompanyNumber": " 004  045 634",
    "TaxNumber": "83 914  571 673 ",
    "DefaultCurrency": "USD",
    "Addresses": [
        {
            "AddressType": "POBOX",
            "AddressLine1": "1  Bay St",
            "AddressLine2": "Level 2",
            "AddressLine3": "Rear, left",
            "AddressLine4": "Box 9",
            "City": "Bay  City",
            "Region": "NSW",
            "PostalCode": " 2000",
            "Country": "AU",
        },
        {
            "AddressType": "STREET",
            "AddressLine1": "9 Quay  Rd",
            "City": "Perth ",
            "Region": "Nowhere",
            "Country": "Atlantis",
            "AttentionTo": "The  Gate",
        },
    ],
    "Phones": [
        {
            "PhoneType": "DEFAULT",
            "PhoneNumber": "9999  9999",
            "PhoneAreaCode": "02",
            "PhoneCountryCode": "+61",
        },
        {"PhoneType": "MOBILE", "PhoneNumber": " 0400 000 000"},
    ],
    "ContactPersons": [
        {
            "FirstName": "Jane  Ann",
            "LastName": "de Jong ",
            "EmailAddress": "Jane@Kauri.example.com",
            "IncludeInEmails": True,
        },
        {"FirstName": "Silent", "LastName": "One", "IncludeInEmails": False},
        {"FirstName": "Silent", "LastName": "Two", "IncludeInEmails": False},
    ],
    "PaymentTerms": {
        "Sales": {"Day": 31, "Type": "OFCURRENTMONTH"},
        "Bills": {"Day": 31, "Type": "DAYSAFTERBILLDATE"},
    },
}
# Odoo's field, its new value, and what of Xero's may change with it
CHANGES = (
    ("phone", "+61 2 1111 1111", "Phones/DEFAULT"),
    ("name", "Rimu Ltd", "Name"),
    ("email", "books@kauri.example.com", "EmailAddress"),
    ("ref", "K-2", "AccountNumber"),
    ("company_registry", "004 045 635", "CompanyNumber"),
    ("vat", "51 824 753 556", "TaxNumber"),
    ("city", "Sydney", "POBOX/City"),
    ("zip", "2001", "POBOX/PostalCode"),
    ("street", "2 Bay St", "POBOX/AddressLine1"),
    ("property_purchase_currency_id", "EUR", "DefaultCurrency"),
)
TOUCHED_BY_ITSELF = ("UpdatedDateUTC",)


@tagged("post_install", "-at_install")
class TestImportedContactIsUntouched(ImportCase):
    """Imported with awkward values, changed in Odoo, and looked at in Xero."""

    def setUp(self):
        super().setUp()
        (made,) = self.xero.seed("Contacts", [{"Name": "Kauri"}])
        self.xero_id = made["ContactID"]
        self.xero.edit("Contacts", self.xero_id, **AWKWARD)
        found = self.run_import(self.read_import())
        line = found.line_ids.filtered(
            lambda line: line.contact_id.xero_id == self.xero_id
        )
        self.partner = line.partner_id.with_company(self.company)
        self.assertTrue(self.partner, line.message)
        self.xero.clear_calls()

    def held(self):
        """What Xero holds, slot by slot."""
        (contact,) = (
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == self.xero_id
        )
        slots = {}
        for name, value in contact.items():
            if name == "Addresses":
                for address in value:
                    kind = address["AddressType"]
                    slots |= {f"{kind}/{key}": text for key, text in address.items()}
            elif name == "Phones":
                slots |= {f"Phones/{each['PhoneType']}": each for each in value}
            elif name not in TOUCHED_BY_ITSELF:
                slots[name] = value
        return {name: value for name, value in slots.items() if value}

    def changed_by(self, step):
        """Names of the slots that differ in Xero after a step in Odoo."""
        before = self.held()
        step()
        self.run_job(self.connection)
        row = self.partner.xero_contact_id
        self.assertEqual(row.state, "synced", row.message)
        after = self.held()
        return {
            name for name in {*before, *after} if before.get(name) != after.get(name)
        }

    def test_each_change_in_odoo_changes_its_own_field_in_xero_and_no_other(self):
        for field, value, slot in CHANGES:
            if field == "property_purchase_currency_id":
                value = self.env.ref(f"base.{value}").id
                self.partner.specific_property_product_pricelist = False
            with self.subTest(field):
                change = {field: value}
                changed = self.changed_by(
                    lambda change=change: self.partner.write(change)
                )
                self.assertEqual(changed, {slot})

    def test_a_person_is_added_beside_those_whom_xero_has(self):
        new = {"name": "Bo Li", "email": "bo@kauri.example.com"}
        changed = self.changed_by(
            lambda: self.partner.write({"child_ids": [Command.create(new)]})
        )
        self.assertEqual(changed, {"ContactPersons"})
        ours, *others = sorted(
            self.held()["ContactPersons"], key=lambda each: each["FirstName"]
        )
        self.assertEqual(ours["EmailAddress"], "bo@kauri.example.com")
        kept = [
            {key: text for key, text in each.items() if text or text is False}
            for each in others
        ]
        self.assertEqual(kept, AWKWARD["ContactPersons"])

    def test_terms_of_one_side_leave_the_other_as_it_is(self):
        term = self.env.ref("account.account_payment_term_15days")
        changed = self.changed_by(
            lambda: self.partner.write({"property_supplier_payment_term_id": term.id})
        )
        self.assertEqual(changed, {"PaymentTerms"})
        terms = self.held()["PaymentTerms"]
        self.assertEqual(terms["Sales"], AWKWARD["PaymentTerms"]["Sales"])
        self.assertEqual(terms["Bills"]["Day"], 15)

    def test_what_a_person_changed_in_xero_since_stays(self):
        self.xero.edit("Contacts", self.xero_id, Name="Totara", TaxNumber="1")
        changed = self.changed_by(lambda: self.partner.write({"ref": "K-3"}))
        self.assertEqual(changed, {"AccountNumber"})
        self.assertEqual(self.held()["Name"], "Totara")

    def test_an_edit_that_says_nothing_new_makes_no_call(self):
        self.assertFalse(self.changed_by(lambda: self.partner.write({"zip": "2000 "})))
        self.assertEqual(self.write_calls(), [])


@tagged("post_install", "-at_install")
class TestCutInOdoo(ReviewCase):
    """What is too long for Xero goes out cut, once."""

    def test_a_name_that_was_cut_is_sent_once(self):
        partner = self.made_in_xero(name="K" * 300, is_company=True)
        xero_id = partner.xero_contact_id.xero_id
        self.xero.edit("Contacts", xero_id, Name="Kauri")
        partner.phone = "1300 1300"
        self.run_job(self.connection)
        contact = self.contact_named("Kauri")
        self.assertEqual(contact["Phones"][0]["PhoneNumber"], "1300 1300")
        self.xero.clear_calls()
        partner.name = "K" * 290
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])


@tagged("post_install", "-at_install")
class TestChangeIsNotLost(ReviewCase):
    """What Odoo changed goes out, whatever happens to the contact meanwhile."""

    def phones_of(self, xero_id):
        (contact,) = (
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == xero_id
        )
        return [phone["PhoneNumber"] for phone in contact["Phones"]]

    def test_an_edit_after_a_merge_in_xero_goes_to_the_contact_that_stays(self):
        partner = self.made_in_xero(name="Merged Away", phone="+61 2 1111 1111")
        (kept,) = self.xero.seed("Contacts", [{"Name": "Kept"}])
        row = partner.xero_contact_id
        self.xero.merge_contacts(row.xero_id, into=kept["ContactID"])
        partner.phone = "+61 2 2222 2222"
        self.connection.sudo().contacts_due = True
        self.run_job(self.connection)
        self.run_job(self.connection)
        self.assertEqual(partner.xero_contact_id.xero_id, kept["ContactID"])
        self.assertIn("+61 2 2222 2222", self.phones_of(kept["ContactID"]))

    def test_a_partner_that_shared_the_contact_feeds_it_when_the_other_is_deleted(self):
        feeder = self.made_in_xero(name="Doubled", phone="+61 2 1111 1111")
        contact = feeder.xero_contact_id
        other = self.new_partner(name="Doubled too")
        other.xero_contact_id = contact
        feeder.unlink()
        self.assertEqual(contact.partner_id, other)

    def test_what_was_changed_back_after_a_lost_answer_is_said_again(self):
        partner = self.made_in_xero(name="Back and Forth", phone="+61 2 1111 1111")
        row = partner.xero_contact_id
        self.xero.fault("lost_answer", method="POST", path="/Contacts")
        partner.phone = "+61 2 2222 2222"
        self.run_job(self.connection)
        self.assertEqual(self.phones_of(row.xero_id), ["+61 2 2222 2222"])
        partner.phone = "+61 2 1111 1111"
        with self.later(minutes=10):
            self.run_job(self.connection)
            self.run_job(self.connection)
        self.assertEqual(self.phones_of(row.xero_id), ["+61 2 1111 1111"])


@tagged("post_install", "-at_install")
class TestContactOfAnOlderVersion(ReviewCase):
    """Sent before Odoo noted what it says of a contact."""

    def test_after_the_upgrade_an_update_says_only_what_changed(self):
        partner = self.made_in_xero(phone="1300 1300")
        row = partner.xero_contact_id.sudo()
        row.said = False
        row._note_what_was_said()
        self.xero.edit("Contacts", row.xero_id, Name="Kauri")
        partner.ref = "K-1"
        self.run_job(self.connection)
        self.assertEqual(self.contact_named("Kauri")["AccountNumber"], "K-1")

    def test_a_change_that_waited_during_the_upgrade_goes_out(self):
        partner = self.made_in_xero()
        row = partner.xero_contact_id.sudo()
        partner.phone = "1300 1300"
        row.said = False
        row._note_what_was_said()
        self.run_job(self.connection)
        contact = self.contact_named("Harbour Cafe")
        self.assertEqual(contact["Phones"][0]["PhoneNumber"], "1300 1300")


@tagged("post_install", "-at_install")
class TestPeopleWithoutEmail(ReviewCase):
    """Xero takes people only beside an e-mail of the contact itself."""

    def company_with_people(self, **values):
        company = self.new_partner(is_company=True, **values)
        self.person(company, "Ada Ng")
        return company

    def person(self, company, name):
        email = f"{name.split()[0].lower()}@example.com"
        return self.new_partner(name=name, email=email, parent_id=company.id)

    def people_in_xero(self):
        contact = self.contact_named("Harbour Cafe")
        people = contact.get("ContactPersons") or []
        return contact.get("EmailAddress") or "", [
            each["EmailAddress"] for each in people
        ]

    def sent(self, company):
        company.action_xero_create()
        self.run_job(self.connection)
        return company

    def assert_sent(self, company):
        row = company.xero_contact_id
        self.assertEqual((row.state, row.message), ("synced", False))

    def test_a_company_without_an_e_mail_goes_out_without_its_people(self):
        company = self.company_with_people()
        order = self.confirmed_order(partner_id=company.id)
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(self.people_in_xero(), ("", []))

    def test_people_follow_with_the_company_s_e_mail(self):
        company = self.sent(self.company_with_people())
        company.email = "office@example.com"
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(
            self.people_in_xero(), ("office@example.com", ["ada@example.com"])
        )

    def test_the_e_mail_stays_in_xero_while_people_are_there(self):
        company = self.sent(self.company_with_people(email="office@example.com"))
        company.write({"email": False, "phone": "1300 1300"})
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(
            self.people_in_xero(), ("office@example.com", ["ada@example.com"])
        )

    def test_the_e_mail_goes_when_the_last_of_the_people_does(self):
        company = self.sent(self.company_with_people(email="office@example.com"))
        company.email = False
        self.run_job(self.connection)
        company.child_ids.unlink()
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(self.people_in_xero(), ("", []))

    def test_e_mail_and_people_of_others_go_in_one_edit(self):
        company = self.sent(self.company_with_people(email="office@example.com"))
        self.person(company, "Bo Li")
        company.child_ids.filtered(lambda child: child.name == "Ada Ng").unlink()
        company.email = False
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(self.people_in_xero(), ("", []))

    def test_people_go_beside_an_e_mail_that_only_xero_knows(self):
        self.xero.seed(
            "Contacts", [{"Name": "Harbour Cafe", "EmailAddress": "x@example.com"}]
        )
        self.press_refresh(self.connection)
        self.finish_request()
        company = self.new_partner(
            is_company=True, xero_contact_id=self.read_contact("Harbour Cafe").id
        )
        self.person(company, "Ada Ng")
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(self.people_in_xero(), ("x@example.com", ["ada@example.com"]))

    def test_an_e_mail_that_a_person_emptied_in_xero_is_seen_after_the_refusal(self):
        company = self.sent(self.new_partner(is_company=True, email="a@example.com"))
        self.xero.edit("Contacts", company.xero_contact_id.xero_id, EmailAddress="")
        self.person(company, "Ada Ng")
        self.run_job(self.connection)
        self.run_job(self.connection)
        self.assert_sent(company)
        self.assertEqual(self.people_in_xero(), ("", []))

    def test_people_of_xero_s_own_outlive_two_edits(self):
        company = self.sent(self.company_with_people(email="office@example.com"))
        people = self.contact_named("Harbour Cafe")["ContactPersons"]
        zoe = {**people[0], "FirstName": "Zoe", "EmailAddress": "zoe@example.com"}
        self.xero.edit(
            "Contacts",
            company.xero_contact_id.xero_id,
            ContactPersons=[*people, zoe],
        )
        for minutes, name in ((6, "Bo Li"), (12, "Cy Wu")):
            with self.later(minutes=minutes):
                self.person(company, name)
                self.run_job(self.connection)
        self.assertEqual(
            sorted(self.people_in_xero()[1]),
            ["ada@example.com", "bo@example.com", "cy@example.com", "zoe@example.com"],
        )
