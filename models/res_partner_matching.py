from odoo import api, models
from odoo.exceptions import ValidationError


class ResPartner(models.Model):
    """The person's way to a partner's Xero contact."""

    _inherit = "res.partner"

    @api.constrains("xero_contact_id")
    def _check_xero_contact_id(self):
        """The picker offers only these; whoever comes another way is stopped here."""
        connection = self._xero_own_connection()
        # sudo: a contact of a company the user is not in may only be refused
        for partner in self.sudo():
            contact = partner.xero_contact_id
            if contact and contact.connection_id != connection:
                raise ValidationError(
                    self.env._(
                        "%(partner)s: the Xero contact is not in the organisation of"
                        " %(company)s.",
                        partner=partner.display_name,
                        company=self.env.company.display_name,
                    )
                )

    def action_xero_find_contact(self):
        """Button "Find in Xero": the likely contacts, to link one or make a new one."""
        self.ensure_one()
        return self.env["xero.contact.link"]._ask(self)
