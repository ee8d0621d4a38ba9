from typing import Any, NamedTuple

from odoo import api, models

from ... import mappers


class ComingContact(NamedTuple):
    """What becomes of a partner without a contact once a document needs one.

    :ivar contact: ``xero.contact``, in the database or only thought of
    :ivar reason: why it is the partner's, in words; empty where it is made
    :ivar problem: ``mappers.Problem`` that keeps it back, else None
    """

    contact: Any
    reason: str = ""
    problem: Any = None


class XeroContact(models.Model):
    """What the outbox would do about partners without a contact, and is not done."""

    _inherit = "xero.contact"

    @api.model
    def _coming(self, connection, partners):
        """What :meth:`_request` and the outbox would make of these.

        :param partners: ``res.partner`` without a contact, in the company of the books
        :return: dict of partner → :class:`ComingContact`
        """
        rows = self.search(
            [("connection_id", "=", connection.id), ("partner_id", "in", partners.ids)]
        )
        by_partner = {row.partner_id: row for row in rows}
        coming = {
            partner: by_partner.get(partner) or self._thought_of(connection, partner)
            for partner in partners
        }
        new = partners.filtered(
            lambda partner: (
                not (coming[partner].xero_id or coming[partner].create_anyway)
            )
        )
        matches = self._matches(connection, new) if new else {}
        return {
            partner: row._becomes(matches.get(partner, []))
            for partner, row in coming.items()
        }

    @api.model
    def _thought_of(self, connection, partner):
        values = {"connection_id": connection.id, "partner_id": partner.id}
        return self.new({**values, **self._new_values(partner)})

    def _becomes(self, matches):
        """:param matches: of :meth:`_matches`, empty where none is looked for"""
        if self.state == "failed":
            return ComingContact(self, problem=self._problem_told())
        sure = [match for match in matches if match.sure]
        if sure:
            return ComingContact(sure[0].contact, sure[0].reason)
        if matches:
            return ComingContact(self, problem=self._match_problem(matches))
        try:
            mappers.partner_to_contact(
                self.partner_id, self.connection_id, self.contact_number
            )
        except mappers.MappingError as error:
            return ComingContact(self, problem=error.problems[0])
        return ComingContact(self)

    def _problem_told(self):
        """What keeps this row back, as it was told (``mappers.Problem``)."""
        issue = self.issue_ids[:1]
        return mappers.Problem(
            key=issue.key or f"contact:{self.partner_id.id}",
            title=issue.name or self.message or "",
            remedy=issue.remedy or "",
            record=self.partner_id,
            fixer=issue.fixer or "user",
            words=issue.xero_words or "",
        )
