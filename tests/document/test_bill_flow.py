from odoo.fields import Command
from odoo.tests import Form, tagged

from .bill_case import BillCase


@tagged("post_install", "-at_install")
class TestBillFlow(BillCase):
    """A vendor bill is in Xero from the draft on, through its whole life."""

    # === CREATE === #

    def test_converting_a_purchase_order_makes_the_draft_in_the_same_run(self):
        order = self.approved_purchase()
        order.action_create_invoice()
        bill = order.invoice_ids
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Type"], "ACCPAY")
        self.assertEqual(held["Status"], "DRAFT")
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(held["TotalTax"], bill.amount_tax)
        self.assertEqual(bill.xero_state, "synced")

    def test_by_hand_it_is_sent_once_it_has_a_vendor_and_a_line(self):
        bill = self.env["account.move"].create({"move_type": "in_invoice"})
        self.run_job(self.connection)
        bill.partner_id = self.vendor
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(bill.xero_document_ids)
        bill.invoice_line_ids = [
            Command.create(
                {"name": "Paper", "price_unit": 9, "tax_ids": self.purchase_gst.ids}
            )
        ]
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Total"], bill.amount_total)

    def test_entered_in_the_form_it_is_one_draft(self):
        moves = self.env["account.move"].with_context(default_move_type="in_invoice")
        with Form(moves) as form:
            form.partner_id = self.vendor
            form.ref = "V-1"
            with form.invoice_line_ids.new() as line:
                line.product_id = self.product
                line.price_unit = 12.5
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["InvoiceNumber"], "V-1")
        self.assertEqual(held["Total"], form.record.amount_total)

    def test_a_draft_without_a_date_is_taken(self):
        bill = self.sent_bill(post=False, invoice_date=False)
        self.assertFalse(bill.invoice_date)
        self.assertEqual(self.bills_in_xero()[0]["Status"], "DRAFT")

    def test_first_line_names_every_purchase_order_of_the_bill(self):
        first, second = self.approved_purchase(), self.approved_purchase()
        (first + second).action_create_invoice()
        bill = first.invoice_ids
        self.assertEqual(bill, second.invoice_ids)
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        text = held["LineItems"][0]["Description"]
        self.assertIn(first.name, text)
        self.assertIn(second.name, text)
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(len(held["LineItems"]), 3)

    def test_lines_of_quantity_zero_stay_in_odoo(self):
        """Odoo takes the lines of an order over into a bill, received or not."""
        order = self.approved_purchase()
        order.order_line.copy({"order_id": order.id, "name": "Not yet received"})
        order.action_create_invoice()
        bill = order.invoice_ids
        bill.invoice_line_ids[1:].quantity = 0
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(len(held["LineItems"]), 2)

    def test_the_vendors_reference_is_the_number_also_when_it_comes_later(self):
        bill = self.sent_bill(post=False)
        self.assertFalse(self.bills_in_xero()[0].get("InvoiceNumber"))
        bill.ref = "INV/2026/9"
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["InvoiceNumber"], "INV/2026/9")
        self.assertEqual(bill.xero_number, "INV/2026/9")

    def test_a_reference_that_alone_changed_is_sent_once(self):
        bill = self.sent_bill(post=False, ref="1001")
        self.xero.clear_calls()
        bill.ref = "1002"
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["InvoiceNumber"], "1002")
        bill.action_xero_send()
        self.finish_request()
        self.assertEqual(len(self.write_calls()), 1)

    def test_a_reference_that_xero_trims_is_sent_once(self):
        trimmed = {"InvoiceNumber": "INV 7"}
        self.xero.fault("altered_answer", path="/Invoices", values=trimmed)
        bill = self.sent_bill(post=False, ref="INV  7 ")
        self.assertEqual(bill.xero_number, "INV 7")
        self.xero.clear_calls()
        bill.action_xero_send()
        self.finish_request()
        self.assertEqual(self.write_calls(), [])

    def test_two_bills_may_carry_the_same_vendors_number(self):
        other = self.env["res.partner"].create({"name": "Namesake Ltd"})
        first = self.sent_bill(ref="1001")
        second = self.sent_bill(ref="1001", partner_id=other.id)
        numbers = [each["InvoiceNumber"] for each in self.bills_in_xero()]
        self.assertEqual(numbers, ["1001", "1001"])
        self.assertNotEqual(
            first.xero_document_ids.xero_id, second.xero_document_ids.xero_id
        )

    def test_sixty_imported_bills_take_two_calls(self):
        values = self.new_move("in_invoice").copy_data()[0]
        self.env["account.move"].create(
            [{**values, "ref": f"V-{number}"} for number in range(59)]
        )
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls()), 2)
        self.assertEqual(len(self.bills_in_xero()), 60)

    def test_discounts_are_netted_and_totals_equal(self):
        for price, quantity, discount in (
            (100, 1, 10),
            (19.99, 3, 12.5),
            (7.77, 7, 33),
        ):
            with self.subTest(price=price, quantity=quantity, discount=discount):
                bill = self.new_move("in_invoice")
                bill.invoice_line_ids.write(
                    {"price_unit": price, "quantity": quantity, "discount": discount}
                )
                bill.action_post()
                self.run_job(self.connection)
                held = self.xero_document_of(bill)
                self.assertNotIn("DiscountRate", held["LineItems"][1])
                self.assertEqual(held["Total"], bill.amount_total)
                self.assertEqual(bill.xero_state, "synced")

    def test_tax_included_prices_give_the_same_total(self):
        self.purchase_gst.price_include_override = "tax_included"
        bill = self.sent_bill()
        (held,) = self.bills_in_xero()
        self.assertEqual(held["LineAmountTypes"], "Inclusive")
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(held["TotalTax"], bill.amount_tax)

    def test_a_purchase_receipt_is_a_bill(self):
        self.sent_bill("in_receipt")
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Type"], "ACCPAY")
        self.assertEqual(held["Status"], "AUTHORISED")

    def test_a_bill_in_foreign_currency_has_its_own_rate(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        bill = self.sent_bill(currency_id=euro.id, invoice_currency_rate=0.5912)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["CurrencyCode"], "EUR")
        self.assertEqual(held["CurrencyRate"], 0.5912)
        self.assertEqual(held["Total"], bill.amount_total)

    # === CHANGE === #

    def test_edits_of_the_draft_coalesce_into_one_update(self):
        bill = self.sent_bill(post=False)
        self.xero.clear_calls()
        line = bill.invoice_line_ids
        bill.invoice_line_ids = [Command.update(line.id, {"quantity": 3})]
        line.price_unit = 55
        self.env["account.move.line"].create(
            {
                "move_id": bill.id,
                "name": "Freight",
                "price_unit": 4,
                "tax_ids": self.purchase_gst.ids,
            }
        )
        bill.narration = "No concern of Xero's"
        self.run_job(self.connection)
        self.assertEqual(len(self.write_calls()), 1)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(len(held["LineItems"]), 3)

    def test_lines_written_by_themselves_reach_the_draft(self):
        bill = self.sent_bill(post=False)
        bill.invoice_line_ids.quantity = 4
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Total"], bill.amount_total)
        extra = bill.invoice_line_ids.copy({"price_unit": 3})
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Total"], bill.amount_total)
        extra.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Total"], bill.amount_total)

    def test_posting_makes_the_same_bill_awaiting_payment(self):
        bill = self.sent_bill(post=False)
        bill.action_post()
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Date"], "2026-03-02")
        self.assertEqual(held["DueDate"], str(bill.invoice_date_due))
        self.assertIn(bill.name, held["LineItems"][0]["Description"])

    def test_the_status_of_posted_bills_is_a_setting(self):
        for status in ("DRAFT", "SUBMITTED", "AUTHORISED"):
            with self.subTest(status):
                self.connection.bill_status = status
                bill = self.sent_bill(post=False)
                bill.action_post()
                self.run_job(self.connection)
                self.assertEqual(self.xero_document_of(bill)["Status"], status)

    def test_reset_to_draft_sends_nothing_and_posting_again_updates(self):
        bill = self.sent_bill()
        self.xero.clear_calls()
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 120
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(bill.xero_state, "synced")
        bill.action_post()
        self.run_job(self.connection)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Total"], bill.amount_total)

    # === END === #

    def test_cancelled_as_draft_it_is_deleted(self):
        bill = self.sent_bill(post=False)
        bill.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Status"], "DELETED")

    def test_cancelled_after_posting_it_is_voided(self):
        bill = self.sent_bill()
        bill.button_draft()
        bill.button_cancel()
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Status"], "VOIDED")
        self.assertEqual(bill.xero_status, "voided")

    def test_a_draft_deleted_in_odoo_is_deleted(self):
        bill = self.sent_bill(post=False)
        bill.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Status"], "DELETED")

    def test_entered_and_deleted_before_the_job_it_leaves_no_trace(self):
        bill = self.new_move("in_invoice")
        bill.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero(), [])

    def test_cancelled_and_posted_again_it_is_a_new_bill(self):
        bill = self.sent_bill(ref="V-5")
        bill.button_draft()
        bill.button_cancel()
        self.run_job(self.connection)
        bill.button_draft()
        bill.action_post()
        self.run_job(self.connection)
        statuses = [each["Status"] for each in self.bills_in_xero()]
        self.assertEqual(statuses, ["VOIDED", "AUTHORISED"])
        self.assertEqual(bill.xero_number, "V-5")

    # === REFUSED === #

    def test_paid_in_xero_meanwhile_is_told_with_the_choices(self):
        bill = self.sent_bill()
        document = bill.xero_document_ids
        self.pay_in_xero(document)
        bill.button_draft()
        bill.invoice_line_ids.price_unit = 150
        bill.action_post()
        self.run_job(self.connection)
        self.assertEqual(bill.xero_state, "failed")
        self.assertIn("paid", bill.xero_message)
        self.assertIn("send the document as a new one", bill.xero_message)
        (held,) = self.bills_in_xero()
        self.assertEqual(held["Total"], 110)

    def pay_in_xero(self, document):
        self.xero.seed(
            "Payments",
            [
                {
                    "Invoice": {"InvoiceID": document.xero_id},
                    "Account": {"Code": "090"},
                    "Date": "2026-03-10",
                    "Amount": document.xero_total,
                }
            ],
        )

    # === LOST ANSWERS === #

    def test_a_lost_answer_makes_no_second_bill_though_nothing_names_it(self):
        parameters = self.env["ir.config_parameter"]
        addresses = ("https://odoo.example.com", "https://xero.example.com")
        for address in addresses:
            for minutes in (2, 10):
                with self.subTest(address=address, minutes=minutes):
                    parameters.set_param("web.base.url", address)
                    self.connection.next_allowed = False
                    self.seeded |= {each["InvoiceID"] for each in self.bills_in_xero()}
                    self.xero.fault("lost_answer", method="PUT", path="/Invoices")
                    bill = self.new_move("in_invoice")
                    self.run_job(self.connection)
                    with self.later(minutes=minutes):
                        self.run_job(self.connection)
                    self.assertEqual(len(self.bills_in_xero()), 1)
                    self.assertEqual(bill.xero_state, "synced", bill.xero_message)

    def test_a_lost_voiding_is_found_out(self):
        bill = self.sent_bill()
        self.xero.fault("lost_answer", method="POST", path="/Invoices")
        bill.button_draft()
        bill.button_cancel()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assertEqual(bill.xero_status, "voided")
