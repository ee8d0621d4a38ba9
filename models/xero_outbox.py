import functools
import hashlib
import json
import logging
import time
import uuid
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .. import xero_api
from ..mappers import MappingError

_logger = logging.getLogger(__name__)

# First key of the advisory locks "this connection is being drained" (second: its id).
DRAIN_LOCK = 0x7E20
# Order of sending: documents need contacts and items.
CHANNELS = ("xero.contact", "xero.item", "xero.document")
CLAIM_LOOKAHEAD = 200
SERIALIZATION_ATTEMPTS = 5
# Seconds after which the drain that follows a click leaves the rest to the scheduler.
CLICK_SECONDS = 20


class XeroConnection(models.Model):
    """The outbox of a connection: claims, sends, reads answers.

    One drain at a time works on a connection: it holds an advisory lock on a cursor of
    its own, which the database lets go even when the worker is killed. A request found
    open by whoever holds the lock was therefore left by a dead worker, and is recovered
    first (``xero_recovery.py``).

    Every step is committed before the next: claimed rows with the request and its exact
    body, then the call, then the answers.
    """

    _inherit = "xero.connection"

    # === ENTRY POINTS === #

    @api.model
    def _cron_run(self, connection_id):
        """The scheduled job of one connection."""
        connection = self.browse(connection_id).exists()
        if connection.active:
            connection._run()

    def _run_after_commit(self):
        """Work on these connections right after the commit, before the user's answer.

        The scheduler is woken too, for what does not fit into the time of a click.
        """
        self._wake()
        data = self.env.cr.postcommit.data
        waiting = data.setdefault("xero_sync.run", set())
        if not waiting:
            registry = self.env.registry
            self.env.cr.postcommit.add(
                functools.partial(_run_on_own_cursor, registry, waiting)
            )
        waiting.update(self.ids)

    def _run(self, seconds=None):
        """Do what waits for this connection: connect, refresh choices, send.

        Commits as it goes, so it must own the cursor (a job's or our own).

        :param seconds: stop starting new calls after this time; a scheduled job has
            its own limit
        """
        self.ensure_one()
        end = self.env.context.get("cron_end_time", float("inf"))
        end = min(end, time.monotonic() + (seconds or float("inf")))
        language = self.company_id.partner_id.lang
        connection = self.with_company(self.company_id).with_context(lang=language)
        more = True
        while more:
            with _DrainLock(self.env.registry, self.id) as locked:
                if not locked:
                    return
                worked = connection._run_locked(end)
            # Rows committed while we held the lock woke a job that found it taken, so
            # look once more now that it is free; later ones find it free themselves.
            self.env.invalidate_all()
            due = connection._has_due_rows()
            more = bool(worked and due and time.monotonic() < end)
            if due and not more:
                connection._come_back(soon=bool(worked))
            self.env["ir.cron"]._commit_progress(remaining=int(bool(worked and due)))

    def _come_back(self, soon):
        """Have the job run again for rows that are left.

        :param soon: at once; else in a minute, when another transaction holds them
        """
        delay = timedelta(0) if soon else timedelta(minutes=1)
        self.cron_id._trigger(at=fields.Datetime.now() + delay)

    def _run_locked(self, end):
        """The work itself, under the lock.

        :param end: monotonic time after which no new call is started
        :return: number of rows moved on
        """
        if self.state == "connecting":
            self._connect_custom()
        elif self.state == "disconnecting":
            self._disconnect()
        self._commit()
        if not self._is_open():
            return 0
        try:
            return self._work_with_fresh_token(end)
        except xero_api.XeroError as error:
            self.env.cr.rollback()
            self._with_retry(functools.partial(self._handle_call_error, error))
            self._commit()
            return 0

    def _work_with_fresh_token(self, end):
        """Xero may end a token before its time: get another one, and work once more."""
        try:
            return self._work(end)
        except xero_api.TokenRejected:
            self.env.cr.rollback()
            self.env["xero.token"]._access_token(self, renew=True)
            return self._work(end)

    def _work(self, end):
        self._recover()
        self._refresh_choices_if_due()
        return self._drain(end)

    def _commit(self, processed=0):
        """Commit, and count the work done when a scheduled job is running."""
        self.env["ir.cron"]._commit_progress(processed)

    def _has_due_rows(self):
        """Whether anything could be sent now."""
        return self._is_open() and any(
            self.env[model].search_count(self._due_domain(), limit=1)
            for model in CHANNELS
        )

    def _due_domain(self):
        return [("connection_id", "=", self.id), ("state", "=", "pending")]

    # === DRAIN === #

    def _drain(self, end):
        """Send what waits, kind by kind, in batches, while time and budget allow.

        A document that lacks a contact queues it and is held, the contact's answer
        queues the document again: so go round until nothing moves.

        :return: number of rows moved on
        """
        total = moved = self._drain_round(end)
        while moved and time.monotonic() < end:
            moved = self._drain_round(end)
            total += moved
        return total

    def _drain_round(self, end):
        return sum(self._drain_channel(model, end) for model in CHANNELS)

    def _drain_channel(self, model, end):
        moved = 0
        while self._is_open() and (not moved or time.monotonic() < end):
            self._refresh_contacts_if_due()
            claimed, request = self._with_retry(lambda: self._open_batch(model))
            self._commit(claimed)
            if not claimed:
                break
            if request:
                self._call(request)
            moved += claimed
        return moved

    def _open_batch(self, model):
        """Claim rows, build what is sent, and note the request.

        :return: (number of rows dealt with, ``xero.request`` to send, maybe empty)
        """
        rows = self._claim(model)
        claimed = len(rows)
        ready = rows._before_send()
        elements = self._build_elements(ready)
        if not elements:
            return claimed, self.env["xero.request"]
        return claimed, self._open_request(elements)

    def _claim(self, model):
        """Lock up to a batch of due rows of one kind and verb, oldest first.

        Rows another transaction is just changing are left for the next time.
        """
        due = self.env[model].search(
            self._due_domain(), limit=CLAIM_LOOKAHEAD, order="id"
        )
        first = due[:1]
        same = due.filtered(
            lambda row: (
                row._xero_endpoint() == first._xero_endpoint()
                and bool(row.xero_id) == bool(first.xero_id)
            )
        )
        alone = first.send_alone
        batch = first if alone else same.filtered(lambda row: not row.send_alone)
        limit = xero_api.const.BATCH_SIZE
        return batch.try_lock_for_update(allow_referencing=True, limit=limit)

    def _build_elements(self, rows):
        """Build the body's elements; what cannot be built fails with its problems.

        :return: list of (binding, SDK model, digest), within one request's size
        """
        elements, size = [], 0
        for row in rows:
            try:
                element = row._prepare()
            except MappingError as error:
                row._set_failed(error.problems)
                continue
            except ValueError as error:
                # The SDK's own checks (lengths, values) on something we did not foresee
                row._set_refused([str(error)])
                continue
            except psycopg2.Error:
                raise
            except Exception:
                _logger.exception("%s %s could not be prepared", row._name, row.id)
                row._set_broken()
                continue
            if element is None:
                row._nothing_to_send()
                continue
            text = xero_api.serialise(row._xero_endpoint(), [element])
            digest = _digest(row._xero_endpoint(), text)
            if digest == row.payload_digest:
                row._set_unchanged()
                continue
            size += len(text.encode())
            if elements and size > xero_api.const.MAX_BODY_BYTES:
                break
            elements.append((row, element, digest))
        return elements

    def _open_request(self, elements):
        """Note key, exact body and rows of a call that is about to be made."""
        rows = self.env[elements[0][0]._name].concat(*(row for row, _m, _d in elements))
        endpoint = rows[0]._xero_endpoint()
        request = self.env["xero.request"].create(
            {
                "connection_id": self.id,
                "idempotency_key": str(uuid.uuid4()),
                "endpoint": endpoint,
                "method": "POST" if rows[0].xero_id else "PUT",
                "body": xero_api.serialise(
                    endpoint, [model for _r, model, _d in elements]
                ),
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
                "issue_ids": [fields.Command.clear()],
            }
        )
        issues._solve_if_free()
        for row, _model, digest in elements:
            row.payload_digest = digest
        return request

    # === CALL AND ANSWER === #

    def _call(self, request, first_try=True):
        """Make the call of a committed request and close it with its answer.

        :param first_try: an earlier try of the same request may have been processed,
            so only a first one can be known as not sent
        :raise xero_api.XeroError: when no more calls should be made now
        """
        try:
            with self._client() as client:
                elements = client.write(
                    request.endpoint,
                    request.method,
                    request.body,
                    request.idempotency_key,
                )
        except xero_api.XeroError as error:
            self._close_after_error(request, error, first_try)
            if not _is_refusal(error):
                raise
        else:
            self._with_retry(lambda: self._close_answered(request, elements, client))
            self._commit()

    def _close_after_error(self, request, error, first_try):
        if _is_refusal(error):
            close = self._close_refused
        elif first_try and not isinstance(error, xero_api.OutcomeUnknown):
            close = self._close_not_sent
        else:
            close = self._close_unknown
        self._with_retry(lambda: close(request, error))
        self._commit()

    def _close_answered(self, request, elements, client):
        """Read each element's answer into its row."""
        sent = xero_api.sent_elements(request.endpoint, request.body)
        paired = xero_api.pair(sent, elements, request.endpoint)
        answers = dict(zip(request.binding_ids, paired, strict=True))
        rows = request._unsettled_bindings()
        answered = rows.filtered(lambda row: answers[row.id] is not None)
        confirmed = answered.filtered(lambda row: row._read_answer(answers[row.id]))
        confirmed._after_synced()
        self._note_budget(client)
        if answered == rows:
            request._close("answered")
        else:
            # It may be in Xero all the same: recovery finds out in a minute
            request._close("unknown", self.env._("Xero's answer lacks some records."))
            self._come_back(soon=False)

    def _close_unknown(self, request, error):
        """Nobody knows whether Xero processed it: the rows stay as they are."""
        request._close("unknown", error.message)
        request._unsettled_bindings().write(
            {"message": self.env._("Xero did not answer; Odoo is finding out.")}
        )

    def _close_not_sent(self, request, error):
        """Surely not processed: the rows wait again, without a penalty."""
        request._close("not_sent", error.message)
        rows = request._unsettled_bindings()
        rows.payload_digest = False
        rows._set_pending()

    def _close_refused(self, request, error):
        """Xero refused the request as a whole: find the culprit by sending singly."""
        request._close("refused", error.message)
        rows = request._unsettled_bindings()
        rows.payload_digest = False
        if request.element_count > 1:
            rows.send_alone = True
            rows._set_pending()
            return
        for row in rows:
            row._set_refused([error.message])

    def _handle_call_error(self, error):
        """What an error of any call means for the connection."""
        if isinstance(error, xero_api.RateLimited):
            self._pause(
                error.retry_after or self._backoff_seconds(),
                self.env._("Xero's limit of calls is reached; Odoo goes on by itself."),
            )
        elif isinstance(error, xero_api.GrantInvalid | xero_api.OAuthRefused):
            self._break(self._explain_oauth(error))
        elif isinstance(error, xero_api.ScopeMissing):
            self._break(self.env._("a permission is missing: %s", error.message))
        elif isinstance(error, xero_api.AccessDenied):
            self._break(self._explain_denied(error))
        elif isinstance(error, xero_api.TokenRejected):
            self._break(self.env._("it rejects even a new token."))
        else:
            _logger.info("connection %s: %s", self.id, error)
            self._pause(
                error.retry_after or self._backoff_seconds(),
                self.env._("Xero could not be reached; Odoo tries again by itself."),
            )

    def _explain_denied(self, error):
        if error.disconnected:
            return self.env._("the application was disconnected in Xero.")
        return self.env._("the connected Xero user may not do this. Check the role.")

    def _backoff_seconds(self):
        """Longer from failure to failure: 15 seconds to 5 minutes."""
        recent = self.env["xero.request"].search_count(
            [
                ("connection_id", "=", self.id),
                ("outcome", "in", ("unknown", "not_sent")),
                (
                    "sent_at",
                    ">",
                    fields.Datetime.subtract(fields.Datetime.now(), hours=1),
                ),
            ],
            limit=5,
        )
        return min(15 * 2**recent, 300)

    # === TRANSACTIONS === #

    def _with_retry(self, step):
        """Run a step; when a user's transaction got in between, run it anew.

        The step must change nothing but the database.

        :raise psycopg2.errors.SerializationFailure: after several tries
        """
        for _attempt in range(SERIALIZATION_ATTEMPTS - 1):
            try:
                result = step()
                self.env.flush_all()
                return result
            except (
                psycopg2.errors.SerializationFailure,
                psycopg2.errors.DeadlockDetected,
            ):
                self.env.cr.rollback()
                self.env.invalidate_all()
        return step()


class _DrainLock:
    """Context manager: True when this process may work on the connection now.

    The lock belongs to a database session of its own that does nothing else, so it is
    held exactly as long as the work, and no longer than the process lives.
    """

    def __init__(self, registry, connection_id):
        self._key = [DRAIN_LOCK, connection_id]
        self._cursor = registry.cursor()
        self._locked = False

    def __enter__(self):
        self._cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", self._key)
        self._locked = self._cursor.fetchone()[0]
        self._cursor.commit()  # our own cursor: no transaction stays open meanwhile
        return self._locked

    def __exit__(self, *exc_info):
        with self._cursor:
            if self._locked:
                self._cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._key)


def _digest(endpoint, text):
    """Digest of an element's content: a create and an update of the same are equal.

    :param text: body with this element only
    """
    (content,) = xero_api.sent_elements(endpoint, text)
    content.pop(xero_api.const.ID_KEYS[endpoint], None)
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _is_refusal(error):
    """Whether Xero looked at the request and did not take it.

    A reused key is none: what became of its first use is not known.
    """
    if isinstance(error, xero_api.RequestRefused):
        return error.kind != "IdempotencyKeyReuse"
    return isinstance(error, xero_api.NotFound)


def _run_on_own_cursor(registry, connection_ids):
    """Post-commit hook: the user's transaction is over, ours begins."""
    try:
        with registry.cursor() as cr:
            env = api.Environment(cr, api.SUPERUSER_ID, {})
            for connection in env["xero.connection"].browse(connection_ids).exists():
                connection._run(seconds=CLICK_SECONDS)
    except Exception:
        # The rows are committed and the job is woken: nothing is lost, and the user's
        # own work must not look failed.
        _logger.exception("xero: the run after a click failed; the job goes on")
