"""Contacts are read before documents are judged by them."""

from odoo import api, fields, models


class XeroConnection(models.Model):
    """Before a document counts as another one's, who was merged is read."""

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _read_documents(self, client, endpoint, rows):
        found, unchanged = super()._read_documents(client, endpoint, rows)
        if any(
            row.xero_id in found and row._has_other_contact(found[row.xero_id])
            for row in rows
        ):
            self._refresh_contacts(client)
        return found, unchanged


class XeroDocument(models.Model):
    """A refusal for its contact's sake: first see what became of the contact."""

    _inherit = "xero.document"

    contacts_read = fields.Boolean(
        readonly=True,
        help="Xero refused its contact, so Xero's contacts were read once more.",
    )

    @api.model
    def _any_other_contact(self, connection, elements):
        """Whether one of our documents is another contact's than we know.

        :param connection: ``xero.connection``
        :param elements: list of ``xero_api.Element``
        """
        held = {each.xero_id: each for each in elements if each.ok}
        rows = self.search_fetch(
            [("connection_id", "=", connection.id), ("xero_id", "in", list(held))],
            ["xero_id", "contact_xero_id"],
        )
        return any(row._has_other_contact(held[row.xero_id]) for row in rows)

    def _has_other_contact(self, element):
        """:param element: ``xero_api.Element`` without errors"""
        return element.contact_id not in (None, self.contact_xero_id)

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Archived there since Odoo read it: merged into another one, maybe."""
        if code == "contact_archived" and not self.contacts_read:
            self.contacts_read = True
            self.connection_id.contacts_due = True
            return True
        return super()._cure_refusal(code)

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        return {**super()._values_from_answer(element), "contacts_read": False}

    # EXTENDS 'xero.binding'
    def _set_failed(self, problems):
        if self.contacts_read:
            self.contacts_read = False
        return super()._set_failed(problems)


class XeroContact(models.Model):
    """A merge is no change of its documents."""

    _inherit = "xero.contact"

    # EXTENDS 'xero.contact'
    def _merge_into(self, target):
        result = super()._merge_into(target)
        changed = self.env["xero.document"].search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("contact_xero_id", "=", target.xero_id),
                ("changed_in_xero", "=", True),
                ("state", "=", "failed"),
            ]
        )
        doubted = changed.filtered(lambda row: row._left()["contact"] == self.xero_id)
        doubted.look_up = "update"
        doubted._set_pending()
        return result
