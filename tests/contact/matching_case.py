"""Contacts and items that stand in the local Xero, read into Odoo as they are there."""

from ...mappers.match_keys import Rule
from ..connected_case import ConnectedCase

ABN = "83 914 571 673"
OTHER_ABN = "51 824 753 556"


class MatchingCase(ConnectedCase):
    """What is made in Xero is read over HTTP before anything is matched."""

    def setUp(self):
        super().setUp()
        self.contacts = self.env["xero.contact"].sudo()
        self.items = self.env["xero.item"].sudo()

    def refresh(self):
        """What the button "Refresh from Xero" does."""
        self.press_refresh(self.connection)
        self.finish_request()
        self.xero.clear_calls()

    def in_xero(self, *elements):
        """Make these contacts in Xero and read them.

        :return: their rows, in this order
        """
        made = self.xero.seed("Contacts", list(elements))
        self.refresh()
        rows = self.contacts.search([("connection_id", "=", self.connection.id)])
        by_id = {row.xero_id: row for row in rows}
        return self.contacts.concat(*(by_id[each["ContactID"]] for each in made))

    def new_partner(self, name, **values):
        return self.env["res.partner"].create({"name": name, **values})

    def matches(self, partner):
        """Contacts that may be a partner's, best first."""
        return self.contacts._matches(self.connection, partner)[partner]

    def assert_sure(self, partner, contact, rule):
        """Linked by itself, in both directions, because of one rule."""
        (match,) = self.matches(partner)
        self.assertEqual(
            (match.contact, match.rule, match.sure), (contact, rule, True), match.reason
        )
        (back,) = contact._partner_matches()[contact]
        self.assertEqual((back.partner, back.rule, back.sure), (partner, rule, True))

    def assert_asks(self, partner, contact, rule, *words):
        """Shown to a person, who is told why it is not linked by itself."""
        (match,) = self.matches(partner)
        self.assertEqual((match.contact, match.rule), (contact, rule))
        self.assertFalse(match.sure, match.reason)
        for word in words:
            self.assertIn(word, match.reason)

    def rules(self, partner):
        """Names of the contacts that may be a partner's, with the rule of each."""
        return [(each.contact.name, Rule(each.rule)) for each in self.matches(partner)]
