from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

from ... import xero_api
from ..outbox.xero_outbox import CHANNELS
from .xero_connection_holdings import COLLECTIONS

# Clocks may differ, and a server's time zone be wrong
EARLIER = timedelta(days=1)
NAMED = 10  # so many documents are named in a message


class XeroConnection(models.Model):
    """After a backup was restored: what was made in Xero since is read first.

    Until then nothing is sent. What Odoo made and this database does not know is kept
    (``xero.found``), so that it is not made a second time when it is entered again.
    """

    _inherit = "xero.connection"

    caught_up_at = fields.Datetime(
        readonly=True,
        copy=False,
        help="When Xero was read after a backup was restored",
    )
    found_count = fields.Integer(compute="_compute_found_count")

    def _compute_found_count(self):
        # sudo: how many there are is no secret
        counts = dict(
            self.env["xero.found"]
            .sudo()
            ._read_group(
                [("connection_id", "in", self.ids)], ["connection_id"], ["__count"]
            )
        )
        for connection in self:
            connection.found_count = counts.get(connection, 0)

    # === WHEN === #

    def _must_catch_up(self):
        """Whether Xero is read before anything else is done.

        After a mere silence only before something is made: a quiet start costs no call.
        """
        return bool(self.unknown_since) and bool(
            self.restored_from or self._is_about_to_make()
        )

    def _is_about_to_make(self):
        """Whether a row is due that Xero may have without Odoo knowing it."""
        new = [*self._due_domain(), ("xero_id", "=", False)]
        return any(self.env[model].search_count(new, limit=1) for model in CHANNELS)

    # EXTENDS 'xero.connection'
    def _is_reading_due(self):
        return self._must_catch_up() or super()._is_reading_due()

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        if self.unknown_since:
            self._take_in_changes()  # something may be made because of them
            if self._must_catch_up():
                return self._read_holdings(end)
        return super()._drain_once(end)

    # === READING === #

    # EXTENDS 'xero.connection'
    def _begin_reading(self):
        if self.restored_from and self.unknown_since:
            # Where it was spent meanwhile, or is another database's, that is said now
            self.env["xero.token"]._access_token(self, renew=True)
        result = super()._begin_reading()
        since = fields.Datetime.to_string(self.unknown_since) or None
        self._go_on_reading(unknown_since=since)
        return result

    # EXTENDS 'xero.connection'
    def _read_documents_since(self):
        since = super()._read_documents_since()
        if self.unknown_since:
            first = self.unknown_since - EARLIER
            for endpoint in COLLECTIONS:
                since[endpoint] = min(first, since.get(endpoint, first))
        return since

    # EXTENDS 'xero.connection'
    def _values_to_read_anew(self):
        return {**super()._values_to_read_anew(), "holdings_reading": False}

    # EXTENDS 'xero.connection'
    def _keep_page(self, page):
        if not self.holdings_reading:
            return None  # another worker ended it
        endpoint = self.holdings_reading["left"][0][0]
        found = self.env["xero.found"]
        if page.items and self.unknown_since:
            found._keep(self, endpoint, page.items)
        elif page.items:
            found._refresh(self, page.items)
            others = self._made_by_another(page.items)
            found._keep(self, endpoint, others).by_another = True
        return super()._keep_page(page)

    # EXTENDS 'xero.connection'
    def _read_holdings(self, end):
        steps = super()._read_holdings(end)
        if steps and not self.unknown_since:
            self._stop_beside_another()
        return steps

    # EXTENDS 'xero.connection'
    def _end_reading(self):
        since = self.holdings_reading.get("unknown_since")
        result = super()._end_reading()
        if since and self.unknown_since == fields.Datetime.to_datetime(since):
            self._end_catch_up()
        return result

    def _end_catch_up(self):
        """All that Xero knows is known: what waits may go, what was found is told."""
        found = self.env["xero.found"].search([("connection_id", "=", self.id)])
        if found and not self.restored_from:
            self.restored_from = self.unknown_since
        self.unknown_since = False
        # What was set off since, no list of changed documents need tell
        self.env["xero.allocation"].search(
            [("connection_id", "=", self.id), ("xero_id", "=", False)]
            + [("state", "in", ("pending", "held", "failed"))]
        ).look_up = True
        if not self.restored_from:
            return
        self.caught_up_at = fields.Datetime.now()
        self.message_post(
            body=self._caught_up_text(found), subtype_xmlid="mail.mt_comment"
        )

    @api.autovacuum
    def _gc_restored(self):
        """Forget that it was restored, with what was found: all is entered by then."""
        for connection in self.search(
            [("restored_from", "!=", False), ("unknown_since", "=", False)]
        ):
            caught_up_at = connection.caught_up_at
            if caught_up_at and caught_up_at < connection._retained_since():
                connection.restored_from = False

    def _caught_up_text(self, found):
        """:param found: ``xero.found`` of this connection"""
        time = format_datetime(self.env, self.restored_from)
        if not found:
            return self.env._(
                "Xero was read: since %(time)s Odoo has made nothing there that this"
                " database does not know.",
                time=time,
            )
        return self.env._(
            "Xero was read: since %(time)s Odoo has made %(count)s documents there that"
            " this database does not know: %(names)s. Enter them again: what says the"
            " same, is linked to the one in Xero; where it says something else, an"
            " accountant is asked.",
            time=time,
            count=len(found),
            names=self._names_text(found),
        )

    def _names_text(self, found):
        """:param found: ``xero.found``"""
        names = [row.title or row.number for row in found[:NAMED]]
        return ", ".join([*names, *["…"][: len(found) - len(names)]])

    # === ANOTHER DATABASE === #

    def _made_by_another(self, elements):
        """Those that lead to Odoo's address, and this database has not made.

        A document that a person copied in Xero leads to one that it has made.

        :param elements: list of ``xero_api.Element``
        """
        base = f"{self.get_base_url()}/"
        links = {
            each.xero_id: each
            for each in elements
            if each.ok and each.url.startswith(base) and xero_api.leads_to(each)
        }
        if not links:
            return []
        unknown = set(links) - self._known_xero_ids("xero.document", list(links))
        return [links[each] for each in unknown if not self._has_made(links[each])]

    def _has_made(self, element):
        """Whether its record has a document in Xero, or had, or is just getting one.

        :param element: ``xero_api.Element`` with a link to Odoo
        """
        model, record_id = xero_api.leads_to(element)
        fields_of = {
            self.env[name]._fields["xero_document_ids"].inverse_name: name
            for name in ("sale.order", "purchase.order", "account.move")
        }
        field = next((f for f, name in fields_of.items() if name == model), None)
        if not field or self._was_deleted(model, record_id):
            return True
        return bool(
            self.env["xero.document"].search_count(
                [
                    ("connection_id", "=", self.id),
                    (field, "=", record_id),
                    *self.env["xero.document"]._sent_domain(),
                ],
                limit=1,
            )
        )

    def _was_deleted(self, model, record_id):
        """Whether this database has had such a record: its ids are beyond it."""
        records = self.env[model].with_context(active_test=False)
        newest = records.search([], order="id desc", limit=1)
        return newest.id > record_id and not records.browse(record_id).exists()

    def _stop_beside_another(self):
        """Two databases that send the same would make all of it twice: ask which."""
        found = self.env["xero.found"].search(
            [("connection_id", "=", self.id), ("by_another", "=", True)]
        )
        if not found:
            return
        found.by_another = False  # asked once about each
        self.unknown_since = self.holdings_at
        self._ask_who_sends(
            self.env._(
                "Another database sends to “%(organisation)s”: Xero has %(names)s,"
                " which link to the address of this Odoo and were not made by this"
                " database. Does this one replace it? Nothing is sent from here until"
                " an administrator says so.",
                organisation=self.display_name,
                names=self._names_text(found),
            )
        )
        self._commit()

    def action_open_found(self):
        """Button "In Xero, not in Odoo"."""
        self.ensure_one()
        self.env["xero.found"].check_access("read")
        self.check_access("read")
        return {
            "type": "ir.actions.act_window",
            "res_model": "xero.found",
            "view_mode": "list",
            "domain": [("connection_id", "=", self.id)],
            # Last: Odoo's export takes a tuple after it for a text to translate
            "name": self.env._("In Xero, not in Odoo since the backup"),
        }
