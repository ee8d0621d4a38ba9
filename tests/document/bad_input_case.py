from ..outbox_case import OutboxCase

MOVE_TYPES = ("out_invoice", "in_invoice", "out_refund", "in_refund")


class BadInputCase(OutboxCase):
    """A clear word before anything is sent; cured, it goes without a second click."""

    def setUp(self):
        super().setUp()
        contacts = self.env["xero.contact"]
        self.vendor.xero_contact_id = contacts.search([("name", "=", "PowerDirect")])
        self.purchase_gst.xero_tax_rate_id = self.env["xero.tax.rate"].search(
            [("tax_type", "=", "INPUT")]
        )

    def refresh(self):
        self.press_refresh(self.connection)
        self.finish_request()

    def assert_told(self, record, *words):
        """Nothing is written to Xero, and the form says why."""
        self.xero.clear_calls()
        self.run_job(self.connection)
        self.assertEqual(self.write_calls(), [])
        self.assertEqual(record.xero_state, "failed")
        for word in words:
            self.assertIn(word, record.xero_message)
        self.assertTrue(record.xero_issue_id)

    def assert_goes(self, record):
        """It is in Xero after the next run, with Odoo's total, and no issue is left."""
        issue = record.xero_issue_id
        self.run_job(self.connection)
        self.assertEqual(record.xero_state, "synced", record.xero_message)
        held = self.xero_document_of(record)
        self.assertAlmostEqual(held["Total"], abs(record.amount_total), 2)
        self.assertFalse(record.xero_issue_id)
        self.assertIn(issue.state, ("solved", False))

    def confirm(self, order):
        if order._name == "sale.order":
            order.action_confirm()
        else:
            order.button_confirm()

    def posted(self, move_type, **values):
        move = self.new_move(move_type, **values)
        move.action_post()
        return move
