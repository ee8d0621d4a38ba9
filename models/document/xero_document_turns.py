from odoo import api, fields, models
from odoo.fields import Domain

from .xero_document_mixin import KEEP

# States of a row that will soon be settled
UNSETTLED = ("pending", "sending")

# What an invoice takes over with the draft: where it is, and how it was left
TAKEN_FIELDS = (
    "xero_id",
    "xero_status",
    "contact_xero_id",
    "currency_id",
    "xero_total",
    "xero_tax",
    "xero_currency",
    "xero_lines_digest",
)


class XeroDocument(models.Model):
    """Documents that wait for each other, and the draft that becomes an invoice.

    A posted invoice takes over the draft invoice of its order: the same Xero document,
    so nothing is there twice. The order's row then holds what is left of the order, as
    a fresh draft or not at all; until the invoice is in Xero it waits.
    """

    _inherit = "xero.document"

    took_over = fields.Boolean(
        readonly=True,
        help="Its Xero document is still the draft of the order it was made from.",
    )
    order_quantities = fields.Json(
        readonly=True,
        help="What it takes of order lines in Xero: id of the line → quantity in the"
        " line's unit, or of a down payment its price; negative for credit.",
    )
    waits_for_document_id = fields.Many2one(
        "xero.document", index="btree_not_null", ondelete="set null", readonly=True
    )
    waits_for_allocation_id = fields.Many2one(
        "xero.allocation", index="btree_not_null", ondelete="set null", readonly=True
    )

    _held_idx = models.Index(
        "(connection_id) WHERE state = 'held' AND waits_for_contact_id IS NULL"
    )

    # EXTENDS 'xero.binding'
    def _values_from_answer(self, element):
        values = super()._values_from_answer(element)
        if self.kind in ("invoice", "credit_note"):
            quantities = self.move_id._xero_order_quantities(self.connection_id)
            values["order_quantities"] = quantities
        return values

    # EXTENDS 'xero.binding'
    def _before_send(self):
        ready = super()._before_send()
        drafts = ready.move_id.line_ids.sale_line_ids.order_id.xero_document_ids
        # Of all at once: each is held by itself
        (ready | drafts).fetch(["issue_ids", "waits_for_item_ids"])
        ready -= ready._behind_allocations()
        ready -= ready._behind_invoices()
        ready -= ready._behind_orders()
        return ready - ready._take_over_drafts()

    @api.model
    def _release_waiting(self, connection):
        """Queue the rows again whose other document or allocation is settled.

        :return: whether there were any
        """
        # What waits for further changes may do so for minutes
        patient = Domain("waits_until", ">", fields.Datetime.now())
        settled = Domain("state", "not in", UNSETTLED)
        settled |= Domain("state", "=", "pending") & patient
        free = self.search(
            Domain("connection_id", "=", connection.id)
            & Domain("state", "=", "held")
            & Domain("waits_for_contact_id", "=", False)
            & Domain("waits_for_item_ids", "=", False)
            & Domain("issue_ids", "=", False)
            & _is_over(
                "waits_for_document_id", settled & Domain("took_over", "=", False)
            )
            & _is_over("waits_for_allocation_id", settled)
            & (
                # Its period lets it go, see xero_document_period.py
                Domain("waits_for_period", "=", False)
                | Domain("waits_for_document_id", "!=", False)
                | Domain("waits_for_allocation_id", "!=", False)
            )
        )
        free._stop_waiting()
        return bool(free)

    def _hold_behind(self, other, message):
        """Hold these documents until another one is settled.

        :param other: ``xero.document`` or ``xero.allocation``
        """
        field = (
            "waits_for_document_id"
            if other._name == "xero.document"
            else "waits_for_allocation_id"
        )
        other._hurry_for(self)
        # Released while it waits for changes, they would be refused again and again
        other.filtered("waits_until").waits_until = False
        # What they waited for before, or failed for, must not hold them longer
        self._clear_issues()
        if self.waits_for_item_ids:
            self.waits_for_item_ids = [fields.Command.clear()]
        self.write(
            {
                "waits_for_contact_id": False,
                "waits_until": False,
                "state": "held",
                field: other.id,
                "message": message,
            }
        )

    def _behind_allocations(self):
        """Documents with credit in Xero that is not to stand there any more.

        Xero takes neither an end nor other amounts of what is set off.
        """
        behind = self.browse()
        rows = self.filtered("xero_id")
        allocations = self.env["xero.allocation"]._to_withdraw(rows)
        for document in rows if allocations else ():
            allocation = allocations.filtered(
                lambda row, own=document: (
                    own in row.document_id | row.credited_document_id
                )
            )[:1]
            if allocation:
                allocation._mark_changed()
                document._hold_behind(
                    allocation,
                    self.env._("Waits until its credit is taken back in Xero."),
                )
                behind += document
        return behind

    def _behind_invoices(self):
        """Orders with an invoice on its way: that decides what is left of them."""
        behind = self.browse()
        for document in self.filtered(lambda row: row.kind == "sale_order"):
            first = document._invoice_on_its_way()
            if first:
                document._hold_behind(
                    first, self.env._("Waits for the invoice %s.", first.record_name)
                )
                behind += document
        return behind

    def _behind_orders(self):
        """Invoices whose order is being sent: its draft is not known yet."""
        behind = self.browse()
        for document in self._new_invoices():
            sending = document._order_on_its_way()
            if sending:
                document._hold_behind(
                    sending, self.env._("Waits for the order %s.", sending.record_name)
                )
                behind += document
        return behind

    def _take_over_drafts(self):
        """Give new invoices the draft of their order.

        :return: those which got one: they are updates now, and go with those
        """
        drafts = {}
        values = {}
        for document in self._new_invoices():
            draft = document._draft_to_take_over()
            if draft:
                drafts[document] = draft
                values[document] = draft._give_away(document)
        # A Xero document belongs to one row only
        self.browse().concat(*drafts.values()).flush_recordset()
        for document, taken in values.items():
            document.write({**taken, "took_over": True, "payload_digest": False})
        return self.browse().concat(*drafts)

    def _new_invoices(self):
        """Those to be made in Xero now; one reset to draft meanwhile is not."""
        return self.filtered(
            lambda row: (
                row.kind == "invoice"
                and not row.xero_id
                and row._wanted_status() not in (None, KEEP)
            )
        )

    def _draft_to_take_over(self):
        """The order row whose draft becomes this invoice, maybe none.

        With *leave the draft* only an invoice for the whole order becomes it.
        """
        rows = self._order_rows().filtered(lambda row: not row._is_gone())
        if self.connection_id.partial_invoicing == "leave":
            rows = rows.filtered(
                lambda row: row.sale_order_id._xero_is_whole_in(
                    row.connection_id, self.move_id
                )
            )
        return rows[:1]

    def _give_away(self, invoice):
        """Let this order's draft be the Xero document of an invoice.

        :param invoice: ``xero.document`` behind which what is left of the order waits
        :return: dict of the values that the invoice's row takes over
        """
        taken = self._taken_values()
        number = self.xero_number
        self.write(
            {
                "xero_id": False,
                "xero_number": False,
                "xero_status": False,
                "payload_digest": False,
            }
        )
        if self.state == "skipped":
            self._clear_issues()
            return taken
        self._hold_behind(
            invoice,
            self.env._(
                "%(number)s becomes the invoice %(invoice)s.",
                number=number,
                invoice=invoice.record_name,
            ),
        )
        return taken

    def _taken_values(self):
        """:return: dict of what an invoice takes over of this order's draft"""
        (taken,) = self.read(TAKEN_FIELDS, load=None)
        del taken["id"]
        return taken

    # === THE ROWS OF THE OTHER SIDE === #

    def _invoice_on_its_way(self):
        """Of an order: the first row of an invoice that is not settled, maybe none."""
        return self._invoice_rows().filtered(
            lambda row: row.state in UNSETTLED or row.took_over
        )[:1]

    def _order_on_its_way(self):
        """Of an invoice: the first row of an order that is being sent, maybe none."""
        return self._order_rows().filtered(lambda row: row.state == "sending")[:1]

    def _order_rows(self):
        """Of an invoice: the rows of the orders it was made from, oldest first."""
        orders = self.move_id.line_ids.sale_line_ids.order_id
        return self._rows_of("sale_order", orders).sorted("id")

    def _invoice_rows(self):
        """Of an order: the rows of its invoices and credit notes, oldest first."""
        moves = self.sale_order_id.order_line.invoice_lines.move_id
        rows = self._rows_of("invoice", moves) | self._rows_of("credit_note", moves)
        return rows.sorted("id")


def _is_over(field, settled):
    """Domain of the rows whose wait for another one is over, if they wait at all.

    :param field: many2one to that row
    :param settled: domain of the settled ones; joined, so only what is held is read
    """
    return Domain(field, "=", False) | Domain(field, "any!", settled)
