from dataclasses import replace
from datetime import datetime, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .comparison_case import ComparisonCase

RUN = "odoo.addons.xero_sync.models.holdings.xero_period_mixin"
BATCH = "odoo.addons.xero_sync.models.holdings.xero_period_odoo.BATCH"
MOMENT = "odoo.addons.xero_sync.xero_api.listings._moment"
PAGE_SIZE = "odoo.addons.xero_sync.xero_api.const.PAGE_SIZE"


class Killed(BaseException):
    """The worker is killed; nothing catches this."""


@tagged("post_install", "-at_install")
class TestComparisonBackground(ComparisonCase):
    """The job works page by page, and goes on where it was whatever happens."""

    def setUp(self):
        super().setUp()
        for name, size in ((BATCH, 2), (PAGE_SIZE, 2)):
            patcher = patch(name, size)
            patcher.start()
            self.addCleanup(patcher.stop)

    def prepare_connected(self):
        result = super().prepare_connected()
        moves = self.env["account.move"]
        for _number in range(5):
            moves |= self.new_move("out_invoice")
        moves.action_post()
        self.run_job(self.connection)
        for number in range(3):
            self.make_in_xero(InvoiceNumber=f"HAND-{number}")
        self.moves = moves
        self.xero.clear_calls()
        return result

    def assert_complete(self, comparison):
        """Each document was counted once."""
        self.assertEqual(comparison.state, "done", comparison.message)
        self.assertEqual((comparison.same_count, comparison.only_xero_count), (5, 3))
        self.assertEqual(comparison.unequal_count, 3)
        total = comparison.sum_ids.ensure_one()
        self.assertEqual((total.odoo_count, total.odoo_total), (5, 550))
        self.assertEqual((total.xero_count, total.xero_total), (8, 880))

    def killed_at(self, comparison, method, time):
        """Run the job and kill it in a step of the comparison.

        :param time: of how many calls of the step it is the last
        """
        comparisons = type(comparison)
        step, calls = getattr(comparisons, method), []

        def killed(record, *args):
            calls.append(args)
            if len(calls) == time:
                raise Killed
            return step(record, *args)

        self.env.cr.flush()
        with patch.object(comparisons, method, killed):
            died = False
            try:
                with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                    self.connection.with_env(self.env(cr=cr, su=True))._run()
            except Killed:
                died = True
        self.assertTrue(died)
        self.env.invalidate_all()

    def test_all_pages_and_batches_count(self):
        comparison = self.compare()
        self.assert_complete(comparison)
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 4)
        self.assertFalse(comparison.seen_document_ids)

    def test_progress_rises_from_slice_to_slice(self):
        seen = []
        comparisons = type(self.env["xero.comparison"])
        move_on = comparisons._move_on

        def watching(record):
            seen.append(record.progress)
            return move_on(record)

        with patch.object(comparisons, "_move_on", watching):
            comparison = self.compare()
        self.assertGreater(len(set(seen)), 4)
        self.assertEqual(seen, sorted(seen))
        self.assertEqual(comparison.progress, 100)

    def test_killed_between_xeros_pages_it_counts_nothing_twice(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        self.killed_at(comparison, "_compare_elements", 3)
        self.assertEqual(comparison.state, "reading")
        self.assertTrue(comparison.sum_ids)
        self.finish(comparison)
        self.assert_complete(comparison)

    def test_killed_between_odoos_batches_it_counts_nothing_twice(self):
        self.connection.auto_invoice = False
        for _number in range(5):
            self.new_move("out_invoice").action_post()
        comparison = self.new_comparison()
        comparison.action_compare()
        self.killed_at(comparison, "_compare_records", 3)
        self.assertEqual(comparison.only_odoo_count, 4)
        self.finish(comparison)
        self.assertEqual((comparison.same_count, comparison.only_odoo_count), (5, 5))
        self.assertEqual(comparison.sum_ids.odoo_count, 10)

    def test_of_odoos_documents_only_those_are_read_again_that_xero_has_not(self):
        comparisons = type(self.env["xero.comparison"])
        sides = comparisons._sides
        with patch.object(comparisons, "_sides", autospec=True) as asked:
            asked.side_effect = sides
            self.compare()
        self.assertFalse(any(call.args[1] for call in asked.call_args_list))

    def test_a_document_that_moves_to_the_next_page_counts_once(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        with self.enter_registry_test_mode():
            comparison = comparison.sudo()
            comparison._move_on()
            comparison.place = {**comparison.place, "page": 1}  # all move on by a page
            while comparison.state == "reading":
                comparison._move_on()
        self.assert_complete(comparison)

    def test_paused_it_makes_no_call_and_goes_on_where_it_was(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        self.killed_at(comparison, "_compare_elements", 2)
        comparison.action_pause()
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertFalse(self.xero.calls("GET", "/Invoices"))
        comparison.action_continue()
        self.finish(comparison)
        self.assert_complete(comparison)
        self.assertEqual(len(self.xero.calls("GET", "/Invoices")), 3)

    def test_cancelled_while_a_page_is_read_it_keeps_nothing_of_that(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        comparisons = type(comparison)
        read = comparisons._read_page

        def left_meanwhile(record, *args):
            page = read(record, *args)
            record.action_cancel()
            return page

        with patch.object(comparisons, "_read_page", left_meanwhile):
            self.run_job(self.connection)
        self.assertEqual(comparison.state, "cancelled")
        self.assertFalse(comparison.sum_ids)

    def test_documents_go_before_the_next_page(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        comparisons = type(comparison)
        read, orders = comparisons._read_page, []

        def somebody_confirms(record, *args):
            if not orders:
                orders.append(self.confirmed_order())
            elif len(orders) == 1:
                self.env.invalidate_all()  # the job has an environment of its own
                orders.append(orders[0].xero_state)
            return read(record, *args)

        with patch.object(comparisons, "_read_page", somebody_confirms):
            self.finish(comparison)
        self.assertEqual(orders[1], "synced")

    def test_the_last_calls_of_the_day_are_kept_for_documents(self):
        self.connection.sudo().write(
            {
                "day_limit": 1000,
                "day_remaining": 50,
                "day_renews_at": datetime.now() + timedelta(hours=3),
            }
        )
        comparison = self.new_comparison()
        comparison.action_compare()
        self.run_job(self.connection)
        self.assertFalse(self.xero.calls("GET", "/Invoices"))
        self.assertIn("kept for documents", comparison.message)

    def test_xero_out_of_reach_is_told_and_it_goes_on_by_itself(self):
        self.xero.fault("unavailable", path="/Invoices")
        comparison = self.new_comparison()
        comparison.action_compare()
        self.run_job(self.connection)
        self.assertIn("could not be reached", comparison.message)
        self.connection.next_allowed = False  # the pause is over
        self.finish(comparison)
        self.assert_complete(comparison)

    @mute_logger(RUN)
    def test_a_list_that_xero_refuses_for_good_is_told(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        # As Xero refuses a list of more than 100,000
        with patch(MOMENT, lambda day: "Nonsense("):
            self.run_job(self.connection)
        self.assertEqual(comparison.state, "cancelled")
        self.assertIn("fewer days", comparison.message)

    @mute_logger("odoo.addons.xero_sync.models.imports.xero_import_run")
    def test_an_unforeseen_error_stops_it_and_no_document(self):
        comparison = self.new_comparison()
        comparison.action_compare()
        order = self.confirmed_order()
        with patch.object(
            type(comparison), "_compare_elements", side_effect=KeyError("odd")
        ):
            self.run_job(self.connection)
        self.assertEqual((comparison.state, order.xero_state), ("cancelled", "synced"))
        self.assertIn("unexpected", comparison.message)

    def test_a_page_costs_few_queries_however_many_documents_are_on_it(self):
        with patch(PAGE_SIZE, 8), self.enter_registry_test_mode():
            whole = self.new_comparison().sudo()._read_page("Invoices", 1)
        ours = [item for item in whole.items if "HAND" not in item.number]
        others = [item for item in whole.items if "HAND" in item.number]
        costs = []
        for count in (1, 3):
            page = replace(whole, items=[*ours[:count], *others[:count]])
            costs.append(self.queries_of_page(page))
        self.assertLessEqual(costs[1] - costs[0], 2)

    def queries_of_page(self, page):
        """:return: how many queries a new comparison with this first page makes"""
        comparison = self.new_comparison().sudo()
        comparison.action_compare()
        with self.enter_registry_test_mode():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            comparison._compare_page("Invoices", page)
            self.env.flush_all()
        comparison.action_cancel()
        return self.env.cr.sql_log_count - before

    def test_it_begins_only_when_something_is_chosen(self):
        nothing = self.new_comparison(with_sales=False, with_purchases=False)
        with self.assertRaises(UserError):
            nothing.action_compare()

    def test_old_ones_are_cleaned_up_but_not_one_at_work(self):
        done = self.compare()
        working = self.new_comparison()
        working.action_compare()
        self.env.flush_all()
        with freeze_time(datetime.now() + timedelta(days=91)):
            self.env["xero.comparison"].sudo()._gc_finished()
        self.assertFalse(done.exists())
        self.assertTrue(working.exists())
