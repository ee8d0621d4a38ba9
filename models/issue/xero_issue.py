from collections import defaultdict
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

# The same cause again within this time is the old issue, opened again: a try that
# failed makes nothing new, and it is known since when it is wrong.
SAME_ISSUE = timedelta(days=1)
# What the bus says to accountants' pages, and xero_issue_systray.js waits for
COUNT_CHANGED = "xero_sync.issues_changed"
# Models whose rows an issue can block, with the field on the issue that lists them.
BLOCKED_FIELDS = ("document_ids", "contact_ids", "item_ids", "allocation_ids")


class XeroIssue(models.Model):
    """One cause that keeps records from going out; cured once, all are sent again."""

    _name = "xero.issue"
    _inherit = ["xero.mirror", "xero.retention.mixin"]
    _description = "Xero issue"
    _order = "state, blocked_count desc, id desc"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What happened", required=True, readonly=True)
    remedy = fields.Char("What to do", required=True, readonly=True)
    xero_words = fields.Text("What Xero said", readonly=True)
    fixer = fields.Selection(
        [
            ("user", "Anyone who may change it"),
            ("accountant", "Accountant"),
            ("administrator", "Administrator"),
        ],
        "Who can fix it",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "Unsolved"), ("solved", "Solved")],
        required=True,
        default="open",
        index=True,
        readonly=True,
    )
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    document_ids = fields.Many2many("xero.document", readonly=True)
    contact_ids = fields.Many2many("xero.contact", readonly=True)
    item_ids = fields.Many2many("xero.item", readonly=True)
    allocation_ids = fields.Many2many("xero.allocation", readonly=True)
    blocked_count = fields.Integer(
        "Blocks", compute="_compute_blocked_count", store=True, aggregator="sum"
    )

    _open_key_uniq = models.UniqueIndex(
        "(connection_id, key) WHERE state = 'open'", "This issue is open already."
    )
    _key_idx = models.Index("(connection_id, key)")

    @api.depends(*BLOCKED_FIELDS)
    def _compute_blocked_count(self):
        """Documents count, and what no document waits for."""
        for issue in self:
            documents = issue.document_ids
            alone = (
                issue.contact_ids.filtered(lambda row: not row.waiting_document_ids),
                issue.item_ids.filtered(lambda row: not row.waiting_document_ids),
            )
            issue.blocked_count = sum(
                map(len, (documents, *alone, issue.allocation_ids))
            )

    # === CRUD METHODS === #

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        issues = super().create(vals_list)
        self._tell_that_count_changed()
        return issues

    # EXTENDS 'base'
    def write(self, vals):
        result = super().write(vals)
        if self and "state" in vals:
            self._tell_that_count_changed()
        return result

    @api.model
    def _tell_that_count_changed(self):
        """Have the pages that show the count ask anew, once after the commit.

        It is not told what changed: who is told may not see these companies' issues.
        """
        # Not precommit's: that is emptied by each savepoint
        told = self.env.cr.postcommit.data
        if not told.get(COUNT_CHANGED):
            told[COUNT_CHANGED] = True
            accountants = self.env.ref("xero_sync.xero_sync_group_accountant")
            accountants._bus_send(COUNT_CHANGED, {})

    # === RAISING AND SOLVING === #

    @api.model
    def _raise_issues(self, connection, problems, rows=None):
        """The open issues for these problems, made where there is none yet.

        :param problems: list of ``mappers.Problem``
        :param rows: ``xero.document`` that each of them keeps back, to be linked at
            once; None where the caller links them
        """
        keys = [problem.key for problem in problems]
        by_key = self._known_issues(connection, keys)
        values = {
            problem.key: self._problem_values(connection, problem)
            for problem in problems
        }
        self._collide_with_cure(
            each
            for key, each in values.items()
            if by_key.get(key, self).state != "open"
        )
        for key in by_key:
            by_key[key]._write_changes({**values[key], "state": "open"})
        new = [key for key in values if key not in by_key]
        for key, row in zip(keys, rows or (), strict=rows is not None):
            link = fields.Command.link(row.id)
            if key in by_key:
                by_key[key].document_ids = [link]
            else:
                values[key]["document_ids"] = [link]
        if new:
            made = self._create_once([values[key] for key in new])
            by_key.update(zip(new, made, strict=True))
        return self.concat(*(by_key[key] for key in values))

    @api.model
    def _collide_with_cure(self, vals_list):
        """Have whoever cures the cause at this moment, or us, look anew.

        Neither transaction would see what the other does (REPEATABLE READ): the cure
        would find no issue, and the issue stay open with nothing left to cure. Changing
        the row that the cure changes too makes one of them fail and be repeated.

        :param vals_list: values of issues about to be opened; ``res_model`` and
            ``res_id`` name what each is cured on, maybe nothing
        """
        ids = defaultdict(set)
        for values in vals_list:
            if values["res_model"] and not self._is_noted(values["res_model"]):
                ids[values["res_model"]].add(values["res_id"])
        for model, cured_on in ids.items():
            table = SQL.identifier(self.env[model]._table)
            query = SQL(
                "UPDATE %s SET id = id WHERE id IN %s", table, tuple(sorted(cured_on))
            )
            self.env.cr.execute(query)

    @api.model
    def _is_noted(self, res_model):
        """Whether any change there has its documents looked at again anyway."""
        registry = self.env.registry
        noted = ("xero.document.mixin", "xero.document.line.mixin")
        return isinstance(self.env[res_model], tuple(map(registry.get, noted)))

    @api.model
    def _known_issues(self, connection, keys):
        """:return: dict of key → the open issue, or the one that was open lately"""
        recently = fields.Datetime.now() - SAME_ISSUE
        known = self.search(
            [
                ("connection_id", "=", connection.id),
                ("key", "in", keys),
                "|",
                ("state", "=", "open"),
                ("write_date", ">", recently),
            ],
            order="state desc, id",  # an open one last: it counts
        )
        return {issue.key: issue for issue in known}

    @api.model
    def _create_once(self, vals_list):
        """Create issues; if another process just did, the transaction runs anew.

        Its row is not visible in this transaction, which began before (REPEATABLE
        READ). Odoo, and the outbox, repeat a transaction that fails like this.

        :raise psycopg2.errors.SerializationFailure: another process was faster
        """
        try:
            with self.env.cr.savepoint():
                return self.create(vals_list)
        except psycopg2.errors.UniqueViolation:
            again = "DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"
            self.env.cr.execute(again, log_exceptions=False)

    @api.model
    def _problem_values(self, connection, problem):
        """:param problem: ``mappers.Problem``"""
        return {
            "connection_id": connection.id,
            "key": problem.key,
            "name": problem.title,
            "remedy": problem.remedy,
            "xero_words": problem.words or False,
            "fixer": problem.fixer,
            "res_model": problem.record._name if problem.record else False,
            "res_id": problem.record.id if problem.record else False,
        }

    @api.model
    def _solve(self, keys):
        """The cause is gone: queue again what it blocked, and wake the job.

        :param keys: keys of the cured causes, in any connection
        """
        # sudo: whoever may cure the cause lets the documents go, also others'
        issues = self.sudo().search([("key", "in", keys), ("state", "=", "open")])
        issues._release()

    @api.model
    def _solve_kinds(self, *kinds):
        """As :meth:`_solve`, for all open issues of some kinds (``<kind>:…``)."""
        of_kinds = Domain.OR(Domain("key", "=like", f"{kind}:%") for kind in kinds)
        # sudo: see _solve
        issues = self.sudo().search(of_kinds & Domain("state", "=", "open"))
        issues._release()

    def _release(self):
        """Queue what these issues block; what is still wrong raises them again."""
        for name in BLOCKED_FIELDS:
            self[name].filtered(lambda row: row.state == "failed")._set_pending()
        differing = self.document_ids.filtered(lambda row: row.state == "mismatch")
        differing.payload_digest = False
        differing._set_pending()
        self.write({"state": "solved"})
        self.connection_id._wake()

    def _solve_if_free(self):
        """Solved by itself: nothing is blocked by it any more."""
        free = self.filtered(
            lambda issue: (
                issue.state == "open"
                and not any(issue[name] for name in BLOCKED_FIELDS)
            )
        )
        free.write({"state": "solved"})

    # === ACTIONS === #

    def action_fix(self):
        """Open the record on which the cause is cured."""
        self.ensure_one()
        self.check_access("read")
        return self._fix_action()

    def _fix_action(self):
        """As :meth:`action_fix`, for whoever comes from the document itself."""
        # sudo: who may not read issues may cure some; the record has rights of its own
        issue = self.sudo()
        return {
            "type": "ir.actions.act_window",
            "res_model": issue.res_model,
            "res_id": issue.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        return [("state", "=", "solved")]
