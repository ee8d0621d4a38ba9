from markupsafe import escape

from odoo import api, fields, models
from odoo.fields import Domain

RECONNECT = "xero_sync.mail_activity_type_reconnect"


class XeroConnection(models.Model):
    """When a connection is lost: who is told."""

    _name = "xero.connection"
    _inherit = ["xero.connection", "mail.activity.mixin"]

    responsible_id = fields.Many2one(
        "res.users",
        default=lambda self: self.env.user,
        domain=lambda self: self._responsible_domain(),
        help="Gets a task and an e-mail when Xero no longer lets Odoo in. If this"
        " user can no longer act, another administrator gets them.",
    )

    @api.model
    def _responsible_domain(self):
        """Who may connect again."""
        group = self.env.ref("xero_sync.xero_sync_group_administrator")
        return [("all_group_ids", "in", group.ids), ("share", "=", False)]

    # === LOST ACCESS === #

    def _ask_to_reconnect(self, reason):
        """A task for the responsible, and with it an e-mail; once until it is done."""
        self._keep_task(RECONNECT, escape(reason or ""))  # maybe Xero's own words

    @api.model
    def _keep_tasks(self):
        """Have somebody who may act do what was for a person who left."""
        for connection in self.search([("state", "in", ("broken", "moved"))]):
            connection._ask_to_reconnect(connection.state_message)

    def _keep_task(self, kind, note=False):
        """One task until it is done, with somebody who may do it.

        :param kind: XML id of a ``mail.activity.type``
        :param note: what a new one says, as markup
        """
        tasks = self.activity_search([kind])
        if not tasks:
            self.activity_schedule(kind, note=note, user_id=self._responsible().id)
        for task in tasks:
            if not self._is_able(task.user_id):
                task.user_id = self._responsible()

    def _responsible(self):
        """Who looks after the connection; empty while nobody may."""
        able = (self.responsible_id | self.create_uid).filtered(self._is_able)
        return able[:1] or self.env["res.users"].search(
            Domain(self._responsible_domain())
            & Domain("company_ids", "in", self.company_id.ids),
            order="id",
            limit=1,
        )

    def _is_able(self, user):
        """Whether a person is there, and may connect again.

        :param user: ``res.users``, maybe empty
        """
        able = user.filtered_domain(self._responsible_domain())
        return able.active and self.company_id in able.company_ids

    # EXTENDS 'xero.connection'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "connected":
            self.activity_feedback([RECONNECT])
        return result
