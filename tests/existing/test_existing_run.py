from odoo.tests import tagged

from .existing_case import ExistingCase


@tagged("post_install", "-at_install")
class TestExistingRun(ExistingCase):
    """What was in Odoo before is linked to what Xero has, and the rest is sent."""

    def test_one_is_linked_the_other_sent_and_nothing_is_there_twice(self):
        one, other = self.posted(), self.posted()
        typed = self.typed(one)
        existing = self.preview()
        self.assertEqual(self.line_of(existing, one).action, "link")
        self.assertEqual(self.line_of(existing, other).action, "send")
        self.assertFalse(self.write_calls())
        self.assertFalse((one + other).xero_document_ids)

        self.start(existing)
        row = one.xero_document_ids.ensure_one()
        self.assertEqual((row.xero_id, row.state, row.by_hand), (typed, "synced", True))
        self.assertEqual(other.xero_state, "synced")
        [call] = self.write_calls("/Invoices")
        self.assertNotIn(one.name, call["body"])
        self.assertIn(other.name, call["body"])
