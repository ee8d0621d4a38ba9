from odoo.tests import tagged

from .change_policy import CHOICES, POSTED
from .change_policy_case import cells_of
from .move_policy_case import PostedPolicyCase


@cells_of(POSTED, CHOICES, kind="invoice")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyInvoice(PostedPolicyCase):
    """Customer invoices: each cell of the change policy."""


@cells_of(POSTED, CHOICES, kind="credit_note")
@tagged("post_install", "-at_install", "xero_many")
class TestPolicyCreditNote(PostedPolicyCase):
    """Customer credit notes: each cell of the change policy."""
