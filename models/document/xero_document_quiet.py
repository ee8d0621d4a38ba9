from odoo import models

# Statuses in Xero in which nobody acts upon a document yet
NOT_BINDING = ("DRAFT", "SUBMITTED")


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
        draft over at once.
        """
        if not self.xero_id:
            return False
        if self.kind == "quotation":
            return self.sale_order_id.state in ("draft", "sent", "sale")
        draft = self.xero_status in NOT_BINDING
        if self.kind == "sale_order":
            return draft and self.sale_order_id.state == "sale"
        if self.kind == "purchase_order":
            return draft and self.purchase_order_id.state == "purchase"
        return draft and self.kind == "bill" and self.move_id.state == "draft"

    # EXTENDS 'xero.binding'
    def _must_look_first(self):
        asked = self.look_up or self.changed_in_xero
        if not asked and self._may_wait() and self._was_just_seen():
            return False
        return super()._must_look_first()
