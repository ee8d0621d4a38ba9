from collections import Counter
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..outbox_case import OutboxCase

VERBS = {"GET": "read", "PUT": "make", "POST": "change", "DELETE": "remove"}


@tagged("post_install", "-at_install")
class TestCalls(OutboxCase):
    """The connection shows what each day's calls were spent on."""

    def setUp(self):
        super().setUp()
        self.connection.sudo().calls_noted = False
        self.xero.clear_calls()

    def shown(self, **values):
        """What the pivot behind the connection's button counts."""
        action = self.connection.action_open_calls()
        rows = self.env["xero.call"].search(action["domain"])
        rows = rows.filtered_domain([(name, "=", values[name]) for name in values])
        return Counter({(row.subject, row.verb): row.calls for row in rows})

    def made(self):
        """The same, counted by Xero."""
        counts = Counter()
        for call in self.xero.calls():
            parts = call["path"].partition("/api.xro/2.0/")[2].split("/")
            subject = parts[0] if parts[0] != "Organisation" else "Choices"
            for part, name in (("Attachments", "PDF"), ("Allocations", "Allocations")):
                subject = name if part in parts else subject
            if parts[0]:
                counts[subject, VERBS[call["method"]]] += 1
        return counts

    def test_every_call_of_an_orders_life_is_counted(self):
        self.connection.write({"auto_quotation": True, "attach_pdf": True})
        # Where the printer looks for styles: not on the internet
        self.env["ir.config_parameter"].set_param("report.url", self.xero.url)
        order = self.new_order()
        self.run_job(self.connection)
        order.order_line.product_uom_qty = 9
        self.run_job(self.connection)
        order.action_confirm()
        self.run_job(self.connection)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        invoice._reverse_moves([{"invoice_date": invoice.invoice_date}], cancel=True)
        self.run_job(self.connection)
        self.assertEqual(self.shown(), self.made())
        subjects = {subject for subject, _verb in self.shown()}
        self.assertLessEqual({"Quotes", "Invoices", "PDF", "Allocations"}, subjects)

    def test_what_is_read_on_the_button_is_counted(self):
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertGreaterEqual(self.shown()["Choices", "read"], 5)

    def test_a_call_that_fails_is_counted(self):
        for fault in ("rate_minute", "server_error"):
            with self.subTest(fault=fault):
                self.connection.sudo().next_allowed = False
                self.xero.fault(fault, method="PUT", path="/Invoices")
                self.confirmed_order()
                self.run_job(self.connection)
                self.xero.clear_faults()
                self.assertEqual(self.shown(), self.made())
                self.assertTrue(self.shown()["Invoices", "make"])

    def test_a_look_at_them_counts_none_twice(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.shown(), self.shown())
        self.assertEqual(self.shown()["Invoices", "make"], 1)

    def test_each_day_has_counts_of_its_own(self):
        today = fields.Date.today()
        self.confirmed_order()
        self.run_job(self.connection)
        with self.later(days=1):
            self.confirmed_order()
            self.run_job(self.connection)
            self.assertEqual(self.shown(day=today)["Invoices", "make"], 1)
            tomorrow = self.shown(day=today + timedelta(days=1))
            self.assertEqual(tomorrow["Invoices", "make"], 1)

    def test_a_count_goes_after_the_set_time(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertTrue(self.shown())
        calls = self.env["xero.call"].sudo()
        for days, left in ((89, True), (92, False)):
            with freeze_time(datetime.now() + timedelta(days=days)):
                calls._gc_finished()
            self.assertEqual(bool(calls.search([])), left)

    def test_counting_takes_no_statement_of_its_own(self):
        self.confirmed_order()
        self.run_job(self.connection)
        self.confirmed_order()
        calls = type(self.env["xero.call"])
        with patch.object(calls, "_keep") as keep:
            self.run_job(self.connection)
        keep.assert_not_called()
