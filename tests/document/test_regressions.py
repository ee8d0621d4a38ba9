"""Rules that were broken once: each of these tests has failed before."""

from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ... import xero_api
from ..outbox_case import OutboxCase


@tagged("post_install", "-at_install")
class TestRegressions(OutboxCase):
    def run_now(self):
        self.connection.next_allowed = False
        self.run_job(self.connection)

    def age_open_requests(self):
        """As if six minutes had passed since the calls nobody answered."""
        requests = self.env["xero.request"].sudo()
        for request in requests.search([("outcome", "in", ("open", "unknown"))]):
            request.sent_at = fields.Datetime.now() - timedelta(minutes=6)

    def test_refused_repetition_of_a_lost_create_makes_no_second_invoice(self):
        """A gateway's 404 to the second try says nothing about the first."""
        orders = self.confirmed_order() + self.confirmed_order()
        answers = ["lost", "not found"]
        write = xero_api.XeroClient.write

        def faulty(client, *args, **kwargs):
            answer = answers.pop(0) if answers else "good"
            if answer == "not found":
                raise xero_api.NotFound("Xero does not have it.", status=404)
            result = write(client, *args, **kwargs)
            if answer == "lost":
                raise xero_api.OutcomeUnknown("lost")
            return result

        with patch.object(xero_api.XeroClient, "write", faulty):
            self.run_now()
            self.run_now()
            self.age_open_requests()
            self.run_now()
        for order in orders:
            self.assert_in_xero_once(order)

    def test_an_update_xero_never_answers_does_not_block_the_others(self):
        poison = self.confirmed_order()
        self.run_now()
        poison.order_line.name = "POISON"
        other = self.confirmed_order()
        write = xero_api.XeroClient.write

        def silent(client, endpoint, method, body, *args, **kwargs):
            if "POISON" in body:
                raise xero_api.OutcomeUnknown("silent")
            return write(client, endpoint, method, body, *args, **kwargs)

        with patch.object(xero_api.XeroClient, "write", silent):
            for _attempt in range(10):
                self.run_now()
                self.age_open_requests()
        self.assertEqual(poison.xero_state, "failed")
        self.assert_in_xero_once(other)

    def test_try_again_on_a_contact_read_from_xero_does_not_delete_it(self):
        contact = self.customer.xero_contact_id
        contact.action_send_again()
        self.finish_request()
        self.assertTrue(contact.exists())
        self.assertEqual(self.customer.xero_contact_id, contact)

    def test_same_organisation_is_not_connected_twice_but_restored(self):
        order = self.confirmed_order()
        self.run_now()
        first = self.connection
        first.active = False
        self.env.flush_all()
        with self.assertRaisesRegex(AssertionError, "restore that one"):
            self.connect()
        self.env["xero.connection"].search([]).active = False
        self.env.flush_all()
        first.active = True
        order.order_line.product_uom_qty = 5
        self.run_now()
        self.assert_in_xero_once(order)

    def test_used_connection_is_archived_not_deleted(self):
        self.confirmed_order()
        self.run_now()
        self.connection.action_disconnect()
        self.finish_request()
        with self.assertRaisesRegex(UserError, "Archive it instead"):
            self.connection.unlink()

    def test_archived_connection_sends_nothing(self):
        order = self.confirmed_order()
        self.connection.active = False
        order.xero_document_ids.action_send_again()
        self.finish_request()
        self.assertFalse(self.xero_invoices())

    def test_a_typo_mended_on_an_old_order_does_not_send_it(self):
        self.connection.auto_sale_order = False
        order = self.confirmed_order()
        self.connection.auto_sale_order = True
        order.order_line.name = "Mended"
        self.run_now()
        self.assertFalse(order.xero_document_ids)

    def test_a_contact_no_longer_waited_for_leaves_the_documents_issue_alone(self):
        namesake = self.env["res.partner"].create({"name": "city agency"})
        order = self.confirmed_order(partner_id=namesake.id)
        self.run_now()
        self.assertEqual(order.xero_state, "held")
        self.gst.xero_tax_rate_id = False
        order.partner_invoice_id = self.customer
        self.run_now()
        self.assertEqual(order.xero_state, "failed")
        namesake.name = "Another Agency"
        self.run_now()
        self.assertTrue(order.xero_document_ids.issue_ids)

    def test_issue_of_a_cancelled_order_is_closed(self):
        self.gst.xero_tax_rate_id = False
        order = self.confirmed_order()
        self.run_now()
        order._action_cancel()
        self.run_now()
        self.assertFalse(self.env["xero.issue"].search([("state", "=", "open")]))

    def test_each_note_names_who_asked_for_that_document(self):
        users = [
            new_test_user(self.env, login, "sales_team.group_sale_salesman_all_leads")
            for login in ("xero_anna", "xero_bert")
        ]
        orders = [self.new_order(user_id=user.id) for user in users]
        for order, user in zip(orders, users, strict=True):
            order.with_user(user).action_confirm()
        self.run_now()
        for order, user in zip(orders, users, strict=True):
            notes = order.message_ids.filtered(lambda note: "Xero" in note.body)
            self.assertEqual(notes.author_id, user.partner_id)

    def test_an_accountant_cannot_disconnect(self):
        accountant = new_test_user(
            self.env, "xero_acc", "base.group_user,xero_sync.xero_sync_group_accountant"
        )
        with self.assertRaises(AccessError):
            self.connection.with_user(accountant).action_disconnect()

    def test_a_user_without_the_groups_reads_whole_records(self):
        auditor = new_test_user(self.env, "auditor", "account.group_account_readonly")
        for record in (self.confirmed_order(), self.gst):
            with self.subTest(model=record._name):
                self.env.invalidate_all()
                record.with_user(auditor).read()

    def test_deleting_the_scheduled_job_does_not_stop_sales(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.connection.sudo().cron_id.unlink()
        self.confirmed_order()
        self.env.cr.precommit.run()

    def test_negative_searches_find_what_filtering_finds(self):
        self.confirmed_order()
        self.new_order()
        orders = self.env["sale.order"].search([])
        for domain in (
            [("xero_state", "!=", "synced")],
            [("xero_state", "not in", ["synced"])],
            [("xero_number", "=", False)],
            [("xero_number", "not ilike", "zzz")],
        ):
            with self.subTest(domain=domain):
                found = self.env["sale.order"].search(domain)
                self.assertEqual(set(found), set(orders.filtered_domain(domain)))

    def test_a_fixed_tax_gets_no_proposal(self):
        zero = (
            self.env["xero.tax.rate"]
            .sudo()
            .search([("for_sales", "=", True), ("effective_rate", "=", 0)])
        )
        zero[1:].active = False
        fee = self.gst.copy({"name": "Fee", "amount_type": "fixed", "amount": 5})
        self.assertFalse(fee.xero_tax_rate_proposal_id)

    def test_switching_on_the_making_of_contacts_releases_what_lacked_one(self):
        self.connection.create_contacts = False
        partner = self.env["res.partner"].create({"name": "Nobody Yet"})
        order = self.confirmed_order(partner_id=partner.id)
        self.run_now()
        self.connection.create_contacts = True
        self.run_now()
        self.assert_in_xero_once(order)

    def test_the_reason_of_a_pause_goes_when_calls_succeed_again(self):
        self.connection._pause(1, "Xero could not be reached.")
        self.confirmed_order()
        self.run_now()
        self.assertFalse(self.connection.state_message)

    def test_an_order_whose_draft_was_deleted_in_xero_can_be_cancelled(self):
        order = self.confirmed_order()
        self.run_now()
        self.xero.edit("Invoices", order.xero_document_ids.xero_id, Status="DELETED")
        order._action_cancel()
        self.run_now()
        self.assertEqual(order.xero_state, "synced")
