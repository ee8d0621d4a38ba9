"""Sections that Odoo prints collapsed, and combos, go as they are printed."""

from odoo.fields import Command
from odoo.tests import tagged

from .quotation_case import QuotationCase


@tagged("post_install", "-at_install")
class TestSectionsAsPrinted(QuotationCase):
    def setUp(self):
        super().setUp()
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )

    def order_with(self, *lines):
        """A quotation of these lines after one of 10.00."""
        commands = [Command.create(self.product_line("Before", 1, 10.0))]
        commands += [Command.create(line) for line in lines]
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "order_line": commands}
        )
        for sequence, line in enumerate(order.order_line):
            line.sequence = sequence
        self.end_click()
        return order

    def product_line(self, name, quantity, price, **values):
        return {
            "product_id": self.product.id,
            "name": name,
            "product_uom_qty": quantity,
            "price_unit": price,
            "tax_ids": self.gst.ids,
            **values,
        }

    def new_product(self, name, **values):
        return self.env["product.product"].create({"name": name, **values})

    def section(self, name, level="section", **values):
        return {"name": name, "display_type": f"line_{level}", **values}

    def kitchen(self, **values):
        return self.order_with(
            self.section("Kitchen", **values),
            self.product_line("Cupboard", 3, 33.33),
            self.section("By hand", "note"),
            self.product_line("Worktop", 1, 500.0),
            self.section("Hall"),
            self.product_line("Shelf", 1, 20.0),
        )

    def sent(self, document):
        """:return: what Xero holds of the lines, without the one with Odoo's number"""
        self.run_job(self.connection)
        self.assertEqual(document.xero_state, "synced", document.xero_message)
        held = self.xero_document_of(document)
        self.assertEqual(held["Total"], document.amount_total)
        self.assertEqual(held["TotalTax"], document.amount_tax)
        return [
            (line["Description"], line.get("Quantity"), line["LineAmount"])
            for line in held["LineItems"][1:]
        ]

    def test_of_a_hidden_composition_one_line_is_left(self):
        order = self.kitchen(collapse_composition=True)
        self.assertEqual(
            self.sent(order),
            [
                ("Before", 1, 10),
                ("Kitchen", 1, 599.99),
                ("Hall", None, 0),
                ("Shelf", 1, 20),
            ],
        )

    def test_where_only_prices_are_hidden_the_lines_are_texts(self):
        order = self.kitchen(collapse_prices=True)
        self.assertEqual(
            self.sent(order),
            [
                ("Before", 1, 10),
                ("Kitchen", 1, 599.99),
                ("Cupboard: 3 Units", None, 0),
                ("By hand", None, 0),
                ("Worktop: 1 Units", None, 0),
                ("Hall", None, 0),
                ("Shelf", 1, 20),
            ],
        )

    def test_a_section_of_two_taxes_has_a_line_of_each(self):
        order = self.order_with(
            self.section("Kitchen", collapse_composition=True),
            self.product_line("Cupboard", 2, 30.0),
            self.product_line("Permit", 1, 70.0, tax_ids=[]),
            self.product_line("Worktop", 1, 500.0),
        )
        self.assertEqual(
            self.sent(order),
            [("Before", 1, 10), ("Kitchen", 1, 560), ("Kitchen", 1, 70)],
        )

    def test_a_section_of_two_accounts_has_a_line_of_each(self):
        account = self.company_data["default_account_revenue"].copy()
        account.xero_account_id = self.env["xero.account"].search(
            [("code", "=", "260")]
        )
        permit = self.new_product("Permit", property_account_income_id=account.id)
        order = self.order_with(
            self.section("Kitchen", collapse_composition=True),
            self.product_line("Cupboard", 2, 30.0),
            self.product_line("Permit", 1, 70.0, product_id=permit.id),
        )
        self.assertEqual(
            self.sent(order),
            [("Before", 1, 10), ("Kitchen", 1, 60), ("Kitchen", 1, 70)],
        )

    def test_a_subsection_is_one_line_inside_its_section(self):
        order = self.order_with(
            self.section("House"),
            self.section("Kitchen", "subsection", collapse_composition=True),
            self.product_line("Cupboard", 2, 30.0),
            self.product_line("Worktop", 1, 500.0),
        )
        self.assertEqual(
            self.sent(order),
            [("Before", 1, 10), ("House", None, 0), ("Kitchen", 1, 560)],
        )

    def test_a_subsection_of_a_collapsed_section_is_in_its_sum(self):
        order = self.order_with(
            self.section("House", collapse_prices=True),
            self.product_line("Door", 1, 100.0),
            self.section("Kitchen", "subsection", collapse_composition=True),
            self.product_line("Cupboard", 2, 30.0),
        )
        self.assertEqual(
            self.sent(order),
            [
                ("Before", 1, 10),
                ("House", 1, 160),
                ("Door: 1 Units", None, 0),
                ("Kitchen", None, 0),
            ],
        )

    def test_prices_with_tax_and_rounding_come_to_the_same_total(self):
        self.gst.price_include_override = "tax_included"
        order = self.order_with(
            self.section("Kitchen", collapse_composition=True),
            *[self.product_line("Screw", 1, 0.07, discount=3) for _each in range(9)],
            self.product_line("Worktop", 1, 499.99),
        )
        self.assertEqual(len(self.sent(order)), 2)

    def test_an_item_whose_stock_xero_tracks_keeps_its_section_as_it_is(self):
        self.product.sudo().xero_item_id = (
            self.env["xero.item"]
            .sudo()
            .create(
                {
                    "connection_id": self.connection.id,
                    "xero_id": "60aa5d55-a47e-4665-a974-874bb50263b9",
                    "code": "OAK",
                    "state": "synced",
                    "details": {"is_tracked": True},
                }
            )
        )
        order = self.kitchen(collapse_composition=True)
        row_lines = (
            order.sudo()
            ._xero_prepare(
                order.sudo().xero_document_ids,
                order.sudo().xero_document_ids._target("DRAFT"),
            )
            .line_items
        )
        self.assertIn("Cupboard", [line.description for line in row_lines])

    def test_the_accountant_has_every_line_sent(self):
        self.connection.collapse_sections = False
        order = self.kitchen(collapse_composition=True)
        texts = [text for text, _quantity, _amount in self.sent(order)]
        self.assertEqual(
            texts,
            ["Before", "Kitchen", "Cupboard", "By hand", "Worktop", "Hall", "Shelf"],
        )

    def test_draft_and_invoice_of_the_order_go_the_same_way(self):
        order = self.kitchen(collapse_composition=True)
        order.action_confirm()
        self.run_job(self.connection)
        draft = self.xero_document_of(order, "sale_order")
        texts = [line["Description"] for line in draft["LineItems"][1:]]
        self.assertEqual(texts, ["Before", "Kitchen", "Hall", "Shelf"])
        self.assertEqual(draft["Total"], order.amount_total)
        invoice = self.invoice_of(order)
        texts = [text for text, _quantity, _amount in self.sent(invoice)]
        # Odoo puts the product's name before what was typed
        texts = [text.removeprefix("Oak table\n") for text in texts]
        self.assertEqual(texts, ["Before", "Kitchen", "Hall", "Shelf"])

    def test_collapsed_afterwards_it_is_sent_again(self):
        order = self.kitchen()
        self.assertEqual(len(self.sent(order)), 7)
        order.order_line.filtered("display_type")[0].collapse_composition = True
        self.assertEqual(len(self.sent(order)), 4)


@tagged("post_install", "-at_install")
class TestCombo(QuotationCase):
    def menu(self):
        """An order of two menus, and the price of its parts."""
        values = {"name": "Soup", "list_price": 10.0, "taxes_id": self.gst.ids}
        soup = self.env["product.product"].create(values)
        combo = self.env["product.combo"].create(
            {
                "name": "Soups",
                "combo_item_ids": [Command.create({"product_id": soup.id})],
            }
        )
        menu = self.env["product.product"].create(
            {
                "name": "Menu",
                "type": "combo",
                "list_price": 25.0,
                "combo_ids": combo.ids,
                "taxes_id": False,
            }
        )
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": menu.id, "product_uom_qty": 2})
                ],
            }
        )
        head = order.order_line
        order.order_line = [
            Command.create(
                {
                    "product_id": soup.id,
                    "product_uom_qty": 2,
                    "combo_item_id": combo.combo_item_ids.id,
                    "linked_line_id": head.id,
                }
            )
        ]
        self.end_click()
        return order

    def test_its_head_is_a_text_and_needs_no_rate(self):
        self.connection.zero_sale_tax_rate_id = False
        order = self.menu()
        self.assertEqual(order.order_line.mapped("price_subtotal"), [0, 50])
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        _title, head, soup = self.xero_quote_of(order)["LineItems"]
        self.assertEqual(head["Description"], "Menu x 2")
        self.assertNotIn("Quantity", head)
        self.assertEqual(soup["LineAmount"], 50)

    def test_it_becomes_no_item(self):
        self.connection.create_items = True
        order = self.menu()
        order.order_line.product_id[:1].default_code = "MENU"
        self.run_job(self.connection)
        self.assertNotIn("MENU", [each["Code"] for each in self.xero.state()["Items"]])
