from .parts_case import PartsCase


class InvoiceCase(PartsCase):
    """Customer invoices without an order."""

    def posted(self, move_type="out_invoice", **values):
        """A document of one line of 100.00 plus tax, posted and not yet sent."""
        move = self.new_move(move_type, **values)
        move.action_post()
        return move

    def sent(self, move_type="out_invoice", **values):
        move = self.posted(move_type, **values)
        self.run_job(self.connection)
        self.assertEqual(move.xero_state, "synced", move.xero_message)
        return move

    def pay_in_xero(self, invoice, amount):
        """Somebody books money received, in Xero."""
        accounts = self.xero.state()["Accounts"]
        account = next(x for x in accounts if x["Type"] == "BANK")
        self.xero.seed(
            "Payments",
            [
                {
                    "Invoice": {"InvoiceID": invoice.xero_document_ids.xero_id},
                    "Account": {"AccountID": account["AccountID"]},
                    "Date": "2026-11-22",
                    "Amount": amount,
                }
            ],
        )

    def change(self, invoice, price):
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = price
        invoice.action_post()
        self.run_job(self.connection)
