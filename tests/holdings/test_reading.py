from unittest.mock import patch

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

    def judged(self):
        """The documents that a reading looks at more closely."""
        model = self.env.registry["xero.document"]
        judge, found = model._judge, self.env["xero.document"]

        def note(rows, elements):
            nonlocal found
            found |= rows
            return judge(rows, elements)

        with patch.object(model, "_judge", note):
            self.check_now()
        return found

    def test_what_a_reading_looks_back_at_and_knows_needs_no_work(self):
        known, paid = self.posted().xero_document_ids, self.posted().xero_document_ids
        with self.later(minutes=1):
            self.assertEqual(self.judged(), known | paid)
        with self.later(minutes=2):
            self.pay(paid, 44)
        with self.later(minutes=3):
            self.assertEqual(self.judged(), paid)
        with self.later(minutes=4):
            self.assertFalse(self.judged())
        self.assertEqual(paid.xero_paid, 44)

    def test_what_changed_in_the_second_of_a_reading_is_looked_at_by_the_next(self):
        row = self.posted().xero_document_ids
        with self.later(minutes=1):
            self.check_now()
            marks = self.connection.sudo().holdings_marks
            mark = {**marks["Invoices"], "from": str(row.xero_updated)}
            self.connection.sudo().holdings_marks = {**marks, "Invoices": mark}
            self.assertEqual(self.judged(), row)
