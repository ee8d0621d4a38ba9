from odoo import api, fields, models

from .. import xero_api


class XeroOrganisationChoose(models.TransientModel):
    """Which of the allowed organisations keeps this company's books?"""

    _name = "xero.organisation.choose"
    _description = "Choose the Xero organisation"

    connection_id = fields.Many2one("xero.connection", required=True)
    tenant_id = fields.Selection(
        selection="_selection_tenant_id", string="Organisation", required=True
    )

    @api.model
    def _selection_tenant_id(self):
        connection_id = self.env.context.get("default_connection_id")
        connection = self.env["xero.connection"].browse(connection_id).exists()
        return [
            (tenant["tenant_id"], tenant["tenant_name"])
            for tenant in (connection.tenant_choices or [])
        ]

    def action_choose(self):
        """Connect to the chosen organisation."""
        self.ensure_one()
        self.connection_id.check_access("write")
        # sudo: state and organisation are read-only for people; this is the question
        connection = self.connection_id.sudo()
        chosen = next(
            tenant
            for tenant in connection.tenant_choices
            if tenant["tenant_id"] == self.tenant_id
        )
        connection._adopt_organisation(
            xero_api.TenantConnection(
                id=chosen["id"],
                tenant_id=chosen["tenant_id"],
                tenant_name=chosen["tenant_name"],
                tenant_type="ORGANISATION",
                auth_event_id="",
            )
        )
        connection._run_after_commit()
        return {"type": "ir.actions.act_window_close"}
