import logging
import time

import psycopg2

from odoo import fields, models
from odoo.fields import Domain

from ... import xero_api
from .xero_import import WORKING_STATES

_logger = logging.getLogger(__name__)

# Rows of Xero compared with Odoo in one transaction
COMPARE_BATCH = 1000
# Lines linked or created in one transaction
IMPORT_BATCH = 250


class XeroConnection(models.Model):
    """The connection's job also moves imports on, between the documents."""

    _inherit = "xero.connection"

    def _work_on_imports(self, end):
        """Move the oldest working import on, see :meth:`_work_on`."""
        return self._work_on(self._working_import(), end)

    def _work_on(self, task, end):
        """Move a piece of long work on by one slice, and commit that.

        :param task: record of ``xero.task.mixin``, maybe empty
        :param end: monotonic time after which nothing new is started
        :return: number of things moved on; 0 when nothing waits
        :raise xero_api.XeroError: when Xero cannot be read now
        """
        self.ensure_one()
        if not task or time.monotonic() >= end or not self._is_open():
            return 0
        try:
            moved = task._move_on()
        except (xero_api.XeroError, psycopg2.OperationalError):
            raise
        except Exception:
            # The documents of this connection must not wait for such work
            _logger.exception("%s was stopped", task)
            self.env.cr.rollback()
            task._stop()
            moved = 1
        self._commit(moved)
        self.env.invalidate_all()
        return moved

    def _has_due_imports(self):
        """Whether an import could go on now."""
        return self._is_open() and bool(self._working_import())

    def _working_import(self):
        return self.env["xero.import"].search(
            [("connection_id", "=", self.id), ("state", "in", WORKING_STATES)],
            order="id",
            limit=1,
        )


class XeroImport(models.Model):
    """What the connection's job does: read, compare, and import in batches.

    Each batch's lines get their result in the transaction that links or creates, so
    nothing is done twice, whenever the job is killed.
    """

    _inherit = "xero.import"

    # EXTENDS 'xero.task.mixin'
    def _move_on(self):
        """Read from Xero, or do one slice of work."""
        if self.state == "reading" and not self.read_at:
            self._read_from_xero()  # commits page by page
            return 1
        return self.connection_id._with_retry(self._do_slice)

    def _read_from_xero(self):
        """Read all of them: some changes count as none, e.g. becoming a customer.

        :raise xero_api.XeroError: when Xero cannot be read now
        """
        connection = self.connection_id
        with connection._client() as client:
            if self.kind == "contacts":
                connection._refresh_contacts(client, full=True)
            else:
                connection._refresh_items(client, full=True)
            connection._note_budget(client)
        connection._with_retry(self._note_read)

    def _note_read(self):
        """All was read from Xero: count what is to be compared."""
        self.write(
            {
                "read_at": fields.Datetime.now(),
                "found_count": self._rows_found().search_count(self._rows_domain()),
            }
        )

    def _do_slice(self):
        """One transaction's worth of work.

        :return: number of rows or lines dealt with, at least one; 0 when a person
            cancelled it meanwhile
        """
        if self.state == "reading":
            return self._compare_slice()
        if self.state == "running":
            return self._import_slice()
        return 0

    # === COMPARING === #

    def _compare_slice(self):
        """Make the lines of the next rows, with what is proposed for each."""
        rows = self._rows_found().search(
            [*self._rows_domain(), ("id", ">", self.last_row_id)],
            order="id",
            limit=COMPARE_BATCH,
        )
        if rows:
            self._propose(rows)
            self.last_row_id = rows[-1].id
        else:
            self.state = "review"
        return len(rows) or 1

    def _rows_found(self):
        return self.env[self._kind().row_model]

    def _rows_domain(self):
        """What the person wants to see of Xero's contacts or items."""
        domain = Domain("connection_id", "=", self.connection_id.id)
        domain &= Domain("xero_id", "!=", False)
        if self.kind == "contacts":
            domain &= self._contacts_domain()
        if self.changed_since:
            domain &= Domain("xero_updated", ">=", self.changed_since)
        if self.search_text:
            names = self._kind().search_fields
            domain &= Domain.OR(
                Domain(name, "ilike", self.search_text.strip()) for name in names
            )
        return domain

    def _contacts_domain(self):
        """Contacts of Xero that the import's own choices leave (``Domain``)."""
        roles = {"customers": "is_customer", "suppliers": "is_supplier"}
        domain = Domain.TRUE
        if self.role in roles:
            domain &= Domain(roles[self.role], "=", True)
        if not self.archived:
            domain &= Domain("archived_in_xero", "=", False)
        return domain

    # === IMPORTING === #

    def _import_slice(self):
        """:return: how many lines were done, at least one: work was done, or ended"""
        lines = self.env["xero.import.line"].search(
            [("import_id", "=", self.id), ("result", "=", False)],
            order="id",
            limit=IMPORT_BATCH,
        )
        if lines:
            lines._do()
        else:
            self.state = "done"
            self.with_context(lang=self.create_uid.lang)._tell_done()
        return len(lines) or 1

    def _tell_done(self):
        """Tell the person who started it, wherever in Odoo they are now.

        Their language is in its context: that of a worker is the company's.
        """
        self.create_uid._bus_send(
            "simple_notification",
            {
                "type": "warning" if self.failed_count else "success",
                "title": self.env._("The import from Xero is done"),
                "message": self.env._(
                    "%(linked)s linked, %(created)s created, %(skipped)s skipped,"
                    " %(failed)s failed.",
                    linked=self.done_link_count,
                    created=self.done_create_count,
                    skipped=self.done_skip_count,
                    failed=self.failed_count,
                ),
            },
        )
