from odoo import api, models


class XeroBrandingTheme(models.Model):
    """A layout of Xero's printed documents."""

    _name = "xero.branding.theme"
    _inherit = ["xero.choice"]
    _description = "Xero branding theme"

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.model
    def _values(self, theme):
        """:param theme: ``xero_api.BrandingTheme``"""
        return {"name": theme.name or theme.branding_theme_id}
