from odoo import fields, models

from .. import xero_api


class XeroOrganisationChoose(models.TransientModel):
    """Which of the allowed organisations keeps this company's books?"""

    _name = "xero.organisation.choose"
    _description = "Choose the Xero organisation"

    connection_id = fields.Many2one("xero.connection", required=True)
    tenant_id = fields.Char()
    option_ids = fields.One2many(
        "xero.organisation.choose.option",
        "choose_id",
        default=lambda self: self._default_option_ids(),
    )

    def _default_option_ids(self):
        connection_id = self.env.context.get("default_connection_id")
        connection = self.env["xero.connection"].browse(connection_id)
        return [
            fields.Command.create(
                {
                    "tenant_id": tenant["tenant_id"],
                    "name": tenant["tenant_name"],
                    "taken": connection._why_not_shared(
                        tenant["tenant_id"], tenant["tenant_name"]
                    ),
                }
            )
            for tenant in connection.tenant_choices or []
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
            )
        )
        connection._run_after_commit()
        return {"type": "ir.actions.act_window_close"}


class XeroOrganisationChooseOption(models.TransientModel):
    """One of the organisations that were allowed on Xero's page.

    A row of its own, because the web client reads a selection's values without the
    context that says which connection is meant.
    """

    _name = "xero.organisation.choose.option"
    _description = "Xero organisation to choose"

    choose_id = fields.Many2one(
        "xero.organisation.choose", required=True, index=True, ondelete="cascade"
    )
    tenant_id = fields.Char(required=True)
    name = fields.Char("Organisation", required=True)
    taken = fields.Char("Note", help="Why it cannot be chosen: another company's")

    def action_choose(self):
        """Button "Connect" of the row."""
        self.ensure_one()
        self.choose_id.tenant_id = self.tenant_id
        return self.choose_id.action_choose()
