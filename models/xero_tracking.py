from odoo import api, fields, models


class XeroTrackingCategory(models.Model):
    """A dimension of Xero's reports; an organisation has two at most."""

    _name = "xero.tracking.category"
    _inherit = ["xero.choice"]
    _description = "Xero tracking category"

    option_ids = fields.One2many("xero.tracking.option", "category_id", readonly=True)

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.model
    def _values(self, category):
        """:param category: ``xero_api.TrackingCategory``"""
        return {
            "name": category.name or category.category_id,
            "active": category.status == "ACTIVE",
        }


class XeroTrackingOption(models.Model):
    """One value of a tracking category."""

    _name = "xero.tracking.option"
    _inherit = ["xero.choice"]
    _description = "Xero tracking option"

    category_id = fields.Many2one(
        "xero.tracking.category",
        required=True,
        index=True,
        ondelete="cascade",
        readonly=True,
    )

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")
