from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..xero_server import TENANT_AU
from .housekeeping_case import HousekeepingCase


@tagged("post_install", "-at_install")
class TestWhatIsRemoved(HousekeepingCase):
    """Finished rows go after the set time, and not a day before."""

    def test_a_finished_request_goes_with_its_body_after_90_days(self):
        self.sent_order()
        self.vacuum(after_days=89)
        self.assertTrue(self.requests())
        self.vacuum(after_days=91)
        self.assertFalse(self.requests())

    def test_a_refused_request_goes_too(self):
        self.sent_order()
        self.requests()[:1]._close("refused", "Xero's words")
        self.vacuum(after_days=91)
        self.assertFalse(self.requests())

    def test_a_solved_issue_goes(self):
        self.connection.create_contacts = False
        self.confirmed_order()
        self.run_job(self.connection)
        issue = self.env["xero.issue"].search([("key", "=like", "contact:%")])
        issue.sudo()._release()
        self.vacuum(after_days=89)
        self.assertTrue(issue.exists())
        self.vacuum(after_days=91)
        self.assertFalse(issue.exists())

    def test_the_row_of_a_deleted_draft_goes_when_xero_has_nothing_of_it(self):
        bill = self.new_move("in_invoice", ref="V-1")
        self.run_job(self.connection)
        row = bill.xero_document_ids
        bill.unlink()
        self.run_job(self.connection)
        self.assertEqual((row.state, row.xero_status), ("synced", "DELETED"))
        self.vacuum(after_days=89)
        self.assertTrue(row.exists())
        self.vacuum(after_days=91)
        self.assertFalse(row.exists())

    def test_each_connection_has_a_time_of_its_own(self):
        self.connection.retention_days = 7
        self.sent_order()
        other = self.connect_to_britain(self.env["res.company"].create({"name": "B"}))
        theirs = self.requests()[:1].copy(
            {"connection_id": other.id, "idempotency_key": "theirs"}
        )
        self.vacuum(after_days=8)
        self.assertFalse(self.requests())
        self.assertTrue(theirs.exists())

    def test_an_archived_connection_is_cleaned_too(self):
        self.sent_order()
        requests = self.requests()
        self.connection.active = False
        self.vacuum(after_days=91)
        self.assertFalse(requests.exists())

    def test_a_batch_at_a_time_is_removed(self):
        first = self.sent_order() and self.requests()[:1]
        for number in range(4):
            first.copy({"idempotency_key": str(number)})
        requests = self.env["xero.request"].sudo()
        count = len(self.requests())
        self.env.flush_all()
        self.connection.retention_days = 7
        with (
            freeze_time(datetime.now() + timedelta(days=8)),
            patch.object(type(requests), "_gc_batch", 3),
        ):
            self.assertEqual(requests._gc_finished(), (3, True))
        self.assertEqual(len(self.requests()), count - 3)

    def test_odoos_vacuum_runs_all_of_it(self):
        self.sent_order()
        self.env.flush_all()
        vacuum = self.env.ref("base.autovacuum_job")
        with (
            freeze_time(datetime.now() + timedelta(days=91)),
            self.enter_registry_test_mode(),
        ):
            vacuum.method_direct_trigger()
        self.env.invalidate_all()
        self.assertFalse(self.requests())


@tagged("post_install", "-at_install")
class TestWhatStays(HousekeepingCase):
    """What keeps Odoo from sending something twice is never removed."""

    def test_a_document_in_xero_is_not_sent_again_years_later(self):
        order = self.sent_order()
        row = order.xero_document_ids
        self.vacuum(after_days=4000)
        self.assertTrue(row.exists())
        self.assertFalse(row.request_id)
        self.xero.clear_calls()
        order.action_xero_send()
        self.finish_request()
        self.assertFalse(self.write_calls("/Invoices"))
        self.assertEqual(len(self.xero_invoices()), 1)

    def test_the_row_of_a_cancelled_order_keeps_its_count_of_numbers(self):
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        self.run_job(self.connection)
        invoice.button_cancel()
        self.run_job(self.connection)
        row = invoice.xero_document_ids
        self.assertEqual((row.xero_status, row.gone_count), ("VOIDED", 1))
        self.vacuum(after_days=91)
        invoice.xero_send = False
        self.assertTrue(row.exists())
        invoice.button_draft()
        invoice.action_post()
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(row.xero_number, f"{invoice.name}-2")

    @mute_logger("odoo.addons.xero_sync.models.outbox.xero_outbox_call")
    def test_a_request_without_an_answer_stays_until_it_is_found_out(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        request = order.xero_document_ids.request_id
        self.vacuum(after_days=91)
        self.assertEqual(request.exists().outcome, "unknown")
        later = datetime.now() + timedelta(days=91)
        self.xero.advance(timedelta(days=91).total_seconds())
        with freeze_time(later):
            self.run_job(self.connection)
        self.xero.advance(-timedelta(days=91).total_seconds())
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(len(self.xero_invoices()), 1)

    def test_a_request_that_a_row_still_waits_for_stays(self):
        row = self.sent_order().xero_document_ids.sudo()
        row.state = "sending"
        request = row.request_id
        self.vacuum(after_days=91)
        self.assertTrue(request.exists())

    def test_a_deleted_record_that_xero_still_has_keeps_its_row(self):
        order = self.sent_order()
        row = order.xero_document_ids
        row.action_skip("Finished in Xero")
        order._action_cancel()
        order.unlink()
        self.vacuum(after_days=91)
        self.assertTrue(row.exists().xero_id)

    def test_a_deleted_record_that_is_not_settled_keeps_its_row(self):
        bill = self.new_move("in_invoice", ref="V-1")
        self.run_job(self.connection)
        row = bill.xero_document_ids
        self.connection.next_allowed = datetime.now() + timedelta(days=999)
        bill.unlink()
        self.vacuum(after_days=91)
        self.assertEqual(row.exists().state, "pending")
        self.connection.next_allowed = False
        self.run_job(self.connection)
        [left] = [
            each
            for each in self.xero.state(TENANT_AU)["Invoices"]
            if each["InvoiceID"] == row.xero_id or each.get("InvoiceNumber") == "V-1"
        ]
        self.assertEqual(left["Status"], "DELETED")

    def test_both_sides_of_an_allocation_in_xero_stay(self):
        rows = self.env["xero.document"].sudo()
        for kind in ("credit_note", "invoice", "invoice"):
            rows += rows.create(
                {
                    "connection_id": self.connection.id,
                    "kind": kind,
                    "record_name": "Deleted in Odoo",
                    "state": "synced",
                }
            )
        credit, invoice, other = rows
        allocation = self.env["xero.allocation"].sudo()
        allocation = allocation.create(
            {
                "connection_id": self.connection.id,
                "document_id": credit.id,
                "credited_document_id": invoice.id,
                "xero_id": "0000-a",
            }
        )
        self.vacuum(after_days=91)
        self.assertEqual(rows.exists(), credit + invoice)
        self.assertFalse(other.exists())
        allocation.xero_id = False
        self.vacuum(after_days=91)
        self.assertFalse(rows.exists())

    def test_links_of_contacts_stay(self):
        self.sent_order()
        contact = self.customer.xero_contact_id
        self.vacuum(after_days=4000)
        self.assertTrue(contact.exists().xero_id)
        self.assertEqual(self.customer.xero_contact_id, contact)

    def test_an_open_issue_stays(self):
        self.connection.create_contacts = False
        self.confirmed_order()
        self.run_job(self.connection)
        issue = self.env["xero.issue"].search([("key", "=like", "contact:%")])
        self.vacuum(after_days=4000)
        self.assertEqual(issue.exists().state, "open")

    def test_a_used_connection_cannot_be_deleted_when_its_requests_are_gone(self):
        self.sent_order()
        self.vacuum(after_days=91)
        self.assertFalse(self.requests())
        self.connection.sudo().state = "draft"
        with self.assertRaisesRegex(UserError, "holds the links"):
            self.connection.unlink()

    def test_what_was_sent_long_ago_is_not_adopted_for_another_document(self):
        row = self.sent_order().xero_document_ids
        self.vacuum(after_days=91)
        known = self.connection._known_xero_ids("xero.document", [row.xero_id, "other"])
        self.assertEqual(known, {row.xero_id})


@tagged("post_install", "-at_install")
class TestRetentionSetting(HousekeepingCase):
    """How long finished rows are kept is a setting of the connection."""

    def test_it_is_set_in_the_settings(self):
        settings = self.env["res.config.settings"].create({})
        self.assertEqual(settings.xero_retention_days, 90)
        settings.xero_retention_days = 30
        self.assertEqual(self.connection.retention_days, 30)

    def test_it_has_bounds(self):
        for days in (1, 6, 3651):
            with (
                self.subTest(days=days),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.errors.CheckViolation),
                self.env.cr.savepoint(),
            ):
                self.connection.retention_days = days
                self.env.flush_all()
            self.env.invalidate_all()

    def test_an_accountant_may_not_shorten_the_audit_trail(self):
        accountant = self.env["res.users"].create(
            {
                "name": "Ada",
                "login": "ada",
                "group_ids": self.env.ref("xero_sync.xero_sync_group_accountant").ids,
                "company_id": self.company.id,
                "company_ids": self.company.ids,
            }
        )
        with self.assertRaises(AccessError):
            self.connection.with_user(accountant).retention_days = 7
