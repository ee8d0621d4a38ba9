"""A company at work whose connection to Xero gets lost, and is mended."""

from contextlib import nullcontext

from ..outbox_case import OutboxCase
from ..xero_server import TENANT_AU
from .consent_case import ConsentCase


class LostCase(ConsentCase):
    """A company at work, connected by an administrator's consent."""

    later = OutboxCase.later

    def setUp(self):
        super().setUp()
        self.connection = self.connection.sudo()
        self.connection.auto_quotation = False
        self.reconnect()
        self.run_job(self.connection)
        self.gst.action_xero_accept_proposal()
        self.customer.xero_contact_id = self.env["xero.contact"].search(
            [("name", "=", "City Agency")]
        )
        self.xero.clear_calls()

    def enter_registry_test_mode(self):
        return nullcontext()  # HttpCase is in it all the time

    def xero_invoices(self, tenant=TENANT_AU):
        """Those made by these tests; their links lead to the test server."""
        names = self.env["sale.order"].search([]).mapped("name")
        invoices = self.xero.state(tenant)["Invoices"]
        return [each for each in invoices if each.get("Reference") in names]

    def reconnect(self, tenants=(TENANT_AU,)):
        """An administrator presses the button and allows it on Xero's page."""
        self.authenticate("xero_admin", "xero_admin")
        url = self.connection.with_user(self.admin).action_connect()["url"]
        self.come_back(self.xero.consent(url, tenants=tenants))

    def stale_token(self):
        """The access token has expired, so the next call needs a new one."""
        token = self.token()
        token.expires_at = "2020-01-01"
        return token

    def token(self):
        return (
            self.env["xero.token"]
            .sudo()
            .search([("connection_id", "=", self.connection.id)])
        )

    def lose(self, words):
        """Orders are confirmed, and the job finds out that the connection is lost.

        :param words: what people are told
        :return: the orders
        """
        orders = self.env["sale.order"].union(
            *(self.confirmed_order(quantity=1 + each) for each in range(3))
        )
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn(words, self.connection.state_message)
        self.assertEqual(self.connection.activity_ids.user_id, self.admin)
        self.assertEqual(len(self.connection.activity_ids), 1)
        for order in orders:
            self.assertIn(order.xero_state, ("pending", "held"))
            self.assertIn("administrator has to reconnect", order.xero_message)
        self.assert_left_alone()
        return orders

    def assert_left_alone(self):
        """No more calls are made until a person has mended it; one task is enough."""
        self.xero.clear_calls()
        for _hour in range(3):
            self.run_job(self.connection)
        self.assertEqual(self.xero.calls(), [])
        self.assertEqual(len(self.connection.activity_ids), 1)

    def assert_all_went_out(self, orders):
        """Each is in Xero once, in the order in which they were confirmed."""
        self.run_job(self.connection)
        self.assertEqual(self.connection.state, "connected")
        self.assertFalse(self.connection.state_message)
        self.assertFalse(self.connection.activity_ids)
        for order in self.before + orders:
            self.assertEqual(self.xero_invoice_of(order)["Total"], order.amount_total)
        (call,) = self.write_calls("/Invoices")
        places = [call["body"].index(f'"{order.name}"') for order in orders]
        self.assertEqual(places, sorted(places))
