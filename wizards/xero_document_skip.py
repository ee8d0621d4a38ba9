from odoo import fields, models


class XeroDocumentSkip(models.TransientModel):
    """Why are these documents left out of Xero?"""

    _name = "xero.document.skip"
    _description = "Skip documents"

    document_ids = fields.Many2many(
        "xero.document", default=lambda self: self.env.context.get("active_ids")
    )
    reason = fields.Char(required=True)

    def action_skip(self):
        """Leave the documents out, with this reason in their chatter."""
        self.ensure_one()
        self.document_ids.action_skip(self.reason)
        return {"type": "ir.actions.act_window_close"}
