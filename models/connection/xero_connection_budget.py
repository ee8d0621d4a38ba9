import math
from datetime import timedelta, timezone

from odoo import api, fields, models
from odoo.tools import format_datetime, formatLang

from ... import xero_api

# Of a day's calls one in so many is kept for what a person waits for
DAY_RESERVE = 10
WINDOWS = ("minute", "day")


class XeroConnection(models.Model):
    """How many calls Xero still allows, and who may make the last ones.

    All calls of an organisation are made by the one drain that works on its connection,
    and what Xero says is kept with that: so it holds for all workers and hosts.
    """

    _inherit = "xero.connection"

    minute_remaining = fields.Integer(readonly=True, copy=False)
    minute_renews_at = fields.Datetime(readonly=True, copy=False)
    day_remaining = fields.Integer(readonly=True, copy=False)
    day_renews_at = fields.Datetime(
        "Calls renewed by",
        readonly=True,
        copy=False,
        help="Xero does not say when its day ends, so this is the latest it can be.",
    )
    day_limit = fields.Integer("Calls a day", readonly=True, copy=False)
    day_calls = fields.Char("Calls left today", compute="_compute_day_calls")

    @api.depends("day_remaining", "day_renews_at", "day_limit")
    def _compute_day_calls(self):
        for connection in self:
            connection.day_calls = connection._day_calls_text()

    def _day_calls_text(self):
        """The day's budget in words; False while Xero was never asked."""
        if not self.day_renews_at:
            return False
        known = self._is_day_known()
        words = {
            "left": self._count_text(self.day_remaining if known else self.day_limit),
            "limit": self._count_text(self.day_limit),
            "time": self._renewal_text(),
        }
        if not known:
            return self.env._("%(left)s of %(limit)s", **words)
        return self.env._("%(left)s of %(limit)s, all again by %(time)s", **words)

    def _count_text(self, count):
        return formatLang(self.env, count, digits=0)

    def _renewal_text(self):
        return format_datetime(self.env, self.day_renews_at, dt_format="short")

    # === THE RESERVE === #

    def _is_day_known(self):
        """Whether the day of which Xero said how many calls are left still lasts."""
        return bool(self.day_renews_at and self.day_renews_at > fields.Datetime.now())

    def _is_half_used(self):
        """Whether half of the day's calls are used; the rest is for what is sent."""
        return self._is_day_known() and self.day_remaining < self.day_limit / 2

    def _is_short(self):
        """Whether less than a quarter of the day's calls is left."""
        return self._is_day_known() and self.day_remaining < self.day_limit / 4

    def _is_scarce(self):
        """Whether only urgent rows may go: the day's last calls are kept for them."""
        self.ensure_one()
        reserve = self.day_limit // DAY_RESERVE
        return self._is_day_known() and self.day_remaining <= reserve

    def _why_kept_back(self):
        """Why what is not urgent does not go out now, in words; False when it does."""
        if not self._is_scarce():
            return False
        return self.env._(
            "Xero's last %(left)s calls of today are kept for single documents. This"
            " one is sent automatically, after %(time)s at the latest.",
            left=self._count_text(self.day_remaining),
            time=self._renewal_text(),
        )

    # === WHAT XERO SAYS === #

    def _budget(self):
        """What is known of the calls left (``xero_api.Budget``), for a client."""
        self.ensure_one()
        return xero_api.Budget(
            minute=self._window("minute", xero_api.const.MINUTE_SECONDS),
            day=self._window("day", xero_api.const.DAY_SECONDS),
        )

    def _window(self, name, seconds):
        """What is known of one of Xero's limits.

        :param name: ``minute`` or ``day``
        :param seconds: length of the limit's window
        :return: ``xero_api.Window``
        """
        length = timedelta(seconds=seconds)
        renews_at = self[f"{name}_renews_at"]
        if not renews_at:
            return xero_api.Window(length)
        return xero_api.Window(
            length, self[f"{name}_remaining"], renews_at.replace(tzinfo=timezone.utc)
        )

    def _note_budget(self, client):
        """A call went well: keep what Xero said about the calls that are left.

        :param client: ``xero_api.XeroClient`` that made it
        """
        self.ensure_one()
        self._write_changes({"next_allowed": False, "state_message": False})
        self._keep_budget(client.budget)

    def _keep_budget(self, budget):
        """Keep what is left, and make no more calls when it is nothing.

        :param budget: ``xero_api.Budget`` of a client
        """
        was_scarce = self._is_scarce()
        self._write_changes(self._values_of_budget(budget))
        self._pause_when_used_up()
        if self._is_scarce() and not was_scarce:
            self.cron_id._trigger(at=self.day_renews_at)

    def _values_of_budget(self, budget):
        """:param budget: of a client, which is kept once: it counts its calls"""
        values = {}
        for name in WINDOWS:
            window = getattr(budget, name)
            if window.remaining is not None:
                values[f"{name}_remaining"] = window.remaining
                values[f"{name}_renews_at"] = _whole_seconds(window.renews_at)
        if budget.day.remaining is not None:
            values["day_limit"] = self._told_day_limit(values)
        return values

    def _told_day_limit(self, values):
        """Calls a day: told best by how many there are when a day has just begun."""
        limit = xero_api.day_limit(values["day_remaining"])
        same_day = self.day_renews_at == values["day_renews_at"]
        if same_day or not values["day_remaining"]:
            return max(limit, self.day_limit)
        return limit

    def _pause_when_used_up(self):
        """Make no call before a used up limit of Xero renews itself."""
        now = fields.Datetime.now()
        if self._is_day_known() and not self.day_remaining:
            seconds = (self.day_renews_at - now).total_seconds()
            self._pause(seconds, self.env._("Xero's calls for today are used up."))
        elif (
            self.minute_renews_at
            and self.minute_renews_at > now
            and not self.minute_remaining
        ):
            seconds = (self.minute_renews_at - now).total_seconds()
            self._pause(
                seconds, self.env._("Xero's calls for this minute are used up.")
            )

    def _forget_budget(self):
        """Connected anew, maybe with another application: its limits are its own."""
        self.write({f"{name}_renews_at": False for name in WINDOWS})


def _whole_seconds(moment):
    """As Odoo keeps it, not before the moment.

    :param moment: aware, UTC
    """
    return moment.replace(tzinfo=None, microsecond=0) + timedelta(
        seconds=math.ceil(moment.microsecond / 1_000_000)
    )
