from odoo import api, models


class MergePartnerAutomatic(models.TransientModel):
    """Odoo's wizard that makes one partner of several."""

    _inherit = "base.partner.merge.automatic.wizard"

    # EXTENDS 'base'
    @api.model
    def _update_foreign_keys(self, src_partners, dst_partner):
        self.env["xero.contact"]._merge_feeders(src_partners, dst_partner)
        return super()._update_foreign_keys(src_partners, dst_partner)
