"""Xero's limits are kept, and what a person waits for goes before the rest."""

from unittest.mock import patch

from odoo.tests import tagged

from ... import xero_api
from ..outbox_case import OutboxCase

BACK_FILL = 12  # more than a person does at once
BATCH = 4


class BudgetCase(OutboxCase):
    connects_anew = True

    def setUp(self):
        super().setUp()
        self.startPatcher(patch.object(xero_api.const, "BATCH_SIZE", BATCH))

    def back_fill(self, count=BACK_FILL):
        """Orders that were confirmed all at once, and wait."""
        orders = self.env["sale.order"].union(
            *(self.new_order(quantity=1 + each) for each in range(count))
        )
        orders.action_confirm()
        self.env.cr.flush()  # what is done before a commit
        return orders

    def sent_in_order(self):
        """The numbers of the orders in each call to Xero, oldest call first."""
        names = self.env["sale.order"].search([]).mapped("name")
        return [
            [name for name in names if f'"{name}"' in call["body"]]
            for call in self.write_calls("/Invoices")
        ]

    def after_calls(self, count, action):
        """Do something, once, when the worker has made so many calls."""
        model = self.env.registry["xero.connection"]
        call = model._call
        made = []

        def wrapper(connection, *args, **kwargs):
            result = call(connection, *args, **kwargs)
            made.append(connection)
            if len(made) == count:
                action()
                self.env.flush_all()
            return result

        self.patch(model, "_call", wrapper)


@tagged("post_install", "-at_install")
class TestUrgent(BudgetCase):
    """Single documents pass a back-fill."""

    def test_an_order_confirmed_during_a_back_fill_goes_next(self):
        self.back_fill()
        new = []
        self.after_calls(1, lambda: new.append(self.confirmed_order()))
        self.run_job(self.connection)
        calls = self.sent_in_order()
        self.assertEqual([len(names) for names in calls], [BATCH, BATCH, BATCH, 1])
        self.assertIn(new[0].name, calls[1])

    def test_so_does_its_new_customer(self):
        orders = self.back_fill()
        customer = self.env["res.partner"].create({"name": "New Customer"})
        new = []
        self.after_calls(
            1, lambda: new.append(self.confirmed_order(partner_id=customer.id))
        )
        self.run_job(self.connection)
        paths = [call["path"].rsplit("/")[-1] for call in self.write_calls()]
        # The second call is the one in which its customer was found missing
        self.assertEqual(paths[:4], ["Invoices", "Invoices", "Contacts", "Invoices"])
        self.assertIn(new[0].name, self.sent_in_order()[2])
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})

    def test_a_document_sent_by_button_goes_before_what_waits(self):
        self.connection.auto_sale_order = False
        clicked = self.confirmed_order()
        self.connection.auto_sale_order = True
        self.back_fill()
        clicked.action_xero_send()
        self.finish_request()
        self.assertIn(clicked.name, self.sent_in_order()[0])

    def test_a_long_list_sent_by_button_is_a_back_fill(self):
        self.connection.auto_sale_order = False
        orders = self.back_fill()
        orders.action_xero_send()
        self.assertFalse(any(orders.xero_document_ids.mapped("urgent")))

    def test_an_urgent_document_stays_so_in_a_long_list(self):
        order = self.confirmed_order()
        self.env.cr.flush()
        (order + self.back_fill())._xero_request()
        self.env.cr.flush()
        self.assertTrue(order.xero_document_ids.urgent)

    def test_what_was_not_sent_keeps_its_place(self):
        self.back_fill()
        order = self.confirmed_order()
        self.xero.fault("rate_concurrent", path="/Invoices")
        self.run_job(self.connection)
        with self.later(minutes=6):
            self.run_job(self.connection)
        refused, again = self.sent_in_order()[:2]
        self.assertIn(order.name, refused)
        self.assertEqual(again, refused)

    def test_a_back_fill_goes_oldest_first(self):
        orders = self.back_fill()
        self.run_job(self.connection)
        sent = [sorted(names) for names in self.sent_in_order()]
        names = orders.mapped("name")
        self.assertEqual(sent, [names[0:4], names[4:8], names[8:12]])


@tagged("post_install", "-at_install")
class TestDay(BudgetCase):
    """The calls of a day: how many are left, who may make the last ones."""

    def leave(self, calls):
        """Let Xero allow only so many more calls today."""
        used = 1000 - self.connection.day_remaining
        self.xero.limits(enabled=True, minute=1000, day=used + calls)

    def statuses(self):
        return {call["status"] for call in self.xero.calls()}

    def test_what_xero_says_is_kept(self):
        before = self.connection.day_remaining
        self.confirmed_order()
        self.run_job(self.connection)
        self.assertEqual(self.connection.day_remaining, before - 1)
        self.assertEqual(self.connection.day_limit, 1000)
        self.assertRegex(self.connection.day_calls, r"^9\d\d of 1,000, all again by ")

    def test_a_new_day_has_all_calls_again(self):
        with self.later(days=1, minutes=1):
            self.connection.invalidate_recordset(["day_calls"])
            self.assertEqual(self.connection.day_calls, "1,000 of 1,000")

    def test_more_calls_a_day_than_the_first_tier_allows_are_noticed(self):
        self.xero.limits(day=5000)
        with self.later(days=1, minutes=1):
            self.confirmed_order()
            self.run_job(self.connection)
        self.assertEqual(self.connection.day_limit, 5000)

    def test_a_back_fill_leaves_the_last_calls_to_single_documents(self):
        self.leave(102)
        orders = self.back_fill()
        self.run_job(self.connection)
        self.assertEqual(self.connection.day_remaining, 100)
        self.assertEqual(len(self.sent_in_order()), 2)
        waiting = orders.filtered(lambda order: order.xero_state == "pending")
        self.assertEqual(len(waiting), BACK_FILL - 2 * BATCH)
        self.assertIn("kept for single documents", waiting[0].xero_message)

    def test_single_documents_make_the_last_calls(self):
        self.leave(102)
        self.back_fill()
        self.run_job(self.connection)
        order = self.confirmed_order()
        self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(self.sent_in_order()[2:], [[order.name]])

    def test_the_new_customer_of_a_single_document_is_made_with_them(self):
        self.leave(102)
        self.back_fill()
        self.run_job(self.connection)
        customer = self.env["res.partner"].create({"name": "New Customer"})
        order = self.confirmed_order(partner_id=customer.id)
        self.run_job(self.connection)
        self.assert_in_xero_once(order)

    def test_the_back_fill_goes_on_the_next_day(self):
        self.leave(102)
        orders = self.back_fill()
        self.run_job(self.connection)
        # After a day without work the job reads once more what Xero holds.
        self.xero.limits(enabled=True, minute=1000, day=1000)
        with self.later(days=1, minutes=1):
            self.run_job(self.connection)
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertEqual(self.statuses(), {200})

    def test_the_job_comes_back_when_the_day_is_renewed(self):
        self.leave(102)
        self.back_fill()
        self.run_job(self.connection)
        triggers = (
            self.env["ir.cron.trigger"]
            .sudo()
            .search([("cron_id", "=", self.connection.sudo().cron_id.id)])
        )
        self.assertIn(self.connection.day_renews_at, triggers.mapped("call_at"))

    def test_lists_for_choosing_wait_for_the_next_day(self):
        self.leave(100)
        self.confirmed_order()
        self.run_job(self.connection)
        self.connection.choices_at = "2020-01-01"
        self.run_job(self.connection)
        self.assertFalse(self.xero.calls("GET"))

    def test_a_used_up_day_is_not_tried_again_before_it_ends(self):
        self.leave(1)
        self.confirmed_order()
        order = self.confirmed_order(
            partner_id=self.env["res.partner"].create({"name": "New"}).id
        )
        self.run_job(self.connection)
        for hours in range(1, 24, 4):
            with self.later(hours=hours):
                self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls()), 1)
        self.assertIn("for today are used up", order.xero_message)
        self.xero.limits(day=1000)
        with self.later(days=1, minutes=1):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(self.statuses(), {200})

    def test_xeros_word_on_when_the_day_ends_is_taken(self):
        self.xero.fault("rate_day", path="/Invoices", retry_after=7200)
        order = self.confirmed_order()
        self.run_job(self.connection)
        with self.later(hours=1, minutes=55):
            self.run_job(self.connection)
        self.assertEqual(len(self.xero.calls()), 1)
        with self.later(hours=2, minutes=1):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)


@tagged("post_install", "-at_install")
class TestMinute(BudgetCase):
    """The calls of a minute: never one too many."""

    def test_no_call_is_refused_however_many_are_to_be_made(self):
        self.xero.limits(enabled=True, minute=14, day=1000)
        orders = self.back_fill(24)
        for minute in range(4):
            with self.later(seconds=65 * minute):
                self.run_job(self.connection)
        self.assertEqual(set(orders.mapped("xero_state")), {"synced"})
        self.assertEqual({call["status"] for call in self.xero.calls()}, {200})

    def test_reading_a_long_list_stops_before_it_is_one_too_many(self):
        self.xero.limits(enabled=True, minute=14, day=1000)
        self.press_refresh(self.connection)
        self.finish_request()
        self.assertEqual({call["status"] for call in self.xero.calls()}, {200})
        self.assertFalse(self.connection._is_open())
        with self.later(seconds=65):
            self.run_job(self.connection)
        self.assertTrue(self.connection.choices_at)

    def test_a_long_list_goes_on_after_the_pause_where_it_was(self):
        self.xero.seed("Contacts", count=2500)  # three pages
        self.connection.contacts_due = True
        with self.later(minutes=2):
            self.xero.limits(enabled=True, minute=2)
            self.run_job(self.connection)
            self.assertTrue(self.connection.contacts_due)
        with self.later(minutes=4):
            self.run_job(self.connection)
        self.assertFalse(self.connection.contacts_due)
        self.assertEqual(len(self.xero.calls("GET", "/Contacts")), 3)
        ours = [("connection_id", "=", self.connection.id), ("xero_id", "!=", False)]
        self.assertEqual(
            self.env["xero.contact"].search_count(ours),
            len(self.xero.state()["Contacts"]),
        )
