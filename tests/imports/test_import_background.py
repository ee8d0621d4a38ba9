from datetime import datetime, timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import mute_logger

from .import_case import ImportCase

IMPORT_BATCH = "odoo.addons.xero_sync.models.imports.xero_import_run.IMPORT_BATCH"
COMPARE_BATCH = "odoo.addons.xero_sync.models.imports.xero_import_run.COMPARE_BATCH"


class Killed(BaseException):
    """The worker is killed; nothing catches this."""


@tagged("post_install", "-at_install")
class TestImportBackground(ImportCase):
    """The job works in slices, and goes on where it was whatever happens."""

    def setUp(self):
        super().setUp()
        self.xero.seed("Contacts", [{"Name": f"Contact {n}"} for n in range(7)])

    def in_small_batches(self):
        for name in (IMPORT_BATCH, COMPARE_BATCH):
            patcher = patch(name, 3)
            patcher.start()
            self.addCleanup(patcher.stop)

    def new_import(self, **filters):
        return self.env["xero.import"].create(
            {"connection_id": self.connection.id, **filters}
        )

    def run_killed_job(self):
        """The job on a cursor of its own, which is rolled back as when it dies."""
        self.env.cr.flush()
        # Odoo's assertRaises would take back what the job committed
        killed = False
        try:
            with self.enter_registry_test_mode(), self.registry.cursor() as cr:
                self.connection.with_env(self.env(cr=cr, su=True))._run()
        except Killed:
            killed = True
        self.assertTrue(killed)
        self.env.invalidate_all()

    def slices(self, method):
        """Count the calls of a step of the import."""
        calls = []
        imports = type(self.env["xero.import"])
        original = getattr(imports, method)

        def counting(record):
            calls.append(record.progress)
            return original(record)

        patcher = patch.object(imports, method, counting)
        patcher.start()
        self.addCleanup(patcher.stop)
        return calls

    def test_progress_rises_from_slice_to_slice(self):
        self.in_small_batches()
        compared = self.slices("_compare_slice")
        imported = self.slices("_import_slice")
        found = self.run_import(self.read_import())
        self.assertGreater(len(compared), 3)
        self.assertGreater(len(imported), 3)
        self.assertEqual(compared, sorted(set(compared)))
        self.assertEqual(imported, sorted(set(imported)))
        self.assertEqual((found.state, found.progress), ("done", 100))

    def test_killed_while_importing_it_goes_on_and_creates_nothing_twice(self):
        self.in_small_batches()
        found = self.read_import()
        found.action_run()
        lines = type(self.env["xero.import.line"])
        do, done = lines._do, []

        def killed_the_third_time(batch):
            done.append(batch)
            if len(done) == 3:
                raise Killed
            return do(batch)

        with patch.object(lines, "_do", killed_the_third_time):
            self.run_killed_job()
        self.assertEqual(found.state, "running")
        self.assertEqual(found.done_create_count, 6)
        self.run_job(self.connection)
        self.assertEqual((found.state, found.failed_count), ("done", 0))
        for number in range(7):
            self.assertEqual(len(self.partner_named(f"Contact {number}")), 1)

    def test_killed_while_comparing_each_contact_has_one_line(self):
        self.in_small_batches()
        found = self.new_import()
        found.action_read()
        imports = type(self.env["xero.import"])
        propose, done = imports._propose, []

        def killed_the_second_time(each, rows):
            done.append(rows)
            if len(done) == 2:
                raise Killed
            return propose(each, rows)

        with patch.object(imports, "_propose", killed_the_second_time):
            self.run_killed_job()
        self.run_job(self.connection)
        self.assertEqual(found.state, "review")
        self.assertEqual(len(found.line_ids), found.found_count)

    def test_a_user_in_between_makes_the_batch_run_anew(self):
        found = self.read_import()
        found.action_run()
        lines = type(self.env["xero.import.line"])
        create, tries = lines._create_records, []

        def first_time_too_late(batch):
            tries.append(batch)
            if len(tries) == 1:
                raise psycopg2.errors.SerializationFailure
            return create(batch)

        self.env.flush_all()
        with patch.object(lines, "_create_records", first_time_too_late):
            self.run_job(self.connection)
        self.assertEqual(len(tries), 2)
        self.assertEqual((found.state, found.failed_count), ("done", 0))

    def test_cancelled_import_does_nothing_more(self):
        found = self.read_import()
        found.action_run()
        found.action_cancel()
        before = self.partner_count()
        self.run_job(self.connection)
        self.assertEqual(found.state, "cancelled")
        self.assertEqual(self.partner_count(), before)

    @mute_logger("odoo.addons.xero_sync.models.imports.xero_import_run")
    def test_unforeseen_error_stops_the_import_and_no_document(self):
        found = self.new_import()
        found.action_read()
        order = self.confirmed_order()
        imports = type(self.env["xero.import"])
        with patch.object(imports, "_propose", side_effect=KeyError("odd")):
            self.run_job(self.connection)
        self.assertEqual((found.state, order.xero_state), ("cancelled", "synced"))
        self.assertIn("unexpected", found.message)

    def test_xero_out_of_reach_is_told_and_reading_goes_on_by_itself(self):
        self.xero.fault("unavailable", path="/Contacts")
        found = self.read_import()
        self.assertEqual(found.state, "reading")
        self.assertIn("could not be reached", found.message)
        self.connection.next_allowed = False  # the pause is over
        self.run_job(self.connection)
        self.assertEqual(found.state, "review")

    def test_disconnected_meanwhile_is_told(self):
        found = self.new_import()
        found.action_read()
        self.connection.sudo().state = "broken"
        self.assertIn("not connected", found.message)

    def test_job_knows_that_an_import_waits(self):
        found = self.new_import()
        self.assertFalse(self.connection._has_due_imports())
        found.action_read()
        self.assertTrue(self.connection._has_due_imports())
        self.run_job(self.connection)
        self.assertFalse(self.connection._has_due_imports())

    def test_a_batch_of_creations_costs_few_queries(self):
        """No query for each contact: what a batch costs does not grow with it."""
        found = self.read_import(search_text="Contact")
        lines = found.line_ids
        self.run_import(found)  # warms the caches
        self.assertEqual(len(lines), 7)
        self.xero.seed("Contacts", [{"Name": f"More {n}"} for n in range(10, 52)])
        counts = []
        for search_text in ("More 1", "More"):
            more = self.read_import(search_text=search_text)
            batch = more.line_ids.filtered(lambda line: line.action == "create")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            batch.sudo()._do()
            self.env.flush_all()
            counts.append((len(batch), self.env.cr.sql_log_count - before))
        (few, queries_of_few), (many, queries_of_many) = counts
        self.assertEqual((few, many), (10, 32))
        self.assertLess(queries_of_many - queries_of_few, many - few)

    def test_old_imports_are_cleaned_up_but_not_one_at_work(self):
        done = self.run_import(self.read_import())
        working = self.env["xero.import"].create({"connection_id": self.connection.id})
        working.action_read()
        self.env.flush_all()
        with freeze_time(datetime.now() + timedelta(days=91)):
            self.env["xero.import"].sudo()._gc_finished()
        self.assertFalse(done.exists())
        self.assertTrue(working.exists())
