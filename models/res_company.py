from odoo import api, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    _inherit = "res.company"

    xero_connection_ids = fields.One2many(
        "xero.connection", "company_id", "Xero Connections", groups=fields.NO_ACCESS
    )
    # Known for the whole transaction: whatever shows or changes a document asks for it
    xero_connection_id = fields.Many2one(
        "xero.connection",
        compute="_compute_xero_connection_id",
        compute_sudo=True,
        recursive=True,
        groups="xero_sync.xero_sync_group_user",
    )

    @api.depends("xero_connection_ids.active", "parent_id.xero_connection_id")
    def _compute_xero_connection_id(self):
        """A branch uses the one of its nearest parent that has one."""
        for company in self:
            # With all of its fields: what is asked next costs no other query
            connections = self.env["xero.connection"].search_fetch(
                [("company_id", "in", company.parent_ids.ids), ("active", "=", True)]
            )
            company.xero_connection_id = connections.sorted(
                lambda connection: len(connection.company_id.parent_ids), reverse=True
            )[:1]

    def _xero_connection(self):
        """The connection whose organisation keeps this company's books.

        :return: ``xero.connection``, maybe empty, maybe not connected yet
        """
        # sudo: that there is one is no secret; who may read it, the caller knows
        return self.sudo().xero_connection_id.sudo(self.env.su)

    def _xero_not_connected(self):
        """The error for who asks something of Xero for this company in vain."""
        return UserError(
            self.env._(
                "%(company)s is not connected to Xero. An administrator connects it in"
                " Settings → Xero.",
                company=self.name,
            )
        )
