from odoo import api, fields, models


class XeroChange(models.Model):
    """A change of a record whose row was in other hands just then.

    Who changes a record must neither wait for the worker, nor begin anew because of it:
    Odoo would repeat the whole transaction, and print and send for a second time. So
    the change is noted beside the row, where nobody else writes, and the worker takes
    it in before it looks what is due, and before it reads an answer.
    """

    _name = "xero.change"
    _description = "Change noted beside a Xero binding"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade"
    )
    binding_model = fields.Char(required=True)
    # No foreign keys: the row, or the record, may be gone when this is taken in
    binding_id = fields.Integer(required=True)
    res_model = fields.Char()
    res_id = fields.Integer()
    urgent = fields.Boolean()
    at_once = fields.Boolean(help="A person asked for it by the button.")

    @api.model
    def _note(self, rows, urgent, at_once=False):
        """:param rows: bindings of one kind that were in other hands"""
        # sudo: nobody reads or writes these but Odoo itself
        self.sudo().create(
            [
                {
                    "connection_id": row.connection_id.id,
                    "binding_model": row._name,
                    "binding_id": row.id,
                    "res_model": row._record()._name,
                    "res_id": row._record().id,
                    "urgent": urgent,
                    "at_once": at_once,
                }
                for row in rows
            ]
        )

    @api.model
    def _take_in(self, connection):
        """Write on the rows what was noted beside them; what users hold, stays noted.

        :return: whether anything was noted
        :raise psycopg2.errors.SerializationFailure: a user just changed one of them
        """
        changes = self.search([("connection_id", "=", connection.id)])
        for model, of_model in changes.grouped("binding_model").items():
            of_model._write_on_rows(self.env[model])
        return bool(changes)

    def _write_on_rows(self, bindings):
        """:param bindings: model of the rows of all of these"""
        rows = bindings.browse(self.mapped("binding_id")).exists()
        free = rows._lock_free()
        urgent, at_once = (
            set(self.filtered(name).mapped("binding_id"))
            for name in ("urgent", "at_once")
        )
        groups = free.grouped(lambda row: (row.id in urgent, row.id in at_once))
        for (is_urgent, is_at_once), group in groups.items():
            group._set_changed(is_urgent, is_at_once)
        for change in self.filtered(lambda change: change.binding_id not in rows.ids):
            # sudo: as who changed the record, whose rows it is not to write
            own = bindings.with_user(change.create_uid).sudo()
            own._request_record(change.res_model, change.res_id)
        held = rows - free
        self.filtered(lambda change: change.binding_id not in held.ids).unlink()
