import itertools
from typing import Any, NamedTuple

from odoo import api, fields, models
from odoo.fields import Domain

from ...mappers.match_keys import (
    Keys,
    Pair,
    Rule,
    compare,
    doubt_rivals,
    email_key,
    name_key,
    other_tax_number,
    plain_name_key,
    tax_key,
)
from .xero_matching import CANDIDATES

PARTNER_COLUMNS = ("name", "vat", "email_normalized")


class Match(NamedTuple):
    """A Xero contact that may be a partner's."""

    contact: Any
    rule: Rule
    sure: bool
    reason: str


class PartnerMatch(NamedTuple):
    """A partner that a Xero contact may be."""

    partner: Any
    rule: Rule
    sure: bool
    reason: str


class XeroContact(models.Model):
    """Which contact is this partner, and which partner is this contact?"""

    _name = "xero.contact"
    _inherit = ["xero.contact", "xero.matching"]

    _match_fields = {
        "number": "contact_number",
        "tax": "tax_key",
        "email": "email_key",
        "name": "name_key",
        "plain_name": "plain_name_key",
    }

    name_key = fields.Char(compute="_compute_name_keys", store=True, index=True)
    plain_name_key = fields.Char(compute="_compute_name_keys", store=True, index=True)
    email_key = fields.Char(compute="_compute_email_key", store=True, index=True)
    tax_key = fields.Char(compute="_compute_tax_key", store=True, index=True)

    @api.depends("name")
    def _compute_name_keys(self):
        for contact in self:
            contact.name_key = name_key(contact.name)
            contact.plain_name_key = plain_name_key(contact.name)

    @api.depends("email")
    def _compute_email_key(self):
        for contact in self:
            contact.email_key = email_key(contact.email)

    @api.depends("tax_number")
    def _compute_tax_key(self):
        for contact in self:
            contact.tax_key = tax_key(contact.tax_number)

    # === MATCHES === #

    @api.model
    def _matches(self, connection, partners):
        """Xero's contacts that may be these partners, by what was last read.

        :param partners: ``res.partner``, commercial entities
        :return: dict of partner → list of :class:`Match`, best first; at most one of
            them is sure, and then it is sure for no other of the partners
        """
        keys = {
            partner: self._record_keys(
                partner.id, *(partner[name] for name in PARTNER_COLUMNS)
            )
            for partner in partners
        }
        pairs = self._pairs(connection, keys)
        doubt_rivals(pairs, self.env._("it is not the only one"))
        pairs.sort(key=lambda pair: (pair.rank, pair.theirs.id))
        found = {partner: [] for partner in partners}
        for pair in pairs:
            found[pair.ours].append(
                Match(pair.theirs, pair.rule, pair.is_sure, self._reason(pair))
            )
        return {partner: found[partner][:CANDIDATES] for partner in partners}

    def _partner_matches(self):
        """The company's partners without a contact that may be these contacts.

        :return: dict of contact → list of :class:`PartnerMatch`, best first; at most
            one of them is sure, and then it is sure of no other contact
        """
        found = {contact: [] for contact in self}
        if not self:
            return found
        connection = self.connection_id.ensure_one()
        partners = self.env["res.partner"].with_company(connection.company_id)
        partners = self._records_with_keys(
            partners, self._unlinked_domain(connection), PARTNER_COLUMNS
        )
        for partner, matches in self._matches(connection, partners).items():
            for contact, rule, sure, reason in matches:
                if contact in found:
                    found[contact].append(PartnerMatch(partner, rule, sure, reason))
        for matches in found.values():
            matches.sort(key=lambda match: (not match.sure, match.rule))
            del matches[CANDIDATES:]
        return found

    @api.model
    def _unlinked_domain(self, connection):
        """Commercial entities of the connection's company that have no contact."""
        company = connection.company_id
        return (
            (Domain("is_company", "=", True) | Domain("parent_id", "=", False))
            & (
                Domain("company_id", "=", False)
                | Domain("company_id", "child_of", company.id)
            )
            & Domain(
                "xero_contact_id", "not any", [("connection_id", "=", connection.id)]
            )
        )

    # === KEYS === #

    @api.model
    def _own_number(self, partner_id):
        """The ``ContactNumber`` of the contact that Odoo makes for a partner.

        The database is named, because two may share an organisation.
        """
        database = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        return f"odoo-{(database or '')[:8]}-{partner_id}"

    # EXTENDS 'xero.matching'
    @api.model
    def _record_keys(self, id_, *texts):
        name, tax, email = texts
        return Keys.of(self._own_number(id_), tax, email, name)

    # EXTENDS 'xero.matching'
    def _match_keys(self):
        self.ensure_one()
        return Keys(
            number=self.contact_number or "",
            tax=self.tax_key or "",
            email=self.email_key or "",
            name=self.name_key or "",
            plain_name=self.plain_name_key or "",
        )

    # === A PERSON'S ANSWER === #

    def action_find_in_xero(self):
        """Button "Find in Xero": maybe this contact to be made is there already."""
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        return self.env["xero.contact.link"]._ask(partner)

    @api.model
    def _create_anyway(self, connection, partner):
        """Make a new contact: a person said that none of Xero's is this partner.

        :param partner: ``res.partner`` without a linked contact
        """
        row = self._request(connection, partner)
        if not row.xero_id and row.state != "sending":
            row.contact_number = self._free_number(connection, partner)
            row.create_anyway = True
            row._set_pending()

    @api.model
    def _free_number(self, connection, partner):
        """The partner's number, or one of the same kind that no contact has.

        An archived contact keeps its number (*Contacts*, ContactNumber).
        """
        own = self._own_number(partner.id)
        taken = self.search(
            [
                ("connection_id", "=", connection.id),
                ("contact_number", "=like", f"{own}%"),
                ("xero_id", "!=", False),
            ]
        ).mapped("contact_number")
        tries = (f"{own}-{number}" for number in itertools.count(2))
        return next(each for each in itertools.chain([own], tries) if each not in taken)

    # === COMPARISON === #

    def _pairs(self, connection, keys):
        """Each partner with the contacts that have a key in common with it.

        A weak reason with something against it is none.

        :param keys: dict of partner → its keys
        :return: list of ``Pair``, one for each partner and contact
        """
        by_key = self._by_key(connection, keys.values())
        heirs = self.browse().union(*by_key.values())._heirs(connection)
        linked = self.browse().union(*heirs.values())._linked_partners(connection)
        pairs = {}
        for partner, own_keys in keys.items():
            near = self.browse().union(
                *(by_key[key] for key in own_keys.told() if key in by_key)
            )
            for contact in near:
                rule = compare(own_keys, contact._match_keys())
                heir = heirs[contact]
                others = linked.get(heir, partner.browse()) - partner
                doubts = heir._doubts(partner, own_keys, rule, others)
                pair = Pair(partner, heir, rule, doubts)
                known = pairs.get((partner, heir))
                if not known or pair.rank < known.rank:
                    pairs[partner, heir] = pair
        return [
            pair for pair in pairs.values() if pair.rule.is_exact or not pair.doubts
        ]

    def _heirs(self, connection):
        """Each contact with the one it was merged into, itself when it was not.

        A merge leaves the contact archived, with the other one's id (*Contacts*,
        MergedToContactID); that one may have been merged too.
        """
        by_id = {contact.xero_id: contact for contact in self}
        more = self
        while missing := set(more.mapped("merged_to_xero_id")) - {False, *by_id}:
            more = self.search(
                [
                    ("connection_id", "=", connection.id),
                    ("xero_id", "in", list(missing)),
                ]
            )
            by_id.update({contact.xero_id: contact for contact in more})
        heirs = {}
        for contact in self:
            heir, seen = contact, set()
            while heir.merged_to_xero_id in by_id and heir not in seen:
                seen.add(heir)
                heir = by_id[heir.merged_to_xero_id]
            heirs[contact] = heir
        return heirs

    def _linked_partners(self, connection):
        """Dict of contact → the partners of the company that it is the link of."""
        partners = self.env["res.partner"].with_company(connection.company_id)
        linked = partners.search([("xero_contact_id", "in", self.ids)])
        return linked.grouped("xero_contact_id")

    def _is_maybe_anothers(self, own_keys):
        """Whether its number may have been another partner's.

        Odoo gives ids a second time after a backup was restored.
        """
        same_name = self.plain_name_key == own_keys.plain_name
        return bool(self.connection_id.restored_from) and not same_name

    def _doubts(self, partner, own_keys, rule, others):
        """What speaks against linking this contact to a partner, in words.

        :param others: the partners that it is linked to
        """
        doubts = []
        if self.archived_in_xero:
            doubts.append(self.env._("it is archived in Xero"))
        if others:
            names = ", ".join(others[:3].mapped("display_name"))
            doubts.append(self.env._("it is linked to %(partners)s", partners=names))
        if partner in self.declined_partner_ids:
            doubts.append(self.env._("this link was taken away before"))
        if rule is Rule.NUMBER and self._is_maybe_anothers(own_keys):
            doubts.append(self.env._("Odoo made it before a backup was restored"))
        if rule is not Rule.NUMBER and other_tax_number(own_keys, self._match_keys()):
            doubts.append(
                self.env._("its tax number is %(number)s", number=self.tax_number)
            )
        return doubts

    # EXTENDS 'xero.matching'
    def _rule_words(self):
        return {
            Rule.NUMBER: self.env._("Made by Odoo for it"),
            Rule.TAX: self.env._("Same tax number"),
            Rule.EMAIL_AND_NAME: self.env._("Same name and e-mail address"),
            Rule.NAME: self.env._("Same name"),
            Rule.EMAIL_AND_NEAR_NAME: self.env._("Same e-mail address, similar name"),
            Rule.EMAIL: self.env._("Same e-mail address"),
            Rule.NEAR_NAME: self.env._("Similar name"),
        }
