from odoo import api, fields, models

from .. import mappers, xero_api


class XeroContact(models.Model):
    """A contact of the Xero organisation: link, outbox and status.

    Rows read from Xero are there to be chosen. A row made for a partner creates the
    contact, and then is the partner's link. A contact may be the link of several
    partners; one of them, ``partner_id``, feeds it.
    """

    _name = "xero.contact"
    _inherit = ["xero.binding"]
    _description = "Xero contact"
    _order = "name, id"
    _rec_names_search = ["name", "email", "contact_number"]

    name = fields.Char(required=True, readonly=True)
    email = fields.Char(readonly=True)
    contact_number = fields.Char("Number in Xero", readonly=True)
    account_number = fields.Char("Account number in Xero", readonly=True)
    tax_number = fields.Char(readonly=True)
    archived_in_xero = fields.Boolean("Archived in Xero", readonly=True)
    merged_to_xero_id = fields.Char("Merged into", readonly=True)
    xero_updated = fields.Datetime("Changed in Xero", readonly=True)
    details = fields.Json(readonly=True, help="What else Xero says; imports use it")
    is_customer = fields.Boolean(readonly=True)
    is_supplier = fields.Boolean(readonly=True)
    partner_id = fields.Many2one(
        "res.partner",
        "Customer or vendor",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Its data goes to this contact; others may be linked to it too.",
    )
    declined_partner_ids = fields.Many2many(
        "res.partner",
        string="Not for",
        readonly=True,
        help="A person took this contact away from them: never linked by itself again.",
    )
    create_anyway = fields.Boolean(
        readonly=True, help="A person said that it is none of Xero's contacts."
    )
    sent_parts = fields.Json(
        readonly=True, help="What Xero has from us, and may be emptied by us"
    )
    list_refreshed = fields.Boolean(
        readonly=True, help="Xero said the name is taken; its list was read again."
    )
    waiting_document_ids = fields.One2many(
        "xero.document", "waits_for_contact_id", readonly=True
    )

    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, xero_id) WHERE xero_id IS NOT NULL",
        "A Xero contact has one row.",
    )
    _partner_uniq = models.UniqueIndex(
        "(connection_id, partner_id) WHERE partner_id IS NOT NULL",
        "A partner creates one Xero contact.",
    )
    _due_idx = models.Index("(connection_id, id) WHERE state = 'pending'")

    @api.depends("name", "archived_in_xero")
    def _compute_display_name(self):
        for contact in self:
            contact.display_name = (
                self.env._("%(name)s (archived in Xero)", name=contact.name)
                if contact.archived_in_xero
                else contact.name
            )

    # === FROM ODOO === #

    @api.model
    def _request(self, connection, partners):
        """Queue a Xero contact for each of these commercial entities.

        :param partners: ``res.partner`` without a linked contact
        :return: their rows, queued or already on the way
        """
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("partner_id", "in", partners.ids),
            ]
        )
        new = self.create(
            [
                {
                    "connection_id": connection.id,
                    "partner_id": partner.id,
                    "name": partner.name or "-",
                    "contact_number": self._own_number(partner.id),
                }
                for partner in partners - rows.partner_id
            ]
        )
        return rows + new

    def _link_partners(self):
        """Make each row the link of the partner it was made for.

        A contact that a person linked while this one was made stays.
        """
        for contact in self.filtered("partner_id"):
            partner = contact.partner_id.with_company(contact.company_id)
            if not mappers.own(partner.xero_contact_id, contact.connection_id):
                partner.xero_contact_id = contact
            elif partner.xero_contact_id != contact:
                contact._let_go(partner)
                self._move_links(partner, {})

    # === LINKS === #

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
                contact.partner_id = (partner - fed)._xero_linkable()

    def _let_go(self, partner):
        """A partner is not linked here any more; another of its partners feeds it."""
        self.ensure_one()
        if self.xero_id:
            self.declined_partner_ids = [fields.Command.link(partner.id)]
        if self.partner_id == partner:
            others = partner.with_company(self.company_id).search(
                [("xero_contact_id", "=", self.id), ("id", "!=", partner.id)], limit=1
            )
            self.partner_id = others if others not in others._xero_rows() else False

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
        self.env["xero.document"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("contact_xero_id", "=", self.xero_id),
            ]
        ).contact_xero_id = target.xero_id

    # === FROM XERO === #

    @api.model
    def _take_over(self, connection, found):
        """Keep what a page of Xero's contacts says.

        :param found: list of ``xero_api.Contact``
        """
        rows = self.search(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "in", [contact.xero_id for contact in found]),
            ]
        )
        by_id = {row.xero_id: row for row in rows}
        new = []
        for contact in found:
            values = self._values(contact)
            if contact.xero_id in by_id:
                by_id[contact.xero_id]._read_again(values)
            else:
                new.append(
                    {
                        **values,
                        "connection_id": connection.id,
                        "xero_id": contact.xero_id,
                        "state": "synced",
                        "requested_by": False,
                    }
                )
        self.create(new)

    def _read_again(self, values):
        restored = self.archived_in_xero and not values["archived_in_xero"]
        self._write_changes(values)
        if restored:
            self.env["xero.issue"]._solve_kind("contact_archived")

    @api.model
    def _values(self, contact):
        """:param contact: ``xero_api.Contact``"""
        return {
            "name": contact.name or "-",
            "email": contact.email or False,
            "contact_number": contact.number or False,
            "account_number": contact.account_number or False,
            "tax_number": contact.tax_number or False,
            "archived_in_xero": contact.archived,
            "merged_to_xero_id": contact.merged_to or False,
            "xero_updated": self._naive_utc(contact.updated),
            "details": xero_api.contact_details(contact),
            "is_customer": contact.is_customer,
            "is_supplier": contact.is_supplier,
        }

    # === OUTBOX === #

    # EXTENDS 'xero.binding'
    def _xero_endpoint(self):
        return "Contacts"

    # EXTENDS 'xero.binding'
    def _record(self):
        return self.partner_id

    # EXTENDS 'xero.binding'
    def _before_send(self):
        """Link to the Xero contact of the same name where there is one."""
        ready = self.browse()
        for row in self:
            twin = row._same_name_in_xero() if not row.xero_id else row.browse()
            if twin:
                row._give_way_to(twin)
            else:
                ready += row
        return ready

    def _same_name_in_xero(self):
        """The only active Xero contact with this partner's name, if nobody has it.

        Xero keeps names unique among active contacts, in any case of letters. One that
        is another customer's is left to a person.
        """
        key = mappers.clean_name(self.partner_id.name or "").casefold()
        twins = self.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("name_key", "=", key),
                ("xero_id", "!=", False),
                ("archived_in_xero", "=", False),
            ]
        )
        sure = len(twins) == 1 and not twins._is_linked()
        return twins if sure else self.browse()

    def _is_linked(self):
        """Whether a customer or supplier of the company is this contact already."""
        partners = self.env["res.partner"].with_company(self.company_id)
        return bool(
            partners.search_count([("xero_contact_id", "in", self.ids)], limit=1)
        )

    def _give_way_to(self, twin):
        """This row's partner gets an existing contact; nothing is created."""
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        documents = self.waiting_document_ids
        self.partner_id = False
        partner.xero_contact_id = twin
        partner._message_log(
            body=self.env._("Linked to the Xero contact “%s”.", twin.name)
        )
        documents._stop_waiting()
        self.unlink()

    # EXTENDS 'xero.binding'
    def _prepare(self):
        connection = self.connection_id
        kept = self.archived_in_xero or not connection.update_contacts
        if not self.partner_id or (self.xero_id and kept):
            return None
        return mappers.partner_to_contact(
            self.partner_id,
            connection,
            self.contact_number,
            self.xero_id or None,
            held=self.sent_parts or (),
        )

    # EXTENDS 'xero.binding'
    def _twin(self, element):
        return self._read_row(element.xero_id)

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        sent = self.connection_id._sent_by_binding(self.request_id)[self.id]
        parts = {*(self.sent_parts or ()), *mappers.contact_parts(sent)}
        return {
            **values,
            "name": element.name or self.name,
            "sent_parts": sorted(parts),
        }

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        self._link_partners()
        self.waiting_document_ids._stop_waiting()

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        self.waiting_document_ids._show_waiting()

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """A taken name: read Xero's list once more; the contact is in it now."""
        if code != "contact_name_taken" or self.list_refreshed:
            return False
        self.list_refreshed = True
        self.connection_id.contacts_due = True
        return True
