from .left_case import LeftMixin
from .neighbours_case import NeighboursCase
from .till_case import TillMixin


class TestTill(TillMixin, LeftMixin, NeighboursCase):
    """What is sold at the till is in Xero when it is invoiced, else never."""

    def entries_in_xero(self):
        self.run_job(self.connection)
        return self.held("Invoices", "InvoiceID") + self.held(
            "CreditNotes", "CreditNoteID"
        )

    def opened(self):
        """The entries of which the connection says that Xero never gets them."""
        action = self.connection.action_open_never_sent()
        return self.env[action["res_model"]].search(action["domain"])

    def test_what_is_sold_without_an_invoice_is_never_sent_and_that_is_said(self):
        self.sell({"qty": 2, "price_unit": 100})
        closing = self.close_till()
        self.assertFalse(self.entries_in_xero())
        self.assertEqual(self.opened(), closing)
        self.assertIn("1 journal entries of $\xa0220.00", self.connection.never_sent)

    def test_what_is_invoiced_at_the_till_is_that_invoice_in_xero(self):
        receipt = self.sell({"qty": 2, "price_unit": 100}, invoiced=True)
        self.close_till()
        (held,) = self.entries_in_xero()
        invoice = receipt.account_move
        self.assertEqual(held["InvoiceNumber"], invoice.name)
        self.assertEqual((held["Status"], held["Total"]), ("AUTHORISED", 220.0))
        self.assertEqual(invoice.xero_state, "synced")

    def test_how_an_invoice_was_paid_at_the_till_is_never_sent_and_that_is_said(self):
        receipt = self.sell({"qty": 2, "price_unit": 100}, invoiced=True)
        closing = self.close_till()
        payment = receipt.payment_ids.account_move_id
        self.assertEqual(self.opened(), payment + closing)

    def test_what_is_invoiced_after_the_till_was_closed_is_sent_then(self):
        receipt = self.sell({"qty": 2, "price_unit": 100})
        self.close_till()
        self.assertFalse(self.entries_in_xero())
        receipt.action_pos_order_invoice()
        self.end_click()
        (held,) = self.entries_in_xero()
        self.assertEqual(held["Total"], 220.0)

    def test_what_comes_back_with_an_invoice_is_a_credit_note(self):
        receipt = self.sell({"qty": 2, "price_unit": 100}, invoiced=True)
        self.bring_back(receipt)
        self.entries_in_xero()
        self.run_job(self.connection)
        (invoice,) = self.held("Invoices", "InvoiceID")
        (credit_note,) = self.held("CreditNotes", "CreditNoteID")
        self.assertEqual(invoice["Total"], 220.0)
        self.assertEqual(credit_note["Total"], 220.0)

    def test_cash_rounding_at_the_till_is_a_line_of_the_invoice(self):
        rounding = self.env["account.cash.rounding"].create(
            {
                "name": "To five cents",
                "rounding": 0.05,
                "strategy": "add_invoice_line",
                "rounding_method": "UP",
                "profit_account_id": self.company_data["default_account_revenue"].id,
                "loss_account_id": self.company_data["default_account_expense"].id,
            }
        )
        self.till.write({"cash_rounding": True, "rounding_method": rounding.id})
        self.connection.zero_sale_tax_rate_id = self.env["xero.tax.rate"].search(
            [
                ("connection_id", "=", self.connection.id),
                ("tax_type", "=", "EXEMPTOUTPUT"),
            ]
        )
        receipt = self.sell({"qty": 1, "price_unit": 10.02}, invoiced=True)
        self.assertEqual(receipt.account_move.amount_total, 11.05)
        (held,) = self.entries_in_xero()
        self.assertEqual(held["Total"], 11.05)


class TestOrderAtTheTill(TillMixin, LeftMixin, NeighboursCase):
    """An order settled at the till is once in Xero, as an invoice or not at all."""

    def test_settled_with_an_invoice_the_draft_makes_room_for_it(self):
        order = self.delivered_order(price=80.0)
        self.assertEqual(self.draft_total(order), 880)
        receipt = self.settle(order, 10, invoiced=True)
        self.assertEqual(self.draft_total(order), 0)
        self.assertEqual(receipt.account_move.xero_state, "synced")
        self.assertEqual(self.invoiced_total(), 880)

    def test_settled_in_part_with_an_invoice_the_draft_keeps_the_rest(self):
        order = self.delivered_order(price=80.0)
        self.settle(order, 4, invoiced=True)
        self.assertEqual(self.draft_total(order), 528)
        self.assertEqual(self.invoiced_total(), 352)

    def test_settled_without_an_invoice_nothing_is_in_xero_once_the_till_closes(self):
        order = self.delivered_order(price=80.0)
        self.assertEqual(self.draft_total(order), 880)
        self.settle(order, 10)
        self.close_till()
        self.assertEqual(self.draft_total(order), 0)
        self.assertEqual(self.invoiced_total(), 0)
        self.assertEqual(self.xero_quote_of(order)["Status"], "INVOICED")

    def test_settled_and_brought_back_the_order_is_as_odoo_counts_it(self):
        order = self.delivered_order(price=80.0)
        receipt = self.settle(order, 10)
        self.assertEqual(self.draft_total(order), 0)
        self.bring_back(receipt)
        self.assertEqual(self.draft_total(order), 0)

    def test_a_down_payment_at_the_till_is_taken_off_the_draft(self):
        order = self.delivered_order(price=100.0)
        self.assertEqual(self.draft_total(order), 1100)
        self.pay_down(order, 100)
        self.assertEqual(self.draft_total(order), 990)

    def test_a_down_payment_invoiced_at_the_till_and_the_rest_are_the_order(self):
        order = self.delivered_order(price=100.0)
        receipt = self.pay_down(order, 100, invoiced=True)
        self.assertEqual(self.draft_total(order), 990)
        self.transfer(order, 10)
        last = order._create_invoices(final=True)
        last.action_post()
        self.assertEqual(last.amount_total, 990)
        self.assertEqual(self.draft_total(order), 0)
        self.assertEqual(receipt.account_move.xero_state, "synced")
        self.assertEqual(self.invoiced_total(), 1100)
