from odoo import fields
from odoo.fields import Command


class TillMixin:
    """A till with a card terminal. For tests of ``NeighboursCase``."""

    @classmethod
    def get_default_groups(cls):
        groups = super().get_default_groups()
        return groups | cls.quick_ref("point_of_sale.group_pos_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.card = cls.env["pos.payment.method"].create(
            {
                "name": "Card",
                "journal_id": cls.company_data["default_journal_bank"].id,
            }
        )
        cls.till = cls.env["pos.config"].create(
            {
                "name": "Till",
                "invoice_journal_id": cls.company_data["default_journal_sale"].id,
                "payment_method_ids": [Command.set(cls.card.ids)],
                "down_payment_product_id": cls.new_product(
                    "Down payment", type="service", available_in_pos=True
                ).id,
            }
        )

    def sell(self, *lines, invoiced=False, **values):
        """Sell at the till, paid by card.

        :param lines: dicts of values of the receipt's lines
        :param invoiced: whether the customer gets an invoice
        :return: the receipt, a ``pos.order``
        """
        if not self.till.current_session_id:
            self.till.open_ui()
        receipt = self.env["pos.order"].create(
            {
                "session_id": self.till.current_session_id.id,
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "date_order": fields.Datetime.now(),
                "amount_total": 0,
                "amount_paid": 0,
                "amount_tax": 0,
                "amount_return": 0,
                "to_invoice": invoiced,
                "lines": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "tax_ids": self.gst.ids,
                            "price_subtotal": 0,
                            "price_subtotal_incl": 0,
                            **line,
                        }
                    )
                    for line in lines
                ],
                **values,
            }
        )
        receipt.lines._onchange_amount_line_all()
        receipt._compute_prices()
        self.pay_at_the_till(receipt)
        return receipt

    def settle(self, order, quantity, **options):
        """Sell so many units of an order's line at the till."""
        line = order.order_line
        return self.sell(
            {
                "product_id": line.product_id.id,
                "qty": quantity,
                "price_unit": line.price_unit,
                "tax_ids": line.tax_ids.ids,
                "sale_order_line_id": line.id,
                "sale_order_origin_id": order.id,
            },
            **options,
        )

    def pay_down(self, order, amount, **options):
        """Take a down payment of an order at the till, as Odoo's till does.

        :param amount: without tax
        """
        receipt = self.sell(
            {
                "product_id": self.till.down_payment_product_id.id,
                "qty": 1,
                "price_unit": amount,
                "sale_order_origin_id": order.id,
            },
            **options,
        )
        taxes = self.env["account.tax"]
        base_lines = receipt.lines._prepare_tax_base_line_values()
        taxes._add_tax_details_in_base_lines(base_lines, self.company)
        taxes._round_base_lines_tax_details(base_lines, self.company)
        order = order.sudo()  # as Odoo does: who sits at the till sells
        order._create_down_payment_section_line_if_needed()
        order._create_down_payment_lines_from_base_lines(base_lines)
        self.end_click()
        return receipt

    def bring_back(self, receipt):
        """The customer gets the money back for all of it, by card."""
        back = self.env["pos.order"].browse(receipt.refund()["res_id"])
        back.to_invoice = receipt.to_invoice
        self.pay_at_the_till(back)
        return back

    def pay_at_the_till(self, receipt):
        wizard = self.env["pos.make.payment"].with_context(
            active_id=receipt.id, active_ids=receipt.ids
        )
        wizard.create({"payment_method_id": self.card.id}).check()
        self.assertIn(receipt.state, ("paid", "done"))
        self.end_click()

    def close_till(self):
        """:return: the journal entry that closes the session"""
        session = self.till.current_session_id
        session.action_pos_session_closing_control()
        self.assertEqual(session.state, "closed")
        self.end_click()
        return session.move_id
