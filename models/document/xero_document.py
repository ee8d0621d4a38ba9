from odoo import api, fields, models
from odoo.tools import float_compare

from ...xero_api.const import GONE_STATUSES

# Collection of Xero's API in which each kind lives
ENDPOINTS = {
    "quotation": "Quotes",
    "sale_order": "Invoices",
    "invoice": "Invoices",
    "credit_note": "CreditNotes",
    "purchase_order": "PurchaseOrders",
    "bill": "Invoices",
    "refund": "CreditNotes",
}
# What Xero's amounts have, in every currency
XERO_DIGITS = (16, 2)
# Field that leads to the Odoo record of each kind
RECORD_FIELDS = {
    "quotation": "sale_order_id",
    "sale_order": "sale_order_id",
    "invoice": "move_id",
    "credit_note": "move_id",
    "purchase_order": "purchase_order_id",
    "bill": "move_id",
    "refund": "move_id",
}


def is_gone(xero_id, xero_status):
    """Whether Xero holds no document that has, or had, this id and status."""
    return not xero_id or xero_status in GONE_STATUSES


class XeroDocument(models.Model):
    """A document of the Xero organisation that stands for one of Odoo's.

    What the Odoo record should be in Xero, the record itself says
    (``xero.document.mixin``); this row carries it there and remembers the answer.
    """

    _name = "xero.document"
    _inherit = ["xero.binding"]
    _description = "Xero document"
    _order = "id desc"
    _rec_names_search = ["record_name", "xero_number", "former_numbers"]

    kind = fields.Selection(
        [
            ("quotation", "Quotation"),
            ("sale_order", "Sales order"),
            ("invoice", "Customer invoice"),
            ("credit_note", "Customer credit note"),
            ("purchase_order", "Purchase order"),
            ("bill", "Vendor bill"),
            ("refund", "Vendor refund"),
        ],
        required=True,
        readonly=True,
    )
    sale_order_id = fields.Many2one(
        "sale.order",
        "Sales order",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    purchase_order_id = fields.Many2one(
        "purchase.order",
        "Purchase order",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    move_id = fields.Many2one(
        "account.move",
        "Journal entry",
        index="btree_not_null",
        ondelete="set null",
        readonly=True,
    )
    record_name = fields.Char(
        "Odoo number", required=True, readonly=True, index="trigram"
    )
    xero_number = fields.Char("Xero number", readonly=True, index="trigram")
    xero_status = fields.Char("Status in Xero", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    odoo_total = fields.Monetary("Total in Odoo", readonly=True)
    odoo_tax = fields.Monetary("Tax in Odoo", readonly=True)
    # Not monetary: Xero has cents of yen too, and a difference of one must be seen
    xero_total = fields.Float("Total in Xero", digits=XERO_DIGITS, readonly=True)
    xero_tax = fields.Float("Tax in Xero", digits=XERO_DIGITS, readonly=True)
    xero_currency = fields.Char("Currency in Xero", readonly=True)
    lost_in_xero = fields.Selection(
        [("lines", "Lines"), ("tracking", "Tracking")],
        readonly=True,
        help="What Xero did not keep of the lines that were sent",
    )
    contact_xero_id = fields.Char(readonly=True, help="Whose document it is in Xero")
    gone_count = fields.Integer(
        readonly=True, help="How many deleted or voided documents keep its number"
    )
    xero_url = fields.Char("Link in Xero", compute="_compute_xero_url")
    remedy = fields.Text("What to do", compute="_compute_remedy")
    noted = fields.Char(readonly=True, help="What the chatter was told last")

    _sale_order_uniq = models.UniqueIndex(
        "(connection_id, kind, sale_order_id) WHERE sale_order_id IS NOT NULL",
        "An order has one Xero document of a kind.",
    )
    _purchase_order_uniq = models.UniqueIndex(
        "(connection_id, kind, purchase_order_id) WHERE purchase_order_id IS NOT NULL",
        "A purchase order has one Xero document.",
    )
    _move_uniq = models.UniqueIndex(
        "(connection_id, kind, move_id) WHERE move_id IS NOT NULL",
        "An invoice or bill has one Xero document of a kind.",
    )
    _xero_id_uniq = models.UniqueIndex(
        "(connection_id, xero_id) WHERE xero_id IS NOT NULL",
        "A Xero document belongs to one Odoo document.",
    )
    _urgent_idx = models.Index(
        "(connection_id, id) WHERE state = 'pending' AND urgent IS TRUE"
    )
    # What is due, kept back, waits or differs: few of a long history
    _unsettled_idx = models.Index(
        "(connection_id, state, id) WHERE state NOT IN ('synced', 'skipped')"
    )

    @api.depends("record_name", "xero_number")
    def _compute_display_name(self):
        for document in self:
            document.display_name = (
                f"{document.record_name} → {document.xero_number}"
                if document.xero_number
                else document.record_name
            )

    @api.depends("xero_id", "connection_id.short_code")
    def _compute_xero_url(self):
        for document in self:
            page = "Bills" if document.kind == "bill" else document._xero_endpoint()
            document.xero_url = document.connection_id._web_url(page, document.xero_id)

    @api.depends("issue_ids.remedy")
    def _compute_remedy(self):
        for document in self:
            # sudo: what to do is for everybody who sees the document
            remedies = document.sudo().issue_ids.mapped("remedy")
            document.remedy = "\n".join(dict.fromkeys(remedies)) or False

    # === WHAT IT IS === #

    # EXTENDS 'xero.binding'
    def _xero_endpoint(self):
        return ENDPOINTS[self.kind]

    # EXTENDS 'xero.binding'
    def _record(self):
        return self[RECORD_FIELDS[self.kind]]

    def _is_elsewhere(self):
        """Whether the record was moved to a company with other books."""
        books, company = self.connection_id.company_id, self._record().company_id
        return bool(company) and company != books and books not in company.parent_ids

    def _is_gone(self):
        """Whether Xero holds no document for this row."""
        return is_gone(self.xero_id, self.xero_status)

    # EXTENDS 'xero.binding'
    def _synced_state(self):
        return "mismatch" if self.xero_id and self._differs() else "synced"

    def _differs(self):
        """Whether Xero's lines, total, tax or currency are not Odoo's, to the cent."""
        if self.took_over:
            return False  # it still holds the order, and was not compared yet
        digits = max(self.currency_id.decimal_places, XERO_DIGITS[1])
        return (
            bool(self.lost_in_xero)
            or self.currency_id.name != self.xero_currency
            or float_compare(self.odoo_total, self.xero_total, digits) != 0
            or float_compare(self.odoo_tax, self.xero_tax, digits) != 0
        )
