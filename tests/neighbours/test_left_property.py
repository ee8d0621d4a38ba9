"""Whatever happens to an order, Xero holds what Odoo has invoiced and still will."""

from random import Random

from odoo.fields import Command

from .left_case import LeftMixin
from .neighbours_case import NeighboursCase

STEPS = 5
PRICES = (80.0, 19.99, 100.05, 7.7, 333.33)
DISCOUNTS = (0, 0, 10, 12.5)


class Undone(Exception):
    """Ends a savepoint of what only was tried."""


class TestLeftProperty(LeftMixin, NeighboursCase):
    """Σ invoices − Σ credit notes + draft = Odoo's invoiced + still to invoice.

    What Odoo would still invoice, Odoo itself says: all that waits is delivered, and
    its last invoice made, and both undone.
    """

    def walk(self, seed):
        self.dice = Random(seed)
        order = self.random_order()
        done = ["ordered"]
        self.assert_together(order, done)
        for _step in range(STEPS):
            step = self.dice.choice(
                [
                    self.deliver,
                    self.deliver,
                    self.give_back,
                    self.invoice_part,
                    self.invoice_part,
                    self.credit_last,
                    self.pay_down,
                    self.change_quantity,
                ]
            )
            done.append(f"{step.__name__}: {step(order)}")
            self.end_click()
            self.assert_together(order, done)

    def assert_together(self, order, done):
        """After each step, to the cent."""
        expected = max(self.still_to_invoice(order), 0.0)
        story = f"{done} {order.order_line.mapped('name')}"
        self.assertAlmostEqual(self.draft_total(order), expected, 2, story)
        invoiced = sum(
            -move.direction_sign * move.amount_total
            for move in order.invoice_ids
            if move.state == "posted"
        )
        self.assertAlmostEqual(self.invoiced_total(), invoiced, 2, story)

    def still_to_invoice(self, order):
        """What Odoo's last invoice would come to, if all that waits were delivered."""
        total = 0.0
        try:
            with self.env.cr.savepoint():
                for picking in self.waiting(order):
                    for move in picking.move_ids:
                        move.write({"quantity": move.product_uom_qty, "picked": True})
                    picking.button_validate()
                silent = order.with_context(raise_if_nothing_to_invoice=False)
                for move in silent._create_invoices(final=True):
                    total += -move.direction_sign * move.amount_total
                raise Undone
        except Undone:
            self.env.invalidate_all()
        return total

    # === STEPS === #

    def random_order(self):
        service = self.new_product("Advice", type="service")
        goods = [self.delivered_product, self.kit(), self.product, service]
        lines = [
            {
                "product_id": self.dice.choice(goods).id,
                "product_uom_qty": self.dice.randint(1, 12),
                "price_unit": self.dice.choice(PRICES),
                "discount": self.dice.choice(DISCOUNTS),
                "tax_ids": self.gst.ids,
            }
            for _line in range(self.dice.randint(1, 3))
        ]
        return self.confirmed_order(order_line=[Command.create(each) for each in lines])

    def waiting(self, order):
        return order.picking_ids.filtered(
            lambda picking: picking.state not in ("done", "cancel")
        )

    def deliver(self, order):
        """Some of what waits, with a backorder or without."""
        backorder = self.dice.random() < 0.5
        share = self.dice.choice([0.5, 1])
        for picking in self.waiting(order)[:1]:
            for move in picking.move_ids:
                quantity = max(int(move.product_uom_qty * share), 1)
                move.write({"quantity": quantity, "picked": True})
            given_up = (
                {} if backorder else {"picking_ids_not_to_backorder": picking.ids}
            )
            picking.with_context(skip_backorder=True, **given_up).button_validate()
        return share, backorder

    def give_back(self, order):
        """The customer returns one of each, for a refund."""
        done = order.picking_ids.filtered(
            lambda picking: (
                picking.state == "done" and picking.picking_type_code == "outgoing"
            )
        )
        if not done or done[:1].return_ids or order.order_line.product_id.bom_ids:
            return None
        self.take_back(done[:1], 1)
        return 1

    def invoice_part(self, order):
        """Some of what Odoo would invoice now."""
        silent = order.with_context(raise_if_nothing_to_invoice=False)
        moves = silent._create_invoices(final=self.dice.random() < 0.3)
        for line in moves.invoice_line_ids.filtered("product_id"):
            if line.quantity > 1 and self.dice.random() < 0.5:
                line.quantity = self.dice.randint(1, int(line.quantity))
        moves.filtered(lambda move: move.amount_total).action_post()
        moves.filtered(lambda move: move.state == "draft").unlink()
        return moves.exists().mapped("amount_total")

    def credit_last(self, order):
        """The last invoice, at its prices."""
        last = order.invoice_ids.filtered(
            lambda move: (
                move.move_type == "out_invoice"
                and move.state == "posted"
                and not move.reversal_move_ids
            )
        ).sorted("id")[-1:]
        if not last:
            return None
        credit_note = last._reverse_moves()
        credit_note.action_post()
        return credit_note.amount_total

    def pay_down(self, order):
        """A tenth, once."""
        if any(order.order_line.mapped("is_downpayment")) or order.invoice_ids:
            return None
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard = wizard.create({"advance_payment_method": "percentage", "amount": 10})
        wizard.create_invoices()
        order.invoice_ids.action_post()
        return order.invoice_ids.amount_total

    def change_quantity(self, order):
        """Order two more of a line."""
        line = self.dice.choice(order.order_line.filtered("product_id"))
        line.product_uom_qty += 2
        return line.product_uom_qty

    # === WALKS === #

    def test_random_orders(self):
        for seed in range(4):
            with self.subTest(seed=seed):
                self.seeded |= {
                    each[key]
                    for endpoint, key in (
                        ("Invoices", "InvoiceID"),
                        ("CreditNotes", "CreditNoteID"),
                    )
                    for each in self.xero.state()[endpoint]
                }
                self.walk(seed)
