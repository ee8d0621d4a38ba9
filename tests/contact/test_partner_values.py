"""What comes in of a Xero contact, rule by rule; whatever it says, nothing breaks."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from ... import mappers
from ..money.money_batches import TIMES, batches
from .contact_mapping_case import HOSTILE, PartnerValuesCase


@tagged("post_install", "-at_install")
class TestPartnerValues(PartnerValuesCase):
    """One rule each."""

    def test_without_details_there_is_a_company_of_that_name(self):
        for details in (None, {}):
            partner, notes = self.read_in(details)
            self.assertEqual((partner.name, notes), ("Jarrah & Co", []))
            self.assertTrue(partner.is_company)

    def test_a_contact_without_a_name_is_a_problem_that_names_it(self):
        for name in ("-", " ", "\x07", False):
            with self.assertRaises(mappers.MappingError) as caught:
                self.read_in(name=name, contact_number="C-17")
            (problem,) = caught.exception.problems
            self.assertIn("C-17", problem.title)

    def test_first_and_last_name_that_are_the_name_make_a_person(self):
        names = {"first_name": "Jarrah", "last_name": "& co"}
        self.assertFalse(self.read_in(names)[0].is_company)

    def test_a_company_s_primary_person_becomes_a_contact_person_once(self):
        details = {"first_name": "Ann", "last_name": "Lee"}
        partner, _notes = self.read_in(details)
        self.assertEqual(partner.child_ids.mapped("name"), ["Ann Lee"])
        details["persons"] = [self.person("ann", "lee", "ann@example.com")]
        partner, _notes = self.read_in(details)
        self.assertEqual(partner.child_ids.mapped("email"), ["ann@example.com"])

    def test_persons_are_children_named_by_their_e_mail_if_need_be(self):
        persons = [
            self.person("Ann", "Lee", "ann@example.com"),
            self.person("", "", "bo@example.com"),
            self.person("", "", ""),
            self.person("Cy", "", "no e-mail"),
        ]
        partner, notes = self.read_in({"persons": persons})
        self.assertEqual(
            sorted((child.name, child.email) for child in partner.child_ids),
            [
                ("Ann Lee", "ann@example.com"),
                ("Cy", False),
                ("bo@example.com", "bo@example.com"),
            ],
        )
        self.assertEqual(notes, ["E-mail: no e-mail"])

    def test_customer_and_supplier_flags_become_ranks(self):
        partner, _notes = self.read_in(is_customer=True)
        self.assertEqual((partner.customer_rank, partner.supplier_rank), (1, 0))
        partner, _notes = self.read_in(is_supplier=True)
        self.assertEqual((partner.customer_rank, partner.supplier_rank), (0, 1))

    # === PHONES, E-MAIL, WEBSITE === #

    def test_a_phone_has_its_country_and_area_code(self):
        for parts, number in (
            (("9999 9999", "02", "61"), "+61 02 9999 9999"),
            (("9999 9999", "02", "+61"), "+61 02 9999 9999"),
            (("9999 9999", "02"), "02 9999 9999"),
            (("+61 2 9999", "02", "61"), "+61 2 9999"),
        ):
            partner, notes = self.read_in({"phones": [self.phone("DEFAULT", *parts)]})
            self.assertEqual((partner.phone, notes), (number, []))

    def test_other_phones_stand_in_the_notes(self):
        phones = [
            self.phone("FAX", "3"),
            self.phone("MOBILE", "2"),
            self.phone("DEFAULT", "1"),
            self.phone("DDI", "4"),
        ]
        partner, notes = self.read_in({"phones": phones})
        self.assertEqual(partner.phone, "1")
        self.assertEqual(notes, ["Mobile: 2", "Direct dial: 4", "Fax: 3"])
        for note in notes:
            self.assertIn(note, partner.comment)

    def test_a_mobile_is_the_phone_when_there_is_no_other(self):
        partner, notes = self.read_in({"phones": [self.phone("MOBILE", "2")]})
        self.assertEqual((partner.phone, notes), ("2", []))

    def test_an_e_mail_that_is_none_is_noted(self):
        partner, notes = self.read_in(email="a@b@c")
        self.assertEqual((partner.email, notes), (False, ["E-mail: a@b@c"]))

    def test_a_website_comes_along_when_it_is_one(self):
        partner, notes = self.read_in({"website": "https://jarrah.example.com"})
        self.assertEqual(partner.website, "https://jarrah.example.com")
        for text in ("javascript:alert(1)", "http://[", "ftp://x.example.com"):
            partner, notes = self.read_in({"website": text})
            self.assertEqual((partner.website, notes), (False, [f"Website: {text}"]))

    # === ADDRESSES === #

    def test_lines_three_and_four_are_kept(self):
        address = self.address("POBOX", "1 Bay St", "Level 2", "Rear", "Red door")
        partner, _notes = self.read_in({"addresses": [address]})
        self.assertEqual(partner.street, "1 Bay St")
        self.assertEqual(partner.street2, "Level 2, Rear, Red door")

    def test_the_street_is_the_address_when_there_is_no_other(self):
        address = self.address("STREET", "9 Quay Rd", city="Newcastle")
        partner, _notes = self.read_in({"addresses": [address]})
        self.assertEqual((partner.street, partner.city), ("9 Quay Rd", "Newcastle"))
        self.assertFalse(partner.child_ids)

    def test_another_street_is_a_delivery_address(self):
        box, street = self.address("POBOX", "PO Box 1"), self.address("STREET", "9 Rd")
        partner, _notes = self.read_in({"addresses": [street, box]})
        self.assertEqual(partner.street, "PO Box 1")
        (child,) = partner.child_ids
        self.assertEqual((child.type, child.street), ("delivery", "9 Rd"))

    def test_the_same_street_is_no_child(self):
        same = [self.address(kind, "9 Rd") for kind in ("POBOX", "STREET")]
        self.assertFalse(self.read_in({"addresses": same})[0].child_ids)

    def test_attention_is_an_invoice_address_that_gets_the_e_mail(self):
        box = self.address("POBOX", "PO Box 1", attention_to="Accounts")
        street = self.address("STREET", "9 Rd")
        partner, _notes = self.read_in(
            {"addresses": [box, street]}, email="office@example.com"
        )
        self.assertEqual(partner.street, "9 Rd")
        (child,) = partner.child_ids
        self.assertEqual((child.type, child.name), ("invoice", "Accounts"))
        self.assertEqual(child.email, "office@example.com")
        found = partner.address_get(["invoice", "delivery"])
        self.assertEqual(found["invoice"], child.id)
        self.assertEqual(found["delivery"], partner.id)

    def test_countries_are_found_by_name_code_or_alias(self):
        for text, code in (
            ("Australia", "AU"),
            ("australia ", "AU"),
            ("AU", "AU"),
            ("The Netherlands", "NL"),
            ("UK", "GB"),
            ("Scotland", "GB"),
            ("USA", "US"),
            ("Cote d'Ivoire", "CI"),
        ):
            self.assertEqual(self.lookups.country(text).code, code, text)

    def test_countries_are_found_in_the_languages_in_use(self):
        self.env["res.lang"]._activate_lang("de_DE")
        germany = self.env.ref("base.de")
        germany.with_context(lang="de_DE").name = "Deutschland"
        lookups = mappers.Lookups(self.connection.sudo())
        self.assertEqual(lookups.country("Deutschland"), germany)
        self.assertEqual(lookups.country("Germany"), germany)

    def test_unknown_country_and_region_are_noted(self):
        address = self.address("POBOX", "1 Rd", country="Wakanda", region="Deep")
        partner, notes = self.read_in({"addresses": [address]})
        self.assertFalse(partner.country_id or partner.state_id)
        self.assertEqual(notes, ["Country: Wakanda", "Region: Deep"])

    def test_regions_are_states_by_name_or_code_of_their_country_only(self):
        state = self.env.ref("base.state_au_2")
        for region in ("New South Wales", "nsw"):
            address = self.address("POBOX", "1", country="Australia", region=region)
            self.assertEqual(self.read_in({"addresses": [address]})[0].state_id, state)
        abroad = self.address("POBOX", "1", country="New Zealand", region="NSW")
        partner, notes = self.read_in({"addresses": [abroad]})
        self.assertEqual((partner.state_id.id, notes), (False, ["Region: NSW"]))

    def test_without_a_country_a_region_is_one_at_home(self):
        self.company.country_id = self.australia
        address = self.address("POBOX", "1", region="NSW")
        partner, _notes = self.read_in({"addresses": [address]})
        self.assertEqual(partner.country_id, self.australia)

    # === ACCOUNTING === #

    def test_a_tax_number_odoo_would_refuse_is_noted(self):
        def refuse(_self, country, vat, partner_name="", validation="error"):
            self.assertEqual(country, self.australia)
            return "", country.code

        self.patch(type(self.env["res.partner"]), "_run_vat_checks", refuse)
        address = self.address("POBOX", "1", country="Australia")
        partner, notes = self.read_in({"addresses": [address]}, tax_number="123")
        self.assertEqual((partner.vat, notes), (False, ["Tax number: 123"]))

    def test_a_tax_number_that_breaks_odoo_s_check_is_noted(self):
        for error in (IndexError, ValueError, ValidationError):

            def fail(*_args, error=error, **_kwargs):
                raise error("odd")

            self.patch(type(self.env["res.partner"]), "_run_vat_checks", fail)
            values, notes = mappers.partner_values(
                self.row(tax_number="-.-"), self.lookups
            )
            self.assertEqual((values["vat"], notes), (False, ["Tax number: -.-"]))

    def test_terms_are_odoo_s_that_mean_the_same_day(self):
        terms = self.env["account.payment.term"]
        line = {"delay_type": "days_end_of_month_on_the", "days_next_month": "20"}
        twentieth = terms.create({"name": "20th", "line_ids": [Command.create(line)]})
        lookups = mappers.Lookups(self.connection.sudo())
        for day, kind, term in (
            (20, "OFFOLLOWINGMONTH", twentieth),
            (20, "DAYSAFTERBILLMONTH", twentieth),
            (
                15,
                "DAYSAFTERBILLDATE",
                self.env.ref("account.account_payment_term_15days"),
            ),
            (31, "OFCURRENTMONTH", terms),
            (5, "OFCURRENTMONTH", terms),
        ):
            self.assertEqual(lookups.term(day, kind), term, (day, kind))

    def test_terms_odoo_does_not_have_are_noted(self):
        details = {
            "sales_terms": {"day": 5, "type": "OFCURRENTMONTH"},
            "bill_terms": {"day": 9, "type": "SOMETHING"},
        }
        partner, notes = self.read_in(details)
        self.assertFalse(partner.property_payment_term_id)
        self.assertEqual(
            notes,
            [
                "Payment terms of invoices: day 5 of the month",
                "Payment terms of bills: 9 SOMETHING",
            ],
        )

    def test_a_supplier_s_currency_is_that_of_its_purchases(self):
        partner, notes = self.read_in({"currency": "USD"}, is_supplier=True)
        self.assertEqual(partner.property_purchase_currency_id.name, "USD")
        self.assertEqual(notes, [])

    def test_a_customer_s_currency_is_that_of_its_only_pricelist(self):
        _partner, notes = self.read_in({"currency": "USD"}, is_customer=True)
        self.assertEqual(notes, ["Currency: USD"])
        dollars = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": self.env.ref("base.USD").id}
        )
        self.lookups = mappers.Lookups(self.connection.sudo())
        partner, notes = self.read_in({"currency": "USD"}, is_customer=True)
        self.assertEqual(partner.property_product_pricelist, dollars)
        self.assertEqual(notes, [])

    def test_the_company_s_currency_and_an_unknown_one_set_nothing(self):
        for code, notes in (("AUD", []), ("XXX", ["Currency: XXX"])):
            partner, found = self.read_in({"currency": code}, is_supplier=True)
            self.assertFalse(partner.property_purchase_currency_id)
            self.assertEqual(found, notes)


@tagged("post_install", "-at_install")
class TestImportedParts(PartnerValuesCase):
    """What came along may be emptied from Odoo later; what did not is Xero's."""

    def test_only_what_came_along_is_a_part(self):
        row = self.row(
            {
                "addresses": [self.address("POBOX", "1 Rd")],
                "persons": [self.person("Ann", "Lee", "Ann@example.com")],
                "phones": [self.phone("DEFAULT", "1")],
            },
            email="a@b@c",
            tax_number="51 824 753 556",
        )
        values, _notes = mappers.partner_values(row, self.lookups)
        self.assertEqual(
            mappers.imported_parts(row, values),
            ["TaxNumber", "Phones", "POBOX", "ContactPersons/ann@example.com"],
        )

    def test_what_an_import_could_not_take_stays_in_xero(self):
        (contact,) = self.xero.seed(
            "Contacts",
            [{"Name": "Kauri Ltd", "TaxNumber": "1", "AccountNumber": "K-1"}],
        )
        found = self.env["xero.import"].create({"connection_id": self.connection.id})
        found.action_read()
        self.run_job(self.connection)
        line = found.line_ids.filtered(lambda line: line.name == "Kauri Ltd")
        self.assertEqual(line.action, "create")
        found.action_run()
        self.run_job(self.connection)
        self.assertEqual(line.contact_id.sent_parts, ["TaxNumber", "AccountNumber"])
        line.partner_id.ref = False
        line.contact_id.sudo().sent_parts = ["AccountNumber"]
        line.partner_id.vat = False
        self.run_job(self.connection)
        (after,) = (
            each
            for each in self.xero.state()["Contacts"]
            if each["ContactID"] == contact["ContactID"]
        )
        self.assertEqual((after["TaxNumber"], after["AccountNumber"]), ("1", ""))


@tagged("post_install", "-at_install")
class TestHostileContacts(PartnerValuesCase):
    """Markup, formulas, control characters, emoji, three thousand characters."""

    def test_hostile_texts_make_partners(self):
        for text in HOSTILE:
            text = text.replace("\x00", "").encode("utf-8", "replace").decode()
            with self.subTest(text[:20]):
                partner, notes = self.read_in(self.everywhere(text), name=f"x{text}")
                self.assertTrue(partner.name)
                self.assertNotIn("<script>", partner.comment or "")

    def test_markup_is_text_in_the_notes(self):
        partner, notes = self.read_in(email="<b>bold</b> <script>alert(1)</script>")
        self.assertIn("&lt;script&gt;", partner.comment)
        self.assertEqual(len(notes), 1)

    def everywhere(self, text):
        """A contact that says this in every place."""
        parts = ("city", "region", "postal_code", "country", "attention_to")
        return {
            "first_name": text,
            "last_name": text,
            "company_number": text,
            "website": text,
            "currency": text,
            "addresses": [
                self.address(kind, text, text, text, **dict.fromkeys(parts, text))
                for kind in ("POBOX", "STREET", text)
            ],
            "phones": [self.phone(kind, text, text, text) for kind in ("FAX", text)],
            "persons": [self.person(text, text, text)],
            "sales_terms": {"day": 10**9, "type": text},
            "bill_terms": {"day": -5, "type": text},
        }

    @batches(40 * TIMES)
    @given(st.text(max_size=300), st.text(max_size=40))
    def test_no_text_breaks_the_mapping(self, text, name):
        text, name = (
            each.replace("\x00", "").encode("utf-8", "replace").decode()
            for each in (text, name)
        )
        row = self.row(self.everywhere(text), name=f"x{name}", tax_number=text)
        row.update({"email": text, "account_number": text, "is_customer": True})
        vals, notes = mappers.partner_values(row, self.lookups)
        self.assertTrue(vals["name"])
        self.assertTrue(all(isinstance(note, str) for note in notes))
