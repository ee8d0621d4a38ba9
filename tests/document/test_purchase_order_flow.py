from odoo.fields import Command
from odoo.tests import tagged

from .purchase_case import PurchaseCase


@tagged("post_install", "-at_install")
class TestPurchaseOrderFlow(PurchaseCase):
    """An approved purchase order is one in Xero, through its whole life."""

    # === CREATE === #

    def test_approval_makes_one_purchase_order_with_the_same_total(self):
        order = self.approved_purchase()
        self.assertEqual(self.xero.calls(), [], "no call in the user's transaction")
        self.run_job(self.connection)
        (held,) = self.held_for(order)
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Total"], order.amount_total)
        self.assertEqual(held["TotalTax"], order.amount_tax)
        self.assertEqual(order.xero_number, held["PurchaseOrderNumber"])
        self.assertEqual(order.xero_status, "approved")

    def test_a_request_for_quotation_is_not_sent(self):
        order = self.new_purchase()
        order.order_line.product_qty = 5
        self.run_job(self.connection)
        self.assertFalse(order.xero_document_ids)
        self.assertEqual(self.write_calls(), [])

    def test_the_request_for_approval_sends_nothing_and_the_approval_does(self):
        self.company.po_double_validation = "two_step"
        self.company.po_double_validation_amount = 1
        buyer = self.new_user("buyer", "purchase.group_purchase_user")
        order = self.new_purchase()
        order.with_user(buyer).button_confirm()
        self.assertEqual(order.state, "to approve")
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        order.button_approve()
        self.run_job(self.connection)
        self.assertEqual(len(self.held_for(order)), 1)

    def test_the_status_sent_is_a_setting(self):
        for status in ("DRAFT", "SUBMITTED", "AUTHORISED"):
            with self.subTest(status):
                self.connection.purchase_order_status = status
                order = self.sent_purchase()
                self.assertEqual(self.xero_document_of(order)["Status"], status)

    def test_number_is_xeros_own_or_odoos_by_setting(self):
        first = self.sent_purchase()
        self.connection.number_purchase_order = "odoo"
        second = self.sent_purchase()
        self.assertTrue(first.xero_number.startswith("PO-"))
        self.assertEqual(second.xero_number, second.name)

    def test_reference_and_first_line_name_odoos_order(self):
        order = self.sent_purchase()
        held = self.xero_document_of(order)
        self.assertEqual(held["Reference"], order.name)
        line = held["LineItems"][0]
        self.assertEqual(line["Description"], f"Odoo purchase order {order.name}")
        self.assertNotIn("AccountCode", line)
        self.assertFalse(line.get("UnitAmount"))

    def test_date_and_expected_arrival_are_the_companys_days(self):
        self.company.partner_id.tz = "Australia/Sydney"
        order = self.sent_purchase(
            date_order="2026-06-30 22:00:00", date_planned="2026-07-14 22:00:00"
        )
        held = self.xero_document_of(order)
        self.assertEqual(held["Date"], "2026-07-01")
        self.assertEqual(held["DeliveryDate"], "2026-07-15")
        self.assertEqual(held["ExpectedArrivalDate"], "2026-07-15")

    def test_delivery_goes_to_the_company_with_its_name_and_phone(self):
        self.company.partner_id.write(
            {"street": "1 Quay St", "city": "Cairns", "phone": "07 4000 0000"}
        )
        held = self.xero_document_of(self.sent_purchase())
        self.assertIn("1 Quay St", held["DeliveryAddress"])
        self.assertIn("Cairns", held["DeliveryAddress"])
        self.assertEqual(held["AttentionTo"], self.company.name)
        self.assertEqual(held["Telephone"], "07 4000 0000")

    def test_a_dropship_address_is_the_delivery_address(self):
        order = self.approved_purchase()
        order.dest_address_id = self.env["res.partner"].create(
            {"name": "Site Office", "street": "9 Dock Rd", "phone": "08 1234"}
        )
        self.run_job(self.connection)
        held = self.xero_document_of(order)
        self.assertIn("9 Dock Rd", held["DeliveryAddress"])
        self.assertEqual(held["AttentionTo"], "Site Office")
        self.assertEqual(held["Telephone"], "08 1234")

    def test_a_discount_goes_as_a_discount(self):
        order = self.new_purchase(quantity=3)
        order.order_line.write({"price_unit": 19.99, "discount": 12.5})
        order.button_confirm()
        self.run_job(self.connection)
        held = self.xero_document_of(order)
        line = held["LineItems"][1]
        self.assertEqual(line["Quantity"], 3)
        self.assertEqual(line["UnitAmount"], 19.99)
        self.assertEqual(line["DiscountRate"], 12.5)
        self.assertEqual(line["TaxType"], "INPUT")
        self.assertEqual(held["Total"], order.amount_total)

    def test_tax_included_prices_give_the_same_total(self):
        self.purchase_gst.price_include_override = "tax_included"
        order = self.sent_purchase(quantity=7)
        held = self.xero_document_of(order)
        self.assertEqual(held["LineAmountTypes"], "Inclusive")
        self.assertEqual(held["Total"], order.amount_total)

    def test_a_vendor_in_foreign_currency_gets_odoos_rate(self):
        order = self.sent_purchase(currency_id=self.euro().id)
        held = self.xero_document_of(order)
        self.assertEqual(held["CurrencyCode"], "EUR")
        self.assertEqual(held["CurrencyRate"], 0.6152)
        self.assertEqual(held["Total"], order.amount_total)

    def test_a_vendor_xero_does_not_know_is_made_first(self):
        self.vendor.xero_contact_id = False
        order = self.sent_purchase()
        contact = self.xero_document_of(order)["Contact"]["ContactID"]
        self.assertEqual(self.vendor.xero_contact_id.xero_id, contact)

    # === CHANGE === #

    def test_edits_go_as_one_update_of_the_same_order(self):
        order = self.sent_purchase()
        (before,) = self.held_for(order)
        self.xero.clear_calls()
        order.order_line.product_qty = 5
        order.order_line = [
            Command.create(
                {
                    "product_id": self.product.id,
                    "product_qty": 1,
                    "price_unit": 7,
                    "tax_ids": self.purchase_gst.ids,
                }
            )
        ]
        order.order_line[0].price_unit = 81
        order.date_planned = "2026-12-01 08:00:00"
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls()), 1)
        (after,) = self.held_for(order)
        self.assertEqual(after["PurchaseOrderID"], before["PurchaseOrderID"])
        self.assertEqual(after["PurchaseOrderNumber"], before["PurchaseOrderNumber"])
        self.assertEqual(after["Total"], order.amount_total)
        self.assertEqual(len(after["LineItems"]), 3)
        self.assertEqual(after["DeliveryDate"], "2026-12-01")

    def test_another_vendor_after_approval_moves_the_order(self):
        order = self.sent_purchase()
        order.partner_id = self.env["res.partner"].create({"name": "New Vendor"})
        self.run_job(self.connection)
        (held,) = self.held_for(order)
        self.assertEqual(
            held["Contact"]["ContactID"], order.partner_id.xero_contact_id.xero_id
        )

    def test_a_locked_order_is_sent_and_locking_changes_nothing_in_xero(self):
        self.company.po_lock = "lock"
        order = self.sent_purchase()
        self.assertTrue(order.locked)
        self.xero.clear_calls()
        order.button_unlock()
        order.button_lock()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    # === END === #

    def test_cancel_deletes_and_renames_in_one_call(self):
        self.connection.number_purchase_order = "odoo"
        order = self.sent_purchase()
        self.xero.clear_calls()
        order.button_cancel()
        self.run_job(self.connection)
        (held,) = self.held_for(order)
        self.assertEqual(held["Status"], "DELETED")
        self.assertNotEqual(held["PurchaseOrderNumber"], order.name)
        self.assertEqual(len(self.write_calls()), 1)
        self.assertEqual(order.xero_status, "deleted")

    def test_approved_again_after_cancel_is_a_new_one_under_the_same_number(self):
        self.connection.number_purchase_order = "odoo"
        order = self.sent_purchase()
        for _time in range(2):
            order.button_cancel()
            self.run_job(self.connection)
            order.button_draft()
            order.button_confirm()
            self.run_job(self.connection)
            self.assertEqual(order.xero_state, "synced", order.xero_message)
            live = [h for h in self.held_for(order) if h["Status"] != "DELETED"]
            self.assertEqual([h["PurchaseOrderNumber"] for h in live], [order.name])
        self.assertEqual(len(self.held_for(order)), 3)

    def test_cancelled_and_approved_again_before_the_job_is_an_update(self):
        order = self.sent_purchase()
        order.button_cancel()
        order.button_draft()
        order.order_line.product_qty = 9
        order.button_confirm()
        self.run_job(self.connection)
        (held,) = self.held_for(order)
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Total"], order.amount_total)

    def test_cancel_before_it_was_sent_leaves_no_trace(self):
        order = self.approved_purchase()
        order.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.held_for(order), [])
        self.assertFalse(order.xero_document_ids)

    def test_deleting_the_order_in_odoo_deletes_it_in_xero(self):
        order = self.sent_purchase()
        held_id = order.xero_document_ids.xero_id
        order.button_cancel()
        order.unlink()
        self.run_job(self.connection)
        held = [
            each
            for each in self.xero.state()["PurchaseOrders"]
            if each["PurchaseOrderID"] == held_id
        ]
        self.assertEqual(held[0]["Status"], "DELETED")

    # === CHANGED BY HAND IN XERO === #

    def test_deleted_by_hand_is_told_and_trying_again_makes_a_new_one(self):
        for number in ("xero", "odoo"):
            with self.subTest(number):
                self.connection.number_purchase_order = number
                order = self.sent_purchase()
                held_id = order.xero_document_ids.xero_id
                self.xero.edit("PurchaseOrders", held_id, Status="DELETED")
                order.order_line.product_qty = 3
                self.run_job(self.connection)
                self.assertEqual(order.xero_state, "failed")
                self.assertIn("was deleted in Xero", order.xero_message)
                self.assertEqual(len(self.held_for(order)), 1)
                order.xero_document_ids.action_send_again()
                self.finish_request()
                self.assertEqual(order.xero_state, "synced", order.xero_message)
                self.assertEqual(len(self.held_for(order)), 2)
                self.assertEqual(
                    self.xero_document_of(order)["Total"], order.amount_total
                )

    def test_what_a_person_approved_in_xero_is_asked_about_and_stays_approved(self):
        self.connection.purchase_order_status = "SUBMITTED"
        order = self.sent_purchase()
        self.xero.edit(
            "PurchaseOrders", order.xero_document_ids.xero_id, Status="AUTHORISED"
        )
        order.order_line.product_qty = 4
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertIn("is approved there", order.xero_message)
        order.xero_document_ids.action_replace()
        self.finish_request()
        (held,) = self.held_for(order)
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Total"], order.amount_total)

    def test_an_amount_changed_by_hand_is_not_overwritten(self):
        order = self.sent_purchase()
        held_id = order.xero_document_ids.xero_id
        self.xero.edit("PurchaseOrders", held_id, Total=7, SubTotal=7, TotalTax=0)
        order.order_line.product_qty = 4
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "failed")
        self.assertEqual(self.xero_document_of(order)["Total"], 7)
