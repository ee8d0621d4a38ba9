from markupsafe import Markup

from odoo import api, fields, models

ADMINISTRATOR = "xero_sync.xero_sync_group_administrator"


class XeroConnection(models.Model):
    """The way to the start page, and what it says while there is no connection."""

    _inherit = "xero.connection"

    # EXTENDS 'base'
    @api.model
    def get_empty_list_help(self, help_message):
        """Without a connection: who may make one, with the button for who may."""
        help_message = super().get_empty_list_help(help_message)
        company = self.env.company.root_id
        # sudo: whether there is one is no secret
        if not help_message or company.sudo()._xero_connection():
            return help_message
        if not self.env.user.has_group(ADMINISTRATOR):
            text = self.env._(
                "A Xero administrator connects %(company)s on this page.",
                company=company.name,
            )
            return Markup("%s<p>%s</p>") % (Markup(help_message), text)
        text = self.env._(
            "Connect %(company)s to the Xero organisation that keeps its books. It"
            " takes a few minutes, and nothing is sent before you have connected.",
            company=company.name,
        )
        button = Markup(
            '<a type="action" name="xero_sync.xero_set_up_action"'
            ' class="btn btn-primary">%s</a>'
        ) % self.env._("Set up Xero")
        return Markup("%s<p>%s</p>%s") % (Markup(help_message), text, button)

    @api.model
    def _set_up(self, company):
        """The company's connection, made now if it has none.

        :param company: ``res.company``
        :return: ``xero.connection``
        """
        # What was there before may be in Xero already, typed in by hand
        return company._xero_connection() or self.create(
            {"company_id": company.id, "start_date": fields.Date.context_today(self)}
        )

    # === ACTIONS === #

    def action_set_up(self):
        """Button "Set up Xero" of the start page, for the current company."""
        self.check_access("create")
        self._set_up(self.env.company.root_id)
        return self._open_start_page()
