from odoo import fields, models

from .. import mappers
from .xero_refusals import explain_refusal

# A row Xero never answers about goes this often before a person is asked: more than
# an outage of half an hour, at one try in six minutes or so.
MAX_UNANSWERED = 6


class XeroBinding(models.AbstractModel):
    """What keeps a binding from going out, and how it is told."""

    _inherit = "xero.binding"

    def _set_failed(self, problems):
        """Keep the row out of the queue until its issues are solved.

        :param problems: list of ``mappers.Problem``, at least one
        """
        self.ensure_one()
        before = self.issue_ids
        issues = self.env["xero.issue"]._raise_issues(self.connection_id, problems)
        self.write(
            {
                "state": "failed",
                "issue_ids": [fields.Command.set(issues.ids)],
                "message": "\n".join(problem.title for problem in problems),
                "payload_digest": False,
                "changed_while_sending": False,
            }
        )
        (before - issues)._solve_if_free()
        self._after_failed()

    def _set_refused(self, messages):
        """Xero, or its SDK, did not take the record: cure it, or say what to do.

        What a person changed meanwhile may be the cure, so that goes first.

        :param messages: Xero's words, at least one
        """
        self.ensure_one()
        if self.changed_while_sending:
            self.payload_digest = False
            self._set_pending()
            return
        code, remedy, fixer = explain_refusal(self.env, messages)
        if self._cure_refusal(code):
            self.payload_digest = False
            self._set_pending()
            return
        self._set_failed(
            [
                mappers.Problem(
                    key=f"refused:{code}:{self._name}:{self.id}",
                    title=self.env._(
                        "Xero refused %(record)s: %(reason)s",
                        record=self.display_name,
                        reason=" ".join(messages),
                    ),
                    remedy=remedy,
                    record=self._record() or None,
                    fixer=fixer,
                )
            ]
        )

    def _set_unanswered(self):
        """Xero surely does not have it: try again, but not for ever.

        What makes a worker die or Xero fall silent each time must not keep everything
        behind it waiting, so from the second time on it goes alone.
        """
        self.ensure_one()
        self.write(
            {
                "payload_digest": False,
                "send_alone": bool(self.unanswered),
                "unanswered": self.unanswered + 1,
            }
        )
        if self.unanswered < MAX_UNANSWERED:
            self._set_pending()
            return
        self.unanswered = 0
        self._set_failed(
            [
                mappers.Problem(
                    key=f"unanswered:{self._name}:{self.id}",
                    title=self.env._(
                        "Xero never answers about %(record)s; its last change is not"
                        " in Xero.",
                        record=self.display_name,
                    ),
                    remedy=self.env._(
                        "Look at the record for anything odd, then try again."
                    ),
                    record=self._record() or None,
                    fixer="user",
                )
            ]
        )

    def _set_broken(self):
        """An error in our own code on this row: tell, and go on with the others."""
        self._set_failed(
            [
                mappers.Problem(
                    key=f"broken:{self._name}:{self.id}",
                    title=self.env._(
                        "An unexpected error stopped %(record)s on its way to Xero;"
                        " the server's log explains it.",
                        record=self.display_name,
                    ),
                    remedy=self.env._("Tell your administrator, then try again."),
                    record=self._record() or None,
                    fixer="administrator",
                )
            ]
        )

    def _clear_issues(self):
        issues = self.issue_ids
        if issues:
            self.issue_ids = [fields.Command.clear()]
            issues._solve_if_free()
