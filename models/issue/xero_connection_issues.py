import logging
from datetime import timedelta

from odoo import api, fields, models

from ... import mappers, xero_api

_logger = logging.getLogger(__name__)

ISSUES = "xero_sync.mail_activity_type_issues"
LOST = "reconnect"  # kind of the issue of a lost connection, which is told by itself
WAITING = ("pending", "sending", "held")  # states of what goes once connected again
DIGEST_EVERY = timedelta(days=1)
# Xero's name of the action that an adviser may do, and the answers that do not tell
PASSES_PERIOD_LOCK = "ApproveTransactionsBeforePeriodLockDate"
UNTOLD = (xero_api.Forbidden, xero_api.NotFound, xero_api.ScopeMissing)
NAMED = 3  # so many issues of each kind are named in a digest


class XeroConnection(models.Model):
    """Open issues of an organisation: who is told, and what is read to solve them."""

    _inherit = "xero.connection"

    lock_dates_due = fields.Boolean(readonly=True, copy=False)
    told_issue_id = fields.Integer(
        readonly=True, copy=False, help="The newest issue that a digest has told"
    )
    told_at = fields.Datetime("Digest sent on", readonly=True, copy=False)

    # === LOCK DATES === #

    def _books_locked_until(self):
        """The last day on which this connection can book nothing in Xero, or None.

        Xero's year end lock date binds everybody, that of the period all but those
        whom Xero lets approve before it.
        """
        bound = [self.year_lock_date]
        if not self.passes_period_lock:
            bound.append(self.period_lock_date)
        return max(filter(None, bound), default=None)

    def _note_period_lock_binds(self):
        """Xero refused a date for its period: believe that until the next reading."""
        self._write_changes({"passes_period_lock": False})

    # EXTENDS 'xero.connection'
    def _refresh_choices(self, client):
        result = super()._refresh_choices(client)
        self._write_changes({"passes_period_lock": self._read_passes_lock(client)})
        self.env["xero.document"]._release_open_periods(self)
        return result

    def _read_passes_lock(self, client):
        """Whether Xero says that its lock of the period does not bind this user.

        :param client: ``xero_api.XeroClient``
        """
        try:
            return client.organisation_actions().get(PASSES_PERIOD_LOCK, False)
        except UNTOLD as error:
            _logger.info("connection %s: what may be done: %s", self.id, error)
            return False

    def _look_at_lock_dates_again(self):
        """Have Xero's lock dates read at the job's next run, before anything goes."""
        for connection in self:
            connection._write_changes({"lock_dates_due": True})
        self._wake()

    # EXTENDS 'xero.connection'
    def _refresh_choices_if_due(self):
        result = super()._refresh_choices_if_due()
        if self.lock_dates_due:
            with self._client() as client:
                self._refresh_organisation(client.organisation())
                self._note_budget(client)
            self._commit()
        return result

    # EXTENDS 'xero.connection'
    def _refresh_organisation(self, organisation):
        result = super()._refresh_organisation(organisation)
        self._write_changes({"lock_dates_due": False})
        self.env["xero.document"]._release_open_periods(self)
        return result

    # === LOST CONNECTION === #

    # EXTENDS 'xero.connection'
    def _break(self, reason):
        result = super()._break(reason)
        problem = mappers.Problem(
            key=f"{LOST}:{self.id}",
            title=self.env._(
                "%(organisation)s is not connected to Odoo any more. %(reason)s",
                organisation=self.display_name,
                reason=reason or "",
            ).strip(),
            remedy=self.env._(
                "Reconnect. Whatever waits is then sent automatically, in order."
            ),
            record=self,
            fixer="administrator",
        )
        self.env["xero.issue"]._raise_issues(self, [problem])
        self._count_waiting()
        return result

    # EXTENDS 'xero.connection'
    def write(self, vals):
        result = super().write(vals)
        if vals.get("state", "broken") != "broken":
            keys = [f"{LOST}:{connection.id}" for connection in self]
            self.env["xero.issue"]._solve(keys)
        return result

    def _count_waiting(self):
        """What a lost connection keeps back is all that waits."""
        lost = self.env["xero.issue"].search(
            [
                ("connection_id", "=", self.id),
                ("kind", "=", LOST),
                ("state", "=", "open"),
            ]
        )
        if lost:
            waiting = self.env["xero.document"].search_count(
                [("connection_id", "=", self.id), ("state", "in", WAITING)]
            )
            lost._write_changes({"blocked_count": waiting})

    # === TELLING === #

    # EXTENDS 'xero.connection'
    @api.model
    def _cron_run(self, connection_id):
        result = super()._cron_run(connection_id)
        connection = self.browse(connection_id).exists()
        if connection.active:
            connection._tell_issues()
        return result

    def _tell_issues(self):
        """One activity for all open issues while there are any; a digest when due."""
        self.ensure_one()
        if self.state == "broken":
            self._count_waiting()
        groups = self.env["xero.issue"]._read_group(
            [
                ("connection_id", "=", self.id),
                ("state", "=", "open"),
                ("kind", "!=", LOST),
            ],
            ["kind"],
            ["__count", "blocked_count:sum", "id:max"],
            order="blocked_count:sum DESC, kind",
        )
        if not groups:
            self.activity_unlink([ISSUES])
            return
        self._keep_issue_task()
        self._send_digest_if_due(groups)

    # EXTENDS 'xero.connection'
    @api.model
    def _keep_tasks(self):
        result = super()._keep_tasks()
        told = self.env["xero.issue"].search(
            [
                ("connection_id.active", "=", True),
                ("state", "=", "open"),
                ("kind", "!=", LOST),
            ]
        )
        for connection in told.connection_id:
            connection._keep_issue_task()
        return result

    def _keep_issue_task(self):
        """The digest is its e-mail."""
        self.with_context(mail_activity_quick_update=True)._keep_task(ISSUES)

    def _send_digest_if_due(self, groups):
        """One e-mail a day at most, when there is anything that was not told yet.

        :param groups: list of (kind, number of issues, what they block, newest id)
        """
        now, newest = fields.Datetime.now(), max(newest for *_rest, newest in groups)
        soon = self.told_at and self.told_at > now - DIGEST_EVERY
        if soon or newest <= self.told_issue_id:
            return
        self.write({"told_issue_id": newest, "told_at": now})
        user = self._responsible()
        reader = self.with_context(lang=user.lang)
        reader._send_digest(user, groups)

    def _send_digest(self, user, groups):
        """:param user: who gets it, in whose language it is"""
        issue_model = self.env["xero.issue"]
        kinds = dict(issue_model._fields["kind"]._description_selection(self.env))
        lines = [
            (kinds[kind], count, blocked, self._biggest_issues(kind).mapped("name"))
            for kind, count, blocked, _id in groups
        ]
        total = sum(count for _kind, count, *_rest in groups)
        words = {"count": total, "organisation": self.display_name}
        subject = (
            self.env._("%(count)s open Xero issues of %(organisation)s", **words)
            if total > 1
            else self.env._("%(count)s open Xero issue of %(organisation)s", **words)
        )
        body = self.env["ir.qweb"]._render(
            "xero_sync.xero_issue_digest",
            {
                "connection": self,
                "lines": lines,
                "url": self.get_base_url() + "/odoo/action-xero_sync.xero_issue_action",
            },
        )
        self.message_notify(
            partner_ids=user.partner_id.ids,
            subject=subject,
            body=body,
            force_send=False,
        )

    def _biggest_issues(self, kind):
        """Those that a digest names: the few of a kind that keep most back."""
        return self.env["xero.issue"].search(
            [
                ("connection_id", "=", self.id),
                ("state", "=", "open"),
                ("kind", "=", kind),
            ],
            limit=NAMED,
        )
