from odoo import api, fields, models
from odoo.exceptions import UserError

# What the button of an issue does, where it can be done before anything is sent
CURES = ("map", "correct", "link_contact", "refresh")


class XeroExistingProblem(models.Model):
    """What would keep documents back from Xero: the issue that it would become."""

    _name = "xero.existing.problem"
    _description = "What would keep existing documents back"
    _order = "kind, count desc, id"

    existing_id = fields.Many2one(
        "xero.existing", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="existing_id.company_id", store=True, index=True, precompute=True
    )
    key = fields.Char(required=True, readonly=True)
    name = fields.Char("What is wrong", required=True, readonly=True)
    remedy = fields.Char("What to do", readonly=True)
    kind = fields.Selection(
        selection=lambda self: self._selection_of_issue("kind"),
        string="Kind of cause",
        readonly=True,
    )
    fixer = fields.Char(readonly=True)
    res_model = fields.Char(readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", readonly=True)
    line_ids = fields.Many2many(
        "xero.existing.line",
        "xero_existing_line_problem_rel",
        "problem_id",
        "line_id",
        "Documents",
        readonly=True,
    )
    count = fields.Integer("Keeps back", readonly=True)
    cure = fields.Selection(
        selection=lambda self: self._selection_of_issue("cure"),
        compute="_compute_cure",
    )

    _key_uniq = models.UniqueIndex("(existing_id, key)", "A cause is named once.")

    @api.model
    def _selection_of_issue(self, name):
        """The values of a field of issues, in the language of the reader."""
        return self.env["xero.issue"]._fields[name]._description_selection(self.env)

    @api.depends("key", "res_model")
    @api.depends_context("uid")
    def _compute_cure(self):
        for problem in self:
            issue = problem._as_issue()
            offered = issue.cure in CURES and issue.may_cure
            problem.cure = issue.cure if offered else False

    def _as_issue(self):
        """The issue that it would become, in memory (``xero.issue``)."""
        # sudo: which connection it is, is no secret
        connection = self.existing_id.sudo().connection_id
        return self.env["xero.issue"].new(
            {
                "connection_id": connection.id,
                "key": self.key,
                "name": self.name,
                "remedy": self.remedy,
                "fixer": self.fixer,
                "res_model": self.res_model,
                "res_id": self.res_id,
            }
        )

    # === ACTIONS === #

    def action_cure(self):
        """The button of the issue; its label, the field ``cure``, says what it does.

        :raise UserError: where there is none for this user
        """
        self.ensure_one()
        self.check_access("read")
        if not self.cure:
            raise UserError(self.remedy or self.name)
        return self._as_issue().action_cure()

    def action_open_lines(self):
        """The documents that it keeps back."""
        self.ensure_one()
        action = self.existing_id.action_open_lines()
        return {**action, "domain": [("problem_ids", "in", self.ids)]}

    # === FOUND === #

    @api.model
    def _of(self, existing, problems):
        """The rows of some problems, made where there are none yet.

        :param problems: list of ``mappers.Problem``
        :return: dict of key → row
        """
        by_key = {problem.key: problem for problem in problems}
        rows = self.search(
            [("existing_id", "=", existing.id), ("key", "in", list(by_key))]
        )
        new = [by_key[key] for key in by_key.keys() - set(rows.mapped("key"))]
        rows |= self.create([self._values(existing, problem) for problem in new])
        return {row.key: row for row in rows}

    @api.model
    def _values(self, existing, problem):
        """:param problem: ``mappers.Problem``"""
        issues = self.env["xero.issue"]
        values = issues._problem_values(existing.connection_id, problem)
        return {
            **{name: values[name] for name in ("key", "name", "remedy", "fixer")},
            "res_model": values["res_model"],
            "res_id": values["res_id"],
            "kind": issues.new({"key": problem.key}).kind,
            "existing_id": existing.id,
        }
