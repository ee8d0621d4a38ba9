import uuid

from odoo import api, models


class ResCompany(models.Model):
    _inherit = "res.company"

    # EXTENDS 'base'
    @api.model_create_multi
    def create(self, vals_list):
        """Connect each new company to an organisation of its own, but for branches."""
        companies = super().create(vals_list)
        # sudo: Odoo's tests make companies as users of every kind
        self.env["xero.connection"].sudo().create(
            [
                {
                    "company_id": company.id,
                    "state": "connected",
                    "tenant_id": str(uuid.uuid4()),
                    "tenant_name": company.name,
                }
                for company in companies
                if not company.parent_id
            ]
        )
        return companies
