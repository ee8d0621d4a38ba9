from odoo import api, fields, models
from odoo.exceptions import UserError

from ..holdings.xero_comparison_kinds import CHOICES

# States in which the job has something to do
WORKING_STATES = ("reading", "running")
# Of rows that a person is to look at
KEPT_STATES = ("failed", "held", "mismatch")
# What a person chooses; the rest is its own
CHOSEN_FIELDS = frozenset(["connection_id", "date_from", "date_to", *CHOICES])


class XeroExisting(models.Model):
    """Documents of before the connection: linked to what Xero has, or sent.

    First it only looks: at all that Xero holds of the period, and at each of Odoo's
    documents that is not in Xero through Odoo. Each gets a line that says what would
    become of it. A person decides what is unsure; then the connection's job links and
    sends, behind everything that people wait for::

        draft ──▶ reading ──▶ review ──▶ running ──▶ done
                     ▲          │         │  ▲
                     └──────────┤         ▼  │
                      (again)   │        paused
                                └──▶ cancelled ◀── from any but done
    """

    _name = "xero.existing"
    _inherit = ["xero.period.mixin", "xero.task.mixin"]
    _description = "Existing documents"
    _order = "id desc"
    _choices = CHOSEN_FIELDS
    _working_states = WORKING_STATES

    date_from = fields.Date(default=lambda self: self._first_day_of_year())
    date_to = fields.Date(default=fields.Date.context_today)
    state = fields.Selection(
        [
            ("draft", "New"),
            ("reading", "Reading"),
            ("review", "To review"),
            ("running", "Running"),
            ("paused", "Paused"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ]
    )
    begun_at = fields.Datetime("As of", readonly=True, copy=False)
    known_count = fields.Integer("In Xero through Odoo", readonly=True, copy=False)

    line_ids = fields.One2many("xero.existing.line", "existing_id", copy=False)
    candidate_ids = fields.One2many(
        "xero.existing.candidate", "existing_id", copy=False
    )
    problem_ids = fields.One2many("xero.existing.problem", "existing_id", copy=False)
    product_ids = fields.Many2many(
        "product.product",
        "xero_existing_product_rel",
        "existing_id",
        "product_id",
        "Products without an item",
        readonly=True,
        copy=False,
    )
    sum_ids = fields.One2many("xero.existing.sum", "existing_id")
    found_count = fields.Integer("Not in Xero yet", compute="_compute_counts")
    link_count = fields.Integer("To link", compute="_compute_counts")
    send_count = fields.Integer("To send", compute="_compute_counts")
    fix_count = fields.Integer("To fix", compute="_compute_counts")
    decide_count = fields.Integer("To decide", compute="_compute_counts")
    skip_count = fields.Integer("To skip", compute="_compute_counts")
    linked_count = fields.Integer("Linked", compute="_compute_counts")
    queued_count = fields.Integer("Sent", compute="_compute_counts")
    skipped_count = fields.Integer("Skipped", compute="_compute_counts")
    failed_count = fields.Integer("Not done", compute="_compute_counts")
    kept_count = fields.Integer("Kept back", compute="_compute_kept_count")

    @api.model
    def _first_day_of_year(self):
        today = fields.Date.context_today(self)
        return self.env.company.compute_fiscalyear_dates(today)["date_from"]

    # === COMPUTE METHODS === #

    @api.depends("date_from", "date_to")
    def _compute_display_name(self):
        for each in self:
            each.display_name = each._period_text() if each.date_from else ""

    @api.depends("line_ids.action", "line_ids.is_kept_back", "line_ids.result")
    def _compute_counts(self):
        groups = self.env["xero.existing.line"]._read_group(
            [("existing_id", "in", self.ids)],
            ["existing_id", "action", "is_kept_back", "result"],
            ["__count"],
        )
        for each in self:
            own = [group[1:] for group in groups if group[0] == each]
            each.found_count = sum(n for *_keys, n in own)
            for action in ("link", "decide", "skip"):
                each[f"{action}_count"] = sum(n for a, _k, _r, n in own if a == action)
            each.send_count = sum(n for a, k, _r, n in own if a == "send" and not k)
            each.fix_count = sum(n for a, k, _r, n in own if a == "send" and k)
            for result in ("linked", "queued", "skipped", "failed"):
                each[f"{result}_count"] = sum(n for *_k, r, n in own if r == result)

    @api.depends("line_ids.document_id.state")
    def _compute_kept_count(self):
        """How many of what was sent or linked wait for a person."""
        kept = self.env["xero.existing.line"]._read_group(
            [
                ("existing_id", "in", self.ids),
                ("document_id.state", "in", KEPT_STATES),
            ],
            ["existing_id"],
            ["__count"],
        )
        counts = {existing.id: count for existing, count in kept}
        for each in self:
            each.kept_count = counts.get(each.id, 0)

    # EXTENDS 'xero.task.mixin'
    @api.depends("state", "place", "line_ids.result")
    def _compute_progress(self):
        for each in self:
            if each.state == "reading":
                each.progress = round(100 * each._part_done())
            elif each.state in ("running", "paused"):
                each.progress = round(100 * each._part_settled())
            else:
                each.progress = 100 if each.state in ("review", "done") else 0

    def _part_settled(self):
        """How many of the lines have a result, as a number from 0 to 1."""
        results = (self.linked_count, self.queued_count)
        settled = sum(results) + self.skipped_count + self.failed_count
        return settled / (self.found_count or 1)

    # EXTENDS 'xero.task.mixin'
    def _what_stopped(self):
        return self.env._(
            "Something unexpected stopped this; the server's log says what. What is"
            " linked or sent stays. Begin a new one: it goes on from there."
        )

    # EXTENDS 'xero.task.mixin'
    def _what_happens(self):
        if self.state == "running":
            return self.env._(
                "Linking and sending. What people do now goes first. You can leave"
                " this page and come back."
            )
        return self.env._(
            "Reading the documents in Xero and in Odoo. Nothing is changed. You can"
            " leave this page and come back."
        )

    # === ACTIONS === #

    def action_preview(self):
        """Button "Preview": the job looks, and changes nothing."""
        for each in self:
            if not each._kinds():
                raise UserError(self.env._("Choose which documents."))
            each._start(("draft", "review"), "reading")
            # sudo: how far it has come changes with the buttons only
            each.sudo().write({"place": False, "begun_at": fields.Datetime.now()})
        return True

    def action_run(self):
        """Button "Start": the job links and sends what the lines say."""
        for each in self:
            each._start(("review",), "running")
            each._settle_what_stays()
        return True

    def action_pause(self):
        """Button "Pause": it stays where it is."""
        self._leave(("running",), "paused")
        return True

    def action_continue(self):
        """Button "Continue"."""
        for each in self:
            each._start(("paused",), "running")
        return True

    def action_cancel(self):
        """Button "Cancel": what is linked or sent stays."""
        self._leave((*WORKING_STATES, "review", "paused"), "cancelled")
        return True

    def action_open_lines(self):
        """The documents, of one filter when the context names one."""
        return self._open_lines(
            "xero_sync.xero_existing_line_action",
            xero_existing_id=self.id,
            xero_review=self.state == "review",
        )

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """What is linked or sent has rows of its own; the report is the archive."""
        return [("state", "not in", (*WORKING_STATES, "paused"))]
