import functools
import time
from datetime import timedelta, timezone

from odoo import fields, models

from ...xero_api.const import DAY_LIMITS
from ..connection.xero_connection_contacts import OVERLAP
from ..document.xero_document import ENDPOINTS

# In the order in which they are read
COLLECTIONS = tuple(dict.fromkeys(ENDPOINTS.values()))
DAY = timedelta(days=1)
OFTEN = timedelta(minutes=10)  # no reading by itself comes sooner after another
AFTER_READING = timedelta(minutes=1)  # nor one because Xero rang
NO_TIME = timedelta(0)


class XeroConnection(models.Model):
    """Readings: what changed in Xero since the last one, for the documents we have.

    A reading goes through the collections that hold documents of ours, page by page;
    each page is kept before the next, and what has to be sent goes in between. How far
    it is, and where the next one begins, is told by Xero's own clock.
    """

    _inherit = "xero.connection"

    holdings_share = fields.Integer(
        "Share of the calls",
        default=5,
        help="Percent of Xero's calls of a day that are used to check automatically"
        " what changed there; 0 to check only when asked.",
    )
    holdings_at = fields.Datetime(
        "Last checked in Xero",
        readonly=True,
        copy=False,
        default=fields.Datetime.now,
        help="When the last reading of what changed in Xero ended.",
    )
    holdings_calls = fields.Integer(readonly=True, help="Calls of the last reading")
    holdings_marks = fields.Json(
        readonly=True,
        copy=False,
        help="Of each collection, the time from which the next reading begins, and when"
        " it was read last",
    )
    holdings_reading = fields.Json(
        readonly=True, copy=False, help="How far the present reading is"
    )

    _holdings_share_check = models.Constraint(
        "CHECK (holdings_share BETWEEN 0 AND 50)",
        "Between 0 and 50 percent of the calls look at what changed in Xero.",
    )

    # === ASKING === #

    def _ask_for_reading(self, by_person=False):
        """Have what changed in Xero read after the commit; costs a moment, no call.

        However many ask before the reading begins, it is one, and only the first
        writes anything: a flood of webhooks must not.

        :param by_person: whether somebody waits for it; else it is left to the job,
            comes a while after the last one (which is when the job is woken), and
            keeps to its share once half of the day's calls are used
        """
        # sudo: what wakes the job is nobody's to see
        new = self.env["xero.doorbell"].sudo()._ring(self, by_person)
        if by_person:
            new._wake()
            return
        now = fields.Datetime.now()
        for connection in new.sudo():
            connection.cron_id._trigger(at=max(now, connection._next_bell()))

    def action_check_now(self):
        """Button "Check now": reads what changed in Xero right after the commit."""
        self.check_access("read")
        self._ask_for_reading(by_person=True)
        self._run_after_commit()
        return True

    # === WHEN === #

    def _is_reading_due(self):
        """Whether somebody asked, one is under way, or it is time for the next.

        What nobody waits for is left to the job: a person's click does not pay for it.
        """
        self.ensure_one()
        # sudo: that somebody asked is no secret
        wishes = self.env["xero.doorbell"].sudo()._wishes(self)
        reading = self.holdings_reading
        if any(wishes.mapped("by_person")) or (reading and reading["by_person"]):
            return True
        if "cron_id" not in self.env.context or self._is_scarce():
            return False
        heard = self._next_bell() <= fields.Datetime.now()
        rung = bool(wishes) and heard and not self._is_half_used()
        return bool(reading) or rung or self._is_time_to_read()

    def _next_bell(self):
        """From when on Xero's ring is heeded (UTC): busy books ring all the time."""
        return self.holdings_at + (AFTER_READING if self.holdings_calls else NO_TIME)

    def _is_time_to_read(self):
        """Whether the next reading by itself is due."""
        interval = self._reading_interval()
        if not interval:
            return False
        return self.holdings_at <= fields.Datetime.now() - interval

    def _reading_interval(self):
        """So often that readings keep to their share of the calls; None for never."""
        calls = (self.day_limit or DAY_LIMITS[0]) * self.holdings_share / 100
        if not calls:
            return None
        # With the contacts' call
        usual = self.holdings_calls or len(COLLECTIONS) + 1
        return min(max(DAY * usual / calls, OFTEN), DAY)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self, besides_tasks=False):
        return super()._has_due_rows(besides_tasks) or (
            self._is_open() and self._is_reading_due()
        )

    # EXTENDS 'xero.connection'
    def _drain(self, end):
        total = super()._drain(end)
        self._wake_for_bell()
        return total

    def _wake_for_bell(self):
        """Wake the job for who rang too soon: what woke it for them may be used up.

        Xero rings while a reading is under way, too, which moves the time on.
        """
        moment = self._next_bell()
        if moment <= fields.Datetime.now():
            return
        # sudo: what wakes the job is nobody's to see
        if not self.env["xero.doorbell"].sudo()._wishes(self):
            return
        known = [("cron_id", "=", self.cron_id.id), ("call_at", "=", moment)]
        if not self.env["ir.cron.trigger"].sudo().search_count(known, limit=1):
            self.cron_id._trigger(at=moment)

    # === READING === #

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._read_holdings(end)

    def _read_holdings(self, end):
        """Make the next step of a reading, if one is due: up to a page with changes.

        What became due to be sent meanwhile goes before the next step. Quiet books are
        one step, of a call for each collection.

        :param end: monotonic time after which no new call is started
        :return: number of steps that were made
        """
        if time.monotonic() >= end or not (self._is_open() and self._is_reading_due()):
            return 0
        if not self.holdings_reading:
            self._begin_reading()
        with self._client() as client:
            if not self.holdings_reading["calls"]:
                # Who was merged is known before the documents are read
                self._refresh_contacts(client)
                self._go_on_reading(calls=1)
            found = False
            while self._has_pages_left() and not found:
                found = self._read_page(client)
            self._note_budget(client)
        if self.holdings_reading and not self._has_pages_left():
            self._end_reading()
        self._forget_page()
        return 1

    def _has_pages_left(self):
        """Not when another worker ended the reading meanwhile."""
        return bool(self.holdings_reading and self.holdings_reading["left"])

    def _begin_reading(self):
        """Note what is to be read; who asks from now on, asks for the next one."""
        # sudo: what wakes the job is nobody's to see
        by_person = self.env["xero.doorbell"].sudo()._answer(self)
        since = self._read_documents_since()
        self.holdings_reading = {
            "by_person": by_person,
            "began": fields.Datetime.to_string(fields.Datetime.now()),
            "left": [
                [endpoint, fields.Datetime.to_string(since[endpoint])]
                for endpoint in COLLECTIONS
                if endpoint in since
            ],
            "page": 1,
            "mark": None,
            "calls": 0,
        }
        self._commit()

    def _read_documents_since(self):
        """Since when each collection is to be read, in which we have documents.

        The first reading goes back to before Odoo had the oldest of them.

        :return: dict of endpoint → time of Xero's (UTC, without a zone)
        """
        marks = self.holdings_marks or {}
        since = {
            endpoint: fields.Datetime.to_datetime(mark["from"]) - OVERLAP
            for endpoint, mark in marks.items()
        }
        oldest = self.env["xero.document"]._read_group(
            [
                ("connection_id", "=", self.id),
                (
                    "kind",
                    "in",
                    [kind for kind in ENDPOINTS if ENDPOINTS[kind] not in marks],
                ),
                ("xero_id", "!=", False),
            ],
            ["kind"],
            ["create_date:min"],
        )
        for kind, moment in oldest:
            first = moment.replace(microsecond=0) - DAY
            endpoint = ENDPOINTS[kind]
            since[endpoint] = min(first, since.get(endpoint, first))
        return since

    def _read_page(self, client):
        """Read the next page, and keep what it says about our documents.

        :return: whether there was any document on it
        """
        endpoint, since = self.holdings_reading["left"][0]
        since = fields.Datetime.to_datetime(since).replace(tzinfo=timezone.utc)
        page = client.changed_page(endpoint, self.holdings_reading["page"], since)
        if not page.items:
            self._keep_page(page)
            return False
        if self.env["xero.document"]._any_other_contact(self, page.items):
            # Merged after the contacts were read: known before documents are judged
            self._refresh_contacts(client)
            self._go_on_reading(calls=self.holdings_reading["calls"] + 1)
        self._with_retry(functools.partial(self._keep_page, page))
        return True

    def _keep_page(self, page):
        """Keep a page of documents, and where to go on.

        :param page: ``xero_api.Page``
        """
        reading = self.holdings_reading
        known = (self.holdings_marks or {}).get(reading["left"][0][0])
        looked_at = known and fields.Datetime.to_datetime(known["from"])
        self.env["xero.document"]._take_over_seen(self, page.items, looked_at)
        mark, calls = reading["mark"], reading["calls"] + 1
        if page.page == 1:
            mark = fields.Datetime.to_string(self._naive_utc(page.at)) or None
        if page.page < page.page_count:
            self._go_on_reading(page=page.page + 1, mark=mark, calls=calls)
            return
        self._note_mark(mark)
        self._go_on_reading(left=reading["left"][1:], page=1, mark=None, calls=calls)

    def _note_mark(self, mark):
        """The first of the collections that are left was read to its end.

        :param mark: Xero's time when its first page was read; None where it said
            only that nothing had changed
        """
        reading = self.holdings_reading
        endpoint, since = reading["left"][0]
        self.holdings_marks = {
            **(self.holdings_marks or {}),
            endpoint: {"from": mark or since, "read": reading["began"]},
        }

    def _go_on_reading(self, **values):
        self.holdings_reading = {**self.holdings_reading, **values}

    def _end_reading(self):
        self.write(
            {
                "holdings_at": fields.Datetime.now(),
                "holdings_calls": self.holdings_reading["calls"],
                "holdings_reading": False,
            }
        )
