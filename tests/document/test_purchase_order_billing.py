from odoo.fields import Command
from odoo.tests import tagged

from .purchase_case import PurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseOrderBilled(PurchaseCase):
    """Fully billed in Odoo is billed in Xero, which knows no way back from that."""

    def status_of(self, order):
        self.run_job(self.connection)
        return self.xero_document_of(order)["Status"]

    def test_posting_the_bill_for_everything_makes_it_billed(self):
        order = self.sent_purchase()
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(order.xero_status, "billed")
        self.assertEqual(len(self.held_for(order)), 1)

    def test_a_draft_bill_is_not_enough(self):
        order = self.sent_purchase()
        bill = self.bill_of(order, post=False)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        bill.action_post()
        self.assertEqual(self.status_of(order), "BILLED")

    def test_partly_billed_is_not_billed_and_the_last_bill_makes_it_so(self):
        order = self.sent_purchase(quantity=5)
        self.bill_of(order, quantity=2)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")

    def test_what_was_received_so_far_is_not_the_whole_order(self):
        self.product.purchase_method = "receive"
        order = self.sent_purchase(quantity=5)
        order.order_line.qty_received = 2
        self.bill_of(order)
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.status_of(order), "AUTHORISED")
        order.order_line.qty_received = 5
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")

    def test_received_short_and_locked_by_a_person_it_is_billed(self):
        self.product.purchase_method = "receive"
        order = self.sent_purchase(quantity=10)
        order.order_line.qty_received = 8
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "AUTHORISED")
        order.button_lock()
        self.assertEqual(order.invoice_status, "invoiced")
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertFalse(order.xero_warning)

    def test_where_each_order_is_locked_on_approval_that_closes_none(self):
        self.company.po_lock = "lock"
        self.product.purchase_method = "receive"
        order = self.sent_purchase(quantity=10)
        self.assertTrue(order.locked)
        order.order_line.qty_received = 8
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "AUTHORISED")

    def test_billed_for_more_than_ordered_it_is_billed(self):
        order = self.sent_purchase(quantity=10)
        self.bill_of(order, quantity=12)
        self.assertEqual(order.invoice_status, "to invoice")
        self.assertEqual(self.status_of(order), "BILLED")

    def test_a_bill_matched_to_the_order_later_counts_and_names_it(self):
        order = self.sent_purchase()
        bill = self.new_move("in_invoice")
        bill.invoice_line_ids.write({"quantity": 2, "price_unit": 80})
        bill.action_post()
        self.assertEqual(self.status_of(order), "AUTHORISED")
        bill.invoice_line_ids.purchase_line_id = order.order_line
        self.assertEqual(self.status_of(order), "BILLED")
        title = self.xero_document_of(bill)["LineItems"][0]["Description"]
        self.assertIn(order.name, title)

    def test_a_down_payment_is_no_part_of_what_was_ordered(self):
        self.connection.zero_purchase_tax_rate_id = False
        order = self.sent_purchase()
        order._create_downpayments(
            [
                {
                    "name": "Down",
                    "order_id": order.id,
                    "is_downpayment": True,
                    "product_qty": 0,
                    "price_unit": 50,
                }
            ]
        )
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        quantities = [
            line.get("Quantity") for line in self.held_for(order)[0]["LineItems"]
        ]
        self.assertNotIn(0, quantities)

    def test_a_buyer_reads_the_form_of_a_billed_order(self):
        buyer = self.new_user("buyer", "purchase.group_purchase_user")
        order = self.sent_purchase()
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        order.order_line.product_qty = 9
        self.env.invalidate_all()
        self.assertIn("stays billed", order.with_user(buyer).xero_warning)

    def test_an_order_approved_and_billed_before_the_job_goes_as_billed(self):
        order = self.approved_purchase()
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(len(self.write_calls("/PurchaseOrders")), 1)

    def test_billed_from_every_status_that_the_setting_gives(self):
        for status in ("DRAFT", "SUBMITTED", "AUTHORISED"):
            with self.subTest(status):
                self.connection.purchase_order_status = status
                order = self.sent_purchase()
                self.bill_of(order)
                self.assertEqual(self.status_of(order), "BILLED")

    def test_a_bill_cancelled_afterwards_leaves_it_billed_and_the_form_says_so(self):
        order = self.sent_purchase()
        bill = self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertFalse(order.xero_warning)
        bill.button_draft()
        bill.button_cancel()
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(order.xero_state, "synced")
        self.assertIn("stays billed", order.xero_warning)
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertFalse(order.xero_warning)
        self.assertEqual(len(self.held_for(order)), 1)

    def test_edits_after_it_was_billed_update_it(self):
        order = self.sent_purchase()
        self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        order.order_line.product_qty = 6
        self.assertEqual(self.status_of(order), "BILLED")
        self.assertEqual(self.xero_document_of(order)["Total"], order.amount_total)

    def test_cancelled_after_its_bill_was_it_is_deleted_though_billed(self):
        order = self.sent_purchase()
        bill = self.bill_of(order)
        self.assertEqual(self.status_of(order), "BILLED")
        bill.button_draft()
        bill.button_cancel()
        order.button_cancel()
        self.run_job(self.connection)
        (held,) = self.held_for(order)
        self.assertEqual(held["Status"], "DELETED")
        self.assertFalse(order.xero_warning)

    def test_the_order_shows_its_own_number_and_its_bills(self):
        order = self.sent_purchase()
        own = order.xero_number
        bill = self.bill_of(order)
        bill.ref = "V-77"
        self.run_job(self.connection)
        self.assertEqual(order.xero_number, f"{own}, V-77")
        self.assertEqual(
            order.xero_shown_document_ids.mapped("kind"), ["purchase_order", "bill"]
        )


@tagged("post_install", "-at_install")
class TestPurchaseOrderMany(PurchaseCase):
    """Nothing depends on a click: imports, other companies, lost answers, switches."""

    def test_sixty_imported_orders_take_two_calls(self):
        self.env["purchase.order"].create(
            [
                {
                    "partner_id": self.vendor.id,
                    "order_line": [
                        Command.create(
                            {
                                "product_id": self.product.id,
                                "product_qty": number + 1,
                                "price_unit": 80,
                                "tax_ids": self.purchase_gst.ids,
                            }
                        )
                    ],
                }
                for number in range(60)
            ]
        ).button_confirm()
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls()), 2)
        orders = self.env["purchase.order"].search(
            [("partner_id", "=", self.vendor.id)]
        )
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertEqual(len(set(orders.mapped("xero_number"))), 60)

    def test_an_order_imported_as_approved_is_sent(self):
        order = self.new_purchase(state="purchase")
        self.run_job(self.connection)
        self.assertEqual(len(self.held_for(order)), 1)

    def test_each_way_to_lose_the_answer_ends_with_one_order(self):
        def check(order):
            self.assertEqual(order.xero_state, "synced", order.xero_message)
            (held,) = self.held_for(order)
            self.assertEqual(order.xero_number, held["PurchaseOrderNumber"])

        faults = ("lost_answer", "dropped_before", "server_error_after", "half_answer")
        self.lose_each_answer(
            faults, "PUT", "/PurchaseOrders", self.approved_purchase, check
        )

    def test_a_lost_deletion_is_found_out(self):
        self.connection.number_purchase_order = "odoo"
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.connection.next_allowed = False
                order = self.sent_purchase()
                self.xero.fault("lost_answer", method="POST", path="/PurchaseOrders")
                order.button_cancel()
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assertEqual(order.xero_status, "deleted")
                order.button_draft()
                order.button_confirm()
                with self.later(minutes=minutes + 20):
                    self.run_job(self.connection)
                self.assertEqual(order.xero_number, order.name)

    def test_an_order_of_another_company_goes_through_its_own_connection(self):
        other = self.setup_other_company(name="London Office")["company"]
        connection = self.connect_to_britain(other)
        connection.zero_purchase_tax_rate_id = self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", connection.id),
                ("tax_type", "=", "ZERORATEDINPUT"),
            ]
        )
        order = self.new_purchase(
            company_id=other.id,
            currency_id=self.env.ref("base.GBP").id,
            order_line=[
                Command.create(
                    {
                        "product_id": self.product.id,
                        "product_qty": 1,
                        "price_unit": 5,
                        "tax_ids": [],
                    }
                )
            ],
        )
        order.button_confirm()
        self.run_job(self.connection)
        self.assertFalse(order.xero_number)
        self.run_job(connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(order.xero_document_ids.connection_id, connection)

    def test_switch_partner_and_box_decide_and_the_button_sends_anyway(self):
        self.vendor.xero_send_purchases = "never"
        order = self.approved_purchase()
        boxed = self.approved_purchase(xero_send_choice="yes")
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        self.assertEqual(len(self.held_for(boxed)), 1)
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "synced")

    def test_the_list_action_sends_many_at_once(self):
        self.connection.auto_purchase_order = False
        orders = self.approved_purchase() + self.approved_purchase()
        orders.action_xero_send()
        self.finish_request()
        self.assertEqual(orders.mapped("xero_state"), ["synced", "synced"])
        self.assertEqual(len(self.write_calls()), 1)
