"""As of when Odoo knows what Xero holds, and a button to look again."""

from markupsafe import Markup, escape

from odoo import api, fields, models
from odoo.tools import format_datetime, format_time


class XeroDocument(models.Model):
    """A badge says what is in Xero as of some time, and that time is told."""

    _inherit = "xero.document"

    as_of = fields.Datetime(
        "As of",
        compute="_compute_as_of",
        help="When Odoo last knew that Xero held this: from an answer, a look, or a"
        " reading of what changed there.",
    )

    @api.depends("seen_at", "connection_id.holdings_marks")
    def _compute_as_of(self):
        for document in self:
            # sudo: when Xero was read is no secret
            marks = document.sudo().connection_id.holdings_marks or {}
            read = marks.get(document._xero_endpoint(), {}).get("read")
            times = [document.seen_at, fields.Datetime.to_datetime(read)]
            known = bool(document.seen_at or document.xero_id)
            document.as_of = known and max(filter(None, times), default=False)

    def _as_of_text(self):
        """In the user's time zone; the day is told where it is another than today's."""
        if not self.as_of:
            return False
        moment = fields.Datetime.context_timestamp(self, self.as_of)
        zone = str(self.env.tz)  # else Odoo reads the user for it
        if moment.date() == fields.Date.context_today(self):
            text = format_time(self.env, self.as_of, zone, time_format="short")
        else:
            text = format_datetime(self.env, self.as_of, zone, dt_format="short")
        return self.env._("as of %s", text)

    # EXTENDS 'base'
    @api.model
    def get_empty_list_help(self, help_message):
        """An empty list says when Xero was looked at, too."""
        help_message = super().get_empty_list_help(help_message)
        # sudo: as _compute_as_of
        connection = self.env.company.sudo()._xero_connection()
        if not (help_message and connection.holdings_marks):
            return help_message
        text = self.env._(
            "Odoo last checked what changed in Xero on %s.",
            format_datetime(self.env, connection.holdings_at, dt_format="short"),
        )
        return Markup("%s<p>%s</p>") % (Markup(help_message), escape(text))

    # === ACTIONS === #

    def action_check_now(self):
        """Button "Check now": see at once what Xero holds, and what changed there."""
        self.check_access("read")
        # sudo: whoever sees a document may have Xero looked at
        self.sudo().connection_id.action_check_now()
        return True


class XeroDocumentMixin(models.AbstractModel):
    """As of when the form of Odoo's document knows it."""

    _inherit = "xero.document.mixin"

    xero_as_of = fields.Char(compute="_compute_xero_as_of", groups="base.group_user")
    xero_changed = fields.Boolean(
        compute="_compute_xero_as_of",
        groups="base.group_user",
        help="A person changed it in Xero, and nobody has decided yet.",
    )

    @api.depends("xero_document_ids.state", "xero_document_ids.seen_at")
    @api.depends_context("tz", "lang")
    def _compute_xero_as_of(self):
        # Read for all of a list at once, as in _compute_xero
        self._xero_shown_documents().mapped("state")
        for record in self:
            last, shown = record._xero_newest()
            live = shown.filtered(lambda row: not row._is_gone())
            current = last if last in live else live[-1:] or last
            record.xero_as_of = current._as_of_text() if current else False
            record.xero_changed = last.changed_in_xero

    def action_xero_check_now(self):
        """Button "Check now", for those who see what became of it in Xero."""
        self.check_access("read")
        return self.xero_shown_document_ids.action_check_now()
