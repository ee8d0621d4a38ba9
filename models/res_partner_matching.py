from odoo import api, models


class ResPartner(models.Model):
    """The person's way to a partner's Xero contact."""

    _inherit = "res.partner"

    @api.constrains("xero_contact_id")
    def _check_xero_contact_id(self):
        self._check_xero_link()

    def action_xero_find_contact(self):
        """Button "Find in Xero": the likely contacts, to link one or make a new one."""
        self.ensure_one()
        return self.env["xero.contact.link"]._ask(self)
