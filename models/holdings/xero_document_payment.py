import functools

from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date

PAYMENT_STATES = [
    ("unpaid", "Unpaid"),
    ("partial", "Paid in part"),
    ("paid", "Paid"),
]
CREDIT_KINDS = ("credit_note", "refund")
# The draft of an order, too: people approve it in Xero
PAYABLE_KINDS = ("sale_order", "invoice", "bill", *CREDIT_KINDS)
AMOUNTS = ("xero_due", "xero_paid", "xero_credited")


class XeroDocument(models.Model):
    """Whether it is paid in Xero. Told for information: Odoo books nothing for it.

    Xero says so of each invoice and credit note itself, in ``AmountDue``,
    ``AmountPaid``, ``AmountCredited`` and ``FullyPaidOnDate``, so no scope for payments
    is needed (https://developer.xero.com/documentation/api/accounting/invoices).
    """

    _inherit = "xero.document"

    payment_state = fields.Selection(
        PAYMENT_STATES,
        "Payment in Xero",
        compute="_compute_payment_state",
        store=True,
        index="btree_not_null",
        help="Empty while nothing is owed yet, or Odoo does not know.",
    )

    @api.depends("kind", "xero_status", *AMOUNTS)
    def _compute_payment_state(self):
        for document in self:
            document.payment_state = document._payment_state_now()

    def _payment_state_now(self):
        if self.kind not in PAYABLE_KINDS:
            return False
        if self.xero_status == "PAID":
            return "paid"
        # Of what is approved something is due, paid or credited: else nobody told
        known = any(self[name] for name in AMOUNTS)
        if self.xero_status != "AUTHORISED" or not known:
            return False
        return "partial" if self.xero_paid or self.xero_credited else "unpaid"

    # EXTENDS 'base'
    def write(self, vals):
        if vals.keys().isdisjoint(("xero_status", *AMOUNTS)):
            return super().write(vals)
        told = self._filtered_paid() | self._filtered_unknown()
        result = super().write(vals)
        (self._filtered_paid() - told)._tell_paid()
        return result

    def _filtered_paid(self):
        return self.filtered(lambda document: document.payment_state == "paid")

    def _filtered_unknown(self):
        """Those of which Odoo cannot tell when they were paid.

        An earlier version of the addon sent them, and did not note what is due: old
        news, of thousands at once, are none for the chatter.
        """
        return self.filtered(
            lambda document: (
                document.xero_status == "AUTHORISED" and not document.payment_state
            )
        )

    # === CHATTER === #

    def _tell_paid(self):
        """Tell the chatter before the commit, of all in a transaction at once."""
        precommit = self.env.cr.precommit
        paid = precommit.data.setdefault("xero_sync.paid", set())
        if self and not paid:
            precommit.add(functools.partial(self._note_paid, paid))
        paid.update(self.ids)

    @api.model
    def _note_paid(self, document_ids):
        """:param document_ids: of those that were not paid before"""
        told = self.browse(document_ids).exists()._filtered_paid()
        # Of what Xero's answer called paid, the chatter has just heard
        told = told.filtered(lambda document: document.noted != document._synced_note())
        odoo = self.env.ref("base.user_root").partner_id
        for model, documents in told.grouped(lambda row: row._record()._name).items():
            notes = documents._new_notes(lambda document: document._paid_note())
            records = self.env[model].browse(notes)
            records._message_log_batch(bodies=notes, author_id=odoo.id)

    def _paid_note(self):
        """What the chatter is told when Xero calls it paid (``Markup``)."""
        name = " ".join(filter(None, [self._kind_in_xero(), self.xero_number]))
        day = self.xero_paid_on and format_date(self.env, self.xero_paid_on)
        if self.kind in CREDIT_KINDS:
            text = self.env._("Xero: %(document)s is fully used.", document=name)
        elif day:
            text = self.env._(
                "Xero: %(document)s was paid on %(date)s.", document=name, date=day
            )
        else:
            text = self.env._("Xero: %(document)s is paid.", document=name)
        return Markup("%s") % text
