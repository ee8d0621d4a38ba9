import json

from ..outbox_case import OutboxCase


class QuotationCase(OutboxCase):
    """Quotations are sent by themselves, to a contact that Xero knows already."""

    def setUp(self):
        super().setUp()
        self.connection.auto_quotation = True

    def sent_quotation(self, **values):
        """A quotation that is marked as sent in Odoo, and is a quote in Xero."""
        order = self.new_order(**values)
        order.action_quotation_sent()
        self.run_job(self.connection)
        return order

    def xero_quotes_of(self, name):
        """Every quote that names this quotation, whatever became of it."""
        return [
            quote for quote in self.xero.state()["Quotes"] if quote["Reference"] == name
        ]

    def xero_quote_of(self, order):
        """The one quote of a quotation; fails when there is none or two."""
        found = self.xero_quotes_of(order.name)
        self.assertEqual(len(found), 1, f"{len(found)} quotes for {order.name}")
        return found[0]

    def quotation_row(self, order):
        return order.xero_document_ids.filtered(lambda row: row.kind == "quotation")

    def sent_statuses(self):
        """The statuses of the quotes that were sent, in their order."""
        return [
            quote["Status"]
            for call in self.write_calls("/Quotes")
            for quote in json.loads(call["body"])["Quotes"]
        ]
