from odoo import api, fields, models


class XeroCurrency(models.Model):
    """A currency the Xero organisation is subscribed to."""

    _name = "xero.currency"
    _inherit = ["xero.choice"]
    _description = "Xero currency"

    _key_uniq = models.UniqueIndex("(connection_id, xero_key)")

    @api.model
    def _values(self, currency):
        """:param currency: ``xero_api.Currency``"""
        return {"name": currency.code}


class XeroConnection(models.Model):
    _inherit = "xero.connection"

    currency_ids = fields.One2many("xero.currency", "connection_id", readonly=True)
