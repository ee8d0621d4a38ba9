from .purchase_case import PurchaseCase


class BillCase(PurchaseCase):
    """Vendor bills and refunds, and all the local Xero holds of them."""

    def setUp(self):
        super().setUp()
        self.connection.auto_purchase_order = False
        state = self.xero.state()
        self.seeded = {each["InvoiceID"] for each in state["Invoices"]}
        self.seeded |= {each["CreditNoteID"] for each in state["CreditNotes"]}

    def bills_in_xero(self):
        """What these tests made, in its order, ended ones too."""
        return [
            each
            for each in self.xero.state()["Invoices"]
            if each["InvoiceID"] not in self.seeded
        ]

    def refunds_in_xero(self):
        return [
            each
            for each in self.xero.state()["CreditNotes"]
            if each["CreditNoteID"] not in self.seeded
        ]

    def sent_bill(self, move_type="in_invoice", post=True, **values):
        bill = self.new_move(move_type, **values)
        if post:
            bill.action_post()
        self.run_job(self.connection)
        self.assertEqual(bill.xero_state, "synced", bill.xero_message)
        return bill
