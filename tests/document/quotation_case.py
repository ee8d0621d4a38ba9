import json
from contextlib import contextmanager
from datetime import datetime, timedelta

from odoo import fields

from ..outbox_case import OutboxCase


class QuotationCase(OutboxCase):
    """Quotations are sent by themselves, to a contact that Xero knows already."""

    def setUp(self):
        super().setUp()
        self.connection.auto_quotation = True
        soon = datetime.now() + timedelta(hours=1)
        self.hour = soon.replace(minute=0, second=0, microsecond=0)

    @contextmanager
    def at(self, minute, second=1):
        """Both clocks show this minute of the test's hour; it may pass 60."""
        moment = self.hour + timedelta(minutes=minute, seconds=second)
        with self.later(seconds=(moment - datetime.now()).total_seconds()):
            yield

    def work_at(self, minute):
        """The connection's job runs when this minute has just begun."""
        with self.at(minute):
            self.run_job(self.connection)

    def leave_calls(self, left):
        """So many of 1,000 are left of Xero's day, until the next call says more."""
        renews = fields.Datetime.add(fields.Datetime.now(), hours=9)
        self.connection.sudo().write(
            {"day_limit": 1000, "day_remaining": left, "day_renews_at": renews}
        )

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
