from odoo import api, fields, models
from odoo.tools import format_date

from .xero_import_kinds import KINDS

# What a person chooses; the rest is the import's own
FILTER_FIELDS = frozenset(
    ["connection_id", "kind", "role", "archived", "changed_since", "search_text"]
)
WORKING_STATES = ("reading", "running")


class XeroImport(models.Model):
    """Contacts or items of Xero on their way into Odoo.

    It reads, proposes what to do with each, waits for a person, then does it. The
    connection's job works in slices, each in a transaction of its own, so that it goes
    on where it was after whatever happens (``xero_import_run.py``)::

        draft ──▶ reading ──▶ review ──▶ running ──▶ done
                     │          │           │
                     └──────────┴───────────┴──────▶ cancelled
    """

    _name = "xero.import"
    _inherit = ["xero.task.mixin"]
    _description = "Import from Xero"
    _order = "id desc"
    _choices = FILTER_FIELDS
    _working_states = WORKING_STATES

    kind = fields.Selection(
        [("contacts", "Contacts"), ("items", "Items")],
        "Import",
        required=True,
        default="contacts",
    )
    role = fields.Selection(
        [
            ("all", "All contacts"),
            ("customers", "Customers"),
            ("suppliers", "Suppliers"),
        ],
        "Which contacts",
        required=True,
        default="all",
        help="In Xero a contact becomes a customer or supplier with its first invoice"
        " or bill.",
    )
    archived = fields.Boolean("Include archived", help="They are shown, and skipped.")
    changed_since = fields.Date(help="Changed in Xero on this day or later.")
    search_text = fields.Char(
        "Search for", help="Part of the name, e-mail, number or code."
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("reading", "Reading"),
            ("review", "To review"),
            ("running", "Importing"),
            ("done", "Done"),
            ("cancelled", "Cancelled"),
        ]
    )
    progress = fields.Float(compute="_compute_counts")
    line_ids = fields.One2many("xero.import.line", "import_id", copy=False)

    # How far reading has come
    read_at = fields.Datetime(readonly=True, copy=False)
    found_count = fields.Integer("Found in Xero", readonly=True, copy=False)
    last_row_id = fields.Integer(readonly=True, copy=False)

    linked_count = fields.Integer("Already linked", compute="_compute_counts")
    link_count = fields.Integer("To link", compute="_compute_counts")
    create_count = fields.Integer("To create", compute="_compute_counts")
    decide_count = fields.Integer("To decide", compute="_compute_counts")
    skip_count = fields.Integer("To skip", compute="_compute_counts")
    done_link_count = fields.Integer("Linked", compute="_compute_counts")
    done_create_count = fields.Integer("Created", compute="_compute_counts")
    done_skip_count = fields.Integer("Skipped", compute="_compute_counts")
    unchanged_count = fields.Integer("Unchanged", compute="_compute_counts")
    failed_count = fields.Integer("Failed", compute="_compute_counts")

    # === COMPUTE METHODS === #

    @api.depends("kind", "create_date")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for each in self:
            day = format_date(self.env, each.create_date) if each.create_date else ""
            each.display_name = f"{kinds.get(each.kind, '')} {day}".strip()

    @api.depends(
        "state", "read_at", "found_count", "line_ids.action", "line_ids.result"
    )
    def _compute_counts(self):
        groups = self.env["xero.import.line"]._read_group(
            [("import_id", "in", self.ids)],
            ["import_id", "action", "result"],
            ["__count"],
        )
        for each in self:
            own = [group[1:] for group in groups if group[0] == each]
            for action in ("linked", "link", "create", "decide", "skip"):
                each[f"{action}_count"] = sum(n for a, _r, n in own if a == action)
            results = {
                result: sum(n for _a, r, n in own if r == result)
                for result in (False, "linked", "created", "skipped", "same", "failed")
            }
            each.done_link_count = results["linked"]
            each.done_create_count = results["created"]
            each.done_skip_count = results["skipped"]
            each.unchanged_count = results["same"]
            each.failed_count = results["failed"]
            each.progress = each._percent(sum(n for _a, _r, n in own), results[False])

    def _percent(self, lines, waiting):
        """How far reading or running has come.

        :param lines: number of lines
        :param waiting: number of lines without a result
        """
        if self.state == "reading":
            # A tenth for the pages, the rest for comparing
            compared = lines / (self.found_count or 1)
            return round(10 + 90 * compared) if self.read_at else 0
        if self.state == "running":
            return round(100 * (lines - waiting) / (lines or 1))
        return 100 if self.state in ("review", "done") else 0

    # EXTENDS 'xero.task.mixin'
    def _what_stopped(self):
        return self.env._(
            "Something unexpected stopped this import; the server's log says what. What"
            " is imported stays; a new import goes on from there."
        )

    # EXTENDS 'xero.task.mixin'
    def _what_happens(self):
        if self.state == "running":
            return self.env._("Importing. You can leave this page and come back.")
        if not self.read_at:
            return self.env._("Reading from Xero.")
        return self.env._(
            "Comparing %(count)s found in Xero with Odoo.", count=self.found_count
        )

    # === ACTIONS === #

    def action_read(self):
        """Button "Read from Xero": the connection's job reads and compares."""
        for each in self:
            each._start(("draft",), "reading")
        return True

    def action_run(self):
        """Button "Import": the connection's job does what the lines say."""
        for each in self:
            each._start(("review",), "running")
            each.sudo().line_ids._settle_what_stays()
        return True

    def action_retry(self):
        """Button "Try again": the lines that failed, once more."""
        for each in self:
            each._start(("done",), "running")
            # sudo: results are the import's own
            lines = self.env["xero.import.line"].sudo()
            failed = lines.search(
                [("import_id", "=", each.id), ("result", "=", "failed")]
            )
            failed.write({"result": False, "message": False})
        return True

    def action_cancel(self):
        """Button "Cancel": what is imported stays."""
        self._leave((*WORKING_STATES, "review"), "cancelled")
        return True

    def action_open_lines(self):
        """The lines, of one action or result when the context names one."""
        return self._open_lines(
            "xero_sync.xero_import_line_action",
            xero_import_id=self.id,
            xero_items=self.kind == "items",
            xero_review=self.state == "review",
        )

    # === RECORDS === #

    def _kind(self):
        """The models and fields of what is imported."""
        return KINDS[self.kind]

    # EXTENDS 'xero.retention.mixin'
    @api.model
    def _gc_domain(self):
        """What was imported long ago is told by the links; the lines are not needed."""
        return [("state", "not in", WORKING_STATES)]
