from odoo.tests import tagged

from .holdings_case import HoldingsCase


@tagged("post_install", "-at_install")
class TestReading(HoldingsCase):
    """What changed in Xero is read for the documents we have."""

    def test_a_payment_in_xero_is_noted(self):
        row = self.posted().xero_document_ids
        self.pay(row, 44)
        self.check_now()
        self.assertEqual(row.xero_status, "AUTHORISED")
        self.assertEqual((row.xero_paid, row.xero_due), (44, 66))
        self.pay(row, 66)
        self.check_now()
        self.assertEqual(row.xero_status, "PAID")
        self.assertEqual((row.xero_paid, row.xero_due), (110, 0))
        self.assertTrue(row.xero_paid_on)
        self.assertEqual(row.state, "synced")

    def test_many_wishes_are_one_reading(self):
        self.posted()
        for _time in range(3):
            self.connection._ask_for_reading()
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 1)
        self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 1)
