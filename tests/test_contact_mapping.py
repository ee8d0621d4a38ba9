"""What goes out to Xero of a partner, field by field."""

import json
from datetime import date, timedelta

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import date_utils

from odoo.addons.xero_sync import mappers, xero_api
from odoo.addons.xero_sync.mappers.payment_terms import term_to_xero
from odoo.addons.xero_sync.mappers.texts import letters_only

from .common import XeroCase

NUMBER = "odoo-1234-7"
XERO_ID = "60aa5d55-a47e-4665-a974-874bb50263b9"
EMPTY_LINES = {"AddressLine3": "", "AddressLine4": ""}
# What people, imports and attackers put into fields
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("https://evil.example.com")',
    "x" * 3000,
    "🪵" * 300,
    "a\x00b\x07c\r\nd",
    "  two  blanks  ",
    "\u202eright to left",
    "\ud800 half an emoji",
    "Ünïcödé & \"quotes\" 'apostrophes'",
    "@example.com",
    "日本語",
    " ",
    "-",
)


class ContactMappingCase(XeroCase):
    """Partners mapped out, without sending them."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        self.australia = self.env.ref("base.au")

    def body(self, partner, xero_id=None, held=()):
        """The contact as it stands in the body of a request."""
        contact = mappers.partner_to_contact(
            partner.sudo(), self.connection.sudo(), NUMBER, xero_id, held
        )
        (element,) = json.loads(xero_api.serialise("Contacts", [contact]))["Contacts"]
        return element

    def new_partner(self, **values):
        return self.env["res.partner"].create({"name": "Jarrah & Co", **values})

    def full_partner(self):
        """A partner of which everything goes out."""
        dollars = self.env["product.pricelist"].create(
            {"name": "Dollars", "currency_id": self.env.ref("base.USD").id}
        )
        partner = self.new_partner(
            is_company=True,
            ref="J-1",
            email="Office@Jarrah.example.com",
            phone="+61 2 9999 9999",
            vat="83 914 571 673",
            company_registry="004 045 634",
            street="1 Bay St",
            street2="Level 2",
            city="Sydney",
            zip="2000",
            state_id=self.env.ref("base.state_au_2").id,
            country_id=self.australia.id,
            property_payment_term_id=self.env.ref(
                "account.account_payment_term_15days"
            ).id,
            property_supplier_payment_term_id=self.env.ref(
                "account.account_payment_term_end_following_month"
            ).id,
            specific_property_product_pricelist=dollars.id,
        )
        self.env["res.partner"].create(
            [
                {
                    "parent_id": partner.id,
                    "name": "Jane de Jong",
                    "email": "jane@jarrah.example.com",
                },
                {
                    "parent_id": partner.id,
                    "type": "delivery",
                    "name": "Gate 4",
                    "street": "9 Quay Rd",
                    "city": "Newcastle",
                },
            ]
        )
        return partner

    def link(self, partner, **details):
        """A contact of Xero's that the partner is linked to."""
        row = (
            self.env["xero.contact"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_id": XERO_ID,
                    "name": partner.name,
                    "state": "synced",
                    "requested_by": False,
                    "details": details,
                }
            )
        )
        partner.xero_contact_id = row


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
        partner = self.new_partner()
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
        partner = self.new_partner()
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

    def test_who_is_included_in_e_mails_stays_so(self):
        partner = self.new_partner()
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


@tagged("post_install", "-at_install")
class TestContactAccounting(ContactMappingCase):
    """Payment terms and currency."""

    def term(self, **line):
        return self.env["account.payment.term"].create(
            {"name": "Term", "line_ids": [Command.create(line)]}
        )

    def due(self, day, kind, start):
        """Xero's due date, after its page on types of payment terms."""
        month_end = date_utils.end_of(start, "month")
        if kind == "DAYSAFTERBILLDATE":
            return start + timedelta(day)
        if kind == "DAYSAFTERBILLMONTH":
            return month_end + timedelta(day)
        next_end = date_utils.end_of(month_end + timedelta(1), "month")
        return min(month_end + timedelta(day), next_end)

    def test_a_term_in_xero_has_the_due_date_it_has_in_odoo(self):
        starts = [date(2027, 1, 1) + timedelta(days) for days in range(0, 400, 3)]
        starts += [date(2028, 1, 31), date(2028, 2, 29), date(2026, 12, 31)]
        lines = [
            {"delay_type": delay_type, "nb_days": days, "days_next_month": day}
            for delay_type in (
                "days_after",
                "days_after_end_of_month",
                "days_after_end_of_next_month",
                "days_end_of_month_on_the",
            )
            for days in (0, 1, 20, 31, 32)
            for day in ("0", "1", "15", "31")
        ]
        said = 0
        for line in lines:
            term = self.term(**line)
            pair = term_to_xero(term)
            for start in starts if pair else ():
                odoo = term.line_ids._get_due_date(start)
                self.assertEqual(self.due(*pair, start), odoo, (line, pair, start))
            said += bool(pair)
        self.assertEqual(said, 4 * 4 + 4 * 4 + 4 + 4)

    def test_terms_xero_has_no_word_for_are_not_sent(self):
        refs = (
            "45days",
            "advance_60days",
            "30days_early_discount",
            "30_days_end_month_the_10",
        )
        for name in refs:
            term = self.env.ref(f"account.account_payment_term_{name}")
            body = self.body(self.new_partner(property_payment_term_id=term.id))
            self.assertNotIn("PaymentTerms", body, name)

    def test_the_terms_of_the_other_side_stay_as_they_are_in_xero(self):
        term = self.env.ref("account.account_payment_term_15days")
        partner = self.new_partner(property_payment_term_id=term.id)
        self.link(partner, bill_terms={"day": 7, "type": "OFCURRENTMONTH"})
        self.assertEqual(
            self.body(partner, XERO_ID)["PaymentTerms"]["Bills"],
            {"Day": 7, "Type": "OFCURRENTMONTH"},
        )

    def test_a_currency_the_organisation_lacks_is_not_sent(self):
        franc = self.env.ref("base.CHF")
        franc.active = True
        partner = self.new_partner(property_purchase_currency_id=franc.id)
        self.assertNotIn("DefaultCurrency", self.body(partner))

    def test_the_company_s_own_currency_is_not_sent(self):
        currency = self.company.currency_id
        partner = self.new_partner(property_purchase_currency_id=currency.id)
        self.assertNotIn("DefaultCurrency", self.body(partner))

    def test_of_two_foreign_currencies_none_is_the_default(self):
        self.env.ref("base.EUR").active = True
        partner = self.full_partner()
        partner.property_purchase_currency_id = self.env.ref("base.EUR")
        self.assertNotIn("DefaultCurrency", self.body(partner))


@tagged("post_install", "-at_install")
class TestWatchedFields(ContactMappingCase):
    """The one list of fields is right: none too few, none too many."""

    SIMPLE = ("char", "text", "html", "boolean", "integer", "float", "selection")

    def setUp(self):
        super().setUp()
        self.partner = self.full_partner()
        self.person = self.partner.child_ids.filtered("email")
        self.delivery = self.partner.child_ids - self.person
        self.before = self.body(self.partner)

    def changed_by(self, record, values):
        """Whether the contact is another one then; the change is undone."""
        try:
            with self.env.cr.savepoint() as savepoint:
                record.write(values)
                self.env.flush_all()
                changed = self.body(self.partner) != self.before
                savepoint.rollback()
        finally:
            self.env.invalidate_all()
        return changed

    def other_value(self, record, name):
        """A value of the field that is not the present one; None for none."""
        field, value = record._fields[name], record[name]
        if field.type == "boolean":
            return not value
        if field.type in ("integer", "float"):
            return value + 1
        if field.type == "selection":
            keys = [key for key in field.get_values(self.env) if key != value]
            return keys[0] if keys else None
        if field.type == "many2one":
            others = self.env[field.comodel_name].search([("id", "!=", value.id)])
            return others[-1:].id or None
        return f"{value or ''}x" if name != "email" else f"x{value or '@example.com'}"

    def test_each_watched_field_changes_the_contact(self):
        for name in mappers.WATCHED_FIELDS:
            with self.subTest(name):
                changed = any(
                    self.changed_by(record, {name: self.watched_value(record, name)})
                    for record in (self.partner, self.person, self.delivery)
                )
                self.assertTrue(changed)

    def watched_value(self, record, name):
        """For relations, a value that means another thing in Xero."""
        terms = "account.account_payment_term_30days"
        values = {
            "parent_id": False,
            "property_payment_term_id": self.env.ref(terms).id,
            "property_supplier_payment_term_id": self.env.ref(terms).id,
            "property_purchase_currency_id": self.env.ref("base.EUR").id,
            "specific_property_product_pricelist": False,
            "type": "other",
        }
        return values.get(name, self.other_value(record, name))

    def test_no_other_field_changes_the_contact(self):
        tried = set()
        for record in (self.partner, self.person, self.delivery):
            for name, field in record._fields.items():
                kept = field.store or field.company_dependent
                known = field.type in (*self.SIMPLE, "many2one")
                if not (kept and known) or field.readonly:
                    continue
                value = self.other_value(record, name)
                if name in mappers.WATCHED_FIELDS or value is None:
                    continue
                tried.add(name)
                self.assertFalse(self.changed_by(record, {name: value}), name)
        self.assertGreater(len(tried), 20)
