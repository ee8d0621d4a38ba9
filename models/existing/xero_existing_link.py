import logging

import psycopg2

from odoo import models
from odoo.exceptions import ConcurrencyError, UserError

from ... import mappers, xero_api
from ..document.xero_document import RECORD_FIELDS
from .xero_existing_read import _is_known

_logger = logging.getLogger(__name__)


class XeroExistingLine(models.Model):
    """Linking: what stands in Xero already, stands for Odoo's document from now on."""

    _inherit = "xero.existing.line"

    def _link(self):
        """Link these, and send nothing; one that cannot be linked stops no other."""
        rows = self._rows()
        taken = self._taken_rows()
        for line in self:
            xero_id = line.candidate_id.xero_id
            try:
                with self.env.cr.savepoint():
                    line._check_link(rows.get(line), taken.get(xero_id))
                    taken[xero_id] = line._link_one(rows.get(line))
            except (psycopg2.OperationalError, ConcurrencyError):
                raise  # another transaction got in between: all is done anew
            except Exception as error:
                line._set_failed(error)
        linked = self.filtered(lambda line: line.result == "linked").document_id
        linked._after_taken_by_hand()
        endpoints = {row._xero_endpoint() for row in linked}
        self.existing_id.connection_id._read_again_since(
            endpoints, self.existing_id.begun_at
        )

    def _link_one(self, row):
        """:param row: ``xero.document`` of Odoo's document by now, or None
        :return: the row that stands for both
        """
        self._link_partner()
        row = row or self._new_row()
        element = xero_api.kept(self.candidate_id.content)
        row._take_by_hand(element, self.existing_id.begun_at)
        self.write({"result": "linked", "document_id": row.id})
        return row

    def _set_failed(self, error):
        """Say in words why this one could not be linked."""
        words = str(error)
        if not isinstance(error, UserError):
            _logger.warning("existing line %s failed", self.id, exc_info=error)
            words = self.env._("Odoo could not link it; the server's log says more.")
        self.write({"result": "failed", "message": words})

    def _taken_rows(self):
        """:return: dict of Xero's id → the row that stands for it by now"""
        rows = self._documents().search(
            [
                ("connection_id", "=", self.existing_id.connection_id.id),
                ("xero_id", "in", self.candidate_id.mapped("xero_id")),
            ]
        )
        return {row.xero_id: row for row in rows}

    def _check_link(self, row, taken):
        """:param row: ``xero.document`` of Odoo's document by now, or None
        :param taken: ``xero.document`` that stands for Xero's by now, or None
        :raise UserError: it cannot be linked any more, in words
        """
        names = {
            "record": self.odoo_number,
            "number": self.candidate_id.number or self.candidate_id.reference,
        }
        if not self.candidate_id or not self._record():
            raise UserError(self.env._("It was deleted meanwhile."))
        if row and _is_known(row):
            raise UserError(
                self.env._(
                    "%(record)s was sent to Xero meanwhile. Check whether it is there"
                    " twice; if so, void one of the two.",
                    **names,
                )
            )
        wanted = self.existing_id._side(
            self._record(), self.document_kind, row or self.env["xero.document"]
        )
        if not wanted:
            # Cancelled, or invoiced: what is there stands for something else by now
            raise UserError(self.env._("Xero needs nothing of it any more."))
        if taken:
            raise UserError(
                self.env._(
                    "%(number)s in Xero is linked to %(other)s already.",
                    other=taken.record_name,
                    **names,
                )
            )

    def _link_partner(self):
        """Link the customer or vendor to the contact that the document has in Xero.

        :raise UserError: it is linked to another one, or Odoo does not know that one
        """
        connection = self.existing_id.connection_id
        partner = self._record()._xero_partner(self.document_kind)
        partner = partner.with_company(connection.company_id)
        linked = mappers.own(partner.xero_contact_id, connection)
        contact_xero_id = self.candidate_id.contact_xero_id
        if linked.xero_id == contact_xero_id:
            return
        contact = self.env["xero.contact"].search(
            [
                ("connection_id", "=", connection.id),
                ("xero_id", "=", contact_xero_id),
            ]
        )
        if linked or not contact or contact.archived_in_xero:
            raise UserError(
                self.env._(
                    "In Xero it belongs to “%(contact)s”, which is not the contact of"
                    " %(partner)s. Correct one of the two first.",
                    contact=self.candidate_id.contact_name or "",
                    partner=partner.display_name,
                )
            )
        partner.xero_contact_id = contact

    def _new_row(self):
        """A row for Odoo's document (``xero.document``); the caller fills it."""
        record = self._record()
        values = {
            "connection_id": self.existing_id.connection_id.id,
            "kind": self.document_kind,
            RECORD_FIELDS[self.document_kind]: record.id,
            "record_name": record.display_name,
        }
        return self._documents()._create_rows(record.sudo(), [values])
