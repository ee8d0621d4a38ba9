from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_datetime

# The job looks every ten minutes; who was silent for longer may be an older self
SILENCE = timedelta(minutes=20)


class XeroConnection(models.Model):
    """Which database this is: the one that was connected, an older state, or a copy.

    A database that was restored does not know what was sent since the backup. It goes
    on by itself, once it has read what Xero knows. Of a copy, or a database that was
    moved, nobody can tell from within whether the original still sends: a person says.
    """

    _inherit = "xero.connection"

    database = fields.Char(
        readonly=True,
        copy=False,
        groups="xero_sync.xero_sync_group_administrator",
        help="Which database was connected; a copy is not it",
    )
    place = fields.Char(
        readonly=True,
        copy=False,
        groups="xero_sync.xero_sync_group_administrator",
        help="Where it was at its last work: PostgreSQL's ids of the server, of the"
        " database and of its timeline, and when the server was started",
    )
    unknown_since = fields.Datetime(
        readonly=True,
        copy=False,
        help="What was made in Xero since then may be unknown here: it is read before"
        " anything is made there.",
    )
    restored_from = fields.Datetime(
        "Restored from a backup of", readonly=True, copy=False
    )

    # EXTENDS 'xero.connection'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("state") == "connected":
            database = self._this_database()
            for connection in self:
                connection.database = database
        return result

    @api.model
    def _this_database(self):
        """What tells this database from its copies: Odoo's id of it, and its name."""
        # sudo: the id is no secret
        parameters = self.env["ir.config_parameter"].sudo()
        return f"{parameters.get_param('database.uuid')}/{self.env.cr.dbname}"

    # === NOTICING === #

    def _mind_place(self, place):
        """See, before any work, whether this is still the database that worked last.

        Costs no query while all is as it was.

        :param place: where it is now; None when PostgreSQL does not say
        """
        if self.state in ("draft", "moved"):
            return
        if self._is_moved(place):
            if self.state != "disconnecting":
                self._ask_which_database()
            return
        if place and self.place and _ids(place) != _ids(self.place):
            self._note_restored()
        elif (self.place and place != self.place) or self._was_silent():
            # A machine's snapshot has the same ids; it tells by what Xero has more
            self._note_unknown()
        if place and place != self.place:
            self.place = place

    def _is_moved(self, place):
        """Whether another database was connected, which may still be at work.

        :param place: see :meth:`_mind_place`
        """
        if self.database and self.database != self._this_database():
            return True
        servers = [each.partition("/")[0] for each in (place or "", self.place or "")]
        return all(servers) and servers[0] != servers[1]

    def _was_silent(self):
        """Whether the job has not worked for long, as after a disk was put back."""
        last = self.env.context.get("lastcall") or self.cron_id.lastcall
        return bool(last) and last < fields.Datetime.now() - SILENCE

    def _last_at_work(self):
        """The last moment of which this database surely knows what it did (UTC)."""
        newest = self.env["xero.request"].search(
            [("connection_id", "=", self.id)], order="id desc", limit=1
        )
        moments = (self.cron_id.lastcall, newest.sent_at, self.create_date)
        return max(filter(None, moments)).replace(microsecond=0)

    def _note_unknown(self):
        """What was made in Xero meanwhile is read before anything is made there."""
        if not self.unknown_since:
            self.unknown_since = self._last_at_work()

    def _note_restored(self):
        """This is an older state of the database that was connected."""
        self._note_unknown()
        self.write(
            {
                "restored_from": self._last_at_work(),
                **self._values_to_read_anew(),
            }
        )
        self.message_post(
            body=self.env._(
                "This database was restored from a backup of %(time)s, or another"
                " server took over with what it knew then. Before Odoo makes anything"
                " in Xero, it reads what was made there since.",
                time=format_datetime(self.env, self.restored_from),
            ),
            subtype_xmlid="mail.mt_comment",
        )

    # === MOVED OR COPIED === #

    def _ask_which_database(self):
        """Hold everything until an administrator says whether the original is gone."""
        name = (self.database or "").partition("/")[2] or self.env.cr.dbname
        self._ask_who_sends(
            self.env._(
                "This database is a copy of “%(name)s”, or was moved or renamed. Does"
                " it replace that one? Nothing is sent from here until an administrator"
                " says so.",
                name=name,
            )
        )

    def _ask_who_sends(self, question):
        """:param question: in words, for an administrator"""
        self._note_unknown()
        self.write({"state": "moved", "state_message": question})
        self.message_post(body=question, subtype_xmlid="mail.mt_comment")
        self._ask_to_reconnect(question)

    def action_replaces(self):
        """Button "Use this database": this database sends from now on.

        What the other one made is read first; its token is of no use any more.
        """
        self.ensure_one()
        self._check_administrator()
        # sudo: state is read-only for people; they change it with this button
        connection = self.sudo()
        if connection.state == "moved":
            connection.write({"state": "connected", "state_message": False})
            connection.place = False
            connection._note_taken_over()
            connection._run_after_commit()
        return True

    def _note_taken_over(self):
        self.write({"restored_from": self.unknown_since, **self._values_to_read_anew()})

    def _values_to_read_anew(self):
        """What was read half is begun anew."""
        return {"contacts_reading": False, "contacts_due": True, "items_due": True}

    def _leave_to_original(self):
        """A copy must neither send to the real books nor spend their token.

        Nothing is told to Xero, where the original goes on with the same token.
        """
        self.env["xero.token"]._forget(self)
        self.write({"client_secret_stored": False, "database": False, "place": False})
        self._break(
            self.env._(
                "This database is a copy, or was renamed. The original stays connected;"
                " connect a copy to an organisation of its own."
            )
        )


def _ids(place):
    """What of a place a restart of the server does not change."""
    return place.rpartition("/")[0]
