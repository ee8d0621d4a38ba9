from odoo import api, fields, models

from ... import mappers


class XeroContact(models.Model):
    """Which partners a contact is the link of, and which of them feeds it."""

    _inherit = "xero.contact"

    def _link_partners(self):
        """Make each row the link of the partner it was made for.

        A contact that a person linked while this one was made stays.
        """
        unlinked = self.browse()
        for contact in self.filtered("partner_id"):
            partner = contact.partner_id.with_company(contact.company_id)
            if not mappers.own(partner.xero_contact_id, contact.connection_id):
                unlinked += contact
            elif partner.xero_contact_id != contact:
                contact._let_go(partner)
                self._move_links(partner, {})
        unlinked.partner_id.with_company(self.company_id)._xero_link_to(unlinked)

    @api.model
    def _move_links(self, partners, before):
        """Partners are linked to another contact than before, or to none.

        :param partners: ``res.partner`` in the company whose links moved
        :param before: dict of id → the contact that was the link; may lack some
        """
        for partner in partners:
            if before.get(partner.id):
                before[partner.id].sudo()._let_go(partner)
        self.flush_model(["partner_id"])  # a partner feeds one contact at a time
        fed = partners._xero_rows().partner_id
        for partner in partners:
            contact = partner.xero_contact_id
            if partner in contact.declined_partner_ids:
                contact.declined_partner_ids = [fields.Command.unlink(partner.id)]
            if contact and not contact.partner_id:
                contact._feed_from((partner - fed)._xero_linkable())

    def _feed_from(self, partner):
        """From now on the partner's changes go to this contact, and only they.

        What it says by now stays unsaid: Xero's own words are somebody's too.

        :param partner: ``res.partner``, maybe empty
        """
        self.partner_id = partner
        if partner and self.xero_id:
            said = mappers.partner_says(partner, self.connection_id)
            # The digest is of what another partner's change said; whom only that one
            # knew is somebody in Xero, and stays there
            people = mappers.PERSONS
            parts = self.sent_parts or ()
            self.write(
                {
                    "said": said,
                    "payload_digest": False,
                    "sent_parts": [
                        part
                        for part in parts
                        if part in said or not part.startswith(people)
                    ],
                }
            )

    def _let_go(self, partner):
        """A partner is not linked here any more; another of its partners feeds it."""
        self.ensure_one()
        if self.xero_id:
            self.declined_partner_ids = [fields.Command.link(partner.id)]
        if self.partner_id == partner:
            self._feed_from_another(partner)
            if self.state == "failed":  # because of what the partner had
                self._set_pending()
                self.connection_id._wake()

    def _feed_from_another(self, partner):
        """Another partner that is linked here feeds it from now on, if there is one.

        :param partner: ``res.partner`` that feeds it no more; empty when it is deleted
        """
        partners = self.env["res.partner"].with_company(self.company_id)
        others = partners.search(
            [("xero_contact_id", "=", self.id), ("id", "!=", partner.id)], limit=1
        )
        self._feed_from(others - others._xero_rows().partner_id)

    @api.model
    def _note_what_was_said(self):
        """Of contacts of an older version: what is in Xero is what Odoo says by now.

        One that waits with a change, or was refused, goes out whole once more.
        """
        rows = self.search(
            [
                ("xero_id", "!=", False),
                ("partner_id", "!=", False),
                ("state", "=", "synced"),
            ]
        )
        for row in rows.filtered(lambda row: not row.said):
            row.said = mappers.partner_says(row.partner_id, row.connection_id)

    @api.model
    def _merge_feeders(self, sources, target):
        """Partners become one in Odoo: it feeds one contact of each organisation.

        :param sources: ``res.partner`` that are merged
        :param target: the one that stays
        """
        # sudo: bindings are read-only for users
        rows = self.sudo().search([("partner_id", "in", (sources + target).ids)])
        for connection, same in rows.grouped("connection_id").items():
            partner = target.sudo().with_company(connection.company_id)
            link = mappers.own(partner.xero_contact_id, connection)
            made = same.filtered("xero_id") or same
            left = same - (link if link else made[:1])
            left.partner_id = False
            left.filtered(lambda row: row.state == "failed")._set_pending()
            connection._wake()
        self.flush_model()

    @api.model
    def _follow_merges(self, connection, xero_ids):
        """What was merged in Xero is one contact: links and documents follow.

        :param xero_ids: of the contacts that were merged into others
        """
        rows = self.search(
            [("connection_id", "=", connection.id), ("xero_id", "in", xero_ids)]
        )
        for row in rows:
            target = row._merged_to()
            if target:
                row._merge_into(target)

    def _merged_to(self):
        """The contact this one ended in, through several merges if need be."""
        seen, target = self, self
        while target.merged_to_xero_id:
            target = self.search(
                [
                    ("connection_id", "=", self.connection_id.id),
                    ("xero_id", "=", target.merged_to_xero_id),
                ]
            )
            if target in seen:
                return self.browse()
            seen += target
        return target - self

    def _merge_into(self, target):
        """Partners and documents of this contact belong to another one now."""
        partners = self.env["res.partner"].with_company(self.company_id)
        linked = partners.search([("xero_contact_id", "=", self.id)])
        feeder, said, waits = self.partner_id, self.said, self.state != "synced"
        for partner in linked:
            partner.xero_contact_id = target
            partner._message_log(
                body=self.env._(
                    "Linked to the Xero contact “%(target)s”, which “%(contact)s” was"
                    " merged into.",
                    target=target.name,
                    contact=self.name,
                )
            )
        if feeder and said and target.partner_id == feeder:
            target.said = said  # what it changed since then is still to be said
            if waits:
                target._mark_changed()
                target.connection_id._wake()
        self.env["xero.document"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("contact_xero_id", "=", self.xero_id),
            ]
        ).contact_xero_id = target.xero_id
