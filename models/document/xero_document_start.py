from odoo import models
from odoo.tools.misc import format_date

from ... import mappers


class XeroDocument(models.Model):
    """A credit note of an invoice that is older than the start date: a person decides.

    Xero may have that invoice, made by hand, and its credit note too; or the credit
    note is all that its books still need.
    """

    _inherit = "xero.document"

    # EXTENDS 'xero.document'
    def _problem_before_send(self):
        if self._credits_what_xero_never_had():
            return self._problem_older_invoice()
        return super()._problem_before_send()

    def _credits_what_xero_never_had(self):
        """Whether it is new, nobody said it should go, and it reverses such a one."""
        credit = self.move_id
        invoice = credit.reversed_entry_id
        return (
            bool(invoice)
            and not self.xero_id
            and not self._is_unwanted()
            and credit.xero_send_choice != "yes"
            and invoice._xero_is_left_out(self.connection_id)
        )

    def _problem_older_invoice(self):
        invoice = self.move_id.reversed_entry_id
        return mappers.Problem(
            key=f"older_invoice:{self.id}",
            title=self.env._(
                "%(credit)s credits %(invoice)s, which is dated before the start date,"
                " %(date)s, and was not sent to Xero.",
                credit=self.record_name,
                invoice=invoice.display_name,
                date=format_date(self.env, self.connection_id.start_date),
            ),
            remedy=self.env._(
                "Look for both in Xero. Send the credit note if it is missing there, or"
                " skip it."
            ),
            record=self.move_id,
        )
