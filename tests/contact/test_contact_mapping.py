"""What goes out to Xero of a partner, field by field."""

from odoo.tests import tagged

from ... import mappers
from ...mappers.texts import letters_only
from .contact_mapping_case import HOSTILE, NUMBER, XERO_ID, ContactMappingCase

EMPTY_LINES = {"AddressLine3": "", "AddressLine4": ""}


@tagged("post_install", "-at_install")
class TestContactBodies(ContactMappingCase):
    """Golden bodies of a few partners."""

    maxDiff = None

    def test_body_of_a_company_with_everything(self):
        self.assertEqual(
            self.body(self.full_partner()),
            {
                "Name": "Jarrah & Co",
                "ContactNumber": NUMBER,
                "AccountNumber": "J-1",
                "CompanyNumber": "004 045 634",
                "EmailAddress": "office@jarrah.example.com",
                "TaxNumber": "83 914 571 673",
                "Addresses": [
                    {
                        "AddressType": "POBOX",
                        "AddressLine1": "1 Bay St",
                        "AddressLine2": "Level 2",
                        **EMPTY_LINES,
                        "City": "Sydney",
                        "Region": "New South Wales",
                        "PostalCode": "2000",
                        "Country": "Australia",
                    },
                    {
                        "AddressType": "STREET",
                        "AddressLine1": "9 Quay Rd",
                        "AddressLine2": "",
                        **EMPTY_LINES,
                        "City": "Newcastle",
                        "Region": "",
                        "PostalCode": "",
                        "Country": "",
                        "AttentionTo": "Gate 4",
                    },
                ],
                "Phones": [
                    {
                        "PhoneType": "DEFAULT",
                        "PhoneNumber": "+61 2 9999 9999",
                        "PhoneAreaCode": "",
                        "PhoneCountryCode": "",
                    }
                ],
                "ContactPersons": [
                    {
                        "FirstName": "Jane",
                        "LastName": "de Jong",
                        "EmailAddress": "jane@jarrah.example.com",
                    }
                ],
                "PaymentTerms": {
                    "Sales": {"Day": 15, "Type": "DAYSAFTERBILLDATE"},
                    "Bills": {"Day": 31, "Type": "OFFOLLOWINGMONTH"},
                },
                "DefaultCurrency": "USD",
            },
        )

    def test_body_of_a_person_with_a_name_only(self):
        partner = self.new_partner(name="Ann van der Berg")
        self.assertEqual(
            self.body(partner),
            {
                "Name": "Ann van der Berg",
                "FirstName": "Ann",
                "LastName": "van der Berg",
                "ContactNumber": NUMBER,
                "Addresses": [],
            },
        )

    def test_body_of_an_update_of_a_linked_company_with_a_name_only(self):
        partner = self.new_partner(is_company=True)
        self.assertEqual(
            self.body(partner, XERO_ID),
            {
                "ContactID": XERO_ID,
                "Name": "Jarrah & Co",
                "ContactNumber": NUMBER,
                "Addresses": [],
            },
        )

    def test_xero_takes_every_golden_body(self):
        partners = self.full_partner() + self.new_partner(name="Ann van der Berg")
        partners.action_xero_create()
        self.run_job(self.connection)
        rows = partners.xero_contact_id
        self.assertEqual(rows.mapped("state"), ["synced", "synced"])


@tagged("post_install", "-at_install")
class TestContactTexts(ContactMappingCase):
    """One rule each."""

    def test_a_partner_without_a_name_is_a_problem_that_names_it(self):
        partner = self.new_partner(name="\x07 ")
        with self.assertRaises(mappers.MappingError) as caught:
            self.body(partner)
        (problem,) = caught.exception.problems
        self.assertEqual(problem.record, partner)
        self.assertEqual(problem.key, f"partner_name:{partner.id}")

    def test_a_slash_is_no_tax_number(self):
        self.assertNotIn("TaxNumber", self.body(self.new_partner(vat="/")))

    def test_a_number_too_long_for_xero_is_left_out_not_cut(self):
        body = self.body(self.new_partner(ref="9" * 51, company_registry="9" * 50))
        self.assertNotIn("AccountNumber", body)
        self.assertEqual(body["CompanyNumber"], "9" * 50)

    def test_an_e_mail_xero_refuses_is_left_out(self):
        for email in ("jürgen@example.com", "no e-mail", "@", "a@b"):
            body = self.body(self.new_partner(email=email))
            self.assertNotIn("EmailAddress", body, email)

    def person(self, company, **values):
        return self.new_partner(parent_id=company.id, type="contact", **values)

    def test_an_e_mail_with_an_apostrophe_goes_also_of_a_person(self):
        email = "o'brien@example.com"
        partner = self.new_partner(email=email)
        self.person(partner, name="Pat O'Brien", email=f"pat.{email}")
        body = self.body(partner)
        self.assertEqual(body["EmailAddress"], email)
        self.assertEqual(body["ContactPersons"][0]["EmailAddress"], f"pat.{email}")

    def test_what_xero_has_no_place_for_is_said_on_the_contact(self):
        partner = self.new_partner(email="jürgen@example.com")
        for number in range(6):
            self.person(partner, name=f"P {number}", email=f"p{number}@example.com")
        self.person(partner, name="Two", email="a@example.com, b@x")
        partner.xero_contact_id = (
            self.env["xero.contact"]
            .sudo()
            .create(
                {"connection_id": self.connection.id, "name": "Jarrah", "xero_id": "x"}
            )
        )
        said = partner.xero_link_message
        self.assertIn("jürgen@example.com", said)
        self.assertIn("Xero keeps 5 people for a contact; ", said)

    def test_of_what_all_goes_nothing_is_said(self):
        partner = self.new_partner(email="o'brien@example.com")
        self.assertEqual(mappers.left_out(partner), [])

    def test_every_country_is_named_in_english_letters_and_found_again(self):
        lookups = mappers.Lookups(self.connection)
        self.env["res.lang"]._activate_lang("fr_FR")
        self.env["res.country"].search([]).with_context(lang="fr_FR").name = "Pays"
        for country in self.env["res.country"].search([]):
            body = self.body(self.new_partner(country_id=country.id))
            name = body["Addresses"][0]["Country"]
            self.assertRegex(name, r"^[A-Za-z ]{1,50}$")
            self.assertEqual(lookups.country(name), country, name)

    def test_accents_and_marks_of_a_country_become_letters(self):
        names = ("Côte d'Ivoire", "Timor-Leste", "São Tomé and Príncipe")
        self.assertEqual(
            [letters_only(name) for name in names],
            ["Cote dIvoire", "Timor Leste", "Sao Tome and Principe"],
        )

    def test_hostile_texts_go_out_within_xero_s_bounds(self):
        partners = self.env["res.partner"]
        texts = [text.encode("utf-8", "replace").decode() for text in HOSTILE]
        for number, text in enumerate(text.replace("\x00", "") for text in texts):
            values = dict.fromkeys(
                ("name", "email", "phone", "vat", "ref", "street", "city", "zip"), text
            )
            values["name"] = f"{number} {text}"
            partner = self.new_partner(**values, street2=text, company_registry=text)
            for kind in ("contact", "delivery"):
                self.new_partner(
                    parent_id=partner.id,
                    type=kind,
                    name=f"p{text}",
                    email=f"p{number}@example.com",
                    street=text,
                )
            partners += partner
        partners.action_xero_create()
        self.run_job(self.connection)
        for partner in partners:
            self.assertEqual(partner.xero_contact_id.state, "synced", partner.name[:50])


@tagged("post_install", "-at_install")
class TestContactAddresses(ContactMappingCase):
    """Invoices print the POBOX; goods go to the STREET."""

    def addresses(self, partner, **options):
        found = self.body(partner, **options)["Addresses"]
        return {each["AddressType"]: each.get("AddressLine1") for each in found}

    def child(self, partner, kind, **values):
        return self.new_partner(parent_id=partner.id, type=kind, name=False, **values)

    def test_invoice_and_delivery_address_go_to_their_places(self):
        partner = self.new_partner(street="own")
        self.child(partner, "invoice", street="invoice")
        self.child(partner, "delivery", street="delivery")
        self.assertEqual(
            self.addresses(partner), {"POBOX": "invoice", "STREET": "delivery"}
        )

    def test_an_invoice_address_that_is_only_an_e_mail_is_no_address(self):
        partner = self.new_partner(street="own")
        self.child(partner, "invoice", email="bills@example.com")
        self.assertEqual(self.addresses(partner)["POBOX"], "own")

    def test_a_new_contact_gets_its_address_in_both_places(self):
        partner = self.new_partner(street="own")
        self.assertEqual(self.addresses(partner), {"POBOX": "own", "STREET": "own"})

    def test_a_linked_contact_keeps_the_street_that_odoo_does_not_have(self):
        partner = self.new_partner(street="own")
        self.assertEqual(self.addresses(partner, xero_id=XERO_ID), {"POBOX": "own"})

    def test_a_linked_contact_keeps_its_address_when_odoo_has_a_country_only(self):
        partner = self.new_partner(country_id=self.australia.id)
        self.assertEqual(self.addresses(partner, xero_id=XERO_ID), {})

    def test_a_street_we_sent_follows_the_address(self):
        partner = self.new_partner(street="own")
        addresses = self.addresses(partner, xero_id=XERO_ID, held=["STREET"])
        self.assertEqual(addresses["STREET"], "own")

    def test_a_country_that_only_xero_knows_stays_with_the_same_place(self):
        partner = self.new_partner(street="1 High St", street2="a, b", city="Atlantis")
        known = {
            "type": "POBOX",
            "lines": ["1 High St", "a", "b"],
            "city": "Atlantis",
            "region": "Deep",
            "postal_code": "",
            "country": "Wakanda",
            "attention_to": "",
        }
        self.link(partner, addresses=[known])
        for city, stays in (("Atlantis", True), ("Perth", False)):
            partner.city = city
            (box,) = self.body(partner, XERO_ID, held=["POBOX"])["Addresses"]
            self.assertEqual(box.get("Country"), None if stays else "", city)
            self.assertEqual(box.get("Region"), None if stays else "", city)
