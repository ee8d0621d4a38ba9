from odoo import models

from ... import mappers
from .xero_allocation_matches import CREDITED_KINDS


class XeroDocument(models.Model):
    """Whose a document is in Xero."""

    _inherit = "xero.document"

    def _partner_contact(self):
        """The contact of that entity in this organisation, maybe empty."""
        return mappers.own(self._partner().xero_contact_id, self.connection_id)

    def _contact_in_use(self):
        """Xero's id of the contact it has to be of there, whoever its partner is now.

        Odoo gives invoices to another customer when somebody gets a company, changes
        employer or is merged. Xero leaves them where they are; it sets off only what is
        of one contact, and what is set off changes to no other
        (https://developer.xero.com/documentation/api/accounting/invoices). So a credit
        note goes to whom its invoice is in Xero.

        :return: None when it goes to the contact of its partner
        """
        set_off = self.given_allocation_ids | self.taken_allocation_ids
        credited = self._rows_of(
            CREDITED_KINDS.get(self.kind), self.move_id.reversed_entry_id
        )
        row = self if any(set_off.mapped("xero_id")) else credited[:1]
        if row._is_gone() or row.took_over:
            return None
        return None if row._contact_is_archived() else row.contact_xero_id or None

    def _contact_is_archived(self):
        """Whether Xero takes nothing more for whom this document is there."""
        contacts = self.env["xero.contact"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("xero_id", "=", self.contact_xero_id),
            ]
        )
        return any(contacts.mapped("archived_in_xero"))
