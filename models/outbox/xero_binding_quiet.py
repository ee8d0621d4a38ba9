from datetime import datetime, timedelta

from odoo import fields, models

# What is not binding yet goes in rounds that all share. All of them are told in this
# unit; tests let it be nothing.
QUIET = timedelta(minutes=1)
# Rounds, in minutes of the clock: while calls are plenty, once half of the day's are
# used, and when the last of them are kept for what is binding
EDITS, EDITS_WHEN_FEW, ROUND_WHEN_SCARCE = 5, 15, 60
# What Xero said it holds is not asked again for so long, once half of them are used
LATELY = timedelta(minutes=15)
# Kinds of bindings of which some changes wait
PATIENT = ("xero.contact", "xero.document")


class XeroBinding(models.AbstractModel):
    """Changes of what is not binding yet go in rounds.

    A person saves a quotation several times, then marks it as sent: that is one change
    for Xero, and what everybody changed in these minutes is one call. What is posted
    and what ends goes at once, and so does what a person sends by the button; what is
    new goes at once while calls are plenty.
    """

    _inherit = "xero.binding"

    waits_until = fields.Datetime(
        "Goes at",
        readonly=True,
        help="It was just changed, and may be changed again: until then it waits, so"
        " that it goes out once, together with others.",
    )

    def _may_wait(self):
        """Whether a change of this row may wait for the next round."""
        return False

    def _round(self):
        """How long a round of such changes is, in minutes of the clock."""
        connection = self.connection_id
        if connection._is_scarce():
            return ROUND_WHEN_SCARCE
        few = connection._is_half_used() if self.xero_id else connection._is_short()
        return EDITS_WHEN_FEW if few else EDITS

    def _next_wait(self):
        """When a change of just now goes (UTC); not after one that waits already."""
        until = end_of_round(fields.Datetime.now(), self._round())
        return min(self.waits_until or until, until)

    def _put_off(self, digest):
        """Whether it waits for another round, now that it is known what goes.

        :param digest: of what would be sent
        """
        return False

    def _was_just_seen(self):
        """Whether Xero said so lately what it holds that it is not asked again.

        It is always asked while calls are plenty.
        """
        seen = self._last_seen()
        lately = fields.Datetime.now() - LATELY
        return bool(self.connection_id._is_half_used() and seen and seen > lately)

    def _last_seen(self):
        """When Xero last said what it holds for this row (UTC), False for never."""
        return self.synced_at

    def _is_waiting(self):
        """Whether it waits for its round."""
        waits = self.waits_until and self.waits_until > fields.Datetime.now()
        return bool(waits and self.state == "pending")

    def _wake_for(self):
        """Have the job run when these rows may go."""
        moments = {
            (row.connection_id, row._is_waiting() and row.waits_until) for row in self
        }
        for connection, moment in moments:
            connection._wake(moment)


class XeroConnection(models.Model):
    """The job is woken when what waits may go."""

    _inherit = "xero.connection"

    def _wake_for_waiting(self):
        """Wake the job for what it learnt of itself: who changed it could only note it.

        Once is enough, however many wait: then it looks what is next.
        """
        now = fields.Datetime.now()
        domain = [
            ("connection_id", "=", self.id),
            ("state", "=", "pending"),
            ("waits_until", ">", now),
        ]
        found = [
            self.env[model].search(domain, order="waits_until", limit=1).waits_until
            for model in PATIENT
        ]
        if not any(found):
            return
        moment = min(filter(None, found))
        # sudo: what wakes the job is nobody's to see
        triggers = self.env["ir.cron.trigger"].sudo()
        known = [("cron_id", "=", self.cron_id.id), ("call_at", ">", now)]
        if not triggers.search_count([*known, ("call_at", "<=", moment)], limit=1):
            self.cron_id._trigger(at=moment)


def end_of_round(moment, minutes):
    """When the round ends in which a moment is; itself at its end.

    :param moment: UTC
    :param minutes: how long such a round is
    """
    length = minutes * QUIET
    return moment + (datetime.min - moment) % length if length else moment
