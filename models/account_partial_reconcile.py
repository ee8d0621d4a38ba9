from odoo import api, models


class AccountPartialReconcile(models.Model):
    """A match of a credit note with an invoice is set off in Xero too."""

    _inherit = "account.partial.reconcile"

    # EXTENDS 'account'
    @api.model_create_multi
    def create(self, vals_list):
        matches = super().create(vals_list)
        self.env["xero.allocation"]._note(matches._xero_credited())
        return matches

    # EXTENDS 'account'
    def unlink(self):
        moves = self._xero_credited()
        result = super().unlink()
        self.env["xero.allocation"]._note(moves)
        return result

    def _xero_credited(self):
        """Both sides of the matches with credit, not of those with payments."""
        credited = self.env["account.move"]
        (self.debit_move_id | self.credit_move_id).move_id.fetch(["move_type"])
        for match in self:
            moves = (match.debit_move_id | match.credit_move_id).move_id
            if len(moves._xero_documents()) > 1:
                credited |= moves
        return credited
