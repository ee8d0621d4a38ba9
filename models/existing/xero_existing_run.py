from odoo import models
from odoo.exceptions import ConcurrencyError
from odoo.fields import Domain

from ..document.xero_document import RECORD_FIELDS
from .xero_existing import WORKING_STATES
from .xero_existing_read import _is_known

# Linked in one transaction
LINK_BATCH = 100
# Queued in one transaction; the next ones follow when these are sent, so that what
# people do meanwhile goes first, and a pause or the end comes soon
SEND_BATCH = 200


class XeroConnection(models.Model):
    """The connection's job also deals with existing documents, behind all else."""

    _inherit = "xero.connection"

    # EXTENDS 'xero.connection'
    def _drain_once(self, end):
        return super()._drain_once(end) or self._work_on(self._due_existing(), end)

    # EXTENDS 'xero.connection'
    def _has_due_rows(self, besides_tasks=False):
        if super()._has_due_rows(besides_tasks):
            return True
        return not besides_tasks and bool(self._is_open() and self._due_existing())

    def _due_existing(self):
        """The oldest one at work; none while Xero's last calls are kept for others."""
        existing = self.env["xero.existing"]
        if self._is_scarce():
            return existing
        return existing.search(
            [("connection_id", "=", self.id), ("state", "in", WORKING_STATES)],
            order="id",
            limit=1,
        )


class XeroExisting(models.Model):
    """What the connection's job does with the lines: it links, then it sends.

    Each batch's lines get their result in the transaction that links or queues, so
    nothing is done twice, whenever the job is killed.
    """

    _inherit = "xero.existing"

    # EXTENDS 'xero.task.mixin'
    def _move_on(self):
        if self.state == "reading":
            return self._read_on()
        try:
            return self.connection_id._with_retry(self._do_slice)
        except ConcurrencyError:
            # Somebody sent one of these at this moment: it is looked at anew
            self.env.cr.rollback()
            self.env.invalidate_all()
            return 1

    def _settle_what_stays(self):
        """Lines that ask for nothing get their result at once."""
        # sudo: results are this model's own
        lines = self.env["xero.existing.line"].sudo()
        waiting = Domain("existing_id", "=", self.id) & Domain("result", "=", False)
        lines.search(waiting & Domain("action", "=", "skip")).result = "skipped"
        lines.search(waiting & Domain("action", "=", "decide")).write(
            {"result": "skipped", "message": self.env._("Nobody decided.")}
        )

    def _do_slice(self):
        """One transaction's worth of work: links first, then the oldest to send.

        :return: number of lines dealt with, at least one; 0 when a person stopped it
        """
        if self.state != "running":
            return 0
        lines = self._next_lines("link", LINK_BATCH)
        if lines:
            lines._link()
            return len(lines)
        lines = self._next_lines("send", SEND_BATCH)
        if lines:
            lines._queue()
            return len(lines)
        self.state = "done"
        self.with_context(lang=self.create_uid.lang)._tell_done()
        return 1

    def _next_lines(self, action, limit):
        return self.env["xero.existing.line"].search(
            [
                ("existing_id", "=", self.id),
                ("action", "=", action),
                ("result", "=", False),
            ],
            order="odoo_date, id",
            limit=limit,
        )

    def _tell_done(self):
        """Tell the person who started it, wherever in Odoo they are now.

        Their language is in its context: that of a worker is the company's.
        """
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.failed_count else "success",
                "title": self.env._("Existing documents: finished"),
                "message": self.env._(
                    "%(linked)s linked, %(queued)s sent, %(skipped)s skipped,"
                    " %(failed)s not done.",
                    linked=self.linked_count,
                    queued=self.queued_count,
                    skipped=self.skipped_count,
                    failed=self.failed_count,
                ),
            },
        )


class XeroExistingLine(models.Model):
    """What is sent goes the way of all documents; here it is only queued."""

    _inherit = "xero.existing.line"

    def _queue(self):
        """Have these sent, unless somebody else had them sent meanwhile."""
        before = self._rows()
        new = self.filtered(
            lambda line: not _is_known(before.get(line, line.document_id))
        )
        for records in new._records():
            asked = records.with_user(self.existing_id.create_uid)
            documents = self._documents()._request([(asked, True)], forced=True)
            documents.urgent = False  # people's clicks go first
        rows = self._rows()
        for line in self:
            row = rows.get(line)
            line.write(
                {
                    "result": "queued" if row else "failed",
                    "document_id": row and row.id,
                    "message": line._why_queued(line in new, row),
                }
            )

    def _why_queued(self, is_new, row):
        """:return: remarks on what became of it, False for none"""
        if not row:
            return self.env._("Xero needs nothing of it any more.")
        return not is_new and self.env._("It was sent meanwhile.")

    # === ROWS AND RECORDS === #

    def _documents(self):
        """The rows' model, in the name of the person who asked."""
        # sudo: who may start this, may have each of these documents sent
        return self.env["xero.document"].with_user(self.existing_id.create_uid).sudo()

    def _records(self):
        """Their Odoo documents, as a list of a recordset for each model."""
        by_model = (self.move_id, self.sale_order_id, self.purchase_order_id)
        return [records.exists() for records in by_model if records]

    def _rows(self):
        """:return: dict of line → its ``xero.document``, of those that have one"""
        rows = self._documents().search(
            Domain("connection_id", "=", self.existing_id.connection_id.id)
            & Domain.OR(
                Domain(RECORD_FIELDS[records._xero_kinds[0]], "in", records.ids)
                for records in self._records()
            )
        )
        by_record = {(row.kind, row._record()): row for row in rows}
        return {
            line: by_record[line.document_kind, line._record()]
            for line in self
            if (line.document_kind, line._record()) in by_record
        }
