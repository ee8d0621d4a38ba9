from odoo import fields, models

from ..document.xero_document import XERO_DIGITS

# What is known of a document in Xero besides what Odoo sent
AMOUNT_FIELDS = ("xero_due", "xero_paid", "xero_credited")
HELD_FIELDS = ("seen_at", "xero_updated", *AMOUNT_FIELDS, "xero_paid_on")


class XeroDocument(models.Model):
    """What Xero says of a document: in an answer, when looked at, in a reading."""

    _inherit = "xero.document"

    seen_at = fields.Datetime(
        "Last seen in Xero",
        readonly=True,
        help="When Xero last said what it holds for this document itself.",
    )
    xero_updated = fields.Datetime(
        "Changed in Xero on", readonly=True, help="By Xero's own clock."
    )
    xero_due = fields.Float(
        "Amount due in Xero",
        digits=XERO_DIGITS,
        readonly=True,
        help="In the document's currency; of a credit note, what is left to give.",
    )
    xero_paid = fields.Float("Paid in Xero", digits=XERO_DIGITS, readonly=True)
    xero_credited = fields.Float(
        "Credited in Xero",
        digits=XERO_DIGITS,
        readonly=True,
        help="What credit covers; of a credit note, what was given or paid out.",
    )
    xero_paid_on = fields.Date("Fully paid in Xero on", readonly=True)

    # Of what there is none, no reading goes through the others to see that
    _held_kinds_idx = models.Index(
        "(connection_id, kind, create_date) WHERE xero_id IS NOT NULL"
    )

    def _values_held(self, element):
        """Payments, and when this was so.

        :param element: ``xero_api.Element`` without errors
        """
        amounts = {
            "xero_due": element.left,
            "xero_paid": element.paid,
            "xero_credited": element.credited,
        }
        return {
            # What an answer leaves out is as it was
            **{name: float(each) for name, each in amounts.items() if each is not None},
            "xero_paid_on": element.paid_on or False,
            "xero_updated": self._naive_utc(element.updated) or self.xero_updated,
            "seen_at": fields.Datetime.now(),
        }

    # EXTENDS 'xero.document'
    def _values_seen(self, element):
        return {**super()._values_seen(element), **self._values_held(element)}

    # EXTENDS 'xero.document'
    def _values_looked_up(self, element):
        return {**super()._values_looked_up(element), **self._values_held(element)}

    # EXTENDS 'xero.binding'
    def _last_seen(self):
        return self.as_of

    # EXTENDS 'xero.document'
    def _settle_look_up(self, found, unchanged):
        unchanged.seen_at = fields.Datetime.now()
        return super()._settle_look_up(found, unchanged)

    # EXTENDS 'xero.document'
    def _settle_refusal(self, element, words):
        if element:
            self.write(self._values_held(element))
        return super()._settle_refusal(element, words)

    # EXTENDS 'xero.document'
    def _values_when_gone(self):
        nothing = dict.fromkeys(AMOUNT_FIELDS, 0)
        return {**super()._values_when_gone(), **nothing, "xero_paid_on": False}

    # EXTENDS 'xero.document'
    def _give_away(self, invoice):
        (held,) = self.read(HELD_FIELDS, load=None)
        del held["id"]
        taken = super()._give_away(invoice)
        # What the invoice holds now is not there twice
        nothing = dict.fromkeys(("xero_total", "xero_tax", *AMOUNT_FIELDS), 0)
        self.write({**nothing, "xero_paid_on": False})
        return {**taken, **held}
