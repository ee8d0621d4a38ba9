from odoo import api, fields, models
from odoo.tools import SQL

from .. import mappers

# Fields whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "state",
        "name",
        "date_order",
        "date_planned",
        "partner_id",
        "currency_id",
        "fiscal_position_id",
        "dest_address_id",
        "order_line",
        "locked",
        "company_id",
        "xero_send_choice",
    ]
)
# What tells whether it is billed, the last of purchase_stock, which may be installed
COMPUTED_FIELDS = frozenset(
    ["amount_total", "amount_tax", "invoice_status", "receipt_status"]
)


class PurchaseOrder(models.Model):
    """An approved purchase order is one in Xero."""

    _name = "purchase.order"
    _inherit = ["xero.document.mixin", "purchase.order"]

    _xero_kinds = ("purchase_order",)
    _xero_watched_fields = WATCHED_FIELDS
    _xero_computed_fields = COMPUTED_FIELDS
    _xero_number_paths = ("xero_document_ids", "invoice_ids.xero_document_ids")

    xero_document_ids = fields.One2many(
        "xero.document",
        "purchase_order_id",
        "Xero documents",
        copy=False,
        readonly=True,
        groups="xero_sync.xero_sync_group_user",
    )

    # === HOOKS OF THE MIXIN === #

    # EXTENDS 'xero.document.mixin'
    def _xero_wanted_status(self, kind, connection):
        if self.state != "purchase" or self._xero_is_nothing(kind, connection):
            return None
        billed = self._xero_is_fully_billed()
        return "BILLED" if billed else connection.purchase_order_status

    # EXTENDS 'xero.document.mixin'
    def _xero_products(self, kind):
        return self.order_line.product_id

    # EXTENDS 'xero.document.mixin'
    def _xero_kind_now(self):
        return "purchase_order"

    # EXTENDS 'xero.document.mixin'
    def _xero_amounts(self, kind, connection):
        return mappers.shown_amounts(self)

    # EXTENDS 'xero.document.mixin'
    @api.model
    def _xero_queries_showing(self, domain):
        found = self.env["xero.document"]._search(domain)
        bills = self._fields["invoice_ids"]
        bill = found.join(
            found.table, "move_id", bills.relation, "account_move_id", "bill"
        )
        order = SQL("%s", SQL.identifier(bill, "purchase_order_id"), to_flush=bills)
        return [*super()._xero_queries_showing(domain), (found, order)]

    # EXTENDS 'xero.document.mixin'
    def _xero_prepare(self, document, target):
        return mappers.order_to_purchase_order(self, target)

    # EXTENDS 'xero.document.mixin'
    @api.depends("state", "locked", "invoice_status", "invoice_ids.state")
    def _compute_xero_warning(self):
        for order in self:
            order.xero_warning = order._xero_stays_billed_warning()

    # === BUSINESS METHODS === #

    def _xero_is_fully_billed(self):
        """Whether all that was ordered, or will ever come, stands on posted bills.

        Xero knows no way back from billed, so a draft bill is not enough, nor that
        only what was received so far is billed.
        """
        self.ensure_one()
        # sudo: a buyer need not see the bills
        states = set(self.sudo().invoice_ids.mapped("state"))
        if "posted" not in states or "draft" in states:
            return False
        ordered = self.order_line.filtered(
            lambda line: not (line.display_type or line.is_downpayment)
        )
        whole = bool(ordered) and all(
            line.product_uom_id.compare(line.qty_invoiced, line.product_qty) >= 0
            for line in ordered
        )
        return whole or (self.invoice_status == "invoiced" and self._xero_is_closed())

    def _xero_is_closed(self):
        """Whether nothing more is to be received.

        Every receipt is done or cancelled; without stock, a person locked the order.
        """
        with_stock = "receipt_status" in self._fields  # of purchase_stock
        if with_stock and self.receipt_status:
            return self.receipt_status == "full"
        return self.locked and self.lock_confirmed_po != "lock"

    def _xero_stays_billed_warning(self):
        """Words for an order that is billed in Xero, and no longer in Odoo."""
        # sudo: what became of the order in Xero is no secret to who may see it
        billed = self._xero_shown_documents().filtered(
            lambda row: row.xero_status == "BILLED"
        )
        if not billed or self.state != "purchase" or self._xero_is_fully_billed():
            return False
        return self.env._(
            "In Xero the purchase order %(number)s stays billed: Xero cannot undo"
            " that. Its lines are still kept up to date.",
            number=", ".join(billed.mapped("xero_number")),
        )
