from odoo import api, fields, models

from .. import mappers
from .document.xero_document_mixin import KEEP

# Fields whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "state",
        "name",
        "ref",
        "invoice_date",
        "invoice_date_due",
        "invoice_payment_term_id",
        "invoice_currency_rate",
        "invoice_cash_rounding_id",
        "partner_id",
        "currency_id",
        "fiscal_position_id",
        "move_type",
        "journal_id",
        "company_id",
        "line_ids",
        "invoice_line_ids",
        "xero_send_choice",
    ]
)
# Odoo's type → kind in Xero, and kind when the total is below zero
KINDS = {
    "out_invoice": ("invoice", "credit_note"),
    "out_receipt": ("invoice", "credit_note"),
    "out_refund": ("credit_note", "invoice"),
    "in_invoice": ("bill", "refund"),
    "in_receipt": ("bill", "refund"),
    "in_refund": ("refund", "bill"),
}
# Bills go to Xero while they are drafts
DRAFT_TYPES = ("in_invoice", "in_receipt")
MAPPERS = {
    "invoice": mappers.move_to_invoice,
    "bill": mappers.move_to_invoice,
    "credit_note": mappers.move_to_credit_note,
    "refund": mappers.move_to_credit_note,
}


class AccountMove(models.Model):
    """Posted invoices and credit notes are in Xero; bills from the draft on."""

    _name = "account.move"
    _inherit = ["xero.document.mixin", "account.move"]

    _xero_kinds = tuple(MAPPERS)
    _xero_watched_fields = WATCHED_FIELDS
    _xero_partner_field = "commercial_partner_id"
    _xero_date_field = "invoice_date"

    xero_document_ids = fields.One2many(
        "xero.document",
        "move_id",
        "Xero documents",
        copy=False,
        readonly=True,
        groups="xero_sync.xero_sync_group_user",
    )

    # === HOOKS OF THE MIXIN === #

    # EXTENDS 'xero.document.mixin'
    def _xero_documents(self):
        """Other entries of the journals are not sent."""
        return self.filtered(lambda move: move.move_type in KINDS)

    # EXTENDS 'xero.document.mixin'
    def _xero_wanted_status(self, kind, connection):
        if kind != self._xero_kind_now() or self.state == "cancel":
            return None
        counts = self.state == "posted" or self._xero_goes_as_draft()
        if counts and self._xero_is_nothing(kind, connection):
            return None
        if self.state == "posted":
            sales = kind in ("invoice", "credit_note")
            return connection.invoice_status if sales else connection.bill_status
        # What was posted before stays in Xero until it is posted again or cancelled
        return "DRAFT" if self._xero_goes_as_draft() else KEEP

    # EXTENDS 'xero.document.mixin'
    def _xero_starts(self, kind, connection):
        if kind == "bill" and self.state == "draft":
            priced = self.invoice_line_ids.filtered(
                lambda line: line.display_type == "product"
            )
            complete = bool(self.partner_id and priced)
            return complete and super()._xero_starts(kind, connection)
        return super()._xero_starts(kind, connection)

    # EXTENDS 'xero.document.mixin'
    def _xero_unconfirmed(self):
        return self.filtered(
            lambda move: move.state == "draft" and move._xero_goes_as_draft()
        )

    # EXTENDS 'xero.document.mixin'
    def _xero_request_dependents(self):
        for orders in self._xero_orders():
            orders._xero_request(new=False)

    # EXTENDS 'xero.document.mixin'
    def _xero_partner(self, kind):
        return self.commercial_partner_id

    # EXTENDS 'xero.document.mixin'
    def _xero_products(self, kind):
        return self.invoice_line_ids.product_id

    # EXTENDS 'xero.document.mixin'
    def _xero_kind_now(self):
        if self.move_type not in KINDS:
            return None
        natural, opposite = KINDS[self.move_type]
        below_zero = self.currency_id.compare_amounts(self.amount_total, 0) < 0
        return opposite if below_zero else natural

    # EXTENDS 'xero.document.mixin'
    def _xero_amounts(self, kind, connection):
        amounts = super()._xero_amounts(kind, connection)
        amounts["odoo_tax"] = mappers.booked_tax(self)
        if not self._xero_keeps_direction():
            amounts["odoo_total"] *= -1
            amounts["odoo_tax"] *= -1
        return amounts

    # EXTENDS 'xero.document.mixin'
    def _xero_prepare(self, document, target):
        return MAPPERS[document.kind](self, target, self._xero_title())

    # EXTENDS 'xero.document.mixin'
    @api.depends("state", "invoice_line_ids.sale_line_ids", "xero_send_choice")
    def _compute_xero_warning(self):
        for move in self:
            move.xero_warning = move._xero_double_up_warning()

    # === CRUD METHODS === #

    # EXTENDS 'account'
    def unlink(self):
        orders = self._xero_orders()
        result = super().unlink()
        for records in orders:
            records.exists()._xero_request(new=False)
        return result

    # === BUSINESS METHODS === #

    def _xero_keeps_direction(self):
        """Whether Xero knows this document as what it is in Odoo.

        One with a total below zero goes as its opposite, with the signs turned.
        """
        return self._xero_kind_now() == KINDS[self.move_type][0]

    def _xero_goes_as_draft(self):
        return self.move_type in DRAFT_TYPES and not self.posted_before

    def _xero_orders(self):
        """The orders these were made from, as a list of a recordset per model."""
        return [
            self.line_ids.sale_line_ids.order_id,
            self.line_ids.purchase_line_id.order_id,
        ]

    def _xero_title(self):
        """Text of the first line in Xero: Odoo's numbers."""
        orders = ", ".join(
            name for records in self._xero_orders() for name in records.mapped("name")
        )
        # A draft has no number yet
        own = self.name if self.name and self.name != "/" else self.env._("draft")
        if not orders:
            return self.env._("Odoo %(number)s", number=own)
        return self.env._(
            "Odoo %(number)s, order %(orders)s", number=own, orders=orders
        )

    def _xero_double_up_warning(self):
        """Words for who is about to post an invoice beside the draft of its order."""
        # sudo: the settings and rows are no secret to who may post
        connection = self.company_id.sudo()._xero_connection()
        leaves = connection.partial_invoicing == "leave"
        if self.state != "draft" or not (leaves and self.xero_send):
            return False
        orders = self.sudo().line_ids.sale_line_ids.order_id
        drafts = orders.xero_document_ids.filtered(
            lambda row: (
                row.kind == "sale_order"
                and not row._is_gone()
                and not row.sale_order_id._xero_ends_with(connection, self)
            )
        )
        if not drafts:
            return False
        return self.env._(
            "In Xero the draft %(numbers)s for the whole of %(orders)s stays beside"
            " this invoice, so both count there. The last invoice of the order removes"
            " it.",
            numbers=", ".join(drafts.mapped("xero_number")),
            orders=", ".join(drafts.mapped("record_name")),
        )
