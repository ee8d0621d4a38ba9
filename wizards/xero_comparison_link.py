from odoo import api, fields, models
from odoo.exceptions import UserError

# Kind of a comparison → types of the entry that may be this document
MOVE_TYPES = {
    "invoice": ("out_invoice", "out_receipt"),
    "credit_note": ("out_refund",),
    "bill": ("in_invoice", "in_receipt"),
    "refund": ("in_refund",),
    "draft_bill": ("in_invoice", "in_receipt"),
}


class XeroComparisonLink(models.TransientModel):
    """Which of Odoo's documents is this one, which was made in Xero?"""

    _name = "xero.comparison.link"
    _description = "Link a document of Xero to one of Odoo"

    line_id = fields.Many2one(
        "xero.comparison.line",
        "In Xero",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    company_id = fields.Many2one(related="line_id.company_id")
    kind = fields.Selection(related="line_id.kind")
    move_types = fields.Json(compute="_compute_move_types")
    move_id = fields.Many2one(
        "account.move",
        "Invoice or bill",
        compute="_compute_candidate",
        store=True,
        readonly=False,
        domain="[('move_type', 'in', move_types), ('state', '!=', 'cancel'),"
        " ('company_id', 'child_of', company_id)]",
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        compute="_compute_candidate",
        store=True,
        readonly=False,
        domain="[('state', '!=', 'cancel'), ('company_id', 'child_of', company_id)]",
    )
    purchase_order_id = fields.Many2one(
        "purchase.order",
        compute="_compute_candidate",
        store=True,
        readonly=False,
        domain="[('state', '!=', 'cancel'), ('company_id', 'child_of', company_id)]",
    )

    @api.depends("line_id")
    def _compute_move_types(self):
        for wizard in self:
            wizard.move_types = list(MOVE_TYPES.get(wizard.kind, ()))

    @api.depends("line_id")
    def _compute_candidate(self):
        """Propose what it looks like."""
        for wizard in self:
            line = wizard.line_id
            wizard.move_id = line.move_id
            wizard.sale_order_id = line.sale_order_id
            wizard.purchase_order_id = line.purchase_order_id

    def action_link(self):
        """Button "Link": it is looked up in Xero, and brought up to date."""
        self.ensure_one()
        record = self.move_id or self.sale_order_id or self.purchase_order_id
        if not record:
            raise UserError(self.env._("Choose the document in Odoo."))
        record.check_access("read")
        self.line_id._link_to(record)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
