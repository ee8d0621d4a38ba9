"""Partners mapped out to Xero contacts and back, for the tests of both mappings."""

import json

from ... import mappers, xero_api
from ..connected_case import ConnectedCase

NUMBER = "odoo-1234-7"
XERO_ID = "60aa5d55-a47e-4665-a974-874bb50263b9"
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


class ContactMappingCase(ConnectedCase):
    """Partners mapped out, without sending them."""

    def setUp(self):
        super().setUp()
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


class PartnerValuesCase(ContactMappingCase):
    """Contacts as they stand in the list read from Xero."""

    def setUp(self):
        super().setUp()
        self.lookups = mappers.Lookups(self.connection.sudo())

    def row(self, details=None, **values):
        rows = self.env["xero.contact"].sudo()
        return rows.new(
            {
                "connection_id": self.connection.id,
                "xero_id": XERO_ID,
                "name": "Jarrah & Co",
                "details": details,
                **values,
            }
        )

    def read_in(self, details=None, **values):
        """:return: the partner that is made, and the notes"""
        row = self.row(details, **values)
        vals, notes = mappers.partner_values(row, self.lookups)
        return self.env["res.partner"].create(vals), notes

    def address(self, kind, *lines, **values):
        texts = ("city", "region", "postal_code", "country", "attention_to")
        return {"type": kind, "lines": lines, **dict.fromkeys(texts, ""), **values}

    def phone(self, kind, number, area="", country=""):
        return {"type": kind, "number": number, "area": area, "country": country}

    def person(self, first, last, email=""):
        return {
            "first_name": first,
            "last_name": last,
            "email": email,
            "include_in_emails": False,
        }
