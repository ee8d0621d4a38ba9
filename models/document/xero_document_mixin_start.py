from odoo import fields, models

from ... import mappers


class XeroDocumentMixin(models.AbstractModel):
    """What is dated before the start date of a connection is not made by itself.

    It may be in Xero already, typed in by hand. What Xero has through Odoo is kept in
    step all the same.
    """

    _inherit = "xero.document.mixin"

    # EXTENDS 'xero.document.mixin'
    def _xero_auto(self, kind, connection):
        # Whoever ticks its own box means this document
        if not self.xero_send_choice and self._xero_is_older(connection):
            return False
        return super()._xero_auto(kind, connection)

    def _xero_day(self):
        """The day that its document has in Xero, None while it has none."""
        self.ensure_one()
        moment = self[self._xero_date_field]
        if self._fields[self._xero_date_field].type == "date":
            return moment or None
        return mappers.local_date(self, moment)

    def _xero_is_older(self, connection):
        """Whether it is dated before the start date of a connection, maybe empty."""
        moment, start = self[self._xero_date_field], connection.start_date
        if not (moment and start):
            return False
        day = fields.Date.to_date(moment)
        # No zone is further from UTC, and to know which it is costs queries
        if abs((day - start).days) <= 1:
            day = self._xero_day()
        return day < start

    def _xero_is_left_out(self, connection):
        """Whether it is older, and Xero does not have it through Odoo."""
        return self._xero_is_older(connection) and not self._xero_in(connection)

    def _xero_in(self, connection):
        """Whether this organisation has a document of it, or will have."""
        # sudo: what is in Xero is no secret to who may send it
        return any(
            row.connection_id == connection and row.state != "skipped"
            for row in self.sudo().xero_document_ids
        )

    # EXTENDS 'xero.document.mixin'
    def action_xero_send(self):
        """Ask before what is older goes; who has answered comes here again."""
        self.check_access("write")
        older = self._xero_older_unasked()
        return self._xero_ask_to_send(older) if older else super().action_xero_send()

    def action_xero_send_many(self):
        """List action "Send to Xero": of many, say first what becomes of them.

        :return: the action that asks, False where nothing is to be asked
        :raise odoo.exceptions.UserError: their company is not connected
        """
        self.check_access("write")
        if len(self) == 1:
            asks = self.action_xero_send()
            # Odoo takes whatever else a server action leaves for an action to open
            return False if asks is True else asks
        self._xero_check_connected()
        return self._xero_ask_to_send(self._xero_older_unasked())

    def _xero_older_unasked(self):
        """Those dated before the start date of which nobody said that they go."""
        older = self.env[self._name]
        for connection, records in self._xero_by_connection():
            older |= records.filtered(
                lambda record, connection=connection: (
                    record.xero_send_choice != "yes"
                    and record._xero_is_left_out(connection)
                )
            )
        return older

    def _xero_ask_to_send(self, older):
        """:param older: those of these which are dated before the start date"""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "xero_sync.xero_document_send_action"
        )
        context = {
            "default_res_model": self._name,
            "default_res_ids": self.ids,
            "default_older_ids": older.ids,
        }
        return {**action, "context": context}
