from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    xero_connection_id = fields.Many2one(
        related="company_id.xero_connection_id", string="Xero connection"
    )
    xero_state = fields.Selection(related="xero_connection_id.state")
    xero_state_message = fields.Text(related="xero_connection_id.state_message")
    xero_tenant_name = fields.Char(related="xero_connection_id.tenant_name")
    xero_country_code = fields.Char(
        related="xero_connection_id.country_code", string="Country in Xero"
    )
    xero_base_currency = fields.Char(related="xero_connection_id.base_currency")
    xero_currency_warning = fields.Char(related="xero_connection_id.currency_warning")
    xero_redirect_uri = fields.Char(related="xero_connection_id.redirect_uri")
    xero_auth_method = fields.Selection(
        related="xero_connection_id.auth_method", readonly=False
    )
    xero_client_id = fields.Char(related="xero_connection_id.client_id", readonly=False)
    xero_client_secret = fields.Char(
        related="xero_connection_id.client_secret", readonly=False
    )
    xero_has_client_secret = fields.Boolean(
        related="xero_connection_id.has_client_secret"
    )
    xero_has_secret_key = fields.Boolean(related="xero_connection_id.has_secret_key")
    xero_webhook_url = fields.Char(related="xero_connection_id.webhook_url")
    xero_webhook_key = fields.Char(
        related="xero_connection_id.webhook_key", readonly=False
    )
    xero_has_webhook_key = fields.Boolean(related="xero_connection_id.has_webhook_key")
    xero_holdings_share = fields.Integer(
        related="xero_connection_id.holdings_share", readonly=False
    )
    xero_start_date = fields.Date(
        related="xero_connection_id.start_date", readonly=False
    )
    xero_auto_quotation = fields.Boolean(
        related="xero_connection_id.auto_quotation", readonly=False
    )
    xero_auto_sale_order = fields.Boolean(
        related="xero_connection_id.auto_sale_order", readonly=False
    )
    xero_auto_invoice = fields.Boolean(
        related="xero_connection_id.auto_invoice", readonly=False
    )
    xero_auto_credit_note = fields.Boolean(
        related="xero_connection_id.auto_credit_note", readonly=False
    )
    xero_auto_purchase_order = fields.Boolean(
        related="xero_connection_id.auto_purchase_order", readonly=False
    )
    xero_auto_bill = fields.Boolean(
        related="xero_connection_id.auto_bill", readonly=False
    )
    xero_auto_refund = fields.Boolean(
        related="xero_connection_id.auto_refund", readonly=False
    )
    xero_invoice_status = fields.Selection(
        related="xero_connection_id.invoice_status", readonly=False
    )
    xero_bill_status = fields.Selection(
        related="xero_connection_id.bill_status", readonly=False
    )
    xero_purchase_order_status = fields.Selection(
        related="xero_connection_id.purchase_order_status", readonly=False
    )
    xero_partial_invoicing = fields.Selection(
        related="xero_connection_id.partial_invoicing", readonly=False
    )
    xero_price_credit = fields.Selection(
        related="xero_connection_id.price_credit", readonly=False
    )
    xero_zero_documents = fields.Selection(
        related="xero_connection_id.zero_documents", readonly=False
    )
    xero_number_quotation = fields.Selection(
        related="xero_connection_id.number_quotation", readonly=False
    )
    xero_number_sale_order = fields.Selection(
        related="xero_connection_id.number_sale_order", readonly=False
    )
    xero_number_invoice = fields.Selection(
        related="xero_connection_id.number_invoice", readonly=False
    )
    xero_number_credit_note = fields.Selection(
        related="xero_connection_id.number_credit_note", readonly=False
    )
    xero_number_purchase_order = fields.Selection(
        related="xero_connection_id.number_purchase_order", readonly=False
    )
    xero_theme_quotation_id = fields.Many2one(
        related="xero_connection_id.theme_quotation_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id)]",
    )
    xero_theme_sale_order_id = fields.Many2one(
        related="xero_connection_id.theme_sale_order_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id)]",
    )
    xero_theme_invoice_id = fields.Many2one(
        related="xero_connection_id.theme_invoice_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id)]",
    )
    xero_theme_credit_note_id = fields.Many2one(
        related="xero_connection_id.theme_credit_note_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id)]",
    )
    xero_theme_purchase_order_id = fields.Many2one(
        related="xero_connection_id.theme_purchase_order_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id)]",
    )
    xero_attach_pdf = fields.Boolean(
        related="xero_connection_id.attach_pdf", readonly=False
    )
    xero_pdf_online = fields.Boolean(
        related="xero_connection_id.pdf_online", readonly=False
    )
    xero_allow_backorders = fields.Boolean(
        related="xero_connection_id.allow_backorders", readonly=False
    )
    xero_collapse_sections = fields.Boolean(
        related="xero_connection_id.collapse_sections", readonly=False
    )
    xero_auto_customer = fields.Boolean(
        related="xero_connection_id.auto_customer", readonly=False
    )
    xero_auto_supplier = fields.Boolean(
        related="xero_connection_id.auto_supplier", readonly=False
    )
    xero_auto_item = fields.Boolean(
        related="xero_connection_id.auto_item", readonly=False
    )
    xero_create_contacts = fields.Boolean(
        related="xero_connection_id.create_contacts", readonly=False
    )
    xero_create_items = fields.Boolean(
        related="xero_connection_id.create_items", readonly=False
    )
    xero_update_contacts = fields.Boolean(
        related="xero_connection_id.update_contacts", readonly=False
    )
    xero_update_items = fields.Boolean(
        related="xero_connection_id.update_items", readonly=False
    )
    xero_default_sale_account_id = fields.Many2one(
        related="xero_connection_id.default_sale_account_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id),"
        " ('for_documents', '=', True)]",
    )
    xero_default_purchase_account_id = fields.Many2one(
        related="xero_connection_id.default_purchase_account_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id),"
        " ('for_documents', '=', True)]",
    )
    xero_zero_sale_tax_rate_id = fields.Many2one(
        related="xero_connection_id.zero_sale_tax_rate_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id), ('for_sales', '=', True),"
        " ('effective_rate', '=', 0)]",
    )
    xero_zero_purchase_tax_rate_id = fields.Many2one(
        related="xero_connection_id.zero_purchase_tax_rate_id",
        readonly=False,
        domain="[('connection_id', '=', xero_connection_id),"
        " ('for_purchases', '=', True), ('effective_rate', '=', 0)]",
    )

    xero_compare_monthly = fields.Boolean(
        related="xero_connection_id.compare_monthly", readonly=False
    )
    xero_retention_days = fields.Integer(
        related="xero_connection_id.retention_days", readonly=False
    )

    xero_missing_tax_count = fields.Integer(
        related="xero_connection_id.missing_tax_count"
    )
    xero_missing_tax_set_count = fields.Integer(
        related="xero_connection_id.missing_tax_set_count"
    )
    xero_missing_account_count = fields.Integer(
        related="xero_connection_id.missing_account_count"
    )

    def action_xero_set_up(self):
        """Make the company's connection, so that its settings can be entered."""
        self.env["xero.connection"]._set_up(self.company_id.root_id)
        return {"type": "ir.actions.client", "tag": "reload"}

    def action_xero_connect(self):
        """Save what was entered (the button does that first), then connect."""
        return self._xero_reloading(self.xero_connection_id.action_connect())

    def action_xero_choose_organisation(self):
        """Ask which of the allowed organisations is meant."""
        return self.xero_connection_id.action_choose_organisation()

    def action_xero_replaces(self):
        """This database replaces the one that was connected."""
        return self._xero_reloading(self.xero_connection_id.action_replaces())

    def action_xero_disconnect(self):
        """Leave Xero; documents are kept as they are on both sides."""
        return self._xero_reloading(self.xero_connection_id.action_disconnect())

    def action_xero_refresh_choices(self):
        """Read accounts, taxes and contacts of Xero again."""
        return self._xero_reloading(self.xero_connection_id.action_refresh_choices())

    def action_xero_open_connection(self):
        """Open the connection's own form."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "xero.connection",
            "res_id": self.xero_connection_id.id,
            "view_mode": "form",
        }

    def action_xero_open_mapping(self):
        """Open what is missing of the mapping."""
        return self.xero_connection_id.action_open_mapping()

    def _xero_reloading(self, action):
        """The settings page keeps what it showed, so have it read anew."""
        if isinstance(action, dict):
            return action
        return {"type": "ir.actions.client", "tag": "reload"}
