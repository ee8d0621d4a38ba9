from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import mappers

# States in which an order counts that Xero may not have
CONFIRMED_STATES = ("sale", "purchase")


class XeroDocumentMixin(models.AbstractModel):
    """What comes to nothing is left out of Xero, unless an accountant wants it there.

    Nobody is asked about it. What is in Xero already ends there when its price becomes
    zero, and what gets a price again is made again.
    """

    _inherit = "xero.document.mixin"

    def _xero_is_nothing(self, kind, connection):
        """Whether it comes to nothing and is left out for that.

        :param kind: of ``xero.document``
        :param connection: ``xero.connection`` whose settings count
        """
        self.ensure_one()
        return (
            connection.zero_documents == "leave_out"
            and self.currency_id.is_zero(self.amount_total)
            and not self._xero_is_there_as_nothing(kind, connection)
            and mappers.books_nothing(self, connection)
        )

    def _xero_is_there_as_nothing(self, kind, connection):
        """Whether Xero has it so already: it was sent while such documents were."""
        # sudo: rows decide what is sent
        rows = self.sudo().xero_document_ids.filtered(
            lambda row: (
                (row.kind, row.connection_id) == (kind, connection) and row.xero_id
            )
        )
        return bool(rows) and not any(rows.mapped("xero_total"))

    # EXTENDS 'base'
    def _write_multi(self, vals_list):
        priced = self._xero_priced_again(vals_list)
        result = super()._write_multi(vals_list)
        priced._xero_request()
        return result

    def _xero_priced_again(self, vals_list):
        """Confirmed orders that Xero has no document of, and that came to nothing.

        They were left out when they were confirmed; it is as if that were now.

        :param vals_list: for each record, dict of names of fields to values of columns
        """
        priced = self.browse(
            record.id
            for record, vals in zip(self, vals_list, strict=True)
            if vals.get("amount_total")
        )
        candidates = priced._xero_documents().filtered(
            lambda record: (
                record.state in CONFIRMED_STATES
                # sudo: what Xero has is no secret to who changes the order
                and record.sudo().xero_document_id.kind != record._xero_kind_now()
            )
        )
        if not candidates:
            return candidates
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM %s WHERE id IN %s AND amount_total = 0",
                SQL.identifier(self._table),
                tuple(candidates.ids),
            )
        )
        return candidates.browse(id_ for [id_] in rows)

    # EXTENDS 'xero.document.mixin'
    def action_xero_send(self):
        """Say why nothing is sent where that is the reason."""
        if len(self) == 1 and not self.xero_number:
            for connection, record in self._xero_by_connection():
                kind = record._xero_kind_now()
                if kind and record._xero_is_nothing(kind, connection):
                    raise UserError(
                        self.env._(
                            "%(record)s has a total of zero, and such documents are"
                            " left out of Xero. An accountant can change that in"
                            " Settings → Xero: Documents of 0.00.",
                            record=record.display_name,
                        )
                    )
        return super().action_xero_send()
