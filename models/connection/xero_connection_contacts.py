import functools
from datetime import timedelta, timezone

from odoo import fields, models

# Changed while a page was read: found by reading a little twice. Xero counts
# If-Modified-Since in seconds of its own clock.
OVERLAP = timedelta(minutes=10)
# Before something is sent, what changed in Xero meanwhile is read after this time: it
# may be there already, or have parts that only Xero knows
FRESH = timedelta(minutes=5)


class XeroConnection(models.Model):
    """Reading Xero's contacts and items, so that people and matching can choose."""

    _inherit = "xero.connection"

    contacts_at = fields.Datetime("Contacts read on", readonly=True, copy=False)
    contacts_due = fields.Boolean(readonly=True, copy=False)
    contacts_reading = fields.Json(
        readonly=True, copy=False, help="How far a long list was read before a pause"
    )
    items_at = fields.Datetime("Items read on", readonly=True, copy=False)
    items_due = fields.Boolean(readonly=True, copy=False)

    def _refresh_lists_if_due(self, due=()):
        """Read what changed, when a refusal showed that ours is old, or to send.

        :param due: the kinds of which rows are about to be sent
        :return: whether anything was read
        :raise xero_api.XeroError: when Xero cannot be read now
        """
        contacts = self.contacts_due or (
            "xero.contact" in due and self._is_old(self.contacts_at)
        )
        items = self.items_due or ("xero.item" in due and self._is_old(self.items_at))
        if not (contacts or items):
            return False
        with self._client() as client:
            if contacts:
                self._refresh_contacts(client)
            if items:
                self._refresh_items(client)
            self._note_budget(client)
        self._commit()
        return True

    def _is_old(self, read_at):
        """Whether a list is too old to be built from.

        :param read_at: when it was read, False for never
        """
        return not read_at or read_at <= fields.Datetime.now() - FRESH

    def _refresh_contacts(self, client, full=False):
        """Page through the contacts that changed since the last time.

        Commits page by page, so that ten thousand need no more memory than a page.

        :param full: all of them: that somebody became a customer or supplier does not
            count as a change (*Contacts*, If-Modified-Since)
        :raise xero_api.XeroError: when Xero cannot be read now
        """
        reading = self._contacts_reading_begun(full)
        since = self._read_since(self.contacts_at, full)
        while reading["page"] <= reading["page_count"]:
            found = client.contacts_page(reading["page"], modified_since=since)
            merged = [each.xero_id for each in found.items if each.merged_to]
            reading = {
                **reading,
                "page": reading["page"] + 1,
                "page_count": found.page_count,
                "merged": reading["merged"] + merged,
            }
            self._with_retry(
                functools.partial(self._take_over_page, found.items, reading)
            )
            self._forget_page()
        merged = reading["merged"]
        self._with_retry(lambda: self.env["xero.contact"]._follow_merges(self, merged))
        self.write(
            {
                "contacts_at": reading["started"],
                "contacts_due": False,
                "contacts_reading": False,
            }
        )

    def _contacts_reading_begun(self, full):
        """The reading that Xero's limits interrupted, else a new one.

        Xero allows 60 calls a minute: 60,000 contacts would never be read to the end
        if each pause began anew.
        """
        now = fields.Datetime.now()
        yesterday = fields.Datetime.to_string(now - timedelta(days=1))
        begun = self.contacts_reading
        if begun and begun["full"] == full and begun["started"] > yesterday:
            return begun
        started = fields.Datetime.to_string(now)
        return {
            "full": full,
            "started": started,
            "page": 1,
            "page_count": 1,
            "merged": [],
        }

    def _take_over_page(self, contacts, reading):
        """Keep a page, and where to go on if there are more."""
        self.env["xero.contact"]._take_over(self, contacts)
        if reading["page"] <= reading["page_count"]:
            self.contacts_reading = reading

    def _refresh_items(self, client, full=False):
        """Read the items that changed since the last time; Xero has no pages for them.

        :param full: all of them
        :raise xero_api.XeroError: when Xero cannot be read now
        """
        started = fields.Datetime.now()
        found = client.items(self._read_since(self.items_at, full))
        self._with_retry(lambda: self.env["xero.item"]._take_over(self, found))
        self.write({"items_at": started, "items_due": False})

    def _read_since(self, read_at, full):
        """``If-Modified-Since`` in UTC, None to read everything."""
        if full or not read_at:
            return None
        return (read_at - OVERLAP).replace(tzinfo=timezone.utc)

    def _forget_page(self):
        """Commit what was read and let go of the records."""
        self._commit()
        self.env.invalidate_all()
