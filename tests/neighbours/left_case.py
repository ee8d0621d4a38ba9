"""Orders of which goods move, are invoiced and come back, and what Xero holds then."""

from odoo.fields import Command


class LeftMixin:
    """Looks at all Xero holds, not only at what Odoo's rows remember.

    For tests of ``NeighboursCase``.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        fee = cls.new_product("Freight", type="service")
        cls.carrier = cls.env["delivery.carrier"].create(
            {"name": "By road", "product_id": fee.id, "fixed_price": 15.0}
        )

    @classmethod
    def new_product(cls, name, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "taxes_id": cls.gst.ids,
                "invoice_policy": "order",
                **values,
            }
        )

    def setUp(self):
        super().setUp()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.connection.auto_quotation = True
        state = self.xero.state()
        self.seeded = {each["InvoiceID"] for each in state["Invoices"]}
        self.seeded |= {each["CreditNoteID"] for each in state["CreditNotes"]}

    # === WHAT XERO HOLDS === #

    def held(self, endpoint, key):
        """What these tests made and Xero still counts."""
        return [
            each
            for each in self.xero.state()[endpoint]
            if each[key] not in self.seeded
            and each["Status"] not in ("DELETED", "VOIDED")
        ]

    def draft_total(self, order):
        """What the order's draft in Xero comes to, after what is due was sent."""
        self.run_job(self.connection)
        self.assertIn(order.xero_state, ("synced", False))
        drafts = [
            each
            for each in self.held("Invoices", "InvoiceID")
            if each["Status"] == "DRAFT"
        ]
        self.assertLessEqual(len(drafts), 1)
        return sum(each["Total"] for each in drafts)

    def invoiced_total(self):
        """Xero's invoices less its credit notes, without the draft."""
        invoices = self.held("Invoices", "InvoiceID")
        credit_notes = self.held("CreditNotes", "CreditNoteID")
        posted = [each["Total"] for each in invoices if each["Status"] != "DRAFT"]
        return sum(posted) - sum(each["Total"] for each in credit_notes)

    def xero_quote_of(self, order):
        return self.xero_document_of(order, "quotation")

    # === WHAT HAPPENS IN ODOO === #

    def delivered_order(self, quantity=10.0, price=20.0, product=None):
        """A confirmed order of a product that is invoiced as it is delivered."""
        line = {
            "product_id": (product or self.delivered_product).id,
            "product_uom_qty": quantity,
            "price_unit": price,
        }
        return self.confirmed_order(order_line=[Command.create(line)])

    def credit(self, invoice, quantity=None):
        """Post a credit note for an invoice, or some units of it."""
        credit_note = invoice._reverse_moves()
        if quantity is not None:
            line = credit_note.invoice_line_ids.filtered("product_id")
            credit_note.invoice_line_ids = [
                Command.update(line.id, {"quantity": quantity})
            ]
        credit_note.action_post()
        self.end_click()
        return credit_note

    def kit(self):
        """A product of two legs and a seat, delivered as its parts."""
        kit, leg, seat = (
            self.new_product(name, is_storable=True, invoice_policy="delivery")
            for name in ("Stool", "Leg", "Seat")
        )
        parts = [(leg, 2), (seat, 1)]
        self.env["mrp.bom"].sudo().create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": part.id, "product_qty": quantity})
                    for part, quantity in parts
                ],
            }
        )
        return kit

    def reward_line(self, order, price):
        """Give an order the reward of a loyalty program."""
        program = (
            self.env["loyalty.program"]
            .sudo()
            .create(
                {
                    "name": "Regulars",
                    "program_type": "promotion",
                    "trigger": "auto",
                    "reward_ids": [
                        Command.create(
                            {
                                "reward_type": "discount",
                                "discount_mode": "per_order",
                                "discount": -price,
                            }
                        )
                    ],
                }
            )
        )
        reward = program.reward_ids
        order.order_line = [
            Command.create(
                {
                    "product_id": reward.discount_line_product_id.id,
                    "name": "Regulars",
                    "price_unit": price,
                    "tax_ids": self.gst.ids,
                    "reward_id": reward.id,
                }
            )
        ]
        self.end_click()
        return order.order_line.filtered("reward_id")

    def settle_at_the_till(self, order, quantity):
        """Sell so many units of the order's line at a till, without an invoice."""
        config = self.env["pos.config"].sudo().create({"name": "Till"})
        session = self.env["pos.session"].sudo().create({"config_id": config.id})
        line = order.order_line
        price = line.price_unit * quantity
        sold = {
            "product_id": line.product_id.id,
            "qty": quantity,
            "price_unit": line.price_unit,
            "tax_ids": line.tax_ids.ids,
            "price_subtotal": price,
            "price_subtotal_incl": price * 1.1,
            "sale_order_line_id": line.id,
            "sale_order_origin_id": order.id,
        }
        self.env["pos.order"].sudo().create(
            {
                "session_id": session.id,
                "company_id": self.company.id,
                "partner_id": self.customer.id,
                "amount_tax": price * 0.1,
                "amount_total": price * 1.1,
                "amount_paid": price * 1.1,
                "amount_return": 0.0,
                "state": "paid",
                "lines": [Command.create(sold)],
            }
        )
        self.end_click()
