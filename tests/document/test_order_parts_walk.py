import random

from odoo.fields import Command
from odoo.tests import tagged

from .parts_case import PartsCase

STEPS = 8
FAULTS = ("lost_answer", "dropped_before")


@tagged("post_install", "-at_install")
class TestOrderPartsWalk(PartsCase):
    """Events in any order, with answers lost on the way: the sum is the order.

    The walks are random but the same each time; a failure names the steps.
    """

    def setUp(self):
        super().setUp()
        many = 10_000
        self.xero.limits(
            enabled=True, minute=many, day=many, app_minute=many, concurrent=many
        )

    def test_sum_is_the_order_on_the_first_walk(self):
        self.walk(random.Random(1))

    def test_sum_is_the_order_on_the_second_walk(self):
        self.walk(random.Random(2))

    def test_sum_is_the_order_on_the_third_walk(self):
        self.walk(random.Random(3))

    def walk(self, chance):
        order = self.sent_order(quantity=chance.randint(2, 8))
        steps = []
        for _number in range(STEPS):
            step = chance.choice(
                [self.invoice, self.invoice, self.give_credit, self.cancel, self.change]
            )
            step(order, chance)
            steps.append(step.__name__)
            steps.append(self.run_job_with_luck(chance))
            self.assertAlmostEqual(
                self.xero_sum(), order.amount_total, places=2, msg=steps
            )

    def run_job_with_luck(self, chance):
        """Run the job, maybe with an answer lost and found out later.

        :return: what went wrong, in words
        """
        fault, minutes = chance.choice([None, *FAULTS]), chance.choice([2, 10])
        method = chance.choice(["PUT", "POST"])
        if fault:
            self.xero.fault(fault, method=method, path="/Invoices")
        self.run_job(self.connection)
        self.xero.clear_faults()
        for later in (minutes, minutes + 15):
            with self.later(minutes=later):
                self.run_job(self.connection)
        self.connection.next_allowed = False
        return f"{fault} of {method}, {minutes} minutes"

    def posted_invoices(self, order):
        """Those that nobody credited yet."""
        return order.invoice_ids.filtered(
            lambda move: (
                move.state == "posted"
                and move.move_type == "out_invoice"
                and not move.reversal_move_ids
            )
        )

    # === EVENTS === #

    def invoice(self, order, chance):
        if any(line.qty_to_invoice > 0 for line in order.order_line):
            invoice = order._create_invoices()
            for line in invoice.invoice_line_ids:
                line.quantity = chance.randint(1, int(line.quantity))
            invoice.action_post()

    def give_credit(self, order, chance):
        for invoice in self.posted_invoices(order)[:1]:
            credit_note = invoice._reverse_moves()
            for line in credit_note.invoice_line_ids:
                line.quantity = chance.randint(1, int(line.quantity))
            credit_note.action_post()

    def cancel(self, order, chance):
        for invoice in self.posted_invoices(order)[-1:]:
            invoice.button_draft()
            invoice.button_cancel()

    def change(self, order, chance):
        line = chance.choice(order.order_line)
        line.product_uom_qty = max(line.qty_invoiced, 0) + chance.randint(1, 5)
        if chance.random() < 0.3:
            order.order_line = [
                Command.create({"product_id": self.product.id, "price_unit": 40})
            ]
