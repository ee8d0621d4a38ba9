from odoo import fields, models


class XeroDocumentSkip(models.TransientModel):
    """Why are these documents left out of Xero?"""

    _name = "xero.document.skip"
    _description = "Skip documents"

    document_ids = fields.Many2many(
        "xero.document", default=lambda self: self.env.context.get("active_ids")
    )
    allocation_ids = fields.Many2many("xero.allocation", string="Credit")
    reason = fields.Char(required=True)

    def action_skip(self):
        """Leave documents out, and credit as it is, with this reason in the chatter."""
        self.ensure_one()
        self.document_ids.action_skip(self.reason)
        self.allocation_ids.action_skip(self.reason)
        return {"type": "ir.actions.act_window_close"}
