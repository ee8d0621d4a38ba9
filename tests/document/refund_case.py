from .bill_case import BillCase


class RefundCase(BillCase):
    def reverse(self, bill, quantity=None, **values):
        """Post a refund of a bill, or of some units of it."""
        refund = bill._reverse_moves([values])
        refund.invoice_date = "2026-03-05"
        if quantity is not None:
            refund.invoice_line_ids.quantity = quantity
        refund.action_post()
        return refund
