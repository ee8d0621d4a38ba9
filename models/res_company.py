from odoo import fields, models
from odoo.exceptions import UserError


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
        # With all of its fields: what is asked next costs no other query
        connections = self.env["xero.connection"].search_fetch(
            [("company_id", "in", self.parent_ids.ids), ("active", "=", True)]
        )
        return connections.sorted(
            lambda connection: len(connection.company_id.parent_ids), reverse=True
        )[:1]

    def _xero_not_connected(self):
        """The error for who asks something of Xero for this company in vain."""
        return UserError(
            self.env._(
                "%(company)s is not connected to Xero. An administrator connects it in"
                " Settings → Xero.",
                company=self.name,
            )
        )
