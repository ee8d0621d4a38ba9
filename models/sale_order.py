from odoo import api, fields, models
from odoo.tools import SQL

from .. import mappers

# Fields whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "state",
        "name",
        "date_order",
        "validity_date",
        "note",
        "partner_id",
        "partner_invoice_id",
        "currency_id",
        "pricelist_id",
        "fiscal_position_id",
        "order_line",
        "company_id",
        "xero_send_choice",
    ]
)
QUOTATION_STATUSES = {"draft": "DRAFT", "sent": "SENT", "cancel": "DECLINED"}


class SaleOrder(models.Model):
    """A quotation is a quote in Xero; a confirmed order, a draft invoice."""

    _name = "sale.order"
    _inherit = ["xero.document.mixin", "sale.order"]

    _xero_kinds = ("quotation", "sale_order")
    _xero_watched_fields = WATCHED_FIELDS
    _xero_partner_field = "partner_invoice_id"
    _xero_number_paths = ("xero_document_ids", "invoice_ids.xero_document_ids")

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
    def _xero_wanted_status(self, kind, connection):
        is_nothing = self._xero_is_nothing(kind, connection)
        if is_nothing and not self._xero_is_accepted(kind):
            return None
        if kind == "quotation":
            if self.state == "sale":
                return "INVOICED" if self._xero_is_fully_invoiced() else "ACCEPTED"
            return QUOTATION_STATUSES[self.state]
        invoiced_enough = self._xero_is_invoiced_enough(connection)
        return "DRAFT" if self.state == "sale" and not invoiced_enough else None

    # EXTENDS 'xero.document.mixin'
    def _xero_starts(self, kind, connection):
        if kind == "quotation":
            priced = self.order_line.filtered(lambda line: not line.display_type)
            complete = bool(self.partner_id and priced) and not self._xero_is_cart()
            open_ = self.state in ("draft", "sent") and complete
            return open_ and super()._xero_starts(kind, connection)
        return super()._xero_starts(kind, connection)

    # EXTENDS 'xero.document.mixin'
    def _xero_unconfirmed(self):
        return self.filtered(lambda order: order.state in ("draft", "sent"))

    # EXTENDS 'xero.document.mixin'
    def _xero_products(self, kind):
        products = self.order_line.product_id
        return products.filtered(lambda product: product.type != "combo")

    # EXTENDS 'xero.document.mixin'
    def _xero_kind_now(self):
        return "sale_order" if self.state == "sale" else "quotation"

    # EXTENDS 'xero.document.mixin'
    @api.model
    def _xero_queries_showing(self, domain):
        found = self.env["xero.document"]._search(domain)
        lines = self.env["sale.order.line"]._fields
        entries = self.env["account.move.line"]._fields
        relation = lines["invoice_lines"].relation
        entry = found.join(
            found.table, "move_id", "account_move_line", "move_id", "entry"
        )
        billed = found.join(entry, "id", relation, "invoice_line_id", "billed")
        line = found.join(billed, "order_line_id", "sale_order_line", "id", "line")
        joined = (lines["order_id"], lines["invoice_lines"], entries["move_id"])
        order = SQL("%s", SQL.identifier(line, "order_id"), to_flush=joined)
        return [*super()._xero_queries_showing(domain), (found, order)]

    # EXTENDS 'xero.document.mixin'
    def _xero_amounts(self, kind, connection):
        if kind == "sale_order":
            quantities = self._xero_quantities_sent(connection)
            if quantities is not None:
                return mappers.order_amounts(self, quantities)
        return mappers.shown_amounts(self)

    # EXTENDS 'xero.document.mixin'
    def _xero_prepare(self, document, target):
        if document.kind == "quotation":
            return mappers.order_to_quote(self, target)
        connection = document.connection_id
        quantities = self._xero_quantities_sent(connection)
        total = self._xero_amounts("sale_order", connection)["odoo_total"]
        return mappers.order_to_draft_invoice(self, target, total, quantities)

    # EXTENDS 'xero.document.mixin'
    def _xero_why_nothing(self):
        if self.state == "sale":
            return self.env._(
                "Its invoices hold all of it: Xero gets nothing more of the order."
            )
        return super()._xero_why_nothing()

    # === BUSINESS METHODS === #

    def _xero_is_accepted(self, kind):
        """Whether it is a quote that Xero has and the customer has agreed to."""
        # sudo: rows decide what is sent
        quotes = self.sudo().xero_document_ids.filtered(
            lambda row: row.kind == kind == "quotation" and row.xero_id
        )
        return self.state == "sale" and bool(quotes)

    def _xero_is_cart(self):
        """Whether a visitor is still filling it, in a shop of Odoo's website."""
        shop = "website_id" in self._fields  # of website_sale, which may be installed
        return shop and bool(self.website_id) and self.state == "draft"
