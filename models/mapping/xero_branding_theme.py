from odoo import api, fields, models


class XeroBrandingTheme(models.Model):
    """A layout of Xero's printed documents."""

    _name = "xero.branding.theme"
    _inherit = ["xero.choice"]
    _description = "Xero branding theme"
    _order = "sequence, name, id"

    sequence = fields.Integer(readonly=True, help="Xero's standard theme is the first.")

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.model
    def _values(self, theme):
        """:param theme: ``xero_api.BrandingTheme``"""
        return {
            "name": theme.name or theme.branding_theme_id,
            "sequence": theme.sort_order or 0,
        }
