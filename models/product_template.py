from odoo import api, fields, models

from .contact.xero_link_mixin import CREATE_CHOICES
from .mapping.xero_override_mixin import OVERRIDES

# What an item in Xero says of all variants of a template
WATCHED_FIELDS = frozenset(
    [
        "name",
        "list_price",
        "description_sale",
        "description_purchase",
        "sale_ok",
        "purchase_ok",
        "attribute_line_ids",
        "categ_id",
        "property_account_income_id",
        "property_account_expense_id",
        *OVERRIDES,
    ]
)


class ProductTemplate(models.Model):
    _inherit = "product.template"

    xero_item_id = fields.Many2one(
        "xero.item",
        "Xero item",
        compute="_compute_xero_item_id",
        inverse="_inverse_xero_item_id",
        search="_search_xero_item_id",
        groups="xero_sync.xero_sync_group_user",
        domain=lambda self: self.env["product.product"]._xero_item_domain(),
        help="Of a product with one variant; others have one for each variant.",
    )
    xero_create = fields.Boolean(
        "Create in Xero",
        compute="_compute_xero_create",
        inverse="_inverse_xero_create",
        groups="xero_sync.xero_sync_group_user",
        help="As an item, without a click, as soon as it is saved.",
    )
    xero_create_choice = fields.Selection(
        CREATE_CHOICES,
        "If it is not in Xero",
        compute="_compute_xero_create_choice",
        inverse="_inverse_xero_create_choice",
        groups="xero_sync.xero_sync_group_user",
    )
    xero_link_message = fields.Text(
        compute="_compute_xero_link_message",
        groups="xero_sync.xero_sync_group_user",
    )

    @api.depends("product_variant_ids.xero_item_id")
    @api.depends_context("company")
    def _compute_xero_item_id(self):
        self._compute_template_field_from_variant_field("xero_item_id")

    def _inverse_xero_item_id(self):
        self._set_product_variant_field("xero_item_id")

    def _search_xero_item_id(self, operator, value):
        return [("product_variant_ids.xero_item_id", operator, value)]

    @api.depends("product_variant_ids.xero_create")
    @api.depends_context("company")
    def _compute_xero_create(self):
        self._compute_template_field_from_variant_field("xero_create")

    def _inverse_xero_create(self):
        self._set_product_variant_field("xero_create")

    @api.depends("product_variant_ids.xero_create_choice")
    @api.depends_context("company")
    def _compute_xero_create_choice(self):
        self._compute_template_field_from_variant_field("xero_create_choice")

    def _inverse_xero_create_choice(self):
        self._set_product_variant_field("xero_create_choice")

    @api.depends_context("company")
    def _compute_xero_link_message(self):
        for template in self:
            messages = template.product_variant_ids.mapped("xero_link_message")
            template.xero_link_message = "\n".join(filter(None, messages)) or False

    # EXTENDS 'product'
    def _get_related_fields_variant_template(self):
        return [
            *super()._get_related_fields_variant_template(),
            "xero_item_id",
            "xero_create",
            "xero_create_choice",
        ]

    # EXTENDS 'product'
    def write(self, vals):
        result = super().write(vals)
        if WATCHED_FIELDS.intersection(vals):
            self.product_variant_ids._xero_changed()
        return result

    def action_xero_create(self):
        """List action: create all variants in Xero that have no item."""
        return self.product_variant_ids.action_xero_create()
