"""What only Xero knows of a contact stays; what Odoo has and what it watches."""

from odoo.tests import tagged

from odoo.addons.xero_sync import mappers

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
