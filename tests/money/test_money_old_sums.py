"""What Odoo stored before a setting was changed keeps no open document from Xero.

Odoo counts the amounts of an order anew when its lines change, and stores them. Its
form and its print show what the settings of now make of the lines.
"""

from odoo.fields import Command
from odoo.tests import tagged

from ..document.quotation_case import QuotationCase

# By the line their tax is 0.05 each, of both together 0.09
HALF_CENTS = (0.45, 0.45)


@tagged("post_install", "-at_install")
class TestMoneyOldSums(QuotationCase):
    def setUp(self):
        super().setUp()
        self.vendor.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "PowerDirect")]
        )
        rates = {
            rate.tax_type: rate for rate in self.env["xero.tax.rate"].sudo().search([])
        }
        self.purchase_gst.xero_tax_rate_id = rates["INPUT"]
        self.connection.zero_sale_tax_rate_id = rates["EXEMPTOUTPUT"]
        self.connection.zero_purchase_tax_rate_id = rates["EXEMPTEXPENSES"]
        self.rates = rates["OUTPUT"] + rates["INPUT"]
        self.company.tax_calculation_rounding_method = "round_per_line"
        self.precision = self.env.ref("product.decimal_price")
        self.precision.digits = 4

    # === RECORDS === #

    def lines(self, prices, tax, quantity_field):
        return [
            Command.create(
                {
                    "product_id": self.product.id,
                    "price_unit": price,
                    quantity_field: 1.0,
                    "tax_ids": tax.ids,
                }
            )
            for price in prices
        ]

    def quotation(self, prices=HALF_CENTS):
        return self.new_order(
            order_line=self.lines(prices, self.gst, "product_uom_qty")
        )

    def orders(self, prices=HALF_CENTS):
        """An open document of each kind whose sums Odoo stores, not yet in Xero."""
        confirmed = self.quotation(prices)
        confirmed.action_confirm()
        purchase = self.approved_purchase(
            order_line=self.lines(prices, self.purchase_gst, "product_qty")
        )
        return [self.quotation(prices), confirmed, purchase]

    def moves(self, prices=HALF_CENTS):
        """Invoices and bills, drafts and posted."""
        moves = [
            self.new_move(
                move_type, invoice_line_ids=self.lines(prices, tax, "quantity")
            )
            for move_type, tax in (
                ("out_invoice", self.gst),
                ("in_invoice", self.purchase_gst),
                ("out_invoice", self.gst),
                ("in_invoice", self.purchase_gst),
            )
        ]
        (moves[2] + moves[3]).action_post()
        return moves

    # === CHANGES OF SETTINGS === #

    def round_globally(self):
        self.company.tax_calculation_rounding_method = "round_globally"

    def raise_taxes(self):
        """The tax is raised in Odoo and in Xero."""
        (self.gst + self.purchase_gst).amount = 12.5
        self.rates.effective_rate = 12.5
        for rate in self.rates:
            self.xero.edit("TaxRates", rate.tax_type, EffectiveRate=12.5)

    def include_taxes(self):
        (self.gst + self.purchase_gst).price_include_override = "tax_included"

    def cut_prices(self):
        self.precision.digits = 2

    # === CHECKS === #

    def after(self, change, records):
        """What Xero gets of records that were made before a change."""
        self.env.flush_all()
        change()
        self.env.flush_all()
        self.env.invalidate_all()
        self.run_job(self.connection)
        found = []
        for record in records:
            self.assertEqual(record.xero_state, "synced", record.xero_message)
            held = self.xero_document_of(record, record._xero_kind_now())
            found.append((held["Total"], held["TotalTax"]))
        return found

    def assert_as_shown(self, change, total, tax, prices=HALF_CENTS):
        orders = self.orders(prices)
        found = self.after(change, orders)
        for order in orders:
            shown = order.tax_totals
            self.assertAlmostEqual(shown["total_amount_currency"], total)
            self.assertAlmostEqual(shown["tax_amount_currency"], tax)
        self.assertEqual(found, [(total, tax)] * len(orders))

    def test_orders_arrive_as_shown_after_another_way_of_rounding(self):
        self.assert_as_shown(self.round_globally, 0.99, 0.09)

    def test_orders_arrive_as_shown_after_another_tax(self):
        self.assert_as_shown(self.raise_taxes, 1.02, 0.12)

    def test_orders_arrive_as_shown_after_prices_include_the_tax(self):
        self.assert_as_shown(self.include_taxes, 0.9, 0.08)

    def test_orders_arrive_as_shown_after_prices_have_fewer_decimals(self):
        self.assert_as_shown(self.cut_prices, 22.71, 2.06, (10.3349, 10.3249))

    def assert_as_booked(self, change):
        moves = self.moves()
        moves[0].action_post()
        self.assertEqual(self.after(change, moves), [(1.0, 0.1)] * len(moves))

    def test_invoices_and_bills_keep_their_rounding(self):
        self.assert_as_booked(self.round_globally)

    def test_invoices_and_bills_keep_their_tax(self):
        self.assert_as_booked(self.raise_taxes)

    def test_an_order_in_xero_follows_the_settings_with_its_next_change(self):
        order = self.quotation()
        self.run_job(self.connection)
        self.assertEqual(self.xero_quote_of(order)["Total"], 1.0)
        self.after(self.round_globally, [order])
        self.assertEqual(self.xero_quote_of(order)["Total"], 1.0)
        order.note = "Thank you."
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced", order.xero_message)
        self.assertEqual(self.xero_quote_of(order)["Total"], 0.99)

    def test_an_old_sum_is_no_difference_to_xero(self):
        order = self.quotation()
        self.after(self.round_globally, [order])
        self.assertEqual(order.amount_total, 1.0)
        comparison = self.env["xero.comparison"].create(
            {
                "connection_id": self.connection.id,
                "date_from": order.date_order.date(),
                "date_to": order.date_order.date(),
                "with_quotations": True,
            }
        )
        comparison.action_compare()
        self.run_job(self.connection)
        self.assertEqual(comparison.state, "done", comparison.message)
        self.assertNotIn(order.name, comparison.line_ids.mapped("odoo_number"))
