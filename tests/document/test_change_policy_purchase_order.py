from odoo.tests import tagged

from .change_policy import CHOICES, PURCHASE_ORDER
from .change_policy_case import PolicyCase, cells_of


@cells_of(PURCHASE_ORDER, CHOICES, kind="purchase_order")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyPurchaseOrder(PolicyCase):
    """Purchase orders: each cell of the change policy."""

    creating = ("request", "approve")
    settings = {
        "": {"auto_bill": False},
        "switched_off": {"auto_purchase_order": False},
        "draft": {"purchase_order_status": "DRAFT"},
        "approved_there": {"purchase_order_status": "DRAFT"},
        "submitted": {"purchase_order_status": "SUBMITTED"},
    }

    def create_before(self):
        return self.new_purchase()

    def create_after(self, status):
        order = self.approved_purchase()
        if status == "billed":
            self.bill(order)
        return order

    def bill(self, order):
        order.action_create_invoice()
        order.invoice_ids.invoice_date = "2026-03-02"
        order.invoice_ids.action_post()

    def bring_back(self):
        self.record.button_draft()

    def do_request(self):
        self.record.partner_ref = "Quote 12"

    def do_approve(self):
        self.record.button_confirm()

    def do_note(self):
        self.record.partner_ref = "Quote 12"

    def do_reprice(self):
        self.record.order_line.price_unit = 90.0

    def do_bill(self):
        self.bill(self.record)

    def do_cancel(self):
        self.record.button_cancel()

    def do_delete(self):
        if self.record.state != "cancel":
            self.record.button_cancel()
        self.record.unlink()
