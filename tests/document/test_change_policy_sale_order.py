from odoo.tests import tagged

from .change_policy import CHOICES, SALE_ORDER
from .change_policy_case import PolicyCase, cells_of


@cells_of(SALE_ORDER, CHOICES, kind="sale_order")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicySaleOrder(PolicyCase):
    """Sales orders as draft invoices: each cell of the change policy."""

    creating = ("confirm",)
    kinds_after = {"invoice": "invoice"}
    settings = {"switched_off": {"auto_sale_order": False}}

    def create_before(self):
        return self.new_order()

    def create_after(self, status):
        return self.confirmed_order()

    def bring_back(self):
        self.record.action_draft()

    def do_confirm(self):
        self.record.action_confirm()

    def do_note(self):
        self.record.client_order_ref = "By telephone"

    def do_reprice(self):
        self.record.order_line.price_unit = 120.0

    def do_invoice(self):
        self.invoice_of(self.record)

    def do_cancel(self):
        self.record._action_cancel()

    def do_delete(self):
        if self.record.state == "sale":
            self.record._action_cancel()
        self.record.unlink()
