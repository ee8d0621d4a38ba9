from odoo import fields, models
from odoo.tools import float_compare

from ..outbox.xero_refusals import recognise
from .xero_document import XERO_DIGITS


class XeroAllocation(models.Model):
    """How much Xero can set off: no more than it says is left of both sides.

    Odoo does not know what was paid in Xero. So what it matches is sent as it is; when
    Xero does not take that, both sides are read once, and what is left of them is sent.
    Where nothing is left, nobody is asked: the books of Xero are right as they are.
    """

    _inherit = "xero.allocation"

    look_up = fields.Boolean(
        readonly=True,
        help="What is left of both sides in Xero is read before it is sent.",
    )
    # Not monetary: Xero has cents of yen too
    left_in_xero = fields.Float(
        digits=XERO_DIGITS,
        readonly=True,
        help="What Xero said is left of both sides when it refused more, else 0.",
    )

    def _amount_to_allocate(self):
        """What Odoo matches, as far as Xero is known to take it."""
        amount = round(self.matched_amount, XERO_DIGITS[1])
        return min(amount, self.left_in_xero or amount)

    # EXTENDS 'xero.binding'
    def _set_changed(self, urgent, at_once=False):
        self.filtered("left_in_xero").left_in_xero = 0
        return super()._set_changed(urgent, at_once)

    # EXTENDS 'xero.binding'
    def _cure_refusal(self, code):
        """Before anybody is asked, see what is left, whatever words Xero used."""
        self.look_up = not self.xero_id
        return self.look_up

    # EXTENDS 'xero.binding'
    def _must_look_first(self):
        return self.look_up

    def _settle_look_up(self, found):
        """Send what is left of both sides, or leave it, or say why Xero refused it.

        Of one that was not sent yet only what a person has not set off already.

        :param found: dict of Xero's id → ``xero_api.Element``
        """

        def settle(rows):
            for row in rows:
                row._settle_one(found)

        self._apart(settle)

    def _settle_one(self, found):
        """:param found: see :meth:`_settle_look_up`"""
        words = self.message or ""
        if not words:
            self.matched_amount = self._matched_now()
        asked = self.amount or self.matched_amount
        self.write({"look_up": False, "message": False, "amount": 0, "left_in_xero": 0})
        credit = found.get(self.document_id.xero_id)
        credited = found.get(self.credited_document_id.xero_id)
        if self._is_unwanted():
            return  # it is removed when its turn comes
        if credit and credited:
            if not _may_meet(credit, credited):
                self._leave(
                    self.env._(
                        "%(credit)s and %(document)s have different contacts or"
                        " currencies in Xero. If the contacts differ, change one of"
                        " them there, and try again.",
                        credit=self.document_id.record_name,
                        document=self.credited_document_id.record_name,
                    )
                )
                return
            left = self._left(credit, credited)
            if left is not None and left <= 0:
                self._leave(self._nothing_left_text(credit, credited))
                return
            if left is not None and float_compare(left, asked, XERO_DIGITS[1]) < 0:
                self.left_in_xero = left
                return
        if words:
            self._set_failed([self._problem_refused(recognise([words]), [words])])

    def _left(self, credit, credited):
        """What may still be set off, in the currency of both; None when unknown.

        Part of the match may stand in Xero already: a person's, or what Xero took
        without saying so.

        :param credit: ``xero_api.Element`` of the credit note
        :param credited: of what it is matched with
        """
        if credit.left is None or credited.left is None:
            return None
        there = sum(
            float(each.amount or 0)
            for each in credit.allocations
            if each.invoice_id == credited.xero_id
        )
        open_match = round(self.matched_amount - there, XERO_DIGITS[1])
        return min(float(credit.left), float(credited.left), open_match)

    def _leave(self, reason):
        """Xero's books are right without it; only another match brings it up again.

        :param reason: a sentence for the forms
        """
        self.write({"state": "skipped", "message": reason, "payload_digest": False})
        self._clear_issues()
        self._tell_not_set_off()

    def action_skip(self, reason):
        """Leave it to a person to set these off in Xero, or not to.

        :param reason: why, in the person's words
        """
        self.document_id._check_decision()
        # sudo: bindings are read-only for people
        for allocation in self.sudo():
            allocation._leave(reason)
        return True

    def _nothing_left_text(self, credit, credited):
        """Which side is paid, or used up, or voided in Xero.

        :param credit: ``xero_api.Element`` of the credit note
        :param credited: of what it is matched with
        """
        for document, element in (
            (self.credited_document_id, credited),
            (self.document_id, credit),
        ):
            if element.left <= 0:
                return self.env._(
                    "%(document)s is %(status)s in Xero.",
                    document=document.record_name,
                    status=document._status_in_words(element.status),
                )
        return self.env._(
            "It was set off against %(document)s in Xero already.",
            document=self.credited_document_id.record_name,
        )

    def _part_text(self, amount):
        """What is said of one that Xero took in part; False for a whole one.

        :param amount: that stands in Xero
        """
        if amount >= round(self.matched_amount, XERO_DIGITS[1]):
            return False
        return self.env._(
            "%(part)s of %(whole)s set off against %(document)s: no more was left to"
            " pay or to credit in Xero.",
            part=self.currency_id.format(amount),
            whole=self.currency_id.format(self.matched_amount),
            document=self.credited_document_id.record_name,
        )

    def _text_for_user(self):
        """What the form of the credit note says about this row, or False."""
        if self.state in ("failed", "skipped"):
            return self.env._("Not set off: %s", self.message)
        return self.message if self.state == "synced" and self.xero_id else False


def _may_meet(credit, credited):
    """Whether Xero sets the one off against the other at all.

    :param credit: ``xero_api.Element``
    :param credited: ``xero_api.Element``
    """
    return (credit.contact_id, credit.currency) == (
        credited.contact_id,
        credited.currency,
    )
