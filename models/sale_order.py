from odoo import api, fields, models

from .. import mappers

WATCHED_FIELDS = frozenset(
    [
        "state",
        "name",
        "date_order",
        "partner_id",
        "partner_invoice_id",
        "currency_id",
        "pricelist_id",
        "fiscal_position_id",
        "order_line",
        "company_id",
    ]
)


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "xero.document.mixin"]

    _xero_document_field = "sale_order_id"
    _xero_kinds = ("sale_order",)

    xero_document_ids = fields.One2many(
        "xero.document",
        "sale_order_id",
        "Xero documents",
        copy=False,
        readonly=True,
        groups="xero_sync.xero_sync_group_user",
    )

    # === HOOKS OF THE MIXIN === #

    # EXTENDS 'xero.document.mixin'
    def _xero_wanted_status(self, kind):
        return "DRAFT" if self.state == "sale" else None

    # EXTENDS 'xero.document.mixin'
    def _xero_switch(self, kind):
        return "auto_sale_order"

    # EXTENDS 'xero.document.mixin'
    def _xero_partner(self, kind):
        return self.partner_invoice_id.commercial_partner_id

    # EXTENDS 'xero.document.mixin'
    def _xero_products(self, kind):
        return self.order_line.product_id

    # EXTENDS 'xero.document.mixin'
    def _xero_amounts(self, kind):
        return {
            "odoo_total": self.amount_total,
            "odoo_tax": self.amount_tax,
            "currency_id": self.currency_id.id,
        }

    # EXTENDS 'xero.document.mixin'
    def _xero_prepare(self, document):
        return mappers.order_to_draft_invoice(
            self.with_company(document.company_id),
            document.connection_id,
            contact_id=document._partner().xero_contact_id.xero_id,
            url=self._xero_back_link(),
            xero_id=document.xero_id or None,
        )

    # === CRUD METHODS === #

    # EXTENDS 'sale'
    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        orders.filtered(lambda order: order.state == "sale")._xero_request()
        return orders

    # EXTENDS 'sale'
    def write(self, vals):
        result = super().write(vals)
        if WATCHED_FIELDS.intersection(vals):
            self._xero_request(new="state" in vals)
        return result

    # EXTENDS 'sale'
    def unlink(self):
        # Marked before the record goes: the row outlives it and deletes Xero's draft.
        # sudo: rows are read-only for users
        documents = self.sudo().xero_document_ids
        documents._unskip()._mark_changed()
        documents.connection_id._wake()
        return super().unlink()

    # === BUSINESS METHODS === #

    def _xero_request_confirmed(self):
        """Lines changed: only orders that are in Xero, or on their way, go again.

        Lines of quotations change all day, and mending an old order that was never
        sent must not send it now.
        """
        confirmed = self.filtered(lambda order: order.state == "sale")
        if confirmed:
            confirmed._xero_request(new=False)
