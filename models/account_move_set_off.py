from odoo import api, fields, models


class AccountMove(models.Model):
    """The form of a credit note says what of it Xero did not set off, and why."""

    _inherit = "account.move"

    xero_not_set_off = fields.Text(
        "Set off in Xero", compute="_compute_xero_not_set_off", groups="base.group_user"
    )

    @api.depends("xero_document_ids.state")
    def _compute_xero_not_set_off(self):
        for move in self:
            # sudo: whoever may see the credit note may see what became of it in Xero
            rows = move.sudo().xero_document_ids.given_allocation_ids
            texts = filter(None, (row._text_for_user() for row in rows.sorted("id")))
            move.xero_not_set_off = "\n".join(texts) or False
