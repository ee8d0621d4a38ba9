from odoo.tests import tagged

from .change_policy import CHOICES, QUOTATION
from .change_policy_case import PolicyCase, cells_of


@cells_of(QUOTATION, CHOICES, kind="quotation")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyQuotation(PolicyCase):
    """Quotations, and the orders they become: each cell of the change policy."""

    creating = ("create",)
    settings = {
        "": {"auto_quotation": True, "auto_sale_order": False, "auto_invoice": False},
        "switched_off": {"auto_quotation": False},
    }
    # Who has seen the quote before the cell begins
    sent = (
        "sent",
        "declined",
        "accepted_there",
        "declined_there",
        "deleted_there",
        "edited_there",
        "recoded_there",
    )

    def create_before(self):
        return None

    def create_after(self, status):
        order = self.new_order()
        if status in self.sent:
            order.action_quotation_sent()
        elif status in ("accepted", "invoiced"):
            order.action_confirm()
        if status == "invoiced":
            self.invoice_of(order)
        if status == "declined":
            self.run_job(self.connection)
            order._action_cancel()
        return order

    def bring_back(self):
        pass  # a quotation that is a draft again would be sent again

    def do_create(self):
        self.record = self.new_order()

    def do_note(self):
        self.record.client_order_ref = "By telephone"

    def do_reprice(self):
        self.record.order_line.price_unit = 120.0

    def do_send(self):
        self.record.action_quotation_sent()

    def do_confirm(self):
        self.record.action_confirm()

    def do_cancel(self):
        self.record._action_cancel()

    def do_restart(self):
        self.record.action_draft()

    def do_invoice(self):
        if self.record.state != "sale":
            self.record.action_confirm()
        self.invoice_of(self.record)

    def do_delete(self):
        self.record.unlink()
