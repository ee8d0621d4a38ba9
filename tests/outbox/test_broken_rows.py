"""Errors of our own code, or another module's, in the very place that tells errors."""

from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..outbox_case import OutboxCase

MODELS = "odoo.addons.xero_sync.models"
PROBLEMS = f"{MODELS}.issue.xero_binding_problems"


@tagged("post_install", "-at_install")
class TestBrokenRows(OutboxCase):
    """A row whose failure cannot be told stops no other, and says so itself."""

    def breaking(self, model, method, *rows):
        """A method fails; with rows, for them only."""
        models = type(self.env[model])
        original = getattr(models, method)

        def broken(records, *args, **kwargs):
            if not rows or records in rows:
                raise KeyError("of another module")
            return original(records, *args, **kwargs)

        return patch.object(models, method, broken)

    def without_issues(self):
        return self.breaking("xero.issue", "_raise_issues")

    def run_and_log(self):
        """:return: what the run logged as errors, with the traceback"""
        with self.assertLogs(PROBLEMS, "ERROR") as logged:
            self.run_job(self.connection)
        return "\n".join(logged.output)

    def assert_stopped(self, broken, sound):
        self.assertEqual(sound.xero_state, "synced")
        self.assertEqual(broken.xero_state, "failed")
        self.assertIn("unexpected error", broken.xero_message)

    def test_one_that_cannot_be_built(self):
        broken = self.confirmed_order()
        broken.order_line.tax_ids = self.gst.copy({"name": "Not mapped"})
        sound = self.confirmed_order()
        with self.without_issues():
            logged = self.run_and_log()
        self.assertIn("of another module", logged)
        self.assert_stopped(broken, sound)
        broken.order_line.tax_ids = self.gst
        self.run_job(self.connection)
        self.assert_in_xero_once(broken)

    def test_one_that_xero_refuses(self):
        self.xero.seed("Invoices", [self.number_taken("INV-TAKEN")])
        broken = self.new_move("out_invoice", name="INV-TAKEN")
        sound = self.new_move("out_invoice")
        (broken + sound).action_post()
        with self.without_issues():
            self.run_and_log()
        self.assert_stopped(broken, sound)
        self.assertFalse(broken.xero_document_ids.xero_id)

    def number_taken(self, number):
        """An invoice of Xero's own."""
        return {
            "Type": "ACCREC",
            "Status": "DRAFT",
            "InvoiceNumber": number,
            "Contact": {"ContactID": self.customer.xero_contact_id.xero_id},
            "LineItems": [{"Description": "Something else"}],
        }

    def test_one_whose_request_xero_refuses_as_a_whole(self):
        broken, sound = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        (broken + sound).order_line.product_uom_qty = 3
        # An id Xero does not have makes the whole request a 404
        row = broken.xero_document_ids.sudo()
        row.write({"xero_id": "99999999-9999-4999-8999-999999999999", "looked": True})
        with self.without_issues():
            self.run_and_log()
        self.assert_stopped(broken, sound)

    def test_one_that_a_person_changed_in_xero(self):
        broken = self.confirmed_order()
        self.run_job(self.connection)
        held = self.xero_invoice_of(broken)
        self.xero.edit("Invoices", held["InvoiceID"], Status="VOIDED")
        broken.order_line.product_uom_qty = 3
        sound = self.confirmed_order()
        with self.without_issues():
            self.run_and_log()
        self.assert_stopped(broken, sound)

    def test_one_whose_answer_never_came(self):
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        broken, sound = self.confirmed_order(), self.confirmed_order()
        self.run_job(self.connection)
        row = broken.xero_document_ids.sudo()
        with (
            self.later(minutes=10),
            self.breaking("xero.document", "_set_unanswered", row),
        ):
            self.run_and_log()
        self.assert_stopped(broken, sound)

    @mute_logger(f"{MODELS}.outbox.xero_outbox_batch", "odoo.sql_db")
    def test_one_that_the_database_chokes_on(self):
        broken, sound = self.confirmed_order(), self.confirmed_order()
        orders = type(broken)
        prepare = orders._xero_prepare

        def choking(order, *args):
            if order == broken:
                self.env.cr.execute("SELECT 1 / 0")
            return prepare(order, *args)

        with patch.object(orders, "_xero_prepare", choking):
            self.run_job(self.connection)
        self.assert_stopped(broken, sound)
