from odoo import fields, models
from odoo.fields import Domain
from odoo.tools import date_utils, formatLang


class XeroConnection(models.Model):
    """What Odoo books and nobody sends: said, so that nobody believes Xero has it."""

    _inherit = "xero.connection"

    never_sent = fields.Char("Not sent to Xero", compute="_compute_never_sent")

    def _compute_never_sent(self):
        """This month's number and sum, as far as this user may see the entries."""
        self.never_sent = False
        if not self.env["account.move"].has_access("read"):
            return
        groups = self.env["account.move"]._read_group(
            self._never_sent_domain(),
            ["company_id"],
            ["__count", "amount_total_signed:sum"],
        )
        for connection in self:
            company = connection.company_id
            # Its branches use the connection, and its currency
            own = [rest for branch, *rest in groups if branch.root_id == company]
            if own:
                count, total = map(sum, zip(*own, strict=True))
                connection.never_sent = self.env._(
                    "This month: %(count)s journal entries of %(total)s",
                    count=count,
                    total=formatLang(self.env, total, currency_obj=company.currency_id),
                )

    def _never_sent_domain(self):
        """Entries posted this month that are no invoice, bank line or payment.

        They are the till's closing entries, landed costs, expenses that the company
        paid, and whatever is entered by hand.
        """
        start, end = date_utils.get_month(fields.Date.context_today(self))
        return (
            Domain(
                [
                    ("company_id", "child_of", self.company_id.ids),
                    ("move_type", "=", "entry"),
                    ("state", "=", "posted"),
                    ("date", ">=", start),
                    ("date", "<=", end),
                    ("statement_line_id", "=", False),
                ]
            )
            & self._no_payment_domain()
        )

    def _no_payment_domain(self):
        """No payments, but what the company paid for an employee's expense."""
        domain = Domain("origin_payment_id", "=", False)
        # Of hr_expense, which may not be installed
        known = "expense_ids" in self.env["account.move"]._fields
        if known and self.env["hr.expense"].has_access("read"):
            domain |= Domain("expense_ids", "!=", False)
        return domain

    def action_open_never_sent(self):
        """The entries that the line on the form counts."""
        self.ensure_one()
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Not sent to Xero"),
            "res_model": "account.move",
            "views": [(False, "list"), (False, "form")],
            "domain": list(self._never_sent_domain()),
            "context": {"create": False},
        }
