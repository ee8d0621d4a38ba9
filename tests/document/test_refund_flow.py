from odoo.tests import tagged

from .refund_case import RefundCase


@tagged("post_install", "-at_install")
class TestRefundFlow(RefundCase):
    """A posted vendor refund is a supplier credit note, set off against its bill."""

    def test_posting_makes_a_supplier_credit_note(self):
        refund = self.sent_bill("in_refund", ref="CR-9")
        (held,) = self.refunds_in_xero()
        self.assertEqual(held["Type"], "ACCPAYCREDIT")
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["CreditNoteNumber"], "CR-9")
        self.assertEqual(held["Total"], refund.amount_total)
        self.assertEqual(held["TotalTax"], refund.amount_tax)
        self.assertEqual(self.bills_in_xero(), [])

    def test_a_draft_refund_stays_in_odoo(self):
        self.new_move("in_refund")
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])

    def test_its_status_is_that_of_bills(self):
        self.connection.bill_status = "SUBMITTED"
        self.sent_bill("in_refund")
        self.assertEqual(self.refunds_in_xero()[0]["Status"], "SUBMITTED")

    def test_it_is_set_off_against_the_bill_it_reverses(self):
        bill = self.sent_bill()
        refund = self.reverse(bill, ref="CR-1")
        self.run_job(self.connection)
        (held,) = self.refunds_in_xero()
        (credited,) = self.bills_in_xero()
        self.assertEqual(held["RemainingCredit"], 0)
        self.assertEqual(held["Status"], "PAID")
        self.assertEqual(credited["AmountCredited"], bill.amount_total)
        self.assertEqual(credited["Status"], "PAID")
        self.assertEqual(refund.xero_number, "CR-1")

    def test_a_part_of_the_bill_is_set_off(self):
        bill = self.sent_bill()
        bill_id = bill.xero_document_ids.xero_id
        refund = self.reverse(bill, quantity=0.25)
        self.run_job(self.connection)
        (credited,) = [b for b in self.bills_in_xero() if b["InvoiceID"] == bill_id]
        self.assertEqual(credited["AmountCredited"], refund.amount_total)
        self.assertEqual(credited["Status"], "AUTHORISED")

    def test_bill_and_refund_in_one_run_are_set_off_too(self):
        bill = self.new_move("in_invoice")
        bill.action_post()
        self.reverse(bill)
        self.run_job(self.connection)
        self.assertEqual(self.refunds_in_xero()[0]["RemainingCredit"], 0)

    def test_cancelled_it_is_taken_back_and_voided(self):
        bill = self.sent_bill()
        refund = self.reverse(bill)
        self.run_job(self.connection)
        refund.button_draft()
        refund.button_cancel()
        self.run_job(self.connection)
        (held,) = self.refunds_in_xero()
        (credited,) = self.bills_in_xero()
        self.assertEqual(held["Status"], "VOIDED", refund.xero_message)
        self.assertEqual(credited["AmountCredited"], 0)
        self.assertEqual(credited["Status"], "AUTHORISED")
        self.assertEqual(refund.xero_status, "voided")

    def test_the_bill_is_voided_after_its_credit_was_taken_back(self):
        bill = self.sent_bill()
        bill_id = bill.xero_document_ids.xero_id
        self.reverse(bill)
        self.run_job(self.connection)
        bill.button_draft()
        bill.button_cancel()
        self.run_job(self.connection)
        held = {each["InvoiceID"]: each for each in self.bills_in_xero()}
        self.assertEqual(held[bill_id]["Status"], "VOIDED", bill.xero_message)
        self.assertEqual(self.refunds_in_xero()[0]["Status"], "AUTHORISED")

    def test_a_draft_bill_below_zero_is_a_draft_credit_note_and_stays_the_same(self):
        bill = self.new_move("in_invoice", ref="V-9")
        bill.invoice_line_ids.price_unit = -100
        self.run_job(self.connection)
        self.assertEqual(bill.xero_state, "synced", bill.xero_message)
        (held,) = self.refunds_in_xero()
        self.assertEqual((held["Status"], held["Total"]), ("DRAFT", 110))
        self.assertEqual(held["CreditNoteNumber"], "V-9")
        bill.action_switch_move_type()
        bill.action_post()
        self.run_job(self.connection)
        (after,) = self.refunds_in_xero()
        self.assertEqual(after["CreditNoteID"], held["CreditNoteID"])
        self.assertEqual((after["Status"], after["Total"]), ("AUTHORISED", 110))
        self.assertEqual(self.bills_in_xero(), [])

    def test_a_draft_bill_odoo_turns_into_a_refund_ends_in_xero(self):
        bill = self.sent_bill(post=False)
        bill.action_switch_move_type()
        self.assertEqual(bill.move_type, "in_refund")
        self.run_job(self.connection)
        self.assertEqual(self.bills_in_xero()[0]["Status"], "DELETED")
        self.assertEqual(self.refunds_in_xero(), [])
        bill.action_post()
        self.run_job(self.connection)
        (held,) = self.refunds_in_xero()
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(held["Total"], bill.amount_total)
        self.assertEqual(bill.xero_state, "synced")
        self.assertEqual(bill.xero_status, "awaiting payment")

    def test_goods_sent_back_are_converted_to_a_refund(self):
        self.product.purchase_method = "receive"
        order = self.approved_purchase()
        order.order_line.qty_received = 2
        self.bill_of(order)
        self.run_job(self.connection)
        order.order_line.qty_received = 0
        order.action_create_invoice()
        refund = order.invoice_ids.filtered(lambda move: move.move_type == "in_refund")
        self.run_job(self.connection)
        self.assertEqual(self.refunds_in_xero(), [])
        refund.invoice_date = "2026-03-05"
        refund.action_post()
        self.run_job(self.connection)
        (held,) = self.refunds_in_xero()
        self.assertEqual(held["Total"], order.amount_total)
        self.assertIn(order.name, held["LineItems"][0]["Description"])

    def test_without_a_reference_a_lost_answer_makes_no_second_credit_note(self):
        for minutes in (2, 10):
            with self.subTest(minutes=minutes):
                self.connection.next_allowed = False
                self.seeded |= {r["CreditNoteID"] for r in self.refunds_in_xero()}
                self.xero.fault("lost_answer", method="PUT", path="/CreditNotes")
                refund = self.new_move("in_refund")
                refund.action_post()
                self.run_job(self.connection)
                with self.later(minutes=minutes):
                    self.run_job(self.connection)
                self.assertEqual(len(self.refunds_in_xero()), 1)
                self.assertEqual(refund.xero_state, "synced", refund.xero_message)
