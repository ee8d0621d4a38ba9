from odoo.tests import tagged

from ..xero_server import TENANT_AU
from .comparison_case import DAY, ComparisonCase

NOTHING = {"with_sales": False, "with_purchases": False}


@tagged("post_install", "-at_install")
class TestComparisonKinds(ComparisonCase):
    """What is not booked is compared when it is chosen, as kinds of its own."""

    def order_of_march(self, **values):
        """Odoo dates an order when it is confirmed."""
        order = self.confirmed_order(**values)
        order.date_order = f"{DAY} 10:00:00"
        self.end_click()
        return order

    def test_an_order_is_a_draft_and_what_is_left_of_it_is_the_same(self):
        order = self.order_of_march(quantity=3.0)
        self.run_job(self.connection)
        self.invoice_of(order, quantity=1)
        self.run_job(self.connection)
        comparison = self.compare(**NOTHING, with_drafts=True)
        self.assertFalse(comparison.line_ids)
        total = comparison.sum_ids.ensure_one()
        self.assertEqual((total.kind, total.odoo_total), ("draft", 330))
        self.assertEqual(total.xero_total, 330)

    def test_a_draft_edited_in_xero_differs(self):
        order = self.order_of_march()
        self.run_job(self.connection)
        row = order.xero_document_ids
        self.xero.edit("Invoices", row.xero_id, Total=1)
        line = self.compare_line(**NOTHING, with_drafts=True)
        self.assertEqual((line.result, line.kind), ("differ", "draft"))
        self.assertEqual(line.sale_order_id, order)

    def test_drafts_do_not_count_as_invoices(self):
        self.order_of_march()
        self.run_job(self.connection)
        self.assertFalse(self.compare().sum_ids)

    def test_an_order_that_was_never_sent_is_only_in_odoo(self):
        self.connection.auto_sale_order = False
        self.order_of_march()
        drafts = {**NOTHING, "with_drafts": True}
        self.assertEqual(self.verdict(**drafts), ("only_odoo", "off"))

    def test_a_draft_bill_is_a_draft_until_it_is_posted(self):
        bill = self.new_move("in_invoice", ref="T-1")
        self.run_job(self.connection)
        drafts = self.compare(**NOTHING, with_drafts=True)
        self.assertEqual(drafts.sum_ids.kind, "draft_bill")
        self.assertFalse(drafts.line_ids)
        self.assertFalse(self.compare().sum_ids)
        bill.action_post()
        self.end_click()
        self.run_job(self.connection)
        self.assertEqual(self.compare().sum_ids.kind, "bill")

    def test_quotations_are_the_same_and_a_declined_one_is_over(self):
        self.connection.auto_quotation = True
        order = self.new_order(date_order=f"{DAY} 10:00:00")
        self.run_job(self.connection)
        self.make_in_xero("Quotes", Status="DRAFT")
        quotes = {**NOTHING, "with_quotations": True}
        comparison = self.compare(**quotes)
        self.assertEqual(comparison.same_count, 1)
        self.assertEqual(comparison.line_ids.reason, "made")
        row = order.xero_document_ids
        self.xero.edit("Quotes", row.xero_id, Total=5)
        line = self.compare(**quotes).line_ids.filtered("odoo_number")
        self.assertEqual((line.result, line.sale_order_id), ("differ", order))
        for quote in self.xero.state(TENANT_AU)["Quotes"]:
            self.xero.edit("Quotes", quote["QuoteID"], Status="DECLINED")
        order._action_cancel()
        self.end_click()
        self.assertFalse(self.compare(**quotes).line_ids)

    def test_an_order_whose_quote_is_in_xero_may_still_lack_its_draft(self):
        self.connection.auto_quotation = True
        order = self.new_order(date_order=f"{DAY} 10:00:00")
        self.run_job(self.connection)
        self.connection.auto_sale_order = False
        order.action_confirm()
        order.date_order = f"{DAY} 10:00:00"
        self.end_click()
        self.run_job(self.connection)
        both = {**NOTHING, "with_quotations": True, "with_drafts": True}
        comparison = self.compare(**both)
        self.assertEqual(comparison.same_count, 1)
        self.assertEqual(comparison.line_ids.kind, "draft")
        self.assertEqual(comparison.line_ids.result, "only_odoo")
        self.assertEqual(comparison.sum_ids.mapped("odoo_count"), [1, 1])

    def test_purchase_orders_are_the_same_or_differ(self):
        order = self.approved_purchase(date_order=f"{DAY} 10:00:00")
        self.run_job(self.connection)
        orders = {**NOTHING, "with_purchase_orders": True}
        self.assertEqual(self.compare(**orders).same_count, 1)
        self.xero.edit("PurchaseOrders", order.xero_document_ids.xero_id, Total=5)
        line = self.compare_line(**orders)
        self.assertEqual((line.result, line.purchase_order_id), ("differ", order))

    def test_a_day_counts_where_the_company_is(self):
        """23:30 of the last of February in UTC is March in Sydney."""
        self.company.partner_id.tz = "Australia/Sydney"
        self.approved_purchase(date_order="2026-02-28 23:30:00")
        self.run_job(self.connection)
        comparison = self.compare(**NOTHING, with_purchase_orders=True)
        self.assertEqual(comparison.same_count, 1)

    def test_a_foreign_currency_has_a_sum_of_its_own(self):
        euro = self.euro()
        self.xero.seed("Currencies", [{"Code": "EUR"}])
        self.press_refresh(self.connection)
        self.run_job(self.connection)
        self.posted(currency_id=euro.id)
        comparison = self.compare()
        self.assertFalse(comparison.line_ids)
        self.assertEqual(comparison.sum_ids.currency, "EUR")
