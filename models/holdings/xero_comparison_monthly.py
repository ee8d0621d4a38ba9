from odoo import api, fields, models
from odoo.tools import date_utils


class XeroConnection(models.Model):
    """Each month compares itself once it is over, if the accountant wishes."""

    _inherit = "xero.connection"

    compare_monthly = fields.Boolean(
        "Compare each month with Xero",
        help="On the first day of the next one. The responsible person gets the result"
        " and the spreadsheet by e-mail.",
    )
    compared_until = fields.Date(
        readonly=True,
        copy=False,
        help="Last day of the month compared last automatically",
    )

    # EXTENDS 'xero.connection'
    @api.model
    def _cron_run(self, connection_id):
        connection = self.browse(connection_id).exists()
        if connection.compare_monthly and connection._is_open():
            connection._compare_last_month()
        return super()._cron_run(connection_id)

    def _compare_last_month(self):
        """Have the month that is over compared, unless it was."""
        zone = self.company_id.partner_id.tz or "UTC"
        today = fields.Date.context_today(self.with_context(tz=zone))
        first, last = date_utils.get_month(fields.Date.subtract(today, months=1))
        if self.compared_until and self.compared_until >= last:
            return
        self.compared_until = last
        comparison = self.env["xero.comparison"].create(
            {
                "connection_id": self.id,
                "date_from": first,
                "date_to": last,
                "is_monthly": True,
            }
        )
        comparison.action_compare()
        self._commit()


class XeroComparison(models.Model):
    """The e-mail of a comparison that began by itself."""

    _inherit = "xero.comparison"

    # EXTENDS 'xero.comparison'
    def _tell_done(self):
        if not self.is_monthly:
            return super()._tell_done()
        self._mail(with_report=True)
        return None

    # EXTENDS 'xero.task.mixin'
    def _tell_stopped(self):
        """Nobody looks at what began by itself, so nobody would see that it stopped."""
        if not self.is_monthly:
            return super()._tell_stopped()
        self._mail()
        return None

    def _mail(self, *, with_report=False):
        """Tell the responsible person how it ended, in that person's language."""
        user = self.connection_id._responsible()
        reader = self.with_context(lang=user.lang)
        report = [(reader.report_name, reader._report())] if with_report else []
        reader.connection_id.message_notify(
            partner_ids=user.partner_id.ids,
            subject=reader.env._(
                "%(organisation)s: %(result)s",
                organisation=reader.connection_id.display_name,
                result=reader.verdict or reader._stopped_text(),
            ),
            body=reader._mail_body(),
            attachments=report,
            force_send=False,
        )

    def _stopped_text(self):
        return self.env._(
            "%(period)s was not compared with Xero", period=self._period_text()
        )

    def _mail_body(self):
        """One line, and the way to the comparison (``Markup``)."""
        return self.env["ir.qweb"]._render(
            "xero_sync.xero_comparison_mail", {"comparison": self, "url": self._url()}
        )

    def _url(self):
        return (
            f"{self.get_base_url()}/odoo/action-xero_sync.xero_comparison_action/"
            f"{self.id}"
        )
