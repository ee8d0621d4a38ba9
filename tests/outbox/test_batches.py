from odoo.tests import tagged
from odoo.tools import mute_logger

from ..outbox_case import OutboxCase

OUTBOX = "odoo.addons.xero_sync.models.outbox.xero_outbox"


@tagged("post_install", "-at_install")
class TestBatches(OutboxCase):
    """Many rows, few calls, and no row in another's way."""

    def test_fifty_documents_go_in_one_call(self):
        orders = self.env["sale.order"].concat(*(self.new_order() for _n in range(51)))
        orders.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls("/Invoices")), 2)
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})

    def test_whole_request_refused_is_sent_singly_to_find_the_culprit(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        (good + bad).order_line.product_uom_qty = 3
        # An id Xero does not have makes the whole request a 404
        bad.xero_document_ids.sudo().xero_id = "99999999-9999-4999-8999-999999999999"
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")

    def test_unforeseen_mapping_error_fails_one_row_only(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        bad.currency_id = self.env["res.currency"].create(
            {"name": "QQQ", "symbol": "Q", "active": True}
        )
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")

    @mute_logger(f"{OUTBOX}_batch")
    def test_bug_on_one_record_stops_no_other(self):
        good, bad = self.confirmed_order(), self.confirmed_order()
        orders = type(self.env["sale.order"])
        prepare = orders._xero_prepare

        def broken(order, *args):
            return 1 / 0 if order == bad else prepare(order, *args)

        self.patch(orders, "_xero_prepare", broken)
        self.run_job(self.connection)
        self.assertEqual(good.xero_state, "synced")
        self.assertEqual(bad.xero_state, "failed")
        self.assertIn("unexpected error", bad.xero_message)

    @mute_logger(OUTBOX)
    def test_failing_run_after_a_click_does_not_fail_the_click(self):
        order = self.confirmed_order()
        self.patch(
            type(self.env["xero.connection"]), "_run", lambda *args, **kwargs: 1 / 0
        )
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "pending")

    def test_skipped_document_stays_until_somebody_asks(self):
        order = self.confirmed_order()
        order.xero_document_ids.action_skip()
        order.order_line.product_uom_qty = 4
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        order.action_xero_send()
        self.finish_request()
        self.assert_in_xero_once(order)
