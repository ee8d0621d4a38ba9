import psycopg2

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain
from odoo.tools import mute_logger
from odoo.tools.misc import clean_context

from ..outbox.xero_binding_changed import URGENT_MOST
from .xero_document import RECORD_FIELDS

NOTED = "xero_sync.noted"
# What a click asks of the rows there are: read at once, it costs no other query
ROW_FIELDS = (
    "connection_id",
    "kind",
    *dict.fromkeys(RECORD_FIELDS.values()),
    "state",
    "urgent",
    "looked",
    "changed_while_sending",
    "xero_id",
    "xero_status",
    "waits_until",
)


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
    def _without_noted(self, records):
        """Those of these records that are not noted in this transaction."""
        known = set()
        for (model, _uid), news in self.env.cr.precommit.data.get(NOTED, {}).items():
            if model == records._name:
                known.update(news)
        return records.filtered(lambda record: record.id not in known)

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
        # They note more; what they note has none of its own
        for records, _news in self._noted():
            records._xero_request_dependents()
        changes = []
        for records, news in self._noted():
            due = records.filtered(lambda record, news=news: news[record.id])
            due |= records._xero_unconfirmed()
            changes += [(due, True), (records - due, False)]
        self.env.cr.precommit.data.pop(NOTED, None)
        self._request(changes)

    @api.model
    def _noted(self):
        """:return: list of records, and a dict of their ids to what was noted"""
        noted = self.env.cr.precommit.data.get(NOTED, {})
        # sudo: as in _note; also when a form is read before the commit
        return [
            (self.with_user(uid).sudo().env[model].browse(news), news)
            for (model, uid), news in noted.items()
        ]

    @api.model
    def _request(self, changes, forced=False):
        """Bring Xero up to date with records, once they are committed.

        Marks what is there, and makes a row for what should be there: few indexed
        statements for any number of records, and no network.

        :param changes: pairs of Odoo records of one model, whose
            ``xero.document.mixin`` tells what they should be in Xero, and whether rows
            are made for those that have none
        :param forced: a person asked, so the switches do not matter
        :return: the rows which were made or queued
        """
        # sudo: whoever may change a document may have it sent; rows are read-only
        changes = [(records.sudo(), new) for records, new in changes if records]
        self = self.sudo()
        companies = self.env["res.company"].union(
            *(records.company_id for records, _new in changes)
        )
        connections = {company: company._xero_connection() for company in companies}
        rows = self._rows_of_records([records for records, _new in changes])
        queued = rows.filtered(lambda row: row._is_elsewhere())._mark_changed()
        for records, new in changes:
            for company, group in records.grouped("company_id").items():
                connection = connections.get(company)
                if connection:
                    queued |= self._request_on(connection, group, rows, new, forced)
            rows |= queued  # two users may have changed the same record
        queued._wake_for()
        return queued

    # EXTENDS 'xero.binding'
    def _request_record(self, res_model, res_id):
        record = self.env[res_model].browse(res_id).exists()
        self._request([(record, True)])
        return super()._request_record(res_model, res_id)

    @api.model
    def _rows_of_records(self, recordsets):
        """The rows of these records, whatever their models: in one query.

        :param recordsets: list of Odoo records of one model each
        """
        return self.search_fetch(
            Domain.OR(
                Domain(RECORD_FIELDS[records._xero_kinds[0]], "in", records.ids)
                for records in recordsets
            ),
            ROW_FIELDS,
        )

    @api.model
    def _request_on(self, connection, records, rows, new, forced):
        """Mark the rows there are, whatever the connection's state: nothing is lost
        while it is away. Make new ones while it is live.

        :param rows: those of the records, and maybe others
        """
        field, ids = RECORD_FIELDS[records._xero_kinds[0]], set(records.ids)
        # In the name of who changed the records
        rows = rows.with_env(records.env).filtered(
            lambda row: row.connection_id == connection and row[field].id in ids
        )
        queued = (rows._unskip() if forced else rows)._mark_changed(at_once=forced)
        if not (new and connection._is_live()):
            return queued
        vals_list = rows._values_of_missing(connection, records, forced)
        for values in vals_list:
            values["urgent"] = len(records) <= URGENT_MOST
        made = rows._create_rows(records, vals_list)
        if not forced:
            made._start_wait()
        return queued + made

    def _values_of_missing(self, connection, records, forced):
        """Values of the rows that are made besides these.

        :param records: Odoo records of one model; these are all rows they have
        :param forced: as for :meth:`_request`
        """
        field, vals_list = RECORD_FIELDS[records._xero_kinds[0]], []
        for kind in records._xero_kinds:
            known = self.filtered(lambda row, kind=kind: row.kind == kind)[field]
            missing = (records - known).filtered(
                lambda record, kind=kind: record._xero_starts(kind, connection)
            )
            if not forced:
                missing = missing._xero_filtered_auto(kind, connection)
            vals_list += [
                {
                    "connection_id": connection.id,
                    "kind": kind,
                    field: record.id,
                    **record._xero_head(kind),
                    # Before the total: Odoo rounds that, and would read it otherwise
                    "currency_id": record.currency_id.id,
                    "odoo_total": record.amount_total,
                }
                for record in missing
            ]
        return vals_list

    @api.model
    def _create_rows(self, records, vals_list):
        """Create rows; when somebody else just did, the whole click is run anew.

        :param records: whose rows they are
        :raise odoo.exceptions.ConcurrencyError: has Odoo repeat the transaction
        """
        if not vals_list:
            return self.browse()
        newest = records._fields["xero_document_id"]
        try:
            # Odoo would read all rows of each record to know which is its newest. That
            # somebody else was faster is no error for the log.
            with self.env.protecting([newest], records), mute_logger("odoo.sql_db"):
                rows = self.create(vals_list)
                for row in rows:
                    row._record().xero_document_id = row
        except psycopg2.errors.UniqueViolation as error:
            raise ConcurrencyError(
                self.env._("Somebody is sending this just now.")
            ) from error
        return rows

    def _unskip(self):
        """A person asked for these: what was skipped, or waits, counts again.

        Whoever has one of them just now, a colleague who pressed the same button or
        the job, is not disturbed: that it was asked for is noted by the caller.
        """
        rows = self.filtered(lambda row: row.state != "sending")._lock_unchanged()
        rows.filtered(lambda row: row.state == "skipped").write(
            {"state": "synced", "skip_reason": False, "message": False}
        )
        differing = rows.filtered(
            lambda row: row.state == "mismatch" or row.changed_in_xero
        )
        differing.payload_digest = False
        rows.write(
            {"requested_by": self.env.uid, "requested_at": fields.Datetime.now()}
        )
        return self
