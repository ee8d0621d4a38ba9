from odoo.tests import tagged

from ...mappers.match_keys import Rule
from ...models.contact import xero_matching
from ..xero_server import TENANT_UK
from .matching_case import ABN, OTHER_ABN, MatchingCase

NAME = 'Ann & "Bo" O\'Hara <West> 🪵'


@tagged("post_install", "-at_install")
class TestMatchingPartners(MatchingCase):
    """Which contact is this partner, and the other way round: each rule."""

    # === SURE === #

    def test_the_number_of_odoos_own_contact(self):
        partner = self.new_partner("Quokka", vat=ABN)
        number = self.contacts._own_number(partner.id)
        (contact,) = self.in_xero(
            {"Name": "Renamed", "ContactNumber": number, "TaxNumber": OTHER_ABN}
        )
        self.assert_sure(partner, contact, Rule.NUMBER)

    def test_the_number_wins_over_a_tax_number(self):
        partner = self.new_partner("Quokka", vat=ABN)
        number = self.contacts._own_number(partner.id)
        own, other = self.in_xero(
            {"Name": "Renamed", "ContactNumber": number},
            {"Name": "Other", "TaxNumber": ABN},
        )
        found = [(each.contact, each.sure) for each in self.matches(partner)]
        self.assertEqual(found, [(own, True), (other, False)])

    def test_the_tax_number(self):
        partner = self.new_partner("Quokka", vat=ABN)
        (contact,) = self.in_xero({"Name": "Other", "TaxNumber": "ABN 83914571673"})
        self.assert_sure(partner, contact, Rule.TAX)

    def test_the_address_with_the_name(self):
        partner = self.new_partner("Quokka", email="Office@Quokka.example")
        (contact,) = self.in_xero(
            {"Name": "QUOKKA", "EmailAddress": "office@quokka.example"}
        )
        self.assert_sure(partner, contact, Rule.EMAIL_AND_NAME)

    def test_the_name(self):
        partner = self.new_partner("  quokka  Tools ", email="office@quokka.example")
        (contact,) = self.in_xero(
            {"Name": "QUOKKA Tools", "EmailAddress": "other@quokka.example"}
        )
        self.assert_sure(partner, contact, Rule.NAME)

    def test_names_with_quotes_ampersands_brackets_and_emoji(self):
        partner = self.new_partner(NAME)
        (contact,) = self.in_xero({"Name": NAME.replace("<", "(").replace(">", ")")})
        self.assert_sure(partner, contact, Rule.NAME)

    def test_a_name_longer_than_xero_takes(self):
        partner = self.new_partner("Ä" * 300)
        (contact,) = self.in_xero({"Name": "ä" * 255})
        self.assert_sure(partner, contact, Rule.NAME)

    # === FOR A PERSON === #

    def test_the_address_alone(self):
        partner = self.new_partner("Quokka", email="office@quokka.example")
        (contact,) = self.in_xero(
            {"Name": "Other", "EmailAddress": "office@quokka.example"}
        )
        self.assert_asks(partner, contact, Rule.EMAIL, "Same e-mail address")

    def test_a_near_name(self):
        partner = self.new_partner("Quokka Tools")
        (contact,) = self.in_xero({"Name": "QUOKKA-Tools Pty. Ltd."})
        self.assert_asks(partner, contact, Rule.NEAR_NAME, "Similar name")

    def test_contradicting_tax_numbers(self):
        partner = self.new_partner("Quokka", vat=ABN)
        (contact,) = self.in_xero({"Name": "Quokka", "TaxNumber": OTHER_ABN})
        self.assert_asks(partner, contact, Rule.NAME, "Same name, but", OTHER_ABN)

    def test_several_sure_ones(self):
        partner = self.new_partner("Quokka", vat=ABN)
        tax, name = self.in_xero(
            {"Name": "Other", "TaxNumber": ABN}, {"Name": "Quokka"}
        )
        found = [(each.contact, each.sure) for each in self.matches(partner)]
        self.assertEqual(found, [(tax, False), (name, False)])
        self.assertIn("not the only one", self.matches(partner)[0].reason)

    def test_two_partners_of_the_same_name(self):
        (contact,) = self.in_xero({"Name": "Quokka"})
        partners = self.new_partner("Quokka") + self.new_partner("QUOKKA")
        found = self.contacts._matches(self.connection, partners)
        self.assertEqual([found[each][0].sure for each in partners], [False, False])
        back = contact._partner_matches()[contact]
        self.assertEqual([each.sure for each in back], [False, False])
        self.assertEqual({each.partner for each in back}, set(partners))

    def test_an_archived_contact(self):
        partner = self.new_partner("Quokka", vat=ABN)
        (contact,) = self.in_xero({"Name": "Quokka", "TaxNumber": ABN})
        for status in ("ARCHIVED", "GDPRREQUEST"):
            self.xero.edit("Contacts", contact.xero_id, ContactStatus=status)
            self.refresh()
            self.assert_asks(partner, contact, Rule.TAX, "is archived in Xero")

    def test_a_contact_that_is_linked_to_another(self):
        partner = self.new_partner("Quokka")
        (contact,) = self.in_xero({"Name": "Quokka"})
        self.customer.xero_contact_id = contact
        self.assert_asks(partner, contact, Rule.NAME, "is linked to Jane's Joinery")

    def test_a_link_that_a_person_took_away(self):
        partner = self.new_partner("Quokka")
        (contact,) = self.in_xero({"Name": "Quokka"})
        partner.xero_contact_id = contact
        partner.xero_contact_id = False
        self.assert_asks(partner, contact, Rule.NAME, "was taken away before")

    def test_a_weak_reason_with_something_against_it_is_none(self):
        partner = self.new_partner("Quokka", email="office@quokka.example", vat=ABN)
        archived, linked, other = self.in_xero(
            {"Name": "One", "EmailAddress": "office@quokka.example"},
            {"Name": "Two", "EmailAddress": "office@quokka.example"},
            {"Name": "Quokka Ltd", "TaxNumber": OTHER_ABN},
        )
        self.assertEqual(len(self.matches(partner)), 2)
        self.xero.edit("Contacts", archived.xero_id, ContactStatus="ARCHIVED")
        self.refresh()
        self.customer.xero_contact_id = linked
        self.assertNotIn(other, [each.contact for each in self.matches(partner)])
        self.assertEqual(self.matches(partner), [])

    # === MERGED === #

    def test_a_merged_contact_stands_for_the_one_it_is_part_of(self):
        partner = self.new_partner("Quokka", vat=ABN)
        closed, middle, kept = self.in_xero(
            {"Name": "Old", "TaxNumber": ABN}, {"Name": "Middle"}, {"Name": "Kept"}
        )
        self.xero.merge_contacts(closed.xero_id, into=middle.xero_id)
        self.xero.merge_contacts(middle.xero_id, into=kept.xero_id)
        self.refresh()
        (match,) = self.matches(partner)
        self.assertEqual((match.contact, match.sure), (kept, True))

    def test_a_merged_contact_that_is_found_itself_is_named_once(self):
        partner = self.new_partner("Quokka", vat=ABN)
        closed, kept = self.in_xero(
            {"Name": "Old", "TaxNumber": ABN}, {"Name": "Quokka"}
        )
        self.xero.merge_contacts(closed.xero_id, into=kept.xero_id)
        self.refresh()
        self.assertEqual(self.rules(partner), [("Quokka", Rule.TAX)])

    # === RANKS === #

    def test_the_best_reason_comes_first(self):
        partner = self.new_partner("Quokka", email="office@quokka.example", vat=ABN)
        self.in_xero(
            {"Name": "QUOKKA Ltd"},
            {"Name": "By mail", "EmailAddress": "office@quokka.example"},
            {"Name": "Quokka Inc", "EmailAddress": "office@quokka.example"},
            {"Name": "Quokka", "TaxNumber": "GB 999 9999 73"},
            {"Name": "By tax", "TaxNumber": ABN},
        )
        self.assertEqual(
            self.rules(partner),
            [
                ("By tax", Rule.TAX),
                ("Quokka", Rule.NAME),
                ("Quokka Inc", Rule.EMAIL_AND_NEAR_NAME),
                ("By mail", Rule.EMAIL),
                ("QUOKKA Ltd", Rule.NEAR_NAME),
            ],
        )
        self.assertEqual(
            [each.sure for each in self.matches(partner)], [True] + [False] * 4
        )

    def test_an_address_that_everybody_has_names_a_few(self):
        self.in_xero(
            *(
                {"Name": f"Shop {number}", "EmailAddress": "shop@example.com"}
                for number in range(40)
            )
        )
        partner = self.new_partner("Quokka", email="shop@example.com")
        self.assertLessEqual(len(self.matches(partner)), 20)

    # === WHO IS ASKED === #

    def test_contact_persons_addresses_and_archived_partners_are_nobodys_contact(self):
        self.new_partner("Quokka", parent_id=self.customer.id)
        self.new_partner("Quokka", active=False)
        (contact,) = self.in_xero({"Name": "Quokka"})
        self.assertEqual(contact._partner_matches(), {contact: []})

    def test_a_partner_that_has_a_contact_is_not_asked_again(self):
        one, other = self.in_xero({"Name": "Quokka"}, {"Name": "Quokka Ltd"})
        partner = self.new_partner("Quokka")
        partner.xero_contact_id = one
        self.assertEqual(other._partner_matches(), {other: []})

    def test_all_partners_are_gone_through_in_chunks(self):
        self.patch(xero_matching, "CHUNK", 7)
        names = [f"Customer {number:03}" for number in range(30)]
        rows = self.in_xero(*({"Name": name} for name in names))
        partners = self.env["res.partner"].create([{"name": name} for name in names])
        found = rows._partner_matches()
        self.assertEqual([found[row][0].partner.id for row in rows], partners.ids)
        self.assertTrue(all(found[row][0].sure for row in rows))

    # === COST === #

    def test_fifty_partners_cost_as_many_queries_as_one(self):
        names = [f"Customer {number:03}" for number in range(50)]
        self.in_xero(*({"Name": name} for name in names))
        partners = self.env["res.partner"].create([{"name": name} for name in names])
        counts = []
        for batch in (partners[:2], partners[:1], partners):  # the first fills caches
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            found = self.contacts._matches(self.connection, batch)
            counts.append(self.env.cr.sql_log_count - before)
            self.assertTrue(all(found[each][0].sure for each in batch))
        self.assertEqual(counts[1], counts[2])
        self.assertLess(counts[2], 10)


@tagged("post_install", "-at_install")
class TestMatchingCompanies(MatchingCase):
    """Two companies, two organisations: each has its own contacts and links."""

    def setUp(self):
        super().setUp()
        self.abroad = self.setup_other_company(name="London Office")["company"]
        self.env.user.company_ids += self.abroad
        self.xero.seed("Contacts", [{"Name": "Quokka"}], tenant=TENANT_UK)
        self.british = self.connect_to_britain(self.abroad)
        self.contact_abroad = self.contacts.search(
            [("connection_id", "=", self.british.id), ("name", "=", "Quokka")]
        )

    def test_the_other_organisations_contact_is_no_match(self):
        self.assertTrue(self.contact_abroad)
        self.assertEqual(self.matches(self.new_partner("Quokka")), [])

    def test_a_partner_has_a_match_in_each_organisation(self):
        (contact,) = self.in_xero({"Name": "Quokka"})
        partner = self.new_partner("Quokka")
        self.assert_sure(partner, contact, Rule.NAME)
        (match,) = self.contacts._matches(self.british, partner)[partner]
        self.assertEqual((match.contact, match.sure), (self.contact_abroad, True))

    def test_a_link_in_one_company_is_none_in_the_other(self):
        (contact,) = self.in_xero({"Name": "Quokka"})
        partner = self.new_partner("Quokka")
        partner.with_company(self.abroad).xero_contact_id = self.contact_abroad
        self.assert_sure(partner, contact, Rule.NAME)
        self.assertEqual(
            self.contact_abroad._partner_matches(), {self.contact_abroad: []}
        )

    def test_partners_of_the_other_company_are_nobodys_contact_here(self):
        self.new_partner("Quokka", company_id=self.abroad.id)
        (contact,) = self.in_xero({"Name": "Quokka"})
        self.assertEqual(contact._partner_matches(), {contact: []})

    def test_a_branchs_partners_are_matched_with_its_parents_contacts(self):
        branch = self.env["res.company"].create(
            {"name": "Hobart", "parent_id": self.company.id}
        )
        partner = self.new_partner("Quokka", company_id=branch.id)
        (contact,) = self.in_xero({"Name": "Quokka"})
        self.assert_sure(partner, contact, Rule.NAME)
