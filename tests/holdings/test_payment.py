"""What is paid in Xero, as Odoo tells it; nothing of it is booked."""

import uuid

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .holdings_case import HoldingsCase


@tagged("post_install", "-at_install")
class TestPaymentState(HoldingsCase):
    def told(self, record):
        return record.xero_payment_state, record.xero_due, record.xero_paid

    def notes(self, record):
        return [str(note) for note in record.message_ids.mapped("body")]

    def test_an_invoice_is_unpaid_then_paid_in_part_then_paid(self):
        invoice = self.posted()
        row = invoice.xero_document_ids
        self.assertEqual(self.told(invoice), ("unpaid", 110, 0))
        self.pay(row, 44)
        self.check_now()
        self.assertEqual(self.told(invoice), ("partial", 66, 44))
        self.assertFalse(invoice.xero_paid_on)
        self.pay(row, 66)
        self.check_now()
        self.assertEqual(self.told(invoice), ("paid", 0, 110))
        self.assertTrue(invoice.xero_paid_on)
        self.assertEqual(invoice.payment_state, "not_paid", "Odoo books nothing")

    def test_the_chatter_is_told_once_when_it_becomes_paid(self):
        first, second = self.posted(), self.posted("in_invoice", ref="TS-1")
        for move in (first, second):
            self.pay(move.xero_document_ids, 110)
        self.check_now()
        for move in (first, second):
            with self.subTest(move=move.name):
                number = move.xero_document_ids.xero_number
                paid = [
                    note for note in self.notes(move) if f"{number} was paid" in note
                ]
                self.assertEqual(len(paid), 1, self.notes(move))
        before = self.notes(first)
        self.check_now()
        first.sudo().xero_document_ids.xero_credited = 1.0
        self.end_click()
        self.assertEqual(self.notes(first), before)

    def test_a_payment_that_is_taken_back_leaves_it_unpaid(self):
        invoice = self.posted()
        row = invoice.xero_document_ids
        self.pay(row, 110)
        self.check_now()
        self.xero.edit(
            "Invoices",
            row.xero_id,
            Status="AUTHORISED",
            AmountPaid=0.0,
            AmountDue=110.0,
            FullyPaidOnDate=None,
        )
        self.check_now()
        self.assertEqual(self.told(invoice), ("unpaid", 110, 0))

    def test_credit_counts_as_paid_in_part(self):
        invoice = self.posted()
        row = invoice.xero_document_ids
        values = {"AmountCredited": 10.0, "AmountDue": 100.0}
        self.xero.edit("Invoices", row.xero_id, **values)
        self.check_now()
        self.assertEqual(self.told(invoice), ("partial", 100, 0))
        self.assertEqual(invoice.xero_credited, 10)

    def test_a_credit_note_that_was_paid_out_is_told_with_its_rest(self):
        note = self.posted("out_refund")
        self.assertEqual(self.told(note)[:2], ("unpaid", 110))
        self.pay(note.xero_document_ids, 110)
        self.check_now()
        self.assertEqual(self.told(note)[:2], ("paid", 0))
        self.assertRegex(self.notes(note)[0], "credit note .* is fully used")

    def test_what_is_not_approved_in_xero_is_not_called_unpaid(self):
        self.connection.invoice_status = "SUBMITTED"
        self.assertFalse(self.posted().xero_payment_state)

    def test_what_nobody_told_of_is_not_called_unpaid(self):
        """Sent before Odoo noted such amounts."""
        row = self.posted().sudo().xero_document_ids
        row.write({"xero_due": 0, "xero_paid": 0, "xero_credited": 0})
        self.assertFalse(row.payment_state)

    def test_old_payments_of_which_nobody_knew_are_no_news(self):
        invoice = self.posted()
        row = invoice.sudo().xero_document_ids
        row.write({"xero_due": 0, "xero_paid": 0, "xero_credited": 0})
        self.pay(row, 110)
        self.end_click()
        before = self.notes(invoice)
        self.check_now()
        self.assertEqual(self.told(invoice), ("paid", 0, 110))
        self.assertEqual(self.notes(invoice), before)

    def test_an_order_sums_up_its_invoices(self):
        order = self.confirmed_order(quantity=2.0)
        first = self.invoice_of(order, quantity=1.0)
        self.run_job(self.connection)
        self.assertEqual(self.told(order), ("unpaid", 165, 0))
        second = self.invoice_of(order)
        self.run_job(self.connection)
        self.pay(first.xero_document_ids, 165)
        self.check_now()
        self.env.invalidate_all()
        self.assertEqual(self.told(order), ("partial", 165, 165))
        self.assert_found(order, "partial")
        self.pay(second.xero_document_ids, 165)
        self.check_now()
        self.env.invalidate_all()
        self.assertEqual(self.told(order), ("paid", 0, 330))
        self.assertTrue(order.xero_paid_on)
        self.assert_found(order, "paid")

    def test_a_purchase_order_sums_up_its_bills(self):
        purchase = self.approved_purchase()
        purchase.action_create_invoice()
        bill = purchase.invoice_ids
        bill.write({"invoice_date": "2026-03-02", "ref": "TS-1"})
        bill.action_post()
        self.run_job(self.connection)
        self.assertEqual(self.told(purchase), ("unpaid", 176, 0))
        self.assert_found(purchase, "unpaid")

    def assert_found(self, order, state):
        """A filter finds it by this state, and by no other."""
        orders = self.env[order._name]
        for each in ("unpaid", "partial", "paid", False):
            with self.subTest(state=each):
                found = orders.search(
                    [("xero_payment_state", "=", each), ("id", "=", order.id)]
                )
                self.assertEqual(bool(found), each == state)
        self.assertIn(order, orders.search([("xero_payment_state", "!=", False)]))
        self.assertEqual(self.groups_of(order), {state})

    def test_lists_filter_and_group_invoices_by_it(self):
        unpaid, paid = self.posted(), self.posted()
        self.pay(paid.xero_document_ids, 110)
        self.check_now()
        moves = [("id", "in", (unpaid + paid).ids)]
        found = self.env["account.move"].search(
            [*moves, ("xero_payment_state", "in", ("unpaid", "partial"))]
        )
        self.assertEqual(found, unpaid)
        groups = self.env["account.move"].formatted_read_group(
            moves, ["xero_document_payment_state"], ["__count"]
        )
        states = {group["xero_document_payment_state"] for group in groups}
        self.assertEqual(states, {"unpaid", "paid"})

    def groups_of(self, orders):
        """In which groups of payment a list shows these orders."""
        groups = orders.formatted_read_group(
            [("id", "in", orders.ids)], ["xero_payment_state"], ["__count"]
        )
        return {group["xero_payment_state"] for group in groups}

    # === RIGHTS === #

    def salesperson(self):
        """Somebody who sells, with no other group than that."""
        return self.new_user(str(uuid.uuid4()), "sales_team.group_sale_salesman")

    def test_a_salesperson_sees_it_of_her_own_documents_only(self):
        seller = self.salesperson()
        hers = self.posted(invoice_user_id=seller.id)
        other = self.env.ref("base.user_admin")
        his = self.posted(invoice_user_id=other.id)
        for move in (hers, his):
            self.pay(move.xero_document_ids, 110)
        self.check_now()
        self.env.invalidate_all()
        self.assertEqual(self.told(hers.with_user(seller)), ("paid", 0, 110))
        with self.assertRaises(AccessError):
            his.with_user(seller).read(["xero_payment_state"])
        moves = self.env["account.move"].with_user(seller)
        found = moves.search([("xero_payment_state", "=", "paid")])
        self.assertIn(hers, found)
        self.assertNotIn(his, found)
        rows = self.env["xero.document"].with_user(seller)
        found = rows.search([("payment_state", "=", "paid")])
        self.assertEqual(found, hers.xero_document_ids)

    def test_her_order_says_nothing_of_a_colleagues_invoice(self):
        seller = self.salesperson()
        order = self.confirmed_order(user_id=seller.id)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.pay(invoice.xero_document_ids, invoice.amount_total)
        self.check_now()
        self.env.invalidate_all()
        hers = order.with_user(seller)
        self.assertEqual(hers.xero_payment_state, "paid")
        self.assertEqual(self.groups_of(hers), {"paid"})
        invoice.invoice_user_id = self.env.ref("base.user_admin")
        self.env.invalidate_all()
        self.assertEqual((hers.xero_payment_state, hers.xero_paid), (False, 0))
        orders = self.env["sale.order"].with_user(seller)
        self.assertNotIn(hers, orders.search([("xero_payment_state", "=", "paid")]))
        self.assertEqual(self.groups_of(hers), {False})
