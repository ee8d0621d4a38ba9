from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.document import xero_preview

# What is to be sent, or ended
DUE = (xero_preview.NEW, xero_preview.UPDATE, xero_preview.END)


class XeroDocumentPreview(models.TransientModel):
    """What Xero would get of an order, invoice or bill, or what keeps it back."""

    _name = "xero.document.preview"
    _inherit = ["xero.document.question"]
    _description = "Preview for Xero"

    content = fields.Html(compute="_compute_content")
    is_due = fields.Boolean(compute="_compute_content")
    is_fixable = fields.Boolean(
        compute="_compute_content", help="This user may cure a cause that is shown."
    )

    @api.depends("res_model", "res_ids")
    def _compute_content(self):
        for wizard in self:
            records = wizard._records()
            previews = records._xero_preview()
            shown = [wizard._shown(preview) for preview in previews]
            wizard.content = self.env["ir.qweb"]._render(
                "xero_sync.xero_document_preview_content", {"documents": shown}
            )
            wizard.is_due = records.has_access("write") and any(
                preview.outcome in DUE for preview in previews
            )
            wizard.is_fixable = any(
                problem["fixable"] for each in shown for problem in each["problems"]
            )

    def _shown(self, preview):
        """A preview in words: values of the template.

        :param preview: ``Preview``
        """
        record = preview.record.with_env(self.env)
        shown = {
            "name": record.display_name,
            "title": record._xero_why_nothing(),
            "problems": [],
            "notes": [],
            "head": [],
            "changes": [],
            "lines": [],
            "totals": [],
        }
        if not preview.row:
            return shown
        # sudo: whoever may see the document may see what Xero gets of it
        row = preview.row.with_env(self.env).sudo()
        return {
            "name": shown["name"],
            "title": row._preview_title(preview),
            "problems": [
                self._problem_shown(record, row, each) for each in preview.problems
            ],
            "notes": row._preview_notes(preview),
            "head": row._preview_head(preview),
            "changes": row._preview_changes(preview),
            "lines": row._preview_lines(preview),
            "totals": row._preview_totals(preview),
        }

    def _problem_shown(self, record, row, problem):
        issue = self._issue(row.connection_id, problem)
        return {
            "text": row._problem_text(problem),
            "remedy": problem.remedy,
            "fixable": record._xero_may_fix(issue),
            "fix_by": record._xero_whom_to_ask(issue) and self._fixer_in_words(issue),
        }

    def _fixer_in_words(self, issue):
        """Who can cure what this user cannot."""
        return {
            "accountant": self.env._("An accountant can fix this."),
            "administrator": self.env._("An administrator can fix this."),
            "user": self.env._("Somebody who may change it can fix this."),
        }[issue.fixer]

    def _issue(self, connection, problem):
        """The issue that would be raised, in memory only; as superuser.

        :param problem: ``mappers.Problem``
        """
        # sudo: whoever sees the document may know what keeps it back
        issues = self.env["xero.issue"].sudo()
        return issues.new(issues._problem_values(connection, problem))

    # === ACTIONS === #

    def action_send(self):
        """Send what is shown, after the questions that sending asks."""
        self.ensure_one()
        asks = self._records().action_xero_send_many()
        return asks or {"type": "ir.actions.act_window_close"}

    def action_fix(self):
        """Open where the first cause is cured that this user may cure.

        :raise odoo.exceptions.UserError: there is none any more
        """
        self.ensure_one()
        for preview in self._records()._xero_preview():
            record = preview.record.with_env(self.env)
            for problem in preview.problems:
                issue = self._issue(preview.row.connection_id.sudo(), problem)
                if record._xero_may_fix(issue):
                    return issue.sudo(self.env.su)._fix_action()
        raise UserError(self.env._("There is nothing to fix any more."))
