import logging
import time
import uuid
from itertools import compress

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from ... import xero_api
from ...mappers import MappingError
from .xero_outbox import CHANNELS

_logger = logging.getLogger(__name__)

# Due rows looked at for one batch: some may be of another verb, or locked.
CLAIM_LOOKAHEAD = 200


class XeroConnection(models.Model):
    """The outbox, first half: which rows go together, and what they say."""

    _inherit = "xero.connection"

    def _drain(self, end):
        """Send what waits, batch by batch, while time and budget allow.

        A document that lacks a contact queues it and is held, the contact's answer
        queues the document again: so go on until nothing moves.

        :param end: monotonic time after which no new call is started
        :return: number of rows moved on
        """
        total = moved = self._drain_once(end)
        while moved and self._is_open() and time.monotonic() < end:
            moved = self._drain_once(end)
            total += moved
        return total

    def _drain_once(self, end):
        """Send one batch, or move on what takes its time, when no row waits.

        Looks anew at what waits after each call: a document that somebody has sent
        meanwhile goes next.

        :return: number of rows moved on
        """
        self._take_in_changes()
        if self.env["xero.document"]._release_waiting(self):
            self._commit()
        due = self._due_channels()
        if self._read_what_is_needed(due):
            due = self._due_channels()
        for model in due:
            moved = self._send_batch(model)
            if moved:
                return moved
        return self._attach_next_pdf() + self._work_on_imports(end)

    def _read_what_is_needed(self, due):
        """Read in Xero what these kinds are built from, or wait for.

        :param due: the kinds with rows that may go now
        :return: whether anything was read, so that other rows may go
        """
        read = [self._refresh_lists_if_due(due)]
        if "xero.document" in due:
            read.append(self._look_up_documents())
        if "xero.allocation" in due:
            read.append(self._look_up_allocations())
        return any(read)

    def _due_channels(self):
        """The kinds with rows that may go now, in the order in which they go.

        Those with urgent rows come first. Asked in one statement: each run of the job
        asks it, and most find one kind or none.
        """
        some = [
            SQL("EXISTS (%s)", self.env[model]._search(domain).select())
            for domain in (self._urgent_domain(), self._due_domain())
            for model in CHANNELS
        ]
        [found] = self.env.execute_query(SQL("SELECT %s", SQL(", ").join(some)))
        return list(dict.fromkeys(compress(CHANNELS * 2, found)))

    def _send_batch(self, model):
        """Claim a batch of one kind and send it.

        :return: number of rows dealt with
        """
        if not self._is_open():
            return 0
        claimed, request = self._with_retry(lambda: self._open_batch(model))
        self._commit(claimed)
        if request:
            self._call(request)
        return claimed

    def _open_batch(self, model):
        """Claim rows, build what is sent, and note the request.

        :return: (number of rows dealt with, ``xero.request`` to send, maybe empty)
        """
        rows = self._claim(model)
        claimed = len(rows)
        elements = self._prepare_elements(rows)
        if not elements:
            return claimed, self.env["xero.request"]
        return claimed, self._open_request(elements)

    def _claim(self, model):
        """Lock up to a batch of due rows of one kind and verb, the first in line first.

        Rows another transaction is just changing are left for the next time.
        """
        due = self._line(model)
        first = due[:1]
        same = due.filtered(lambda row: row._batch_key() == first._batch_key())
        alone = first.send_alone
        batch = first if alone else same.filtered(lambda row: not row.send_alone)
        limit = xero_api.const.BATCH_SIZE
        return batch._lock_free(limit)

    def _line(self, model):
        """The first due rows in line: urgent ones, then the others, oldest first.

        What room urgent rows leave in a call, others may fill.
        """
        urgent, due = (
            self.env[model].search(domain, limit=CLAIM_LOOKAHEAD, order="id")
            for domain in (self._urgent_domain(), self._due_domain())
        )
        return urgent | due

    def _prepare_elements(self, rows):
        """Build what can go now of the claimed rows.

        An error in one of them, in the end, keeps back that one and no other.

        :return: see :meth:`_build_elements`
        """
        try:
            with self.env.cr.savepoint():
                return self._build_elements(rows._before_send())
        except (psycopg2.OperationalError, psycopg2.IntegrityError):
            raise  # another transaction got in between
        except Exception:
            if len(rows) > 1:
                rows.send_alone = True
            else:
                _logger.exception("%s %s could not be prepared", rows._name, rows.id)
                rows._set_broken()
            return []

    def _build_elements(self, rows):
        """Build the body's elements; what cannot be built fails with its problems.

        :return: list of (binding, text, digest), within one request's size
        """
        elements, size = [], 0
        rows._read_ahead()
        for row in rows:
            text, digest = self._build_element(row)
            if not text or row._put_off(digest):
                continue
            if row._must_look_first() or row._is_there(text, digest):
                continue
            size += len(text.encode())
            if elements and size > xero_api.const.MAX_BODY_BYTES:
                break
            elements.append((row, text, digest))
        return elements

    def _build_element(self, row):
        """Build what is sent for a row, if Xero does not hold it already.

        :return: its text, as a request's body, and digest; both None when nothing is
            to be sent
        """
        try:
            element, text, digest = self._build(row)
            if text:
                return text, digest
            if element is None:
                row._nothing_to_send()
            else:
                row._set_unchanged()
        except MappingError as error:
            problems = error.problems
            row._apart(lambda row: row._set_failed(problems))
        except ValueError as error:
            # The SDK's own checks (lengths, values) on something we did not foresee
            words = [str(error)]
            row._apart(lambda row: row._set_refused(words))
        except psycopg2.Error:
            raise
        except Exception:
            _logger.exception("%s %s could not be prepared", row._name, row.id)
            row._set_broken()
        return None, None

    @api.model
    def _build(self, row):
        """Build what is sent for a row, writing nothing but to the row itself.

        :return: SDK model, its text and digest; without text when Xero holds it
            already, and without a model when Xero needs to hold nothing
        :raise odoo.addons.xero_sync.mappers.MappingError: when something is missing
        :raise ValueError: the SDK takes a value for wrong
        """
        element = row._prepare()
        if element is None:
            return None, None, None
        text = xero_api.serialise(row._xero_endpoint(), [element])
        (content,) = xero_api.sent_elements(row._xero_endpoint(), text)
        says_more = row._says_more(content)
        digest = row._digest(content)
        known = digest == row.payload_digest
        if known and not says_more:
            return element, None, digest
        row._check_news(element)
        completed = row._complete(element, known)
        if completed:
            text = xero_api.serialise(row._xero_endpoint(), [completed])
        return completed or element, text, digest

    def _open_request(self, elements):
        """Note key, exact body and rows of a call that is about to be made."""
        rows = self.env[elements[0][0]._name].concat(*(row for row, _t, _d in elements))
        endpoint = rows[0]._xero_endpoint()
        request = self.env["xero.request"].create(
            {
                "connection_id": self.id,
                "idempotency_key": str(uuid.uuid4()),
                "endpoint": endpoint,
                "method": rows[0]._xero_method(),
                "parent_xero_id": rows[0]._xero_parent_id(),
                "body": xero_api.joined(endpoint, [text for _r, text, _d in elements]),
                "binding_model": rows._name,
                "binding_ids": rows.ids,
                "element_count": len(rows),
            }
        )
        issues = rows.issue_ids
        rows.write(
            {
                "state": "sending",
                "request_id": request.id,
                "changed_while_sending": False,
                "waits_until": False,
                "issue_ids": [fields.Command.clear()],
            }
        )
        issues._solve_if_free()
        for row, _text, digest in elements:
            row.payload_digest = digest
        return request
