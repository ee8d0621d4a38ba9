from odoo import api, fields, models
from odoo.exceptions import UserError

from ..document.xero_document import RECORD_FIELDS, XERO_DIGITS
from .xero_comparison_kinds import KINDS

REASONS = [
    # Of what differs
    ("amounts", "Amounts differ"),
    ("currency", "Another currency"),
    ("date", "Another date"),
    ("not_booked", "Not approved in Xero"),
    # Of what is only in Odoo
    ("waiting", "Waiting to be sent"),
    ("held", "On hold"),
    ("to_fix", "To fix"),
    ("skipped", "Skipped"),
    ("off", "Switched off"),
    ("older", "Older than the connection"),
    ("before_start", "Before the start date"),
    ("unsent", "Not sent yet"),
    ("gone", "Deleted or voided in Xero"),
    ("elsewhere", "In Xero on another date, or gone"),
    # Of what is only in Xero
    ("made", "Made in Xero"),
    ("alike", "Made in Xero, like one in Odoo"),
    ("twice", "In Xero a second time"),
    ("ended", "Cancelled or reset in Odoo"),
    ("deleted", "Deleted in Odoo"),
]


class XeroComparisonLine(models.Model):
    """A document that is not the same in Odoo and in Xero, or only in one of them."""

    _name = "xero.comparison.line"
    _description = "Line of a comparison with Xero"
    _order = "comparison_id desc, result, kind, odoo_date, xero_date, id"

    comparison_id = fields.Many2one(
        "xero.comparison", required=True, index=True, ondelete="cascade", readonly=True
    )
    connection_id = fields.Many2one(related="comparison_id.connection_id")
    company_id = fields.Many2one(
        related="comparison_id.company_id", store=True, index=True, precompute=True
    )
    result = fields.Selection(
        [
            ("differ", "Differs"),
            ("only_odoo", "Only in Odoo"),
            ("only_xero", "Only in Xero"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Selection(REASONS, "Why", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    partner_name = fields.Char("Contact", readonly=True)
    currency = fields.Char(readonly=True)
    difference = fields.Float(
        digits=XERO_DIGITS, readonly=True, help="How much more there is in Xero"
    )

    # Odoo's side, or the document there that Xero's looks like
    move_id = fields.Many2one(
        "account.move", index="btree_not_null", ondelete="set null", readonly=True
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
    document_id = fields.Many2one(
        "xero.document", index="btree_not_null", ondelete="set null", readonly=True
    )
    document_state = fields.Selection(related="document_id.state", string="State now")
    remedy = fields.Text(related="document_id.remedy")
    has_record = fields.Boolean(compute="_compute_has_record")
    odoo_number = fields.Char("Odoo number", readonly=True)
    odoo_date = fields.Date("Date in Odoo", readonly=True)
    odoo_total = fields.Float("Total in Odoo", digits=XERO_DIGITS, readonly=True)
    odoo_tax = fields.Float("Tax in Odoo", digits=XERO_DIGITS, readonly=True)

    # Xero's side
    endpoint = fields.Char(readonly=True)
    xero_id = fields.Char("Xero ID", readonly=True)
    xero_number = fields.Char("Xero number", readonly=True)
    xero_reference = fields.Char("Reference in Xero", readonly=True)
    xero_link = fields.Char("Link in Xero", readonly=True)
    xero_status = fields.Char("Status in Xero", readonly=True)
    xero_currency = fields.Char("Currency in Xero", readonly=True)
    xero_date = fields.Date("Date in Xero", readonly=True)
    xero_total = fields.Float("Total in Xero", digits=XERO_DIGITS, readonly=True)
    xero_tax = fields.Float("Tax in Xero", digits=XERO_DIGITS, readonly=True)
    xero_url = fields.Char("Open in Xero", compute="_compute_xero_url")

    _xero_id_uniq = models.UniqueIndex(
        "(comparison_id, xero_id) WHERE xero_id IS NOT NULL",
        "A document of Xero has one line in a comparison.",
    )

    # === COMPUTE METHODS === #

    @api.depends("move_id", "sale_order_id", "purchase_order_id")
    def _compute_has_record(self):
        for line in self:
            line.has_record = bool(line._record())

    @api.depends("xero_id", "endpoint")
    def _compute_xero_url(self):
        for line in self:
            page = "Bills" if line.kind in ("bill", "draft_bill") else line.endpoint
            # sudo: the short code in the link is no secret
            connection = line.connection_id.sudo()
            line.xero_url = line.xero_id and connection._web_url(page, line.xero_id)

    @api.depends("odoo_number", "xero_number")
    def _compute_display_name(self):
        for line in self:
            line.display_name = line.odoo_number or line.xero_number or line.xero_id

    # === ACTIONS === #

    def action_open(self):
        """A click on the line: Odoo's document, else Xero's."""
        if self._record():
            return self.action_open_record()
        return self.action_open_xero()

    def action_open_record(self):
        """Button: the Odoo document, or the one that Xero's looks like."""
        self.ensure_one()
        return self._open(self._record())

    def action_open_document(self):
        """Button: what is known of it in Xero, with its issues and decisions."""
        self.ensure_one()
        return self._open(self.document_id)

    def action_open_xero(self):
        """Button "Open in Xero"."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": self.xero_url, "target": "new"}

    def _open(self, record):
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    # === RECORDS === #

    def _record(self):
        return self.move_id or self.sale_order_id or self.purchase_order_id

    def _link_to(self, record):
        """Have one of Odoo's documents stand for this document of Xero's.

        :param record: Odoo record
        :raise UserError: when it cannot, in words
        """
        self.ensure_one()
        connection = self.connection_id
        # sudo: which connection it is, is no secret
        if record.company_id.sudo()._xero_connection() != connection:
            raise UserError(
                self.env._(
                    "%(record)s is not kept in the books of “%(organisation)s”.",
                    record=record.display_name,
                    organisation=connection.display_name,
                )
            )
        row = self._row_to_link(record)
        if not row._is_gone():
            raise UserError(
                self.env._(
                    "%(record)s is in Xero already, as %(number)s. Void one of the"
                    " two in Xero, or change the link on the Xero document of"
                    " %(record)s.",
                    record=record.display_name,
                    number=row.xero_number or row.xero_id,
                )
            )
        row.action_link(self.xero_id)
        # sudo: lines are read-only for people; this button says which row it is now
        self.sudo().write(
            {
                "document_id": row.id,
                RECORD_FIELDS[row.kind]: record.id,
                "odoo_number": record.display_name,
            }
        )

    def _row_to_link(self, record):
        """The row of an Odoo record, made when there is none (``xero.document``)."""
        kind = record._xero_kind_now()
        field = RECORD_FIELDS[kind]
        # sudo: rows are read-only for people; who links is checked by the link
        rows = self.env["xero.document"].sudo()
        row = rows.search(
            [
                ("connection_id", "=", self.connection_id.id),
                ("kind", "=", kind),
                (field, "=", record.id),
            ]
        )
        values = {
            "connection_id": self.connection_id.id,
            "kind": kind,
            field: record.id,
            "record_name": record.display_name,
            "urgent": True,
        }
        row = row or rows._create_rows(record.sudo(), [values])
        return row.sudo(False)
