import functools
import logging
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from ... import xero_api

_logger = logging.getLogger(__name__)

# First key of the advisory locks "this connection is being drained" (second: its id).
DRAIN_LOCK = 0x7E20
# Order of sending: documents need contacts and items, allocations documents.
CHANNELS = ("xero.contact", "xero.item", "xero.document", "xero.allocation")
SERIALIZATION_ATTEMPTS = 5
LOCK = "SELECT pg_try_advisory_lock(%s, %s), NULL"
# Everybody may call these functions, unless the server's owner took that away, or it is
# one that only behaves like PostgreSQL
LOCK_AND_PLACE = """
    SELECT pg_try_advisory_lock(%s, %s),
           concat_ws(
               '/',
               (SELECT system_identifier FROM pg_control_system()),
               (SELECT oid FROM pg_database WHERE datname = current_database()),
               left(pg_walfile_name(pg_current_wal_lsn()), 8),
               extract(epoch FROM pg_postmaster_start_time())::bigint
           )
"""
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
        connection = self._as_it_sends()
        more = True
        while more:
            lock = _DrainLock(self.env.registry, self.id)
            with lock as locked:
                if not locked:
                    return
                worked = connection._run_locked(end, lock.place)
            # Rows committed while we held the lock woke a job that found it taken, so
            # look once more now that it is free, and with a transaction that sees them
            # (REPEATABLE READ); later ones find it free themselves.
            connection._commit()
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

    def _as_it_sends(self):
        """This connection in its company, and in the language of what it sends."""
        language = self.company_id.partner_id.lang
        return self.with_company(self.company_id).with_context(lang=language)

    def _run_locked(self, end, place):
        """The work itself, under the lock.

        :param end: monotonic time after which no new call is started
        :param place: where the database is
        :return: number of rows moved on
        """
        try:
            self._mind_place(place)
            if self.state == "connecting":
                self._connect_custom()
            elif self.state == "disconnecting" and self._is_moved(place):
                self._leave_to_original()
            elif self.state == "disconnecting":
                self._disconnect()
            self._commit()
            self._take_in_changes()
            if not self._is_open():
                return 0
            worked = self._work_with_fresh_token(end)
            self._wake_for_waiting()
            return worked
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
        self._seal_secrets()
        self._recover()
        self._refresh_choices_if_due()
        return self._drain(end)

    def _commit(self, processed=0):
        """Commit, and count the work done when a scheduled job is running."""
        self.env["ir.cron"]._commit_progress(processed)

    def _has_due_rows(self, besides_tasks=False):
        """Whether anything could be done now.

        :param besides_tasks: ask only for what goes before tasks of many slices
        """
        if self.state in ("connecting", "disconnecting"):
            return True
        if not self._is_open():
            return False
        # sudo: that something changed is no secret
        changes = self.env["xero.change"].sudo()
        return (
            self._has_due_imports()
            or bool(self._due_channels())
            or bool(changes.search_count([("connection_id", "=", self.id)], limit=1))
        )

    def _due_domain(self):
        """Rows that may go now."""
        if self._is_scarce():
            return self._urgent_domain()
        return [
            ("connection_id", "=", self.id),
            ("state", "=", "pending"),
            "|",
            ("waits_until", "=", False),
            ("waits_until", "<=", fields.Datetime.now()),
        ]

    def _urgent_domain(self):
        return [
            ("connection_id", "=", self.id),
            ("state", "=", "pending"),
            ("urgent", "=", True),
            "|",
            ("waits_until", "=", False),
            ("waits_until", "<=", fields.Datetime.now()),
        ]

    # === TRANSACTIONS === #

    def _take_in_changes(self):
        """Have the rows wait of which users could only note that they changed."""
        if self._with_retry(lambda: self.env["xero.change"]._take_in(self)):
            self._commit()

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
    held exactly as long as the work, and no longer than the process lives. It tells in
    the same statement where the database is.

    :ivar place: PostgreSQL's ids of server, database and timeline, which differ in what
        was restored from a backup, and when the server was started, as after a disk was
        put back; None when it does not say
    """

    def __init__(self, registry, connection_id):
        self._key = [DRAIN_LOCK, connection_id]
        self._cursor = registry.cursor()
        self._locked = False
        self.place = None

    def __enter__(self):
        try:
            self._cursor.execute(LOCK_AND_PLACE, self._key, log_exceptions=False)
        except (psycopg2.ProgrammingError, psycopg2.NotSupportedError):
            self._cursor.rollback()
            self._cursor.execute(LOCK, self._key)
        self._locked, self.place = self._cursor.fetchone()
        self._cursor.commit()  # our own cursor: no transaction stays open meanwhile
        return self._locked

    def __exit__(self, *exc_info):
        with self._cursor:
            if self._locked:
                self._cursor.execute("SELECT pg_advisory_unlock(%s, %s)", self._key)


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
