from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A match of a credit note with an invoice is set off in Xero too."""

    _inherit = "account.partial.reconcile"

    # EXTENDS 'account'
    @api.model_create_multi
    def create(self, vals_list):
        matches = super().create(vals_list)
        matches._xero_note()
        return matches

    # EXTENDS 'account'
    def unlink(self):
        self._xero_note()
        return super().unlink()

    def _xero_note(self):
        """Note both sides of the matches with credit, not of those with payments."""
        for match in self:
            moves = (match.debit_move_id | match.credit_move_id).move_id
            if len(moves._xero_documents()) > 1:
                self.env["xero.allocation"]._note(moves)
