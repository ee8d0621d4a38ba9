from unittest.mock import patch

from odoo.tests import tagged

from ..connected_case import ConnectedCase


@tagged("post_install", "-at_install")
class TestChanges(ConnectedCase):
    """What users could only note beside a row, because the worker had it, is done."""

    def prepare_connected(self):
        result = super().prepare_connected()
        self.order = self.confirmed_order()
        self.row = self.order.xero_document_ids.sudo()
        return result

    def note(self):
        self.env["xero.change"]._note(self.row, urgent=True)

    def noted(self):
        return self.env["xero.change"].sudo().search([])

    def while_somebody_has_it(self, click):
        """Another transaction has the row: nobody gets its lock, nor waits for it.

        :return: whether the click wrote the row all the same
        """
        self.row.requested_by = False
        with patch.object(type(self.row), "_lock_unchanged", lambda row: row.browse()):
            click()
        return bool(self.row.requested_by)

    def test_who_presses_send_together_with_others_leaves_the_row_to_them(self):
        self.run_job(self.connection)
        self.assertFalse(self.while_somebody_has_it(self.order.action_xero_send))
        self.assertEqual(self.noted().mapped("binding_id"), self.row.ids)

    def test_who_tries_again_together_with_others_leaves_the_row_to_them(self):
        self.row.state = "failed"
        self.assertFalse(self.while_somebody_has_it(self.row.action_send_again))

    def test_a_change_whose_row_was_removed_meanwhile_is_sent(self):
        self.note()
        self.row.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.xero_invoice_of(self.order)["Total"], 330)
        self.assertFalse(self.noted())

    def test_a_change_of_a_record_that_is_gone_too_is_forgotten(self):
        self.note()
        self.row.unlink()
        self.order._action_cancel()
        self.order.unlink()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls("/Invoices"), [])
        self.assertFalse(self.noted())

    def test_while_the_connection_is_lost_the_form_shows_that_it_waits(self):
        self.run_job(self.connection)
        self.assertEqual(self.order.xero_state, "synced")
        self.note()
        self.connection.sudo()._break("Somebody disconnected it.")
        self.run_job(self.connection)
        self.assertEqual(self.order.xero_state, "pending")

    def test_what_a_person_skipped_meanwhile_stays_skipped(self):
        self.run_job(self.connection)
        self.note()
        self.row.state = "skipped"
        self.run_job(self.connection)
        self.assertEqual(self.row.state, "skipped")
        self.assertFalse(self.noted())
