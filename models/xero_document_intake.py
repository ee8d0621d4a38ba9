import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools.misc import clean_context

from .xero_binding import URGENT_MOST
from .xero_document import RECORD_FIELDS

NOTED = "xero_sync.noted"


class XeroDocument(models.Model):
    """How Odoo's documents get into the outbox.

    Hooks note records, and all are looked at together before the commit: an order's
    confirmation writes it a dozen times, and posting many invoices goes one by one.
    """

    _inherit = "xero.document"

    @api.model
    def _note(self, records, new):
        """Have :meth:`_request` look at these records before the commit.

        Odoo runs what is noted before it opens a savepoint, and forgets what was noted
        within one when that is rolled back.

        :param records: as for :meth:`_request`
        :param new: as for :meth:`_request`; once is enough
        """
        if not records:
            return
        precommit = self.env.cr.precommit
        noted = precommit.data.setdefault(NOTED, {})
        if not noted:
            # sudo: the change was the user's to make; what it means for Xero is not
            env = self.env(su=True, context=clean_context(self.env.context))
            precommit.add(env[self._name]._request_noted)
        news = noted.setdefault((records._name, self.env.uid), {})
        for id_ in records.ids:
            news[id_] = new or news.get(id_, False)

    @api.model
    def _forget(self, records):
        """These are deleted: nothing that was noted of them counts any more."""
        noted = self.env.cr.precommit.data.get(NOTED, {})
        for (model, _uid), news in noted.items():
            if model == records._name:
                for id_ in records.ids:
                    news.pop(id_, None)

    @api.model
    def _request_noted(self):
        """Look at what was noted in this transaction so far."""
        noted = self.env.cr.precommit.data.pop(NOTED, {})
        for (model, uid), news in noted.items():
            # sudo: as in _note; also when a form is read before the commit
            documents = self.with_user(uid).sudo()
            records = documents.env[model].browse(news)
            due = records.filtered(lambda record, news=news: news[record.id])
            due |= records._xero_unconfirmed()
            documents._request(due)
            documents._request(records - due, new=False)
            records._xero_request_dependents()

    @api.model
    def _request(self, records, new=True, forced=False):
        """Bring Xero up to date with these records, once they are committed.

        Marks what is there, and makes a row for what should be there: few indexed
        statements for any number of records, and no network.

        :param records: Odoo records of one model, whose ``xero.document.mixin`` tells
            what they should be in Xero
        :param new: whether rows are made for records that have none
        :param forced: a person asked, so the switches do not matter
        :return: the rows which were made or queued
        """
        # sudo: whoever may change a document may have it sent; rows are read-only
        self = self.sudo()
        field = RECORD_FIELDS[records._xero_kinds[0]]
        # Through the record: its newest row is then known without another query
        rows = records.sudo().xero_document_ids
        queued = rows.filtered(lambda row: row._is_elsewhere())._mark_changed()
        for company, group in records.sudo().grouped("company_id").items():
            connection = company._xero_connection()
            if connection:
                known = rows.filtered(
                    lambda row, group=group, connection=connection: (
                        row.connection_id == connection and row[field] in group
                    )
                )
                queued += self._request_on(connection, group, known, new, forced)
        if queued:
            queued.connection_id._wake()
        return queued

    @api.model
    def _request_on(self, connection, records, rows, new, forced):
        """Mark the rows there are, whatever the connection's state: nothing is lost
        while it is away. Make new ones while it is live.

        :param rows: those of the records in this connection
        """
        field = RECORD_FIELDS[records._xero_kinds[0]]
        queued = (rows._unskip() if forced else rows)._mark_changed()
        if not (new and connection._is_live()):
            return queued
        vals_list = []
        for kind in records._xero_kinds:
            known = rows.filtered(lambda row, kind=kind: row.kind == kind)[field]
            vals_list += [
                {
                    "connection_id": connection.id,
                    "kind": kind,
                    field: record.id,
                    "record_name": record.display_name,
                    "urgent": len(records) <= URGENT_MOST,
                }
                for record in records - known
                if record._xero_starts(kind, connection)
                and (forced or record._xero_auto(kind, connection))
            ]
        return queued + self._create_rows(vals_list)

    @api.model
    def _create_rows(self, vals_list):
        """Create rows; when somebody else just did, the whole click is run anew.

        :raise odoo.exceptions.ConcurrencyError: has Odoo repeat the transaction
        """
        if not vals_list:
            return self.browse()
        try:
            return self.create(vals_list)
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(
                self.env._("Somebody sends this just now.")
            ) from error

    def _unskip(self):
        """A person asked for these: what was skipped, or waits, counts again."""
        self._decide_to_replace()
        self.filtered(lambda row: row.state == "skipped").write(
            {"state": "synced", "skip_reason": False}
        )
        self.filtered(lambda row: row.state == "mismatch").payload_digest = False
        self.write(
            {"requested_by": self.env.uid, "requested_at": fields.Datetime.now()}
        )
        return self
