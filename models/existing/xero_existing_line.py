from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from ..document.xero_document import XERO_DIGITS
from ..holdings.xero_comparison_kinds import KINDS

# What a person decides about a line
DECISION_FIELDS = frozenset(["action", "candidate_id"])


class XeroExistingLine(models.Model):
    """A document of Odoo's that Xero does not have through Odoo, and what is done."""

    _name = "xero.existing.line"
    _description = "Line of existing documents"
    _order = "existing_id desc, odoo_date, id"

    existing_id = fields.Many2one(
        "xero.existing", required=True, index=True, ondelete="cascade", readonly=True
    )
    company_id = fields.Many2one(
        related="existing_id.company_id", store=True, index=True, precompute=True
    )
    existing_state = fields.Selection(related="existing_id.state", string="Step")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    document_kind = fields.Char(required=True, readonly=True)
    book = fields.Char(required=True, readonly=True, help="Xero's type of document")
    move_id = fields.Many2one(
        "account.move", index="btree_not_null", ondelete="cascade", readonly=True
    )
    sale_order_id = fields.Many2one(
        "sale.order", index="btree_not_null", ondelete="cascade", readonly=True
    )
    purchase_order_id = fields.Many2one(
        "purchase.order", index="btree_not_null", ondelete="cascade", readonly=True
    )
    odoo_number = fields.Char("Odoo number", readonly=True)
    odoo_date = fields.Date("Date", readonly=True)
    odoo_total = fields.Float("Total", digits=XERO_DIGITS, readonly=True)
    currency = fields.Char(readonly=True)
    is_booked = fields.Boolean(readonly=True, help="Odoo has it in the books")
    partner_id = fields.Many2one(
        "res.partner", "Contact", index=True, ondelete="set null", readonly=True
    )
    contact_id = fields.Many2one(
        "xero.contact",
        "Xero contact",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
        help="Linked to the customer or vendor, or certainly the same.",
    )
    contact_xero_id = fields.Char(readonly=True)
    contact_fate = fields.Selection(
        [
            ("linked", "Linked already"),
            ("link", "To link"),
            ("create", "To create"),
            ("decide", "To decide"),
        ],
        "Contact in Xero",
        readonly=True,
    )
    number_key = fields.Char(readonly=True, help="What it is found by")
    is_kept_back = fields.Boolean("To fix", readonly=True)
    problem_ids = fields.Many2many(
        "xero.existing.problem",
        "xero_existing_line_problem_rel",
        "line_id",
        "problem_id",
        "What would keep it back",
        readonly=True,
    )

    action = fields.Selection(
        [
            ("link", "Link"),
            ("send", "Send"),
            ("decide", "To decide"),
            ("skip", "Skip"),
        ],
        required=True,
    )
    candidate_id = fields.Many2one(
        "xero.existing.candidate",
        "In Xero",
        index="btree_not_null",
        ondelete="set null",
        domain="[('existing_id', '=', existing_id), ('book', '=', book)]",
    )
    candidate_ids = fields.Many2many(
        "xero.existing.candidate",
        "xero_existing_line_candidate_rel",
        "line_id",
        "candidate_id",
        "Possible matches",
        readonly=True,
    )
    rule = fields.Selection(
        [
            ("own", "Made by Odoo for it"),
            ("number", "Same number, contact and total"),
            ("figures", "Same contact, date and total, and no other like it"),
            ("several", "Several in Xero may match"),
            ("shared", "The one in Xero also fits another Odoo document"),
            ("differs", "Some of it is different in Xero"),
        ],
        readonly=True,
    )
    reason = fields.Char("Why", compute="_compute_reason")
    result = fields.Selection(
        [
            ("linked", "Linked"),
            ("queued", "Sent"),
            ("skipped", "Skipped"),
            ("failed", "Not done"),
        ],
        readonly=True,
    )
    message = fields.Char("Remarks", readonly=True)
    document_id = fields.Many2one(
        "xero.document", index="btree_not_null", ondelete="set null", readonly=True
    )
    document_state = fields.Selection(related="document_id.state", string="State now")
    xero_number = fields.Char(related="document_id.xero_number")
    remedy = fields.Text(related="document_id.remedy")

    _waiting_idx = models.Index(
        "(existing_id, action, odoo_date, id) WHERE result IS NULL"
    )
    _number_idx = models.Index("(existing_id, number_key)")

    # === COMPUTE METHODS === #

    @api.depends("odoo_number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.odoo_number

    @api.depends("rule", "candidate_ids", "action", "problem_ids")
    def _compute_reason(self):
        words = dict(self._fields["rule"]._description_selection(self.env))
        for line in self:
            reason = words.get(line.rule)
            if line.rule == "differs":
                differences = ", ".join(line._differences(line.candidate_ids[:1]))
                reason = self.env._("In Xero: %s", differences)
            kept_back = line.problem_ids if line.action == "send" else ()
            titles = [problem.name for problem in kept_back]
            line.reason = "\n".join(filter(None, [reason, *titles])) or False

    def _differences(self, candidate):
        """What a document in Xero has other than this one, in words, as Xero has it.

        :param candidate: ``xero.existing.candidate``
        """
        texts = []
        if not self.contact_xero_id:
            texts.append(
                self.env._(
                    "%(contact)s (%(partner)s is linked to no contact)",
                    contact=candidate.contact_name or "",
                    partner=self.partner_id.display_name or "",
                )
            )
        elif self.contact_xero_id != candidate.contact_xero_id:
            texts.append(candidate.contact_name or self.env._("another contact"))
        if self.number_key and self.number_key not in (
            candidate.number_key,
            candidate.reference_key,
        ):
            texts.append(candidate.number or self.env._("no number"))
        if self.odoo_date != candidate.date:
            texts.append(format_date(self.env, candidate.date))
        if (self.odoo_total, self.currency) != (candidate.total, candidate.currency):
            texts.append(f"{candidate.currency} {candidate.total:.2f}")
        if self.is_booked != candidate.is_booked:
            texts.append(candidate._status_text())
        return texts

    # === A PERSON DECIDES === #

    @api.onchange("candidate_id")
    def _onchange_candidate_id(self):
        for line in self:
            if line.candidate_id:
                line.action = "link"
            elif line.action == "link":
                line.action = "decide"

    # EXTENDS 'base'
    def write(self, vals):
        self._check_may_write(vals)
        if not self.env.su and vals.get("candidate_id"):
            vals = {"action": "link", **vals}
        return super().write(vals)

    def _check_may_write(self, vals):
        """People decide about a line, while it is to review."""
        if self.env.su:
            return
        self.check_access("write")
        if not DECISION_FIELDS.issuperset(vals):
            raise AccessError(
                self.env._("Only the action and the match of a line can be changed.")
            )
        if any(line.existing_state != "review" for line in self):
            raise UserError(self.env._("This is decided before it starts."))

    @api.constrains("action", "candidate_id")
    def _check_link_has_candidate(self):
        for line in self:
            if line.action != "link":
                continue
            if not line.candidate_id:
                raise ValidationError(
                    self.env._(
                        "%(number)s: choose the document in Xero.",
                        number=line.odoo_number,
                    )
                )
            candidate = line.candidate_id
            if (candidate.existing_id, candidate.book) != (line.existing_id, line.book):
                raise ValidationError(
                    self.env._(
                        "%(number)s is not the same kind of document as the one in"
                        " Xero.",
                        number=line.odoo_number,
                    )
                )

    # === ACTIONS === #

    def action_set_send(self):
        """Button "Send" above the list."""
        self._undecided().write({"action": "send", "candidate_id": False})
        return True

    def action_set_skip(self):
        """Button "Skip" above the list."""
        self._undecided().write({"action": "skip", "candidate_id": False})
        return True

    def action_set_link(self):
        """Button "Link": to the only one, or to the one that was proposed."""
        for line in self._undecided():
            candidate = line.candidate_id or line.candidate_ids
            if len(candidate) == 1:
                line.write({"action": "link", "candidate_id": candidate.id})
        return True

    def action_run_existing(self):
        """Button "Start": all of them, whatever lines are ticked."""
        chosen = self.env.context.get("xero_existing_id") or self.existing_id[:1].id
        return self.env["xero.existing"].browse(chosen)._start_from_lines()

    def action_open_record(self):
        """Button: the Odoo document."""
        self.ensure_one()
        record = self._record()
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def action_open_xero(self):
        """Button "Xero": the document there that it may be."""
        self.ensure_one()
        self.check_access("read")
        candidate = self.candidate_id or self.candidate_ids[:1]
        url = self.document_id.xero_url or candidate.xero_url
        return {"type": "ir.actions.act_url", "url": url, "target": "new"}

    def _undecided(self):
        return self.filtered(lambda line: not line.result)

    # === RECORDS === #

    def _record(self):
        return self.move_id or self.sale_order_id or self.purchase_order_id
