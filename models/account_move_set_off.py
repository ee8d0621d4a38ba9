from odoo import api, fields, models

from .holdings.xero_document_payment import CREDIT_KINDS


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
            documents = move.sudo()._xero_shown_documents()
            credits = documents.filtered(lambda row: row.kind in CREDIT_KINDS)
            rows = credits.given_allocation_ids
            texts = filter(None, (row._text_for_user() for row in rows.sorted("id")))
            move.xero_not_set_off = "\n".join(texts) or False
