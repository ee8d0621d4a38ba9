"""A server that reaches Xero through a proxy, or whose administrator made a slip."""

from odoo.tests import tagged

from ..outbox_case import OutboxCase
from ..xero_api.proxy_case import Proxy, environment

CREDENTIALS = "odoo:s3cret"


@tagged("post_install", "-at_install")
class TestWays(OutboxCase):
    def run_through(self, proxy, credentials=CREDENTIALS):
        """Run the job on a server whose environment names this proxy."""
        self.run_with(https_proxy=f"http://{credentials}@127.0.0.1:{proxy.port}")

    def run_with(self, **variables):
        self.connection.next_allowed = False
        with environment(**variables):
            self.run_job(self.connection)

    def reconnect(self):
        self.connection.action_connect()
        self.finish_request()
        self.assertEqual(self.connection.state, "connected")

    def assert_broken_once(self, words, **variables):
        """The connection says what is wrong, and leaves it at that."""
        order = self.confirmed_order()
        posted = self.connection.message_ids
        for _run in range(3):
            self.run_with(**variables)
        self.assertEqual(self.connection.state, "broken")
        self.assertIn(words, self.connection.state_message)
        messages = self.connection.message_ids - posted
        kinds = messages.mapped("subtype_id")
        self.assertEqual(len(messages), len(kinds), messages.mapped("body"))
        self.assertTrue(messages.filtered(lambda each: words in each.body))
        issue = self.env["xero.issue"].search(
            [("connection_id", "=", self.connection.id), ("kind", "=", "reconnect")]
        )
        self.assertEqual(len(issue), 1)
        told = f"{self.connection.state_message} {messages.mapped('body')} {issue.name}"
        self.assertNotIn("s3cret", told)
        self.assertEqual(order.xero_state, "pending")
        self.assertEqual(self.write_calls("/Invoices"), [])
        self.reconnect()
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(issue.state, "solved")

    def test_documents_go_through_a_proxy_with_user_and_password(self):
        order = self.confirmed_order()
        with Proxy("--credentials", CREDENTIALS) as proxy:
            self.run_through(proxy)
            self.assertTrue(proxy.requests())
        self.assert_in_xero_once(order)

    def test_a_wrong_password_of_the_proxy_breaks_the_connection_in_words_once(self):
        with Proxy("--credentials", CREDENTIALS) as proxy:
            self.assert_broken_once(
                "refuses its user or password",
                https_proxy=f"http://odoo:s3cret-old@127.0.0.1:{proxy.port}",
            )

    def test_a_proxy_address_that_is_none_breaks_the_connection_in_words_once(self):
        self.assert_broken_once("is not valid", https_proxy="ftp://odoo:s3cret@proxy")

    def test_missing_certificates_break_the_connection_in_words_once(self):
        self.assert_broken_once("REQUESTS_CA_BUNDLE", REQUESTS_CA_BUNDLE="/nowhere")

    def test_a_proxy_that_is_down_leaves_nothing_unknown(self):
        order = self.confirmed_order()
        with Proxy() as proxy:
            proxy.end()
            self.run_through(proxy)
        self.assertEqual(self.connection.state, "connected")
        self.assertIn("did not let the call", self.connection.state_message)
        requests = self.env["xero.request"].search(
            [("connection_id", "=", self.connection.id)]
        )
        self.assertEqual(set(requests.mapped("outcome")), {"not_sent"})
        self.assertEqual(order.xero_state, "pending")
        self.run_with()
        self.assert_in_xero_once(order)

    def test_a_first_connection_says_what_is_wrong_with_the_proxy(self):
        self.connection.sudo().write(
            {"state": "draft", "remote_connection_id": False, "tenant_id": False}
        )
        with (
            Proxy("--credentials", CREDENTIALS) as proxy,
            environment(https_proxy=f"http://127.0.0.1:{proxy.port}"),
        ):
            self.connection.action_connect()
            self.finish_request()
        self.assertEqual(self.connection.state, "draft")
        self.assertIn("refuses its user or password", self.connection.state_message)
