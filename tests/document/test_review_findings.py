"""Findings of a hostile reading: each lost, doubled, leaked or blocked something."""

import logging
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from ..common import XeroCase
from ..xero_server import TENANT_AU
from .credit_note_case import match

_logger = logging.getLogger(__name__)


@tagged("post_install", "-at_install")
class TestReviewFindings(XeroCase):
    # === THE DRAIN === #

    def test_one_document_that_breaks_before_sending_stops_no_other(self):
        connection = self.connect()
        broken = self.confirmed_order()
        sound = self.confirmed_order()
        right = type(broken)._xero_partner

        def wrong(order, kind):
            if order == broken:
                raise KeyError("of another module")
            return right(order, kind)

        logger = "odoo.addons.xero_sync.models.outbox.xero_outbox_batch"
        with patch.object(type(broken), "_xero_partner", wrong), mute_logger(logger):
            self.run_job(connection)
        self.assertTrue(self.xero_document_of(sound))
        self.assertEqual(broken.xero_document_ids.state, "failed")

    # === A PERSON'S WISH === #

    def test_sent_by_hand_then_cured_as_a_draft_goes_without_second_click(self):
        connection = self.connect(auto_invoice=False)
        invoice = self.new_move("out_invoice")
        rate, self.gst.xero_tax_rate_id = self.gst.xero_tax_rate_id, False
        invoice.action_post()
        invoice.action_xero_send()
        self.run_job(connection)
        self.assertEqual(invoice.xero_document_ids.state, "failed")
        invoice.button_draft()
        self.run_job(connection)
        self.gst.xero_tax_rate_id = rate
        invoice.action_post()
        self.run_job(connection)
        self.assertTrue(self.xero_document_of(invoice))

    # === SEVERAL COMPANIES AND ORGANISATIONS === #

    def test_quotation_moved_to_another_company_leaves_the_first_organisation(self):
        connection = self.connect(auto_quotation=True)
        order = self.new_order()
        self.run_job(connection)
        self.assertEqual(self.xero_document_of(order)["Status"], "DRAFT")
        row = order.xero_document_ids
        xero_id = row.xero_id
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env.user.company_ids += other
        self.product.company_id = False
        order.order_line.tax_ids = False
        order.company_id = other
        self.run_job(connection)
        quotes = self.xero.state(TENANT_AU)["Quotes"]
        (quote,) = [each for each in quotes if each["QuoteID"] == xero_id]
        self.assertEqual(quote["Status"], "DELETED")

    def test_invoices_in_an_archived_organisation_do_not_count_in_the_next(self):
        first = self.connect()
        order = self.confirmed_order(quantity=10.0)
        self.run_job(first)
        self.invoice_of(order, 4)
        self.run_job(first)
        first.sudo().write({"active": False, "tenant_id": "an earlier organisation"})
        self.env.flush_all()
        (self.gst + self.purchase_gst).xero_tax_rate_id = False
        second = self.connect()
        order.action_xero_send()
        self.run_job(second)
        row = order.xero_document_ids.filtered(
            lambda row: row.connection_id == second and row.kind == "sale_order"
        )
        self.assertEqual(row.xero_total, order.amount_total, row.read())

    # === RIGHTS === #

    def _portal_order(self):
        connection = self.connect()
        portal = new_test_user(self.env, "customer", "base.group_portal")
        order = self.new_order(partner_id=portal.partner_id.id)
        order.action_confirm()
        self.run_job(connection)
        return portal, order

    def test_portal_user_cannot_read_what_became_of_an_order_in_xero(self):
        portal, order = self._portal_order()
        order = order.with_user(portal)
        order.check_access("read")
        for field in ("xero_url", "xero_message", "xero_status", "xero_issue_id"):
            with self.subTest(field), self.assertRaises(AccessError):
                order.read([field])

    def test_link_to_xero_needs_the_right_to_read_the_document(self):
        connection = self.connect()
        order = self.confirmed_order()
        self.run_job(connection)
        stranger = new_test_user(self.env, "stranger", "base.group_user")
        for button in ("action_xero_open", "action_xero_fix"):
            with self.subTest(button), self.assertRaises(AccessError):
                getattr(order.with_user(stranger), button)()

    def test_fixing_what_was_cured_meanwhile_is_answered_in_words(self):
        self.connect()
        order = self.confirmed_order()
        with self.assertRaisesRegex(UserError, f"Nothing keeps {order.name} back"):
            order.action_xero_fix()

    def test_invoicing_user_without_sales_or_purchase_rights_posts(self):
        self.connect()
        biller = self.new_user("biller", "account.group_account_invoice")
        order = self.confirmed_order()
        invoice = order._create_invoices()
        invoice.with_user(biller).action_post()
        purchase = self.approved_purchase()
        purchase.action_create_invoice()
        bill = purchase.invoice_ids
        bill.invoice_date = "2026-03-02"
        bill.with_user(biller).action_post()
        self.end_click()
        self.assertEqual(
            (invoice + bill).mapped("xero_document_ids.state"), ["pending"] * 2
        )

    def test_salesperson_without_other_rights_confirms(self):
        self.connect()
        seller = self.new_user("seller", "sales_team.group_sale_salesman")
        order = (
            self.env["sale.order"]
            .with_user(seller)
            .create(
                {
                    "partner_id": self.customer.id,
                    "order_line": [Command.create({"product_id": self.product.id})],
                }
            )
        )
        order.action_confirm()
        order.order_line.product_uom_qty = 3
        self.end_click()
        self.assertEqual(order.sudo().xero_document_ids.state, "pending")

    # === CREDIT === #

    def test_two_credit_notes_are_set_off_no_further_than_the_invoice_goes(self):
        connection = self.connect()
        invoice = self.new_move("out_invoice")
        invoice.action_post()
        credits = self.env["account.move"]
        for _each in range(2):
            wizard = (
                self.env["account.move.reversal"]
                .with_context(active_model="account.move", active_ids=invoice.ids)
                .create({"journal_id": invoice.journal_id.id})
            )
            credit = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
            line = credit.invoice_line_ids
            credit.invoice_line_ids = [Command.update(line.id, {"price_unit": 60})]
            credits += credit
        credits.action_post()
        # Of two that are posted at once, Odoo matches the first alone by itself
        match(credits[1], invoice)
        self.run_job(connection)
        allocations = self.env["xero.allocation"].search(
            [("document_id", "in", credits.xero_document_ids.ids)]
        )
        self.assertEqual(allocations.mapped("state"), ["synced", "synced"])
        self.assertEqual(sum(allocations.mapped("amount")), invoice.amount_total)

    # === WAITING === #

    def test_skipped_invoice_that_holds_the_draft_lets_its_order_go(self):
        connection = self.connect()
        order = self.confirmed_order(quantity=10.0)
        self.run_job(connection)
        invoice = order._create_invoices()
        line = invoice.invoice_line_ids
        invoice.invoice_line_ids = [Command.update(line.id, {"quantity": 4})]
        rate, self.gst.xero_tax_rate_id = self.gst.xero_tax_rate_id, False
        invoice.action_post()
        self.run_job(connection)
        row = invoice.xero_document_ids
        self.assertEqual((row.state, row.took_over), ("failed", True))
        row.action_skip("Done by hand in Xero")
        self.gst.xero_tax_rate_id = rate
        self.run_job(connection)
        self.assertNotEqual(order.xero_document_ids.state, "held")

    def test_order_that_once_waited_for_an_item_waits_for_its_invoice_only(self):
        connection = self.connect(create_items=True)
        order = self.confirmed_order()
        other = self.confirmed_order()
        self.run_job(connection)
        row = order.sudo().xero_document_ids
        # As a change leaves it that comes while the order waits for its items
        row.waits_for_item_ids = self.env["xero.item"].search([], limit=1)
        self.assertTrue(row.waits_for_item_ids)
        row._hold_behind(other.sudo().xero_document_ids, "Waits")
        row._release_waiting(connection)
        self.assertEqual(row.state, "pending")

    def test_replaced_invoice_takes_the_same_part_of_its_order(self):
        connection = self.connect()
        order = self.confirmed_order(quantity=10.0)
        self.run_job(connection)
        invoice = self.invoice_of(order, 4)
        self.run_job(connection)
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id})
        )
        action = wizard.modify_moves()
        self.run_job(connection)
        again = self.env["account.move"].browse(action["res_id"])
        again.action_post()
        self.run_job(connection)
        row = order.xero_document_ids
        left = self.xero_document_of(order)
        self.assertEqual(row.state, "synced", row.message)
        self.assertEqual(float(left["Total"]), 990.0)

    def test_down_payment_credited_again_leaves_the_whole_order(self):
        connection = self.connect()
        order = self.confirmed_order(quantity=10.0)
        self.run_job(connection)
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create({"advance_payment_method": "percentage", "amount": 20})
        )
        wizard.create_invoices()
        deposit = order.invoice_ids
        deposit.action_post()
        self.run_job(connection)
        self.assertEqual(float(self.xero_document_of(order)["Total"]), 1320.0)
        reversal = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=deposit.ids)
            .create({"journal_id": deposit.journal_id.id})
        )
        credit = self.env["account.move"].browse(reversal.reverse_moves()["res_id"])
        credit.action_post()
        self.run_job(connection)
        self.assertEqual(float(self.xero_document_of(order)["Total"]), 1650.0)

    def test_lost_answer_to_sending_as_new_does_not_take_the_old_one_back(self):
        connection = self.connect()
        order = self.confirmed_order()
        self.run_job(connection)
        row = order.xero_document_ids
        old_id = row.xero_id
        row.action_send_as_new()
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        self.run_job(connection)
        for minutes in (10, 30):
            self.xero.advance(60 * minutes)
            with freeze_time(datetime.now() + timedelta(minutes=minutes)):
                self.run_job(connection)
        self.xero.clear_faults()
        self.assertEqual(row.state, "synced")
        self.assertNotEqual(row.xero_id, old_id)

    def test_deleting_the_record_of_a_skipped_document_leaves_xeros_alone(self):
        connection = self.connect()
        order = self.confirmed_order()
        self.run_job(connection)
        draft = self.xero_document_of(order)
        order.xero_document_ids.action_skip("The bookkeeper does it.")
        order.with_context(disable_cancel_warning=True).action_cancel()
        order.unlink()
        self.run_job(connection)
        (left,) = [
            invoice
            for invoice in self.xero_invoices()
            if invoice["InvoiceID"] == draft["InvoiceID"]
        ]
        self.assertEqual(left["Status"], "DRAFT")


@tagged("post_install", "-at_install")
class TestQueriesInTheUsersTransaction(XeroCase):
    """What the hooks cost a user does not grow with the number of documents."""

    def _growth(self, make, act):
        """Queries for each record more: with the hooks, less those without."""
        counts = {}
        for connected in (False, True):
            if connected:
                self.connect()
            for number in (2, 12):
                records = make(number)
                self.env.flush_all()
                self.env.invalidate_all()
                before = self.env.cr.sql_log_count
                act(records)
                self.env.cr.flush()
                counts[connected, number] = self.env.cr.sql_log_count - before
        own = [
            (counts[connected, 12] - counts[connected, 2]) / 10
            for connected in (False, True)
        ]
        _logger.info("queries for each record without and with the hooks: %s", own)
        return own[1] - own[0]

    def test_confirming_orders(self):
        growth = self._growth(
            lambda number: self.env["sale.order"].union(
                *(self.new_order() for _each in range(number))
            ),
            lambda orders: orders.action_confirm(),
        )
        self.assertLess(growth, 1.5)

    def test_posting_invoices(self):
        growth = self._growth(
            lambda number: self.env["account.move"].union(
                *(self.new_move("out_invoice") for _each in range(number))
            ),
            lambda moves: moves.action_post(),
        )
        self.assertLess(growth, 1.5)

    def test_sending_invoices(self):
        """The worker's own queries, for each invoice of a batch."""
        connection = self.connect()
        counts = []
        for number in (5, 25):
            for _each in range(number):
                self.new_move("out_invoice").action_post()
            self.env.cr.flush()
            before = self.env.cr.sql_log_count
            self.run_job(connection)
            counts.append(self.env.cr.sql_log_count - before)
        _logger.info("queries to send 5 and 25 invoices: %s", counts)
        self.assertLess((counts[1] - counts[0]) / 20, 15)
