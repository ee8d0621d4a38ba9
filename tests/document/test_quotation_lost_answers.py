from odoo.tests import tagged

from .quotation_case import QuotationCase

# How an answer gets lost: after Xero did it, and before
FAULTS = ("lost_answer", "dropped_before")


@tagged("post_install", "-at_install")
class TestQuotationLostAnswers(QuotationCase):
    """Whichever answer gets lost, there is one quote, in the right status."""

    def in_each_way(self, make, method, status, after=0):
        """Lose the answer in each way, and find it out soon or late.

        :param make: makes an order of which a call about its quote is due
        :param status: which the quote must have in the end
        """

        def check(order):
            self.assert_one_quote(order, status)

        self.lose_each_answer(FAULTS, method, "/Quotes", make, check, after)

    def assert_one_quote(self, order, status):
        quote = self.xero_quote_of(order)
        self.assertEqual(quote["Status"], status)
        self.assertEqual(quote["Total"], order.amount_total)
        row = self.quotation_row(order)
        self.assertEqual((row.state, row.xero_status), ("synced", status))

    def changed(self, change, confirmed=False):
        """A quotation or an order in Xero that was changed just now."""
        self.connection.next_allowed = False
        order = self.confirmed_order() if confirmed else self.new_order()
        self.run_job(self.connection)
        change(order)
        return order

    def test_of_a_create(self):
        self.in_each_way(self.new_order, "PUT", "DRAFT")

    def test_of_an_update(self):
        def more(order):
            order.order_line.product_uom_qty = 9

        self.in_each_way(lambda: self.changed(more), "POST", "DRAFT")

    def test_of_the_step_to_sent(self):
        def confirm(order):
            order.action_confirm()

        self.in_each_way(lambda: self.changed(confirm), "POST", "ACCEPTED")

    def test_of_the_step_to_accepted(self):
        def confirm(order):
            order.action_confirm()

        self.in_each_way(lambda: self.changed(confirm), "POST", "ACCEPTED", after=1)

    def test_of_the_step_back_from_accepted(self):
        def cancel(order):
            order._action_cancel()

        self.in_each_way(
            lambda: self.changed(cancel, confirmed=True), "POST", "DECLINED"
        )

    def test_of_the_step_to_declined(self):
        def cancel(order):
            order._action_cancel()

        self.in_each_way(
            lambda: self.changed(cancel, confirmed=True), "POST", "DECLINED", after=1
        )

    def test_of_the_step_to_invoiced(self):
        self.in_each_way(
            lambda: self.changed(self.invoice_of, confirmed=True), "POST", "INVOICED"
        )

    def test_of_a_deletion(self):
        def cancel(order):
            order._action_cancel()

        self.in_each_way(lambda: self.changed(cancel), "POST", "DELETED")
