from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..outbox_case import OutboxCase


@tagged("post_install", "-at_install")
class TestPause(OutboxCase):
    """While a connection is paused everything is queued, and nothing goes."""

    def test_paused_no_call_is_made_and_the_form_says_why(self):
        self.connection.action_pause()
        order = self.confirmed_order()
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertFalse(self.xero.calls())
        self.assertEqual(order.xero_state, "pending")
        self.assertIn("paused", order.xero_message)

    def test_the_button_sends_nothing_either(self):
        self.connection.action_pause()
        order = self.confirmed_order()
        order.action_xero_send()
        self.finish_request()
        self.assertEqual(order.xero_state, "pending")

    def test_continued_it_sends_what_waited(self):
        self.connection.action_pause()
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.connection.action_continue()
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertFalse(order.xero_message)

    def test_an_accountant_pauses_and_continues(self):
        connection = self.connection.with_user(self.new_user("abby", "accountant"))
        connection.action_pause()
        self.assertTrue(self.connection.paused)
        connection.action_continue()
        self.assertFalse(self.connection.paused)

    def test_a_salesperson_does_neither(self):
        connection = self.connection.with_user(self.new_user("uma", "user"))
        for press in (connection.action_pause, connection.action_continue):
            with self.assertRaises(AccessError):
                press()
