from datetime import datetime, timedelta

from odoo import fields, models

# What is not binding yet waits until nobody has changed it for so long …
QUIET = timedelta(minutes=1)
# … and no longer than this after the first change. Odoo's scheduler looks only once a
# minute what is due later, so that it is in Xero within five minutes.
LONGEST = timedelta(minutes=4)
# Once half of the day's calls are used, such changes go together, so often; and what
# Xero said it holds is not asked again for so long
ROUND = timedelta(minutes=15)
# Kinds of bindings of which some changes wait
PATIENT = ("xero.contact", "xero.document")


class XeroBinding(models.AbstractModel):
    """Changes of what is not binding yet wait until people have finished.

    A person saves a quotation several times, then marks it as sent: that is one change
    for Xero. What is new, what is posted and what ends goes at once, and so does what a
    person sends by the button.
    """

    _inherit = "xero.binding"

    waits_until = fields.Datetime(
        "Goes at",
        readonly=True,
        help="It was just changed, and may be changed again: until then it waits, so"
        " that it goes out once.",
    )
    waits_since = fields.Datetime(
        readonly=True, help="The first of the changes that wait"
    )

    def _may_wait(self):
        """Whether a change of this row may wait until people have finished."""
        return False

    def _next_wait(self):
        """It was changed just now: it goes when nobody has done so for a while.

        :return: dict of values for the row
        """
        now = fields.Datetime.now()
        since = (self.waits_until and self.waits_since) or now
        if self.connection_id._is_half_used():
            rounds = -((datetime.min - since) // ROUND)  # rounded up
            until = datetime.min + rounds * ROUND
        else:
            until = min(now + QUIET, since + LONGEST)
        return {"waits_since": since, "waits_until": until}

    def _was_just_seen(self):
        """Whether Xero said so lately what it holds that it is not asked again.

        It is always asked while calls are plenty.
        """
        seen = self._last_seen()
        lately = fields.Datetime.now() - ROUND
        return bool(self.connection_id._is_half_used() and seen and seen > lately)

    def _last_seen(self):
        """When Xero last said what it holds for this row (UTC), False for never."""
        return self.synced_at

    def _is_waiting(self):
        """Whether it waits for further changes."""
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
