from odoo import api, fields, models
from odoo.tools import format_date

from ..outbox.xero_refusals import recognise

# What the keys of issues about a locked period begin with
LOCKED = ("lock_date:", "refused:lock_date:")


class XeroDocument(models.Model):
    """Documents that wait until Xero's books are open for their date."""

    _inherit = "xero.document"

    waits_for_period = fields.Boolean(
        readonly=True,
        help="A person has it wait until its date is in no locked period of Xero.",
    )

    def _hold_for_period(self):
        """Hold these documents until their period opens; nobody need do anything."""
        self._clear_issues()
        for document in self:
            document.write(
                {
                    "state": "held",
                    "waits_for_period": True,
                    "message": self.env._(
                        "Waits until Xero's books are open for %(date)s.",
                        date=document._date_in_words(),
                    ),
                }
            )

    def _date_in_words(self):
        date = self.move_id.invoice_date
        return format_date(self.env, date) if date else self.env._("its date")

    def _is_in_locked_period(self):
        """Whether the lock dates that were read last cover its date."""
        lock, date = self.connection_id._books_locked_until(), self.move_id.invoice_date
        return bool(date and lock and date <= lock)

    @api.model
    def _release_open_periods(self, connection):
        """Queue what waits for its period, where the lock dates cover it no longer."""
        held = self.search(
            [
                ("connection_id", "=", connection.id),
                ("state", "=", "held"),
                ("waits_for_period", "=", True),
            ]
        )
        held.filtered(lambda row: not row._is_in_locked_period())._set_pending()

    # EXTENDS 'xero.binding'
    def _set_failed(self, problems):
        """What a person has wait, goes on waiting, and asks nobody again."""
        locked = all(problem.key.startswith(LOCKED) for problem in problems)
        if self.waits_for_period and locked:
            self.write({"payload_digest": False, "changed_while_sending": False})
            self._hold_for_period()
            return
        if self.waits_for_period:
            self.waits_for_period = False
        super()._set_failed(problems)

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        return {**super()._values_from_answer(element), "waits_for_period": False}

    # EXTENDS 'xero.binding'
    def _set_refused(self, messages):
        """Whom Xero stops at its lock of the period, that lock binds after all.

        Else what waits for its period would go, and be refused, over and over.
        """
        if recognise(messages).code == "lock_period":
            self.connection_id._note_period_lock_binds()
        return super()._set_refused(messages)

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Xero locked a period since its lock dates were read."""
        if code == "lock_date":
            self.connection_id._look_at_lock_dates_again()
        return super()._cure_refusal(code)

    # EXTENDS 'xero.document'
    def _unskip(self):
        """A person asks again, maybe having opened the period in Xero just now."""
        kept = self.filtered("waits_for_period") | self.filtered(
            lambda row: "lock_date" in row.issue_ids.mapped("kind")
        )
        kept.connection_id._look_at_lock_dates_again()
        return super()._unskip()

    # EXTENDS 'xero.binding'
    def action_send_again(self):
        """As :meth:`_unskip`, in the list of documents."""
        self.check_access("read")
        # sudo: rows are read-only for people
        self.sudo().filtered(
            "waits_for_period"
        ).connection_id._look_at_lock_dates_again()
        return super().action_send_again()
