from odoo import api, fields, models

from ... import mappers

# Values of one that Xero does not have any more
GONE = {"xero_id": False, "payload_digest": False, "amount": 0, "matched_amount": 0}


class XeroAllocation(models.Model):
    """What Odoo matched of a credit note with an invoice or bill, set off in Xero.

    Xero settles the one with the other only when told so, by a call of its own
    (https://developer.xero.com/documentation/api/accounting/creditnotes). What Odoo
    matches, says ``xero_allocation_matches.py``; how much of it Xero can take,
    ``xero_allocation_left.py``.
    """

    _name = "xero.allocation"
    _inherit = ["xero.binding"]
    _description = "Xero allocation of a credit note"
    _order = "id desc"

    document_id = fields.Many2one(
        "xero.document", "Credit note", required=True, index=True, ondelete="cascade"
    )
    credited_document_id = fields.Many2one(
        "xero.document", "Credits", required=True, index=True, ondelete="cascade"
    )
    currency_id = fields.Many2one(related="document_id.currency_id")
    amount = fields.Monetary("Set off in Xero", readonly=True)
    matched_amount = fields.Monetary(
        "Matched in Odoo",
        readonly=True,
        help="What Odoo had matched when Xero was told last.",
    )

    _documents_uniq = models.UniqueIndex(
        "(document_id, credited_document_id)",
        "A credit note is allocated to a document once.",
    )
    _due_idx = models.Index("(connection_id, id) WHERE state = 'pending'")
    _urgent_idx = models.Index(
        "(connection_id, id) WHERE state = 'pending' AND urgent IS TRUE"
    )

    @api.depends("document_id.record_name", "credited_document_id.record_name")
    def _compute_display_name(self):
        for allocation in self:
            allocation.display_name = self.env._(
                "%(credit)s on %(invoice)s",
                credit=allocation.document_id.record_name,
                invoice=allocation.credited_document_id.record_name,
            )

    # === OUTBOX === #

    # EXTENDS 'xero.binding'
    def _xero_endpoint(self):
        return "Allocations"

    # EXTENDS 'xero.binding'
    def _xero_method(self):
        return "DELETE" if self.xero_id else "PUT"

    # EXTENDS 'xero.binding'
    def _xero_parent_id(self):
        return self.document_id.xero_id

    # EXTENDS 'xero.binding'
    def _batch_key(self):
        return (*super()._batch_key(), self.id)  # a call is about one credit note

    # EXTENDS 'xero.binding'
    def _record(self):
        return self.document_id._record()

    # EXTENDS 'xero.binding'
    def _prepare(self):
        credit, credited = self.document_id, self.credited_document_id
        unwanted = self._is_unwanted()
        if unwanted != bool(self.xero_id) or not credit.xero_id:
            return None
        if unwanted:
            self.payload_digest = False  # what is taken back, reads as it was given
        else:
            self.matched_amount = self._matched_now()
            self.amount = self._amount_to_allocate()
        dates = filter(None, (credit + credited).move_id.mapped("invoice_date"))
        return mappers.allocation(
            self.amount,
            credited.xero_id,
            max(dates, default=fields.Date.today()),
            self.xero_id or None,
        )

    # EXTENDS 'xero.binding'
    def _nothing_to_send(self):
        if not self.document_id.xero_id:
            self.xero_id = False  # it went with its credit note
        return super()._nothing_to_send()

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        if element.status == "DELETED":
            return {**values, **GONE}
        amount = self.amount if element.total is None else float(element.total)
        text = self._part_text(amount)
        return {**values, "amount": amount, "left_in_xero": 0, "message": text}

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        self._tell_not_set_off()

    def _tell_not_set_off(self):
        for allocation in self:
            record = allocation._record()
            if not record:
                continue  # deleted in Odoo
            record._message_log(
                body=self.env._(
                    "The credit note is in Xero, but not set off against"
                    " %(document)s. %(reason)s",
                    document=allocation.credited_document_id.record_name,
                    reason=allocation.message,
                )
            )


# Who reads allocations (ir.model.access.csv)
READERS = "xero_sync.xero_sync_group_accountant,account.group_account_invoice"


class XeroDocument(models.Model):
    """The documents on both sides of an allocation."""

    _inherit = "xero.document"

    given_allocation_ids = fields.One2many(
        "xero.allocation",
        "document_id",
        "Allocations given",
        readonly=True,
        groups=READERS,
    )
    taken_allocation_ids = fields.One2many(
        "xero.allocation",
        "credited_document_id",
        "Allocations taken",
        readonly=True,
        groups=READERS,
    )
    allocation_ids = fields.Many2many(
        "xero.allocation",
        string="Allocations",
        compute="_compute_allocation_ids",
        groups=READERS,
    )

    @api.depends("given_allocation_ids", "taken_allocation_ids")
    def _compute_allocation_ids(self):
        for document in self:
            document.allocation_ids = (
                document.given_allocation_ids | document.taken_allocation_ids
            )
