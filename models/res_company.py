from odoo import fields, models, tools


class ResCompany(models.Model):
    _inherit = "res.company"

    xero_connection_id = fields.Many2one(
        "xero.connection",
        compute="_compute_xero_connection_id",
        groups="xero_sync.xero_sync_group_user",
    )

    def _compute_xero_connection_id(self):
        for company in self:
            company.xero_connection_id = company._xero_connection()

    def _xero_connection(self):
        """The connection whose organisation keeps this company's books.

        A branch uses the one of its nearest parent that has one.

        :return: ``xero.connection``, maybe empty, maybe not connected yet
        """
        connection = self.env["xero.connection"].browse(self._xero_connection_ids())
        return connection if self.env.su else connection._filtered_access("read")

    # Asked in every click; connections clear it when they come and go
    @tools.ormcache("tuple(self.ids)")
    def _xero_connection_ids(self):
        # sudo: which connection it is depends on the company, not on who asks
        connections = (
            self.env["xero.connection"]
            .sudo()
            .search([("company_id", "parent_of", self.ids), ("active", "=", True)])
        )
        nearest = connections.sorted(
            lambda connection: len(connection.company_id.parent_ids), reverse=True
        )
        return nearest[:1]._ids
