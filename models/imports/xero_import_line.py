from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

# What a person decides about a line
DECISION_FIELDS = frozenset(["action", "partner_id", "product_id"])


class XeroImportLine(models.Model):
    """One contact or item of Xero, and what the import does with it."""

    _name = "xero.import.line"
    _description = "Line of an import from Xero"
    _order = "import_id desc, name, id"
    _check_company_auto = True

    import_id = fields.Many2one(
        "xero.import", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, index=True, precompute=True
    )
    kind = fields.Selection(related="import_id.kind", string="Kind")
    import_state = fields.Selection(related="import_id.state", string="Step")
    # Copies of what Xero says, so that ten thousand are sorted and searched quickly
    name = fields.Char("Name in Xero", readonly=True)
    contact_id = fields.Many2one(
        "xero.contact", "Xero contact", readonly=True, index=True, ondelete="cascade"
    )
    item_id = fields.Many2one(
        "xero.item", "Xero item", readonly=True, index=True, ondelete="cascade"
    )
    email = fields.Char(related="contact_id.email")
    tax_number = fields.Char(related="contact_id.tax_number")
    contact_number = fields.Char(related="contact_id.contact_number")
    code = fields.Char(related="item_id.code")
    action = fields.Selection(
        [
            ("linked", "Already linked"),
            ("link", "Link"),
            ("create", "Create"),
            ("decide", "To decide"),
            ("skip", "Skip"),
        ],
        required=True,
        index=True,
    )
    partner_id = fields.Many2one(
        "res.partner",
        "Customer or vendor",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
        domain="['|', ('parent_id', '=', False), ('is_company', '=', True)]",
    )
    product_id = fields.Many2one(
        "product.product",
        check_company=True,
        index="btree_not_null",
        ondelete="set null",
    )
    candidate_ids = fields.Many2many(
        "res.partner",
        "xero_import_line_partner_rel",
        string="Possible matches",
        readonly=True,
        help="Customers and vendors that may be this contact, the likeliest first.",
    )
    candidate_product_ids = fields.Many2many(
        "product.product",
        "xero_import_line_product_rel",
        string="Possible products",
        readonly=True,
        help="Products that may be this item, the likeliest first.",
    )
    best_id = fields.Integer(readonly=True, help="The likeliest candidate")
    reason = fields.Char("Why", readonly=True)
    result = fields.Selection(
        [
            ("linked", "Linked"),
            ("created", "Created"),
            ("skipped", "Skipped"),
            ("same", "Unchanged"),
            ("failed", "Failed"),
        ],
        readonly=True,
        index=True,
    )
    message = fields.Text("Remarks", readonly=True)

    _waiting_idx = models.Index("(import_id, id) WHERE result IS NULL")
    _contact_uniq = models.UniqueIndex(
        "(import_id, contact_id) WHERE contact_id IS NOT NULL",
        "A contact has one line in an import.",
    )
    _item_uniq = models.UniqueIndex(
        "(import_id, item_id) WHERE item_id IS NOT NULL",
        "An item has one line in an import.",
    )

    # === A PERSON DECIDES === #

    @api.onchange("partner_id", "product_id")
    def _onchange_record(self):
        for line in self:
            if line._record():
                line.action = "link"
            elif line.action == "link":
                line.action = "decide"

    # EXTENDS 'base'
    def write(self, vals):
        self._check_may_write(vals)
        chosen = {"partner_id", "product_id"}.intersection(vals)
        if self.env.su or "action" in vals or not chosen:
            return super().write(vals)
        if any(vals[name] for name in chosen):
            return super().write({**vals, "action": "link"})
        # Taking the record away leaves the question
        asked = self.filtered(lambda line: line.action == "link")
        super(XeroImportLine, asked).write({**vals, "action": "decide"})
        return super(XeroImportLine, self - asked).write(vals)

    def _check_may_write(self, vals):
        """People decide about a line, while the import waits for that."""
        if self.env.su:
            return
        self.check_access("write")
        if not DECISION_FIELDS.issuperset(vals):
            raise AccessError(
                self.env._("Only the action and the record of a line can be changed.")
            )
        if vals.get("action") == "linked":
            raise UserError(self.env._("Choose “Link” and the record to link to."))
        if any(line.import_state != "review" for line in self):
            raise UserError(
                self.env._("Lines can only be changed while the import is in review.")
            )
        if any(line.action == "linked" for line in self):
            raise UserError(
                self.env._(
                    "What is linked already is changed on the form of the customer,"
                    " vendor or product."
                )
            )

    @api.constrains("action", "partner_id", "product_id")
    def _check_link_has_record(self):
        for line in self:
            if line.action == "link" and not line._record():
                raise ValidationError(
                    self.env._(
                        "“%(name)s”: choose what it is linked to.", name=line.name
                    )
                )

    # === ACTIONS === #

    def action_set_create(self):
        """Button "Create" above the list."""
        self._open_lines().write(
            {"action": "create", "partner_id": False, "product_id": False}
        )
        return True

    def action_set_skip(self):
        """Button "Skip" above the list."""
        self._open_lines().write({"action": "skip"})
        return True

    def action_set_link(self):
        """Button "Link": to the record proposed, or to the likeliest candidate."""
        for line in self._open_lines():
            target = line._record().id or line.best_id
            if target:
                line.write({"action": "link", line._kind().record_field: target})
        return True

    def action_run_import(self):
        """Button "Import": the whole import, whatever lines are ticked."""
        chosen = self.env.context.get("xero_import_id") or self.import_id[:1].id
        return self.env["xero.import"].browse(chosen)._start_from_lines()

    def _open_lines(self):
        """Those a person may still decide about."""
        return self.filtered(lambda line: line.action != "linked" and not line.result)

    # === RECORDS === #

    def _kind(self):
        return self.import_id._kind()

    def _row(self):
        """Xero's side: ``xero.contact`` or ``xero.item``."""
        return self.contact_id or self.item_id

    def _record(self):
        """Odoo's side: the partner or product, maybe empty."""
        return self.partner_id or self.product_id
