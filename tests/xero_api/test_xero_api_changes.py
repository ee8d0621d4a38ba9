"""What changed in Xero, what was paid there, and who did it, from the local Xero."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

from odoo.tests import tagged

from .client_case import ClientCase

LINE = {"Description": "Desk", "Quantity": 1, "UnitAmount": 100, "TaxType": "OUTPUT"}


@tagged("post_install", "-at_install")
class TestChanges(ClientCase):
    def seed(self, count=1, **values):
        """Authorised invoices of a hundred and ten each."""
        invoice = {
            "Type": "ACCREC",
            "Status": "AUTHORISED",
            "DueDate": "2026-12-20",
            "Contact": {"Name": "Acme"},
            "LineItems": [{**LINE, "AccountCode": "200"}],
            **values,
        }
        return self.xero.seed("Invoices", [invoice] * count)

    def test_a_page_of_what_changed_tells_xeros_own_time(self):
        self.seed()
        before = datetime.now(timezone.utc)
        self.xero.advance(1200)
        (old,) = self.client.changed_page("Invoices", 1).items[-1:]
        page = self.client.changed_page("Invoices", 1, before + timedelta(minutes=10))
        self.assertEqual(page.items, [])
        self.assertGreater(page.at, before + timedelta(minutes=19))
        self.xero.edit("Invoices", old.xero_id, Reference="changed")
        page = self.client.changed_page("Invoices", 1, before + timedelta(minutes=10))
        self.assertEqual([each.xero_id for each in page.items], [old.xero_id])

    def test_a_long_list_is_read_by_id_so_that_no_change_moves_one_away(self):
        self.seed(3)
        items = self.client.changed_page("Invoices", 1).items
        ids = [each.xero_id for each in items]
        self.assertEqual(ids, sorted(ids))
        (call,) = self.xero.calls("GET", "/Invoices")
        self.assertEqual(call["query"]["pageSize"], "1000")

    def test_a_page_of_some_days_has_the_heads_of_the_documents_dated_then(self):
        self.seed(Date="2026-03-02", Reference="REF")
        self.seed(Date="2026-04-01")
        first, last = date(2026, 3, 1), date(2026, 3, 31)
        (head,) = self.client.dated_page("Invoices", 1, first, last).items
        element = self.client.document("Invoices", head.xero_id)
        self.assertEqual(element.reference, "REF")
        for name, value in head._asdict().items():
            with self.subTest(field=name):
                self.assertEqual(value, getattr(element, name))

    def test_what_is_paid_is_told(self):
        (invoice,) = self.seed()
        books = self.xero.state()
        bank = next(each for each in books["Accounts"] if each["Type"] == "BANK")
        payment = {
            "Invoice": {"InvoiceID": invoice["InvoiceID"]},
            "Account": {"AccountID": bank["AccountID"]},
        }
        self.xero.seed("Payments", [{**payment, "Amount": 44}])
        found = self.client.document("Invoices", invoice["InvoiceID"])
        amounts = (found.left, found.paid, found.credited)
        self.assertEqual(amounts, (Decimal(66), Decimal(44), Decimal(0)))
        self.assertIsNone(found.paid_on)
        self.xero.seed("Payments", [{**payment, "Amount": 66}])
        found = self.client.document("Invoices", invoice["InvoiceID"])
        self.assertEqual((found.left, found.paid), (Decimal(0), Decimal(110)))
        self.assertTrue(found.paid_on)

    def test_the_history_tells_who_did_what_the_newest_first(self):
        (invoice,) = self.seed()
        self.xero.advance(60)
        self.xero.edit("Invoices", invoice["InvoiceID"], Reference="changed")
        newest, *_older = self.client.history("Invoices", invoice["InvoiceID"])
        self.assertEqual((newest.user, newest.changes), ("Demo User", "Edited"))
        self.assertEqual(newest.at.tzinfo, timezone.utc)
