from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..document.xero_document import XERO_DIGITS
from .xero_document_payment import AMOUNTS, PAYMENT_STATES

USER = "xero_sync.xero_sync_group_user"


class XeroDocumentMixin(models.AbstractModel):
    """What is paid in Xero of an Odoo document; of an order, of its invoices.

    Everybody is told of the documents that they may see themselves: an order's invoice
    may be a colleague's.
    """

    _inherit = "xero.document.mixin"

    xero_payment_state = fields.Selection(
        PAYMENT_STATES,
        "Payment in Xero",
        compute="_compute_xero_payment_state",
        search="_search_xero_payment_state",
        groups=USER,
    )
    xero_due = fields.Float(
        "Amount due in Xero",
        compute="_compute_xero_payment",
        digits=XERO_DIGITS,
        groups=USER,
        help="In the document's currency.",
    )
    xero_paid = fields.Float(
        "Paid in Xero",
        compute="_compute_xero_payment",
        digits=XERO_DIGITS,
        groups=USER,
    )
    xero_credited = fields.Float(
        "Credited in Xero",
        compute="_compute_xero_payment",
        digits=XERO_DIGITS,
        groups=USER,
        help="Covered by credit notes; of a credit note, what was used of it.",
    )
    xero_paid_on = fields.Date(
        "Fully paid in Xero on", compute="_compute_xero_payment", groups=USER
    )

    # === COMPUTE METHODS === #

    @api.depends("xero_document_ids.payment_state")
    @api.depends_context("uid", "su")
    def _compute_xero_payment_state(self):
        found = self._xero_payment_states()
        for record in self:
            states = found.get(record._origin.id, set())
            # Some paid and others not, too, is in part
            record.xero_payment_state = (
                "partial" if len(states) > 1 else next(iter(states), False)
            )

    def _xero_payment_states(self):
        """:return: dict of id → set of the states of what these are paid by"""
        if len(self) == 1:  # its form shows the documents as well
            counted = self._xero_payable_documents()
            return {self._origin.id: set(counted.mapped("payment_state"))}
        payable = Domain("payment_state", "!=", False)
        found = self._xero_shown_rows(payable, ("payment_state", "kind", "currency_id"))
        return {
            record._origin.id: {
                row["payment_state"]
                for row in found.get(record._origin.id, [])
                if record._xero_is_paid_by(row["own"], row["kind"], row["currency_id"])
            }
            for record in self
        }

    @api.depends("xero_document_ids.payment_state")
    @api.depends_context("uid", "su")
    def _compute_xero_payment(self):
        for record in self:
            counted = record._xero_payable_documents()
            for name in AMOUNTS:
                record[name] = sum(counted.mapped(name))
            days = counted.mapped("xero_paid_on")
            record.xero_paid_on = bool(counted) and all(days) and max(days)

    def _xero_payable_documents(self):
        """The documents by which this one is paid, as far as the user sees them."""
        return self.xero_shown_document_ids.filtered(
            lambda row: (
                row.payment_state
                and self._xero_is_paid_by(
                    self._xero_is_own(row), row.kind, row.currency_id.id
                )
            )
        )

    def _xero_is_paid_by(self, own, kind, currency_id):
        """Whether what is paid of a document that it shows is paid of this one.

        Credit notes of an order say nothing of whether its invoices are paid; an
        invoice in another currency cannot be added up.

        :param own: whether that is its own
        """
        counts = own or kind in ("invoice", "bill")
        return counts and currency_id == self.currency_id.id

    @api.model
    def _search_xero_payment_state(self, operator, values):
        if operator != "in":
            return NotImplemented
        some_paid = self._xero_paid_domain("paid")
        some_unpaid = self._xero_paid_domain("unpaid")
        some_partial = self._xero_paid_domain("partial")
        some_due = self._xero_paid_domain("unpaid", "partial")
        if {"unpaid", "partial"} <= set(values):
            # Both together are few, and found without looking through what is paid
            others = set(values) - {"unpaid", "partial"}
            return some_due | self._search_xero_payment_state("in", others)
        domains = {
            "paid": some_paid & ~some_due,
            "unpaid": some_unpaid & ~some_paid & ~some_partial,
            "partial": some_partial | (some_paid & some_unpaid),
            False: ~(some_paid | some_due),
        }
        return Domain.OR(domains[value] for value in values if value in domains)

    # EXTENDS 'base'
    def _field_to_sql(self, alias, field_expr, query=None):
        """Lists group by the state, each order in the group in which a filter finds it.

        So nobody is told of what they may not see, here neither.
        """
        if field_expr != "xero_payment_state":
            return super()._field_to_sql(alias, field_expr, query)
        self._check_field_access(self._fields[field_expr], "read")
        found = [
            SQL(
                "WHEN %s IN %s THEN %s",
                SQL.identifier(alias, "id"),
                self._search(Domain("xero_payment_state", "=", state)).subselect(),
                state,
            )
            for state, _title in PAYMENT_STATES
        ]
        return SQL("CASE %s END", SQL(" ").join(found))

    @api.model
    def _xero_paid_domain(self, *states):
        """Those with a document in one of these states, for the user to see.

        Credit notes of an order say nothing of whether its invoices are paid.
        """
        return self._xero_showing(
            [
                ("payment_state", "in", states),
                ("kind", "in", ("sale_order", "invoice", "bill")),
            ]
        )
