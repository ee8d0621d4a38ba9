from odoo.tests import tagged

from .parts_case import PartsCase


@tagged("post_install", "-at_install")
class TestTakeOver(PartsCase):
    """Whatever happens on the way, the order ends as one invoice in Xero."""

    def assert_one_invoice(self, invoice):
        (posted,) = self.live_in_xero()
        self.assertEqual(posted["Status"], "AUTHORISED")
        self.assertEqual(posted["Total"], invoice.amount_total)
        self.assertEqual(self.xero_document_of(invoice), posted)
        self.assertEqual(invoice.xero_state, "synced")

    def test_order_shows_status_and_link_of_the_invoice_it_became(self):
        order = self.sent_order()
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(order.xero_status, "awaiting payment")
        self.assertTrue(invoice.xero_url)
        self.assertEqual(order.xero_url, invoice.xero_url)

    def test_invoice_that_took_the_draft_over_is_not_sent_again_by_the_button(self):
        invoice = self.invoice_of(self.sent_order())
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)
        self.xero.clear_calls()
        invoice.action_xero_send()
        self.finish_request()
        self.assertEqual(self.write_calls(), [])
        self.assert_one_invoice(invoice)

    # === LOST ANSWERS === #

    def test_order_whose_create_was_lost_is_invoiced_once(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.setUp_again()
                self.xero.fault("lost_answer", method="PUT", path="/Invoices")
                order = self.confirmed_order()
                self.run_job(self.connection)
                invoice = self.invoice_of(order)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assert_one_invoice(invoice)

    def test_lost_take_over_is_one_invoice(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.setUp_again()
                order = self.sent_order()
                self.xero.fault("lost_answer", method="POST", path="/Invoices")
                invoice = self.invoice_of(order)
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assert_one_invoice(invoice)

    def test_lost_take_over_of_a_part_makes_one_draft_of_the_rest(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.setUp_again()
                order = self.sent_order(quantity=10.0)
                self.xero.fault("lost_answer", method="POST", path="/Invoices")
                self.invoice_of(order, 4.0)
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.assert_sum_is(order)
                self.assertEqual(len(self.live_in_xero()), 2)

    def test_take_over_xero_never_got_is_sent_again(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.setUp_again()
                order = self.sent_order()
                self.xero.fault("dropped_before", method="POST", path="/Invoices")
                invoice = self.invoice_of(order)
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assert_one_invoice(invoice)

    def test_lost_draft_of_the_rest_is_made_once(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.setUp_again()
                order = self.sent_order(quantity=10.0)
                self.xero.fault("lost_answer", method="PUT", path="/Invoices")
                self.invoice_of(order, 4.0)
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.assert_sum_is(order)
                self.assertEqual(len(self.live_in_xero(status="DRAFT")), 1)

    def setUp_again(self):
        """The next round starts with nothing of the last one in Xero's way."""
        self.xero.clear_faults()
        self.connection.next_allowed = False
        state = self.xero.state()
        self.seeded |= {each["InvoiceID"] for each in state["Invoices"]}

    # === REFUSED === #

    def test_take_over_that_cannot_be_built_leaves_the_draft(self):
        order = self.sent_order()
        draft = self.draft_of(order)
        self.gst.xero_tax_rate_id = False
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertIn(self.gst.name, invoice.xero_message)
        (left,) = self.live_in_xero()
        self.assertEqual(left["InvoiceID"], draft["InvoiceID"])
        self.assertEqual(left["Status"], "DRAFT")
        self.gst.action_xero_accept_proposal()
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)

    def test_take_over_xero_refuses_goes_once_it_is_cured(self):
        order = self.sent_order()
        self.xero.seed(
            "Invoices",
            [
                {
                    "Type": "ACCREC",
                    "Status": "DRAFT",
                    "InvoiceNumber": "TAKEN-1",
                    "Contact": {"ContactID": self.customer.xero_contact_id.xero_id},
                    "LineItems": [{"Description": "Something else"}],
                }
            ],
        )
        invoice = order._create_invoices()
        invoice.name = "TAKEN-1"
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        self.assertIn("unique", invoice.xero_message)
        invoice.button_draft()
        invoice.name = "FREE-1"
        invoice.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.xero_document_of(invoice)["InvoiceNumber"], "FREE-1")
        self.assertEqual(invoice.xero_state, "synced")
        self.assertIsNone(self.draft_of(order))

    def test_failed_take_over_that_is_cancelled_gives_the_order_a_draft(self):
        order = self.sent_order()
        self.gst.xero_tax_rate_id = False
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        invoice.button_cancel()
        self.gst.action_xero_accept_proposal()
        self.assert_sum_is(order)
        self.assertEqual(len(self.live_in_xero(status="DRAFT")), 1)

    # === CHANGED BY HAND IN XERO === #

    def test_draft_deleted_by_hand_is_sent_as_new_without_a_question(self):
        order = self.sent_order()
        self.xero.edit("Invoices", self.draft_of(order)["InvoiceID"], Status="DELETED")
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)
        self.assertEqual(self.live_in_xero()[0]["InvoiceNumber"], invoice.name)

    def test_draft_deleted_by_hand_before_a_part(self):
        order = self.sent_order(quantity=10.0)
        self.xero.edit("Invoices", self.draft_of(order)["InvoiceID"], Status="DELETED")
        self.invoice_of(order, 4.0)
        self.assert_sum_is(order)
        self.assertEqual(len(self.live_in_xero()), 2)

    def test_draft_approved_by_hand_becomes_the_invoice(self):
        order = self.sent_order()
        draft = self.draft_of(order)
        self.xero.edit(
            "Invoices", draft["InvoiceID"], Status="AUTHORISED", DueDate="2026-12-31"
        )
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)
        self.assertEqual(self.live_in_xero()[0]["InvoiceID"], draft["InvoiceID"])

    def test_draft_edited_by_hand_asks_before_the_invoice_replaces_it(self):
        order = self.sent_order()
        draft = self.draft_of(order)
        self.xero.edit(
            "Invoices",
            draft["InvoiceID"],
            LineItems=[{**draft["LineItems"][1], "Quantity": 7}],
        )
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(invoice.xero_state, "failed")
        (left,) = self.live_in_xero()
        self.assertEqual(left["Status"], "DRAFT")
        invoice.xero_document_ids.action_replace()
        self.finish_request()
        self.assert_one_invoice(invoice)

    # === SKIPPED === #

    def test_invoice_of_a_skipped_order_takes_its_draft(self):
        order = self.sent_order()
        order.xero_document_ids.action_skip("Not this one")
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)
        self.assertEqual(order.xero_document_ids.state, "skipped")

    def test_part_of_a_skipped_order_makes_no_draft_of_the_rest(self):
        order = self.sent_order(quantity=10.0)
        order.xero_document_ids.action_skip("Not this one")
        invoice = self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)

    def test_invoice_of_an_order_that_was_never_sent(self):
        self.connection.auto_sale_order = False
        order = self.confirmed_order(quantity=10.0)
        invoice = self.invoice_of(order, 4.0)
        self.run_job(self.connection)
        self.assert_one_invoice(invoice)
        self.assertFalse(order.xero_document_ids)

    def test_order_whose_invoices_stay_at_home_keeps_its_draft(self):
        self.connection.auto_invoice = False
        order = self.sent_order()
        self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(self.draft_of(order)["Status"], "DRAFT")
