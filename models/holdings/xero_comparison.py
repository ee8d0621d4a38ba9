from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import date_utils

from .xero_comparison_kinds import CHOICES

WORKING_STATES = ("reading",)
# What a person chooses; the rest is the comparison's own
CHOSEN_FIELDS = frozenset(["connection_id", "date_from", "date_to", *CHOICES])


class XeroComparison(models.Model):
    """Odoo's documents of some days against all that Xero holds of them.

    Nothing is changed, neither here nor there. The connection's job goes through Xero's
    documents page by page, then through Odoo's, and keeps a line for each that is not
    the same. Each page has a transaction of its own, so that it goes on where it was
    after whatever happens (``xero_period_mixin.py``)::

        draft ──▶ reading ──▶ done
                   │  ▲ │
                   ▼  │ └───▶ cancelled
                  paused
    """

    _name = "xero.comparison"
    _inherit = ["xero.period.mixin", "xero.task.mixin"]
    _description = "Comparison with Xero"
    _order = "id desc"
    _choices = CHOSEN_FIELDS
    _working_states = WORKING_STATES

    date_from = fields.Date(default=lambda self: self._last_month()[0])
    date_to = fields.Date(default=lambda self: self._last_month()[1])
    state = fields.Selection(
        [
            ("draft", "New"),
            ("reading", "Comparing"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ]
    )
    is_monthly = fields.Boolean("Automatic", readonly=True, copy=False)
    begun_at = fields.Datetime("As of", readonly=True, copy=False)
    seen_document_ids = fields.Many2many(
        "xero.document",
        "xero_comparison_seen_rel",
        "comparison_id",
        "document_id",
        readonly=True,
        copy=False,
        help="Those whose Xero document was met, until it is done",
    )

    line_ids = fields.One2many("xero.comparison.line", "comparison_id", copy=False)
    sum_ids = fields.One2many("xero.comparison.sum", "comparison_id", copy=False)
    same_count = fields.Integer("The same", readonly=True, copy=False)
    differ_count = fields.Integer("Differ", compute="_compute_counts")
    only_odoo_count = fields.Integer("Only in Odoo", compute="_compute_counts")
    only_xero_count = fields.Integer("Only in Xero", compute="_compute_counts")
    unequal_count = fields.Integer("Not the same", compute="_compute_counts")
    verdict = fields.Char("Result", compute="_compute_verdict")

    @api.model
    def _last_month(self):
        """:return: its first and its last day"""
        today = fields.Date.context_today(self)
        return date_utils.get_month(fields.Date.subtract(today, months=1))

    # === COMPUTE METHODS === #

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for each in self:
            each.display_name = each._period_text() if each.date_from else ""

    @api.depends("line_ids.result")
    def _compute_counts(self):
        groups = self.env["xero.comparison.line"]._read_group(
            [("comparison_id", "in", self.ids)],
            ["comparison_id", "result"],
            ["__count"],
        )
        counts = {(each, result): count for each, result, count in groups}
        for each in self:
            for result in ("differ", "only_odoo", "only_xero"):
                each[f"{result}_count"] = counts.get((each, result), 0)
            each.unequal_count = (
                each.differ_count + each.only_odoo_count + each.only_xero_count
            )

    @api.depends("state", "same_count", "unequal_count")
    @api.depends_context("lang")
    def _compute_verdict(self):
        for each in self:
            each.verdict = each.state == "done" and self.env._(
                "%(period)s: %(count)s documents, %(different)s different",
                period=each._period_text(),
                count=each.same_count + each.unequal_count,
                different=each.unequal_count,
            )

    # EXTENDS 'xero.task.mixin'
    @api.depends("state", "place", "same_count")
    def _compute_progress(self):
        for each in self:
            part = 1 if each.state == "done" else each._part_done()
            each.progress = round(100 * part)

    # EXTENDS 'xero.task.mixin'
    def _what_stopped(self):
        return self.env._(
            "Something unexpected stopped this comparison; the server's log says what."
            " Nothing was changed. Try again, with fewer days if there are many"
            " documents."
        )

    # EXTENDS 'xero.task.mixin'
    def _what_happens(self):
        return self.env._(
            "Comparing, %(count)s are the same so far. You can leave this page and come"
            " back.",
            count=self.same_count,
        )

    # === ACTIONS === #

    def action_compare(self):
        """Button "Compare": the connection's job compares."""
        for each in self:
            if not each._kinds():
                raise UserError(self.env._("Choose what is to be compared."))
            each._start(("draft",), "reading")
            # sudo: how far it has come changes with the buttons only
            each.sudo().begun_at = fields.Datetime.now()
        return True

    def action_pause(self):
        """Button "Pause": it stays where it is."""
        self._leave(WORKING_STATES, "paused")
        return True

    def action_continue(self):
        """Button "Continue"."""
        for each in self:
            each._start(("paused",), "reading")
        return True

    def action_cancel(self):
        """Button "Cancel": what was found stays."""
        self._leave((*WORKING_STATES, "paused"), "cancelled")
        return True

    def action_open_lines(self):
        """What is not the same, of one result when the context names one."""
        return self._open_lines("xero_sync.xero_comparison_line_action")

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """Kept as long as other finished records; the spreadsheet is the archive."""
        return [("state", "not in", (*WORKING_STATES, "paused"))]
