from odoo.fields import Command
from odoo.tests import tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestSaleOrderInput(ConnectedCase):
    """What an order lacks is told before it is sent; cured, it goes by itself."""

    def test_unmapped_tax_is_an_issue_and_mapping_it_sends_all(self):
        self.gst.xero_tax_rate_id = False
        orders = self.confirmed_order() + self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Invoices"), [])
        issue = orders.xero_issue_id
        self.assertEqual(len(issue), 1)
        self.assertEqual(issue.blocked_count, 2)
        self.assertIn(self.gst.name, orders[0].xero_message)
        self.gst.action_xero_accept_proposal()
        self.run_job(self.connection)
        self.assertEqual(orders.mapped("xero_state"), ["synced", "synced"])
        self.assertEqual(issue.state, "solved")

    def test_line_without_tax_asks_for_the_zero_rate(self):
        order = self.new_order()
        order.order_line.tax_ids = False
        order.action_confirm()
        self.run_job(self.connection)
        self.assertIn("without tax", order.xero_message)
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "EXEMPTOUTPUT")]
        )
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")
        self.assertEqual(self.xero_invoice_of(order)["TotalTax"], 0)

    def test_order_without_lines_says_so(self):
        order = self.confirmed_order(order_line=[])
        self.run_job(self.connection)
        self.assertIn("has no line", order.xero_message)
        order.order_line = [Command.create({"product_id": self.product.id})]
        self.run_job(self.connection)
        self.assertEqual(order.xero_state, "synced")

    def test_difference_in_xeros_total_is_shown_and_not_green(self):
        # Somebody changed the rate in Xero since it was read
        self.xero.edit("TaxRates", "OUTPUT", EffectiveRate=0)
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(order)["TotalTax"], 0)
        self.assertEqual(order.xero_state, "mismatch")
        self.assertIn("Xero's total is $ 300.00", order.xero_message)

    def test_a_price_finer_than_xeros_gives_the_same_total(self):
        order = self.new_order()
        order.order_line.write({"price_unit": 0.00004, "product_uom_qty": 1000000})
        order.action_confirm()
        self.run_job(self.connection)
        invoice = self.xero_invoice_of(order)
        self.assertEqual(invoice["Total"], order.amount_total)
        self.assertIn("1000000 at 0.00004", invoice["LineItems"][1]["Description"])
        self.assertEqual(order.xero_state, "synced")

    def test_a_description_that_is_too_long_is_told_and_shortening_it_sends(self):
        order = self.new_order()
        order.order_line.name = "x" * 4001
        order.action_confirm()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Invoices"), [])
        self.assertIn("has 4001 characters, Xero takes 4000", order.xero_message)
        order.order_line.name = "x" * 4000
        self.run_job(self.connection)
        line = self.xero_invoice_of(order)["LineItems"][1]
        self.assertEqual(len(line["Description"]), 4000)
