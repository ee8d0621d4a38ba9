from markupsafe import Markup

from odoo import api, models

from ..mapping.xero_mapping_mixin import ACCOUNTANT


class XeroDocument(models.Model):
    """What the start page asks of documents, and what their list says before."""

    _inherit = "xero.document"

    # What was sent lately, and what was changed in Xero: few of a long history
    _synced_idx = models.Index(
        "(connection_id, synced_at, kind) WHERE synced_at IS NOT NULL"
    )
    _changed_idx = models.Index("(connection_id) WHERE changed_in_xero IS TRUE")

    # EXTENDS 'xero.document'
    @api.model
    def get_empty_list_help(self, help_message):
        """Nothing is promised while the company is not connected."""
        company = self.env.company
        # sudo: whether it is connected is no secret
        if not help_message or company.sudo()._xero_connection()._is_live():
            return super().get_empty_list_help(help_message)
        title = self.env._("%(company)s is not connected to Xero", company=company.name)
        if not self.env.user.has_group(ACCOUNTANT):
            text = self.env._(
                "Once a Xero administrator has connected it, quotations, orders,"
                " invoices and bills appear here."
            )
            link = Markup()
        else:
            text = self.env._(
                "Once it is, quotations, orders, invoices and bills appear here."
            )
            link = Markup(
                '<a type="action" name="xero_sync.xero_overview_action"'
                ' class="btn btn-primary">%s</a>'
            ) % self.env._("First steps")
        return Markup('<p class="o_view_nocontent_smiling_face">%s</p><p>%s</p>%s') % (
            title,
            text,
            link,
        )
