from odoo.tests import tagged

from .change_policy import CHOICES, DRAFT_BILL, POSTED
from .change_policy_case import cells_of
from .move_policy_case import MovePolicyCase, PostedPolicyCase


@cells_of(POSTED, CHOICES, kind="bill")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyBill(PostedPolicyCase):
    """Vendor bills that were posted: each cell of the change policy."""


@cells_of(POSTED, CHOICES, kind="refund")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyRefund(PostedPolicyCase):
    """Vendor refunds: each cell of the change policy."""


@cells_of(DRAFT_BILL, kind="bill")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyDraftBill(MovePolicyCase):
    """Vendor bills before they are posted: each cell of the change policy."""

    creating = ("create",)
    settings = {"switched_off": {"auto_bill": False}}

    def create_before(self):
        return None

    def create_after(self, status):
        return self.new_move("in_invoice")

    def do_create(self):
        self.record = self.new_move("in_invoice")
