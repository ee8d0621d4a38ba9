from odoo import fields, models
from odoo.fields import Domain

from ... import mappers
from . import odoo_printer

PRINT = "print"  # kind of the issue


class XeroConnection(models.Model):
    """PDFs that this server cannot print as they should be.

    Without styles they stay due: one issue tells it, and while it is open none is tried
    that Odoo would have to print. They are tried again daily, and on *Try again*.

    Without header and footer, thus without the company's name, they are attached, as
    they have all lines and totals, but customers do not see them. The connection says
    so as long as it is true.
    """

    _inherit = "xero.connection"

    pdf_warning = fields.Char(compute="_compute_pdf_warning")

    def _compute_pdf_warning(self):
        for connection in self:
            poor = connection.attach_pdf and not odoo_printer.prints_headers()
            connection.pdf_warning = poor and self.env._(
                "This server prints PDFs without header and footer, so customers"
                " do not see them in Xero's online invoices. Ask whoever runs the"
                " server to install the wkhtmltopdf “with patched qt”, and to restart"
                " Odoo."
            )

    # EXTENDS 'xero.connection'
    def _pdf_domain(self):
        domain = Domain(super()._pdf_domain())
        if self._cannot_print():
            domain &= self.env["xero.document"]._original_domain()
        return domain

    def _cannot_print(self):
        open_issues = [
            ("connection_id", "=", self.id),
            ("key", "=", self._print_key()),
            ("state", "=", "open"),
        ]
        return bool(self.env["xero.issue"].search_count(open_issues, limit=1))

    def _hold_prints(self, error):
        """Print no PDF until somebody saw to it, or a day is over.

        :param error: :class:`odoo_printer.WithoutStyle`
        """
        address = self.env["ir.actions.report"]._get_report_url()
        problem = mappers.Problem(
            key=self._print_key(),
            title=self.env._(
                "Odoo prints PDFs without their style: nothing answers at %(address)s.",
                address=address,
            ),
            remedy=self.env._(
                "Documents go out meanwhile, without PDFs. Ask whoever runs the server"
                " to set the system parameter report.url to an address at which the"
                " server reaches Odoo itself, then press “Try again”."
            ),
            record=None,
            fixer="administrator",
            words=str(error),
        )
        self.env["xero.issue"]._raise_issues(self, [problem])

    def _print_key(self):
        return f"{PRINT}:{self.id}"

    # EXTENDS 'xero.connection'
    def _refresh_choices(self, client):
        result = super()._refresh_choices(client)
        self.env["xero.issue"]._solve([self._print_key()])
        return result
