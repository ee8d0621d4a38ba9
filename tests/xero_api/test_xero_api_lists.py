"""What the client reads to choose from, against the local Xero."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

from xero_python.accounting import Contact

from odoo.tests import tagged

from ... import xero_api
from ..xero_server import TENANT_AU, TENANT_UK
from .client_case import ClientCase


@tagged("post_install", "-at_install")
class TestListedChoices(ClientCase):
    def test_organisation(self):
        found = self.client.organisation()
        self.assertEqual(found.name, "Demo Company (AU)")
        self.assertEqual((found.country_code, found.base_currency), ("AU", "AUD"))
        self.assertTrue(found.short_code.startswith("!"))

    def test_the_tenant_picks_the_books(self):
        token = self.xero.grant(tenants=[TENANT_AU, TENANT_UK])["access_token"]
        british = self.connect(token, TENANT_UK)
        self.assertEqual(british.organisation().base_currency, "GBP")

    def test_organisation_actions(self):
        self.assertIs(self.client.organisation_actions()["CreateDraftInvoice"], True)

    def test_accounts(self):
        accounts = {account.code: account for account in self.client.accounts()}
        self.assertEqual(accounts["200"].type, "REVENUE")
        self.assertEqual(accounts["205"].status, "ARCHIVED")
        self.assertTrue(accounts["610"].system_account)

    def test_tax_rates(self):
        rates = {rate.tax_type: rate for rate in self.client.tax_rates()}
        self.assertEqual(rates["OUTPUT"].effective_rate, Decimal(10))
        self.assertTrue(rates["OUTPUT"].can_apply_to_revenue)

    def test_currencies(self):
        codes = {currency.code for currency in self.client.currencies()}
        self.assertLessEqual({"AUD", "EUR"}, codes)

    def test_tracking_categories_have_options(self):
        names = {category.name for category in self.client.tracking_categories()}
        self.assertEqual(names, {"Region", "Department"})
        self.assertTrue(self.client.tracking_categories()[0].options)

    def test_branding_themes(self):
        self.assertTrue(self.client.branding_themes()[0].branding_theme_id)

    def test_items(self):
        codes = {item.code for item in self.client.items()}
        self.assertLessEqual({"BOOK", "PAPER"}, codes)

    def test_only_items_that_were_modified_since(self):
        self.xero.advance(20 * 60)
        self.xero.seed("Items", count=1)
        since = datetime.now(timezone.utc) + timedelta(minutes=10)
        found = self.client.items(modified_since=since)
        self.assertEqual([item.code for item in found], ["GEN-00001"])


@tagged("post_install", "-at_install")
class TestListedContacts(ClientCase):
    def test_pages_hold_every_contact_once(self):
        found, page, page_count = [], 1, 1
        while page <= page_count:
            answer = self.client.contacts_page(page, page_size=3)
            found += [contact.xero_id for contact in answer.items]
            page, page_count = page + 1, answer.page_count
        self.assertGreater(page_count, 1)
        self.assertEqual(len(found), len(set(found)))
        whole = self.client.contacts_page(1).items
        self.assertEqual(set(found), {contact.xero_id for contact in whole})

    def test_archived_contacts_are_listed_unless_left_out(self):
        everyone = self.client.contacts_page(1).items
        active = self.client.contacts_page(1, include_archived=False).items
        self.assertTrue(any(contact.archived for contact in everyone))
        self.assertFalse(any(contact.archived for contact in active))

    def test_a_name_with_quotes_is_found_by_filter(self):
        name = 'The "Quoted" Company'
        self.new_contact(name)
        found = self.client.contacts_page(1, where=xero_api.where_equals("Name", name))
        self.assertEqual([contact.name for contact in found.items], [name])

    def test_search(self):
        found = self.client.contacts_page(1, search="Bayside")
        self.assertEqual(len(found.items), 2)

    def test_only_what_was_modified_since(self):
        self.xero.advance(20 * 60)
        contact_id = self.new_contact()
        since = datetime.now(timezone.utc) + timedelta(minutes=10)
        found = self.client.contacts_page(1, modified_since=since)
        self.assertEqual([contact.xero_id for contact in found.items], [contact_id])

    def test_a_page_has_everything_that_an_import_needs(self):
        self.xero.seed("Contacts", count=1)
        (found,) = self.client.contacts_page(1, search="GEN-00001").items
        self.assertEqual([each.type for each in found.addresses], ["POBOX", "STREET"])
        self.assertEqual([each.type for each in found.phones], ["DEFAULT"])
        self.assertEqual([each.first_name for each in found.persons], ["Pat"])
        self.assertEqual(found.tax_number, "80000000001")
        self.assertEqual(
            found.sales_terms, xero_api.PaymentTerm(14, "DAYSAFTERBILLDATE")
        )

    def test_a_thousand_contacts_are_one_page(self):
        there = len(self.client.contacts_page(1).items)
        self.xero.seed("Contacts", count=1001 - there)
        self.xero.clear_calls()
        first = self.client.contacts_page(1)
        self.assertEqual((len(first.items), first.page_count), (1000, 2))
        self.assertEqual(len(self.client.contacts_page(2).items), 1)
        self.assertEqual(len(self.xero.calls()), 2)

    def test_a_merged_contact_names_the_one_it_went_into(self):
        kept, closed = self.new_contact("Acme"), self.new_contact("Acme (1)")
        self.xero.merge_contacts(closed, into=kept)
        pages = self.client.contacts_page(1).items
        merged = {each.xero_id: each.merged_to for each in pages if each.merged_to}
        self.assertEqual(merged, {closed: kept})

    def test_create_then_update_by_id(self):
        contact_id = self.new_contact()
        updated = Contact(contact_id=contact_id, email_address="a@example.com")
        (element,) = self.post("Contacts", updated)
        self.assertTrue(element.ok)
        self.assertEqual((element.xero_id, element.name), (contact_id, "Acme"))

    def test_a_taken_name_is_refused_and_its_neighbour_accepted(self):
        refused, accepted = self.put(
            "Contacts", Contact(name="Bayside Club"), Contact(name="Acme")
        )
        self.assertIsNone(refused.xero_id)
        self.assertIn("already assigned to another contact", refused.errors[0])
        self.assertTrue(accepted.ok)
