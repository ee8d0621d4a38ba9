from odoo import api, fields, models

from ... import mappers, xero_api

# Refusals (xero_refusals.py) that say that Xero has it already
TAKEN = ("contact_name_taken", "contact_number_taken")
# Those that say that Xero's contact is not what was last read
READ_AGAIN = (*TAKEN, "people_without_email")


class XeroContact(models.Model):
    """A contact of the Xero organisation: link, outbox and status.

    Rows read from Xero are there to be chosen. A row made for a partner creates the
    contact, and then is the partner's link. A contact may be the link of several
    partners; one of them, ``partner_id``, feeds it.
    """

    _name = "xero.contact"
    _inherit = ["xero.listed.binding"]
    _description = "Xero contact"
    _order = "name, id"
    _rec_names_search = ["name", "email", "contact_number", "account_number"]

    _feeder = "partner_id"

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
        help="A person took this contact away from them: never linked automatically"
        " again.",
    )
    create_anyway = fields.Boolean(
        readonly=True, help="A person said that it is none of Xero's contacts."
    )
    sent_parts = fields.Json(
        readonly=True, help="What Xero has from us, and may be emptied by us"
    )
    said = fields.Json(
        readonly=True, help="What Odoo said when both agreed: only changes are sent"
    )
    saying = fields.Json(readonly=True, help="What becomes of it with Xero's answer")
    list_refreshed = fields.Boolean(
        readonly=True, help="Xero's refusal told that its list is newer: it was read."
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
    _urgent_idx = models.Index(
        "(connection_id, id) WHERE state = 'pending' AND urgent IS TRUE"
    )

    @api.depends("name", "archived_in_xero", "merged_to_xero_id", "email")
    @api.depends_context("formatted_display_name")
    def _compute_display_name(self):
        """In the picker's list with the e-mail or number that tells namesakes apart."""
        formatted = self.env.context.get("formatted_display_name")
        for contact in self:
            name = contact._name_with_state()
            mark = contact.email or contact.account_number
            contact.display_name = (
                f"{name} \t --{mark}--" if formatted and mark else name
            )

    def _name_with_state(self):
        if self.merged_to_xero_id:
            return self.env._("%(name)s (merged in Xero)", name=self.name)
        if self.archived_in_xero:
            return self.env._("%(name)s (archived in Xero)", name=self.name)
        return self.name

    # === FROM ODOO === #

    # EXTENDS 'xero.listed.binding'
    def _new_values(self, partner):
        return {
            "name": partner.name or "-",
            "contact_number": self._own_number(partner.id),
        }

    # === FROM XERO === #

    # EXTENDS 'xero.listed.binding'
    def _read_again(self, values):
        restored = self.archived_in_xero and not values["archived_in_xero"]
        result = super()._read_again(values)
        if restored:
            self.env["xero.issue"]._solve_kinds(
                "contact_archived", "refused:contact_archived"
            )
            if self.said or self.payload_digest:  # what changed meanwhile was not sent
                self._mark_changed()
        return result

    # EXTENDS 'xero.listed.binding'
    def _values(self, contact):
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
    def _may_wait(self):
        """No document needs what is changed of a contact that Xero has."""
        return bool(self.xero_id)

    # EXTENDS 'xero.binding'
    def _before_send(self):
        """Before one is created: link to the contact that Xero has already.

        One that is surely the partner is linked; where there is doubt a person
        decides.
        """
        needed = self._drop_needless()
        new = needed.filtered(lambda row: not (row.xero_id or row.create_anyway))
        ready = needed - new
        partners = new.partner_id.with_company(new.company_id)
        matches = self._matches(new.connection_id, partners)
        for row in new:
            found = matches.get(row.partner_id, [])
            sure = [match for match in found if match.sure]
            if sure:
                row._give_way_to(sure[0].contact, sure[0].reason)
            elif found:
                row._set_failed([row._match_problem(found)])
            else:
                ready += row
        return ready

    def _match_problem(self, matches):
        """Ask a person which of Xero's contacts it is, if any.

        :param matches: list of ``Match``, best first, none of them sure
        """
        partner = self.partner_id
        return mappers.Problem(
            key=f"match:{self.id}",
            title=self.env._(
                "%(partner)s may be in Xero already: %(candidates)s.",
                partner=partner.display_name,
                candidates="; ".join(
                    f"{match.contact.name} ({match.reason})" for match in matches[:3]
                ),
            ),
            remedy=self.env._(
                "Link the customer or vendor to the right one, or create a new one."
            ),
            record=partner,
            fixer="user",
        )

    # EXTENDS 'xero.binding'
    def _give_way_to(self, twin, reason=None):
        """This row's partner gets an existing contact; nothing is created.

        :param reason: why it is the partner's, in words
        """
        self.ensure_one()
        partner = self.partner_id.with_company(self.company_id)
        documents = self.waiting_document_ids
        self.partner_id = False
        partner.xero_contact_id = twin
        if self.state == "sending" and twin.partner_id == partner:
            # It is the one this row made, read before the answer came
            read = {"details": twin.details, "email": twin.email}
            twin.write({**self._said_values(), **read})
            twin._mark_changed()  # what the partner changed since it was sent
        partner._message_log(
            body=self.env._(
                "Linked to the Xero contact “%(contact)s”. %(reason)s",
                contact=twin.name,
                reason=reason or "",
            )
        )
        documents._stop_waiting()
        self.unlink()

    # EXTENDS 'xero.binding'
    def _prepare(self):
        connection = self.connection_id
        kept = self.archived_in_xero or not connection.update_contacts
        if not self.partner_id or (self.xero_id and kept):
            return None
        self.saying = mappers.partner_says(self.partner_id, connection)
        return mappers.partner_to_contact(
            self.partner_id,
            connection,
            self.contact_number,
            self.xero_id or None,
            held=self.sent_parts or (),
            before=self.said or None,
        )

    # EXTENDS 'xero.binding'
    def _set_unanswered(self):
        """Xero may hold the change whose answer got lost: nothing of it is agreed."""
        if self.xero_id and self.said and self.request_id:
            sent = self.connection_id._sent_by_binding(self.request_id)[self.id]
            saying, held = self.saying or {}, self.sent_parts or []
            made = mappers.parts_after(sent, saying, ())
            self.write(
                {
                    "said": mappers.said_unsure(self.said, saying),
                    "sent_parts": held + [part for part in made if part not in held],
                }
            )
        return super()._set_unanswered()

    # EXTENDS 'xero.binding'
    def _nothing_to_send(self):
        self.message = False  # of a refusal that has nothing left to refuse
        return super()._nothing_to_send()

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        return {
            **values,
            "name": element.name or self.name,
            "list_refreshed": False,
            **self._said_values(),
        }

    def _said_values(self):
        """Values for what Xero has from Odoo, now that it confirmed the request."""
        sent = self.connection_id._sent_by_binding(self.request_id)[self.id]
        saying = self.saying or {}
        values = {
            "sent_parts": mappers.parts_after(sent, saying, self.sent_parts or ()),
            "said": mappers.said_after(sent, saying, self.said or {}),
            "details": mappers.known_after(sent, self.details or {}),
        }
        if "EmailAddress" in sent:
            values["email"] = sent["EmailAddress"] or False
        return values

    # EXTENDS 'xero.binding'
    def _after_synced(self):
        self._link_partners()
        self.waiting_document_ids._stop_waiting()

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        self.waiting_document_ids._show_waiting()

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Taken name or number, an e-mail that is gone: read the list once more."""
        if code not in READ_AGAIN or self.list_refreshed:
            return False
        self.list_refreshed = True
        self.connection_id.contacts_due = True
        return True
