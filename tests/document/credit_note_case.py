from .invoice_case import InvoiceCase


def match(credit_note, *invoices):
    """Reconcile a posted credit note or refund with posted invoices or bills."""
    moves = credit_note.union(*invoices)
    lines = moves.line_ids.filtered(
        lambda line: line.account_type in ("asset_receivable", "liability_payable")
    )
    lines.reconcile()


class CreditNoteCase(InvoiceCase):
    def prepare_connected(self):
        result = super().prepare_connected()
        self.invoice = self.sent()
        return result

    def xero_invoice(self, invoice=None):
        return self.xero_document_of(invoice or self.invoice)

    def xero_credit_note(self, credit_note):
        return self.xero_document_of(credit_note)

    def given(self, invoice=None):
        """The amounts of credit that stand against an invoice in Xero."""
        allocations = self.xero_invoice(invoice)["Allocations"]
        return [each["Amount"] for each in allocations]

    def credited(self, quantity=None):
        """A credit note on the invoice, in Xero."""
        credit_note = self.credit(self.invoice, quantity)
        self.run_job(self.connection)
        return credit_note

    def allocation_calls(self, method):
        return [
            call
            for call in self.xero.calls(method=method)
            if "/Allocations" in call["path"]
        ]
