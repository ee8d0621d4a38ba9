from odoo.fields import Command

from .neighbours_case import NeighboursCase


class TestFlows(NeighboursCase):
    """Whole lives of orders beside Odoo's other applications."""

    def total_in_xero(self, record):
        self.run_job(self.connection)
        self.assertEqual(record.xero_state, "synced", record.xero_message)
        return self.xero_document_of(record)["Total"]

    def pay(self, invoice):
        self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({}).action_create_payments()
        self.end_click()

    def discount(self, percent):
        """A promotion for every order."""
        return self.env["loyalty.program"].create(
            {
                "name": "Spring",
                "program_type": "promotion",
                "trigger": "auto",
                "applies_on": "current",
                "company_id": self.company.id,
                "rule_ids": [Command.create({"minimum_amount": 1})],
                "reward_ids": [
                    Command.create({"reward_type": "discount", "discount": percent})
                ],
            }
        )

    def test_delivered_invoiced_paid_and_partly_returned(self):
        order = self.delivered_order()
        picking = self.transfer(order, 10)
        invoice = self.invoice_of(order)
        self.assertEqual(self.total_in_xero(invoice), 220.0)
        self.pay(invoice)
        self.take_back(picking, 3)
        credit_note = order._create_invoices(final=True)
        credit_note.action_post()
        self.end_click()
        self.assertEqual(credit_note.move_type, "out_refund")
        self.assertEqual(self.total_in_xero(credit_note), 66.0)
        self.assertEqual(self.xero_document_of(invoice)["Total"], 220.0)

    def test_an_order_with_a_loyalty_reward_has_odoos_total(self):
        program = self.discount(percent=10)
        order = self.new_order(quantity=3)
        order._update_programs_and_rewards()
        coupon = order.coupon_point_ids.coupon_id
        order._apply_program_reward(program.reward_ids, coupon)
        order.action_confirm()
        self.end_click()
        self.assertEqual(order.amount_total, 445.5)
        self.assertEqual(self.total_in_xero(order), 445.5)
