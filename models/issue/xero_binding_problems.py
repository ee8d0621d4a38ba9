import logging

import psycopg2

from odoo import fields, models

from ... import mappers
from ..outbox.xero_refusals import UNKNOWN, plain_words, recognise
from .xero_issue_kinds import CURES, DECIDING, KIND_OF_CAUSE
from .xero_refusal_words import words_of

_logger = logging.getLogger(__name__)

# A row Xero never answers about goes this often before a person is asked: more than
# an outage of half an hour, at one try in six minutes or so.
MAX_UNANSWERED = 6
# Causes of refusals that are put right where taxes and accounts are mapped
MAPPED = ("tax", "account")
# Characters of Xero's words that tell one cause from another
SAME_WORDS = 200


class XeroBinding(models.AbstractModel):
    """What keeps a binding from going out, and how it is told."""

    _inherit = "xero.binding"

    def _apart(self, step):
        """Do a step with these rows; what goes wrong with one keeps back no other.

        :param step: function of rows, done anew for each of them after an error
        :return: the rows it went wrong with; they are told as broken
        """
        try:
            with self.env.cr.savepoint():
                step(self)
            return self.browse()
        except psycopg2.OperationalError:
            raise  # the database, or another transaction got in between
        except Exception:
            if len(self) > 1:
                return self.browse().concat(*(row._apart(step) for row in self))
            _logger.exception("%s %s was stopped by an error", self._name, self.id)
            self._set_broken()
            return self

    def _set_failed(self, problems):
        """Keep the row out of the queue until its issues are solved.

        :param problems: list of ``mappers.Problem``, at least one
        """
        self.ensure_one()
        before, raised = self.issue_ids, self._own_in_one(problems)
        issues = self.env["xero.issue"]._raise_issues(self.connection_id, raised)
        self.write(
            {
                "state": "failed",
                "issue_ids": [fields.Command.set(issues.ids)],
                "message": "\n".join(map(self._problem_text, problems)),
                "payload_digest": False,
                "changed_while_sending": False,
            }
        )
        (before - issues)._solve_if_free()
        self._after_failed()

    def _own_in_one(self, problems):
        """What is to be corrected on this one record, as one problem: it is one visit.

        :param problems: list of ``mappers.Problem``
        """
        record = self._record()
        own = [problem for problem in problems if _is_corrected_on(problem, record)]
        if len(own) < 2:
            return problems
        joint = mappers.Problem(
            key=f"details:{record._name}:{record.id}",
            title=" ".join(problem.title for problem in own),
            remedy=" ".join(problem.remedy for problem in own),
            record=record,
            fixer="user",
            detail=" ".join(problem.detail for problem in own if problem.detail),
        )
        return [joint, *(problem for problem in problems if problem not in own)]

    def _set_failed_together(self, problems):
        """As :meth:`_set_failed`, for documents of one connection that were in Xero.

        :param problems: list of a ``mappers.Problem`` for each of them, all different
        """
        self.env["xero.issue"]._raise_issues(self.connection_id, problems, self)
        for row, problem in zip(self, problems, strict=True):
            row.message = row._problem_text(problem)
        self.write(
            {"state": "failed", "payload_digest": False, "changed_while_sending": False}
        )
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
        refusal = recognise(messages)
        if self._cure_refusal(refusal.cause):
            self.write({"payload_digest": False, "message": " ".join(messages)})
            self._set_pending()
            return
        self._set_failed([self._problem_refused(refusal, messages)])

    def _problem_refused(self, refusal, messages):
        """What Xero refused, in plain words, and in Xero's.

        :param refusal: ``xero_refusals.Refusal``
        :param messages: Xero's words, at least one
        """
        words = " ".join(messages)
        if refusal == UNKNOWN:
            reason = words
            remedy = self.env._("Correct what Xero names, then try again.")
        else:
            reason, remedy = words_of(self.env, refusal.code)
        shared = refusal.shared
        same = plain_words(messages)[:SAME_WORDS]
        what = same if shared else self._refused_about(refusal.cause)
        # What is to be mapped, nobody corrects on the document
        on_connection = shared or refusal.cause in MAPPED
        return mappers.Problem(
            key=f"refused:{refusal.cause}:{refusal.code}:{what}",
            title=self.env._(
                "Xero refused %(record)s: %(reason)s",
                record=self.env._("documents") if shared else self.display_name,
                reason=reason,
            ),
            remedy=remedy,
            record=(self.connection_id if on_connection else self._record()) or None,
            fixer=refusal.fixer,
            words=words,
        )

    def _refused_about(self, cause):
        """What tells a cause of this record from that of another.

        The quote and the draft of an order are corrected on the order, at once. About
        what is in Xero a person decides for each of them.

        :param cause: of a refusal
        """
        record = self._record()
        decides = CURES.get(KIND_OF_CAUSE.get(cause)) in DECIDING
        about = record if record and not decides else self
        return f"{about._name}:{about.id}"

    def _problem_text(self, problem):
        """A problem in a few sentences: ours, and Xero's if it said one.

        :param problem: ``mappers.Problem``
        """
        ours = " ".join(filter(None, (problem.title, problem.detail)))
        if problem.words in ours:
            return ours
        says = self.env._("Xero says: “%s”", problem.words)
        return f"{ours} {says}"

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
                        "Xero keeps giving no answer about %(record)s; its last"
                        " change is not in Xero.",
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
        """An error in our own code on this row: tell, and go on with the others.

        Where telling goes wrong too, the row says it by itself.
        """
        try:
            with self.env.cr.savepoint():
                self._set_failed([self._problem_broken()])
        except psycopg2.OperationalError:
            raise
        except Exception:
            _logger.exception("the error of %s %s", self._name, self.id)
            self.write(
                {
                    "state": "failed",
                    "message": self.env._(
                        "An unexpected error stopped it on its way to Xero; the"
                        " server's log explains it."
                    ),
                    "payload_digest": False,
                    "changed_while_sending": False,
                }
            )

    def _problem_broken(self):
        return mappers.Problem(
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

    def _clear_issues(self):
        issues = self.issue_ids
        if issues:
            self.issue_ids = [fields.Command.clear()]
            issues._solve_if_free()

    # === ACTIONS === #

    def action_open_record(self):
        """Open the Odoo record this row is about."""
        self.ensure_one()
        record = self._record()
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }


def _is_corrected_on(problem, record):
    """Whether a person puts this right on the record itself, or on one of its lines.

    :param problem: ``mappers.Problem``
    """
    cause = problem.key.partition(":")[0]
    if not record or not problem.record or cause in KIND_OF_CAUSE:
        return False  # where it is put right is another screen, or a decision
    # Of the models that are lines of a document
    to_document = getattr(problem.record, "_xero_document_field", None)
    where = problem.record[to_document] if to_document else problem.record
    return where == record
