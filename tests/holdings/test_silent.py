from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged

from .restored_case import RestoredCase


@tagged("post_install", "-at_install")
class TestSilent(RestoredCase):
    """A disk that was put back: nothing but the job's long silence tells of it."""

    def be_silent(self, **delta):
        cron = self.connection.sudo().cron_id
        cron.lastcall = fields.Datetime.subtract(fields.Datetime.now(), **delta)
        self.env.flush_all()

    def test_a_quiet_start_costs_no_call(self):
        self.run_job(self.connection)
        self.be_silent(minutes=40)
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])

    def test_before_something_is_made_xero_is_read(self):
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore(place=None)
        self.be_silent(hours=3)
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.held("Invoices"), [held])
        self.assertEqual(order.xero_document_ids.state, "synced")
        self.assertTrue(self.connection.restored_from)

    def test_what_a_person_typed_under_a_heading_is_nothing_that_odoo_made(self):
        contact = self.env["xero.contact"].search([("name", "=", "City Agency")])
        typed = {
            "Contact": {"ContactID": contact.xero_id},
            "Date": "2026-03-02",
            "LineItems": [
                {"Description": "As agreed on 5 March"},
                {"Description": "Paint", "UnitAmount": 9, "AccountCode": "200"},
            ],
        }
        self.xero.seed("Quotes", [{**typed, "Title": "Paint"}])
        self.xero.seed("Invoices", [{**typed, "Type": "ACCREC", "Status": "DRAFT"}])
        self.be_silent(hours=3)
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.found_count, 0)
        self.assertFalse(self.connection.restored_from)

    def test_credit_that_waited_is_not_set_off_a_second_time(self):
        invoice, credit = self.posted(), self.posted("out_refund")
        self._register_payment(credit, amount=70)
        (invoice + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.back_up(run=False)
        self.run_job(self.connection)
        [held] = self.held("CreditNotes")
        self.assertEqual([each["Amount"] for each in held["Allocations"]], [40])
        self.restore(place="start")
        self.run_job(self.connection)
        self.assertEqual(self.held("CreditNotes"), [held])

    def test_where_nothing_is_found_nothing_is_said(self):
        self.run_job(self.connection)
        self.be_silent(hours=3)
        before = len(self.connection.message_ids)
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(len(self.held("Invoices")), 1)
        self.assertFalse(self.connection.restored_from)
        self.assertEqual(len(self.connection.message_ids), before)

    def test_the_job_of_a_quiet_company_asks_no_more_for_it(self):
        for _time in range(2):
            self.run_job(self.connection)
        with_it = self.queries_of_job()
        model = type(self.connection)
        with (
            patch.object(model, "_mind_place", lambda _self, _place: None),
            patch.object(model, "_must_catch_up", lambda _self: False),
        ):
            without = self.queries_of_job()
        self.assertEqual(with_it, without)

    def queries_of_job(self):
        self.xero.clear_calls()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        return self.env.cr.sql_log_count - before

    def test_a_server_started_anew_is_read_before_something_is_made(self):
        """A snapshot put back at once: nothing but PostgreSQL's start tells of it."""
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore(place="start")
        self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.held("Invoices"), [held])
        self.assertEqual(order.xero_document_ids.state, "synced")

    def test_a_server_that_took_over_is_read_first(self):
        """Its timeline is another: what the other one did last may be lost."""
        self.run_job(self.connection)
        self.move("timeline")
        self.run_job(self.connection)
        self.assertTrue(self.connection.restored_from)
        self.assertFalse(self.connection.unknown_since)

    def test_at_work_no_call_and_no_query_is_made_for_it(self):
        self.run_job(self.connection)
        connection = self.connection.sudo()
        place = connection.place  # the job has read the row
        with self.assertQueryCount(0):
            connection.with_context(lastcall=fields.Datetime.now())._mind_place(place)
