import functools
from contextlib import suppress
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import MissingError
from odoo.tools import format_datetime

# States in which documents are queued, once an organisation is known
LIVE_STATES = ("connecting", "choose", "connected", "broken", "moved")


class XeroConnection(models.Model):
    """When a connection may call Xero, and what wakes it."""

    _inherit = "xero.connection"

    paused = fields.Boolean(
        readonly=True,
        copy=False,
        tracking=True,
        help="Documents are queued, and nothing is sent until somebody presses"
        " “Continue”.",
    )

    def _is_live(self):
        """Whether documents are queued for this connection."""
        return bool(self.active and self.tenant_id and self.state in LIVE_STATES)

    def _is_open(self):
        """Whether a call may be made now."""
        self.ensure_one()
        now = fields.Datetime.now()
        waits = self.next_allowed and self.next_allowed > now
        connected = self.active and self.state == "connected"
        return connected and not (self.paused or waits)

    def _wake(self, at=False):
        """Have the scheduler run these connections' jobs right after the commit.

        Once for a transaction, however many hooks ask: an edit of a hundred lines asks
        a hundred times. Odoo runs what is noted here before it opens a savepoint, so
        that no rollback to one takes a wake back.

        :param at: a later time (UTC)
        """
        precommit = self.env.cr.precommit
        waking = precommit.data.setdefault("xero_sync.wake", set())
        new = {(id_, at) for id_ in self.ids} - waking
        if new:
            # sudo: whoever changes a document may wake the job
            precommit.add(functools.partial(self.sudo()._trigger_jobs, new))
        waking.update(new)

    @api.model
    def _trigger_jobs(self, wakes):
        """:param wakes: set of pairs of a connection's id and a later time, if any"""
        for connection_id, at in wakes:
            connection = self.browse(connection_id)
            with suppress(MissingError):  # deleted in the same transaction
                # All that Odoo asks of it; else every column would be read
                connection.cron_id.fetch(["active"])
                connection.cron_id._trigger(at or None)

    def _pause(self, seconds, reason):
        """Make no call for some time, and come back by itself.

        :param seconds: from now
        :param reason: shown on the connection
        """
        self.ensure_one()
        # now() leaves out the part of a second, which must not shorten the pause
        until = fields.Datetime.now() + timedelta(seconds=max(seconds, 1) + 1)
        self.write({"next_allowed": until, "state_message": reason})
        self.cron_id._trigger(at=until)

    def _why_closed(self, urgent=True):
        """Why something does not go out now, in words for a user; False when it does.

        :param urgent: whether it is
        """
        self.ensure_one()
        if self.state == "broken":
            return self.env._(
                "Xero is not connected; an administrator has to reconnect."
            )
        if self.state == "moved":
            return self.env._(
                "This database may be a copy; an administrator has to say whether it"
                " sends to Xero."
            )
        if self.state != "connected":
            return False
        if self.paused:
            return self.env._(
                "Sending to Xero is paused. This is sent automatically once an"
                " accountant presses “Continue” on the connection."
            )
        if self._is_open():
            return not urgent and self._why_kept_back()
        return self.env._(
            "%(reason)s Next attempt after %(time)s.",
            reason=self.state_message or self.env._("Xero asked for a pause."),
            time=format_datetime(self.env, self.next_allowed),
        )

    def _break(self, reason):
        """No call can succeed any more: hold everything until a person reconnects."""
        self.ensure_one()
        self.write({"state": "broken", "state_message": reason})
        self.message_post(
            body=self.env._(
                "Odoo is not connected to Xero any more. %(reason)s Documents wait,"
                " and are sent automatically after “Reconnect”.",
                reason=reason,
            ),
            # Followers are told: the one who set it up is among them
            subtype_xmlid="mail.mt_comment",
        )
        self._ask_to_reconnect(reason)

    # === ACTIONS === #

    def action_pause(self):
        """Send nothing until somebody goes on; what changes in Odoo is queued."""
        self._set_paused(True)

    def action_continue(self):
        """Send what was queued meanwhile."""
        self._set_paused(False)
        self._wake()

    def _set_paused(self, paused):
        self.check_access("write")
        # sudo: accountants may, but write only settings (`_check_may_write`)
        self.sudo().paused = paused
