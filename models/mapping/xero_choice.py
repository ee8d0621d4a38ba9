from odoo import api, fields, models


class XeroChoice(models.AbstractModel):
    """Something of Xero's that people choose from: read, never written there.

    Rows are kept in step with Xero by :meth:`_refresh`; what Xero no longer offers is
    archived, so that links to it stay visible.
    """

    _name = "xero.choice"
    _inherit = ["xero.mirror"]
    _description = "Choice read from Xero"
    _order = "name, id"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    active = fields.Boolean(default=True, readonly=True)
    name = fields.Char(required=True, readonly=True)
    xero_key = fields.Char(required=True, readonly=True, help="Xero's id or code")

    @api.model
    def _refresh(self, connection, values_by_key):
        """Make the rows of a connection equal to what Xero offers now.

        :param connection: ``xero.connection``
        :param values_by_key: dict of Xero's key → values of the row
        """
        rows = self.with_context(active_test=False).search(
            [("connection_id", "=", connection.id)]
        )
        known = {row.xero_key: row for row in rows}
        self.create(
            [
                {**values, "connection_id": connection.id, "xero_key": key}
                for key, values in values_by_key.items()
                if key not in known
            ]
        )
        for key, row in known.items():
            values = values_by_key.get(key, {"active": False})
            row._write_changes({"active": True, **values})
