from odoo.fields import Command

from ..outbox_case import OutboxCase

GONE = ("DELETED", "VOIDED")


class PartsCase(OutboxCase):
    """Looks at all Xero holds, not only at what Odoo's rows remember."""

    def prepare_connected(self):
        result = super().prepare_connected()
        self.seeded = {each["InvoiceID"] for each in self.xero.state()["Invoices"]}
        self.seeded |= {
            each["CreditNoteID"] for each in self.xero.state()["CreditNotes"]
        }
        return result

    def live_in_xero(self, endpoint="Invoices", status=None):
        """What these tests made and Xero still counts, in the order it was made."""
        key = {"Invoices": "InvoiceID", "CreditNotes": "CreditNoteID"}[endpoint]
        return [
            each
            for each in self.xero.state()[endpoint]
            if each[key] not in self.seeded
            and each["Status"] not in GONE
            and status in (None, each["Status"])
        ]

    def xero_sum(self):
        """Drafts and invoices less credit notes: what Xero knows of an order."""
        invoices = sum(each["Total"] for each in self.live_in_xero())
        credit = sum(each["Total"] for each in self.live_in_xero("CreditNotes"))
        return invoices - credit

    def assert_sum_is(self, order):
        self.run_job(self.connection)
        self.assertAlmostEqual(self.xero_sum(), order.amount_total, places=2)

    def sent_order(self, **values):
        """A confirmed order whose draft is in Xero."""
        order = self.confirmed_order(**values)
        self.run_job(self.connection)
        self.assertEqual(order.xero_status, "a draft")
        return order

    def draft_of(self, order):
        return self.xero_document_of(order, "sale_order")

    def credit(self, invoice, quantity=None):
        """Post a credit note that reverses an invoice, or some units of it."""
        credit_note = invoice._reverse_moves()
        if quantity is not None:
            line = credit_note.invoice_line_ids.filtered("product_id")
            credit_note.invoice_line_ids = [
                Command.update(line.id, {"quantity": quantity})
            ]
        credit_note.action_post()
        return credit_note

    def order_of(self, *lines):
        return self.sent_order(
            order_line=[
                Command.create({"product_id": self.product.id, **values})
                for values in lines
            ]
        )

    def invoice_parts(self, order, *quantities):
        """Post an invoice of some units of each line."""
        invoice = order._create_invoices()
        for line in invoice.invoice_line_ids.filtered("sale_line_ids"):
            if line.display_type == "product":
                line.quantity = quantities[0]
                quantities = quantities[1:]
        invoice.action_post()
        return invoice

    def down_payment(self, order, method, **values):
        """Post the down payment a person asks for in Odoo's own dialogue."""
        invoice = self.draft_down_payment(order, method, **values)
        invoice.action_post()
        return invoice

    def draft_down_payment(self, order, method, **values):
        """The same, not posted."""
        known = order.invoice_ids
        wizard = self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        )
        wizard.create({"advance_payment_method": method, **values}).create_invoices()
        return order.invoice_ids - known
