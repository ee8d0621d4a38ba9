from odoo import api, fields, models

from ... import mappers

# Kinds of documents that give credit, with the kind each is allocated to
CREDITED_KINDS = {"credit_note": "invoice", "refund": "bill"}


class XeroAllocation(models.Model):
    """A credit note's amount, allocated to the invoice or bill it reverses.

    Xero settles the one with the other only when told so, by a call of its own
    (https://developer.xero.com/documentation/api/accounting/creditnotes).
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
    amount = fields.Monetary(readonly=True)

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

    # === FROM DOCUMENTS === #

    @api.model
    def _request(self, documents):
        """Queue the allocations for which these documents were the missing part.

        :param documents: ``xero.document`` of any kind, just confirmed by Xero
        """
        wanted = {}
        for credit in documents._credit_notes_around():
            credited = credit._credited_document()
            if credited and credit._is_open_in_xero() and credited._is_open_in_xero():
                wanted[credit] = credited
        if not wanted:
            return
        known = self.search([("document_id", "in", [row.id for row in wanted])])
        known.filtered(lambda row: not row.xero_id)._mark_changed()
        self.create(
            [
                {
                    "connection_id": credit.connection_id.id,
                    "document_id": credit.id,
                    "credited_document_id": credited.id,
                }
                for credit, credited in wanted.items()
                if credit not in known.document_id
            ]
        )

    @api.model
    def _to_withdraw(self, documents):
        """The allocations that keep Xero from ending these documents.

        One that could not be withdrawn is a person's: Xero says what it thinks of it.
        """
        if not documents:
            return self.browse()
        return self.search(
            [
                "|",
                ("document_id", "in", documents.ids),
                ("credited_document_id", "in", documents.ids),
                ("xero_id", "!=", False),
                ("state", "not in", ("failed", "skipped")),
            ]
        )

    def _is_unwanted(self):
        return any(
            document._is_gone() or document._is_unwanted()
            for document in self.document_id + self.credited_document_id
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
            self.amount = self._amount_to_allocate()
            if not self.currency_id.compare_amounts(self.amount, 0) > 0:
                return None  # other credit notes left nothing of it
        dates = filter(None, (credit + credited).move_id.mapped("invoice_date"))
        return mappers.allocation(
            self.amount,
            credited.xero_id,
            max(dates, default=fields.Date.today()),
            self.xero_id or None,
        )

    def _amount_to_allocate(self):
        """What is left of both sides, after what was allocated before."""
        others = self.search(
            [
                ("credited_document_id", "=", self.credited_document_id.id),
                ("xero_id", "!=", False),
                ("id", "!=", self.id),
            ]
        )
        left = self.credited_document_id.xero_total - sum(others.mapped("amount"))
        return self.currency_id.round(min(self.document_id.xero_total, left))

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        if element.status == "DELETED":
            return {**values, "xero_id": False, "payload_digest": False}
        return values

    # EXTENDS 'xero.binding'
    def _after_failed(self):
        for allocation in self:
            allocation._record()._message_log(
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

    def _credit_notes_around(self):
        """The credit notes among these documents, and those of the others."""
        credits = self.filtered(lambda row: row.kind in CREDITED_KINDS)
        reversals = (self - credits).move_id.reversal_move_ids
        return credits.union(
            *(self._rows_of(kind, reversals) for kind in CREDITED_KINDS)
        )

    def _credited_document(self):
        """The invoice or bill this credit note reverses, maybe none."""
        return self._rows_of(CREDITED_KINDS[self.kind], self.move_id.reversed_entry_id)

    def _is_open_in_xero(self):
        """Whether credit can be given, or taken, on it."""
        return bool(self.xero_id) and self.xero_status == "AUTHORISED"
