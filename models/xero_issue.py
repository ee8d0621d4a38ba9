from odoo import api, fields, models

# Models whose rows an issue can block, with the field on the issue that lists them.
BLOCKED_FIELDS = ("document_ids", "contact_ids", "item_ids", "allocation_ids")


class XeroIssue(models.Model):
    """One cause that keeps records from going out; cured once, all are sent again."""

    _name = "xero.issue"
    _inherit = ["xero.retention.mixin"]
    _description = "Xero issue"
    _order = "state, id desc"

    connection_id = fields.Many2one(
        "xero.connection", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="connection_id.company_id", store=True, index=True, precompute=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What happened", required=True, readonly=True)
    remedy = fields.Char("What to do", required=True, readonly=True)
    fixer = fields.Selection(
        [
            ("user", "Any user"),
            ("accountant", "Accountant"),
            ("administrator", "Administrator"),
        ],
        "Who can fix it",
        required=True,
        readonly=True,
    )
    state = fields.Selection(
        [("open", "Open"), ("solved", "Solved")],
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
    blocked_count = fields.Integer("Blocks", compute="_compute_blocked_count")

    _open_key_uniq = models.UniqueIndex(
        "(connection_id, key) WHERE state = 'open'", "This issue is open already."
    )

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

    @api.model
    def _raise_issues(self, connection, problems):
        """The open issues for these problems, made where there is none yet.

        :param problems: list of ``mappers.Problem``
        """
        keys = [problem.key for problem in problems]
        known = self.search(
            [
                ("connection_id", "=", connection.id),
                ("state", "=", "open"),
                ("key", "in", keys),
            ]
        )
        by_key = {issue.key: issue for issue in known}
        for problem in problems:
            values = self._problem_values(connection, problem)
            if problem.key in by_key:
                by_key[problem.key].write(values)
            else:
                by_key[problem.key] = self.create(values)
        return self.concat(*by_key.values())

    @api.model
    def _problem_values(self, connection, problem):
        return {
            "connection_id": connection.id,
            "key": problem.key,
            "name": problem.title,
            "remedy": problem.remedy,
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
    def _solve_kind(self, kind):
        """As :meth:`_solve`, for all open issues of a kind (``<kind>:…``)."""
        # sudo: see _solve
        issues = self.sudo().search(
            [("key", "=like", f"{kind}:%"), ("state", "=", "open")]
        )
        issues._release()

    def _release(self):
        """Queue what these issues block; what is still wrong raises them again."""
        for name in BLOCKED_FIELDS:
            self[name].filtered(lambda row: row.state == "failed")._set_pending()
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
        return {
            "type": "ir.actions.act_window",
            "res_model": self.res_model,
            "res_id": self.res_id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_try_again(self):
        """Send everything this issue blocks once more, right after the commit."""
        self.check_access("read")
        # sudo: users may ask for another try; only the outbox writes bindings
        issues = self.sudo()
        issues.document_ids._decide_to_replace()
        issues._release()
        issues.connection_id._run_after_commit()
        return True

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        return [("state", "=", "solved")]
