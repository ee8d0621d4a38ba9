from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from .common import XeroCase


class OutboxCase(XeroCase):
    """A connected company whose customer is in Xero."""

    def setUp(self):
        super().setUp()
        self.connection = self.connect()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )

    @contextmanager
    def later(self, **delta):
        """Both clocks, Odoo's and Xero's, show a later time for a while."""
        ahead = timedelta(**delta)
        self.xero.advance(ahead.total_seconds())
        with freeze_time(datetime.now() + ahead):
            yield
        self.xero.advance(-ahead.total_seconds())

    def assert_in_xero_once(self, order):
        self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)
        self.assertEqual(order.xero_state, "synced")
