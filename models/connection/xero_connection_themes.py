from odoo import api, fields, models

# Field of the connection with the theme of each kind; Xero knows none for bills
THEME_FIELDS = {
    kind: f"theme_{kind}_id"
    for kind in ("quotation", "sale_order", "invoice", "credit_note", "purchase_order")
}


class XeroConnection(models.Model):
    """Which theme the documents of a kind get in Xero."""

    _inherit = "xero.connection"

    theme_quotation_id = fields.Many2one(
        "xero.branding.theme",
        "Theme of quotes",
        domain="[('connection_id', '=', id)]",
        help="Empty: Xero's standard theme.",
    )
    theme_sale_order_id = fields.Many2one(
        "xero.branding.theme",
        "Theme of drafts of orders",
        domain="[('connection_id', '=', id)]",
        help="Empty: Xero's standard theme.",
    )
    theme_invoice_id = fields.Many2one(
        "xero.branding.theme",
        "Theme of invoices",
        domain="[('connection_id', '=', id)]",
        help="Empty: Xero's standard theme.",
    )
    theme_credit_note_id = fields.Many2one(
        "xero.branding.theme",
        "Theme of credit notes",
        domain="[('connection_id', '=', id)]",
        help="Empty: Xero's standard theme.",
    )
    theme_purchase_order_id = fields.Many2one(
        "xero.branding.theme",
        "Theme of purchase orders",
        domain="[('connection_id', '=', id)]",
        help="Empty: Xero's standard theme.",
    )

    @api.constrains(*THEME_FIELDS.values())
    def _check_own_themes(self):
        for connection in self:
            for field in THEME_FIELDS.values():
                connection._check_own(connection[field])

    def _theme_of(self, kind):
        """The theme to send with a document of a kind, empty to leave it to Xero.

        Xero gives a new document its standard theme. An invoice takes over the draft
        of its order, and must not keep the theme that marks an order.

        :param kind: of ``xero.document``
        """
        field = THEME_FIELDS.get(kind)
        theme = self[field] if field else self.env["xero.branding.theme"]
        if theme.active:
            return theme
        if kind == "invoice" and self.theme_sale_order_id:
            return theme.search([("connection_id", "=", self.id)], limit=1)
        return theme.browse()
