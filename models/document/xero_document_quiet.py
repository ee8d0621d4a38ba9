from odoo import fields, models

from ..outbox.xero_binding_quiet import end_of_round

# Statuses in Xero in which nobody acts upon a document yet
NOT_BINDING = ("DRAFT", "SUBMITTED")
# Minutes of the clock: quotes to which nothing happened but that they were sent,
# accepted or invoiced go together, each step of all of them in one call
STEPS = 30


class XeroDocument(models.Model):
    """Which changes of documents wait until people have finished.

    Once half of the day's calls are used, the same documents are not read before they
    are updated, when Xero has just said what it holds. What is posted, and what becomes
    so, is always read: a person in Xero may have worked on it.
    """

    _inherit = "xero.document"

    # EXTENDS 'xero.binding'
    def _may_wait(self):
        """A quote until it is cancelled; of the rest, what is a draft on both sides.

        The draft of an order goes on waiting when its invoice is posted: that takes the
        draft over at once. What Xero has not got yet waits only when calls are few.
        """
        new = not self.xero_id
        if new and not self.connection_id._is_half_used():
            return False
        if self.kind == "quotation":
            return self.sale_order_id.state in ("draft", "sent", "sale")
        draft = new or self.xero_status in NOT_BINDING
        if self.kind == "sale_order":
            return draft and self.sale_order_id.state == "sale"
        if self.kind == "purchase_order":
            return draft and not new and self.purchase_order_id.state == "purchase"
        return draft and self.kind == "bill" and self.move_id.state == "draft"

    def _start_wait(self):
        """These are new: those that may wait go with the others of their round."""
        for row in self.filtered(lambda row: row._may_wait()):
            row.waits_until = row._next_wait()

    # EXTENDS 'xero.binding'
    def _round(self):
        """What is in a quote matters to nobody once its order is confirmed."""
        minutes = super()._round()
        confirmed = self.kind == "quotation" and self.sale_order_id.state == "sale"
        return max(minutes, STEPS) if confirmed else minutes

    # EXTENDS 'xero.binding'
    def _put_off(self, digest):
        """A quote's digest tells its content: what has none new is a mere step.

        What a person sends by the button has no time at which it goes.
        """
        if not self._is_mere_step(digest) or not self.waits_until:
            return super()._put_off(digest)
        until = end_of_round(self.waits_until, STEPS)
        if until <= fields.Datetime.now():
            return super()._put_off(digest)
        # A person in Xero has time until then: what was read by now is out of date
        self.write({"waits_until": until, "looked": False})
        return True

    def _is_mere_step(self, digest):
        """Whether nothing happened but that a quote moved on.

        One that is opened again is to follow its edits, which it took none of.
        """
        opens = self._is_frozen() and self.sale_order_id.state != "sale"
        known = digest == self.payload_digest
        return self.kind == "quotation" and known and not opens

    # EXTENDS 'xero.binding'
    def _must_look_first(self):
        asked = self.look_up or self.changed_in_xero
        if not asked and self._may_wait() and self._was_just_seen():
            return False
        return super()._must_look_first()
