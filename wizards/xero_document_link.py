from odoo import fields, models


class XeroDocumentLink(models.TransientModel):
    """Which document of Xero is this one?"""

    _name = "xero.document.link"
    _description = "Link to another Xero document"

    document_id = fields.Many2one(
        "xero.document",
        required=True,
        default=lambda self: self.env.context.get("active_id"),
    )
    number = fields.Char(
        "Number in Xero", required=True, help="Or the ID at the end of its address."
    )

    def action_link(self):
        """Link the document; it is looked up in Xero and brought up to date."""
        self.ensure_one()
        self.document_id.action_link(self.number)
        return {"type": "ir.actions.act_window_close"}
