import uuid
from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from ... import xero_api
from .holdings_case import HoldingsCase

MANY = 1000


@tagged("post_install", "-at_install")
class TestReadingCost(HoldingsCase):
    """A reading costs few calls and few queries, and keeps to its share of them."""

    def rows_in_xero(self, count):
        """Rows of invoices, as they are after Xero's answer."""
        return (
            self.env["xero.document"]
            .sudo()
            .create(
                [
                    {
                        "connection_id": self.connection.id,
                        "kind": "invoice",
                        "record_name": f"INV/{number}",
                        "state": "synced",
                        "xero_id": str(uuid.uuid4()),
                        "xero_status": "AUTHORISED",
                        "xero_total": 110,
                        "xero_tax": 10,
                        "xero_currency": "AUD",
                        "contact_xero_id": str(uuid.UUID(int=7)),
                        "currency_id": self.company.currency_id.id,
                    }
                    for number in range(count)
                ]
            )
        )

    def said(self, row, **values):
        """What Xero says of such a row."""
        data = {
            "InvoiceID": row.xero_id,
            "Status": "AUTHORISED",
            "Total": 110,
            "TotalTax": 10,
            "CurrencyCode": "AUD",
            "Contact": {"ContactID": row.contact_xero_id},
            **values,
        }
        exact = {
            key: xero_api.readers.Decimal(value) if isinstance(value, int) else value
            for key, value in data.items()
        }
        return xero_api.readers.element(exact, "Invoices")

    def queries_of(self, elements):
        """How many queries it takes to take these over."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.env["xero.document"].sudo()._take_over_seen(self.connection, elements)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def test_a_thousand_paid_documents_take_a_tenth_of_a_query_each(self):
        rows = self.rows_in_xero(MANY)
        paid = {"Status": "PAID", "AmountPaid": 110, "AmountDue": 0}
        queries = self.queries_of([self.said(row, **paid) for row in rows])
        self.assertLessEqual(queries, MANY / 10)
        self.assertEqual(set(rows.mapped("xero_status")), {"PAID"})

    def test_a_thousand_edited_documents_take_a_tenth_of_a_query_each(self):
        rows = self.rows_in_xero(MANY)
        queries = self.queries_of([self.said(row, Total=120) for row in rows])
        self.assertLessEqual(queries, MANY / 10)
        self.assertEqual(set(rows.mapped("state")), {"failed"})
        self.assertEqual(len(rows.issue_ids), MANY)
        self.assertEqual(set(rows.issue_ids.mapped("blocked_count")), {1})

    def test_with_nothing_changed_it_is_a_call_a_collection_and_few_queries(
        self,
    ):
        self.posted()
        self.posted("out_refund")
        order = self.confirmed_order()
        order.xero_send_choice = "yes"
        self.new_order(xero_send_choice="yes")
        self.approved_purchase()
        self.rows_in_xero(MANY)
        self.run_job(self.connection)
        with self.later(hours=1):
            self.check_now()
        connection = self.connection.sudo().with_company(self.company)
        with self.later(hours=2):
            self.xero.clear_calls()
            connection._ask_for_reading(by_person=True)
            self.env.flush_all()
            self.env.invalidate_all()
            with (
                self.enter_registry_test_mode(),
                patch.object(self.env.registry["ir.cron"], "_commit_progress"),
            ):
                before = self.env.cr.sql_log_count
                while connection._read_holdings(float("inf")):
                    pass
                self.env.flush_all()
                queries = self.env.cr.sql_log_count - before
        paths = sorted(call["path"] for call in self.xero.calls("GET"))
        self.assertEqual(
            [path.rpartition("/")[2] for path in paths],
            ["Contacts", "CreditNotes", "Invoices", "PurchaseOrders", "Quotes"],
        )
        self.assertLessEqual(queries, 20)

    def test_by_itself_it_comes_so_often_that_its_share_lasts(self):
        self.posted()
        self.connection.sudo().write({"day_limit": 1000, "holdings_calls": 5})
        interval = self.connection._reading_interval()
        self.assertEqual(interval, timedelta(hours=2, minutes=24))
        with self.later(hours=1):
            self.xero.clear_calls()
            self.run_job(self.connection)
            self.assertEqual(self.xero.calls("GET", "/Invoices"), [])
        with self.later(hours=3):
            self.run_job(self.connection)
            self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 1)

    def test_without_a_share_it_comes_only_when_asked(self):
        self.posted()
        self.connection.holdings_share = 0
        with self.later(days=1, hours=1):
            self.run_job(self.connection)
            self.assertEqual(self.xero.calls("GET", "/CreditNotes"), [])
            self.assertEqual(self.xero.calls("GET", "/Invoices"), [])

    def test_what_rings_keeps_to_the_share_once_half_of_the_day_is_used(self):
        self.posted()
        values = {"day_limit": 1000, "day_remaining": 499}
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        self.xero.limits(enabled=True, day=499, minute=1000)
        self.connection.sudo().write({**values, "day_renews_at": tomorrow})
        self.connection._ask_for_reading()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls("GET", "/Invoices"), [])
        self.check_now()  # a person waits for it
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 1)

    def test_a_persons_click_does_not_pay_for_a_reading_that_nobody_asked_for(self):
        self.posted()
        self.connection.sudo().holdings_at = fields.Datetime.now() - timedelta(days=2)
        order = self.confirmed_order()
        order.action_xero_send()
        self.finish_request()
        self.assertTrue(self.xero_document_of(order))
        self.assertEqual(self.xero.calls("GET", "/Invoices"), [])

    def test_of_documents_that_are_none_of_ours_nothing_is_kept(self):
        self.posted()
        self.xero.seed(
            "Invoices",
            [
                {
                    "Type": "ACCREC",
                    "Contact": {"Name": "Somebody else"},
                    "LineItems": [{"Description": "Theirs", "UnitAmount": 5}],
                }
            ],
        )
        before = self.env["xero.document"].search_count([])
        self.check_now()
        self.assertEqual(self.env["xero.document"].search_count([]), before)

    def test_what_has_to_be_sent_goes_before_the_next_page(self):
        self.posted()
        order = self.confirmed_order()
        self.connection._ask_for_reading()
        self.run_job(self.connection)
        writes = [
            position
            for position, call in enumerate(self.xero.calls())
            if call["method"] == "PUT"
        ]
        reads = [
            position
            for position, call in enumerate(self.xero.calls())
            if call["path"].endswith("/Invoices") and call["method"] == "GET"
        ]
        self.assertTrue(self.xero_document_of(order))
        self.assertLess(max(writes), min(reads))
