from odoo import api, fields, models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    """The way from an invoice to what its customer sees of it in Xero."""

    _inherit = "account.move"

    xero_has_online_invoice = fields.Boolean(
        compute="_compute_xero_has_online_invoice",
        groups="xero_sync.xero_sync_group_user",
    )

    @api.depends("xero_document_ids.xero_status", "xero_document_ids.xero_id")
    @api.depends_context("uid")
    def _compute_xero_has_online_invoice(self):
        for move in self:
            move.xero_has_online_invoice = bool(move._xero_online_document())

    def _xero_online_document(self):
        """The ``xero.document`` with a page for the customer, if the user sees it."""
        documents = self.xero_shown_document_ids
        return documents.filtered(lambda row: row._has_online_invoice())[:1]

    def action_xero_open_online_invoice(self):
        """Button "Open online invoice": Xero is asked for its address only then."""
        self.ensure_one()
        self.check_access("read")
        document = self._xero_online_document()
        if not document:
            raise UserError(
                self.env._(
                    "%s has no online invoice: Xero has one for each sales invoice"
                    " that is approved or awaiting approval there.",
                    self.display_name,
                )
            )
        return {
            "type": "ir.actions.act_url",
            "url": f"/xero_sync/online_invoice/{document.id}",
            "target": "new",
        }
