from ..xero_server import TENANT_AU
from .holdings_case import HoldingsCase

# Where no server has its database
ELSEWHERE = "1"
PLACES = ("server", "oid", "timeline", "start")
GONE = ("DELETED", "VOIDED")


class RestoredCase(HoldingsCase):
    """A database that is put back as it was when a backup was made.

    The backup is a savepoint, and to restore it is to roll back to it, sequences too:
    so Odoo gives numbers and ids a second time, as after a real restore.
    """

    def back_up(self, run=True):
        """:param run: whether what waits is sent before"""
        self.end_click()
        if run:
            self.run_job(self.connection)
        self.env.flush_all()
        self.sequences = self.sequences_now()
        self.env.cr.execute("SAVEPOINT backup")

    def restore(self, place="oid"):
        """Put the database back.

        :param place: what of its place is another now, of ``PLACES``; None for nothing
        """
        self.env.flush_all()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT backup")
        self.env.invalidate_all()
        for name, value in self.sequences_now().items():
            before = self.sequences.get(name)
            if value != before:
                self.env.cr.execute(
                    "SELECT setval(%s, %s, %s)", [name, before or 1, bool(before)]
                )
        if place:
            self.move(place)
        self.xero.clear_calls()

    def move(self, place):
        """:param place: what of it is another from now on, of ``PLACES``"""
        connection = self.connection.sudo()
        ids = dict(zip(PLACES, connection.place.split("/"), strict=True))
        connection.place = "/".join({**ids, place: ELSEWHERE}.values())
        self.env.flush_all()

    def sequences_now(self):
        self.env.cr.execute(
            "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
            " WHERE schemaname = 'public'"
        )
        return dict(self.env.cr.fetchall())

    def held(self, endpoint):
        """What the local Xero holds, without what was ended there and its seeds."""
        return [
            each
            for each in self.xero.state(TENANT_AU)[endpoint]
            if each["Status"] not in GONE and each not in self.seeds.get(endpoint, ())
        ]

    def setUp(self):
        super().setUp()
        self.seeds = self.xero.state(TENANT_AU)
