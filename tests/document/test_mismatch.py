"""What Xero holds with other amounts, lines or tracking than Odoo is never green."""

import json
from dataclasses import replace
from decimal import Decimal

from odoo.tests import tagged

from ... import xero_api
from ..mapping.tracking_case import TrackingCase


@tagged("post_install", "-at_install")
class TestMismatch(TrackingCase):
    def answered(self, change):
        """A posted invoice of tracked lines, after another answer than Xero's.

        :param change: function that spoils Xero's document
        """
        invoice = self.invoice((self.east, 50.0), (self.north, 50.0))
        row = invoice.xero_document_ids.sudo()
        self.assertEqual(row.state, "synced")
        (sent,) = xero_api.sent_elements("Invoices", row.request_id.body)
        document = self.xero_document_of(invoice)
        change(document)
        (element,) = xero_api.pair([sent], self.elements(document), "Invoices")
        row._read_answer(element)
        return invoice

    def elements(self, document):
        """The answer that is this document."""
        exact = json.loads(json.dumps(document), parse_float=Decimal)
        return xero_api.readers.elements([exact], "Invoices")

    def test_a_line_that_xero_dropped(self):
        invoice = self.answered(lambda document: document["LineItems"].pop())
        self.assertEqual(invoice.xero_state, "mismatch")
        self.assertIn("did not keep the lines", invoice.xero_message)
        self.assertIn("110.00", invoice.xero_message)

    def test_tracking_that_xero_dropped(self):
        invoice = self.answered(
            lambda document: document["LineItems"][1]["Tracking"].clear()
        )
        self.assertEqual(invoice.xero_state, "mismatch")
        self.assertIn("did not keep the tracking", invoice.xero_message)

    def test_a_cent_of_tax(self):
        invoice = self.answered(lambda document: document.update(TotalTax=10.01))
        self.assertEqual(invoice.xero_state, "mismatch")
        self.assertIn("10.01 tax", invoice.xero_message)

    def test_it_is_green_once_xero_holds_the_same(self):
        invoice = self.answered(lambda document: document["LineItems"].pop())
        row = invoice.xero_document_ids.sudo()
        (sent,) = xero_api.sent_elements("Invoices", row.request_id.body)
        whole = self.elements(self.xero_document_of(invoice))
        row._read_answer(*xero_api.pair([sent], whole, "Invoices"))
        self.assertEqual(row.state, "synced")
        self.assertFalse(row.lost_in_xero)

    def test_a_change_of_status_alone_does_not_make_it_green(self):
        invoice = self.answered(lambda document: document["LineItems"].pop())
        row = invoice.xero_document_ids.sudo()
        (element,) = self.elements(self.xero_document_of(invoice))
        self.assertIsNone(element.lost)
        row._read_answer(replace(element, total=Decimal("110")))
        self.assertEqual(row.state, "mismatch")

    def test_it_is_an_issue_like_all_that_is_to_be_decided(self):
        invoice = self.answered(lambda document: document.update(Total=1100.5))
        issue = invoice.xero_document_ids.issue_ids
        self.assertEqual((issue.state, issue.kind), ("open", "mismatch"))
        self.assertIn("Xero's total is $ 1,100.50", issue.name)
        self.assertIn("Odoo's is $ 110.00", issue.name)
        self.assertEqual(self.connection.issue_count, 1)
        action = issue.action_cure()
        self.assertEqual(action["res_id"], invoice.xero_document_ids.id)
        self.assertIn("$ 1,100.50", invoice.xero_document_ids.difference)

    def test_the_issue_ends_when_they_agree(self):
        invoice = self.answered(lambda document: document.update(Total=1100.5))
        issue = invoice.xero_document_ids.issue_ids
        issue.action_try_again()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced")
        self.assertEqual(issue.state, "solved")
        self.assertFalse(invoice.xero_document_ids.issue_ids)

    def test_it_is_told_in_its_task_and_digest(self):
        self.answered(lambda document: document.update(Total=1100.5))
        self.connection.sudo()._tell_issues()
        self.assertTrue(
            self.connection.activity_search(["xero_sync.mail_activity_type_issues"])
        )

    def test_amounts_put_right_in_xero_are_green_with_the_first_try(self):
        invoice = self.answered(lambda document: document.update(Total=1100.5))
        row = invoice.xero_document_ids
        # Xero never had another: to the row it is as if somebody put it right
        self.xero.clear_calls()
        row.action_send_again()
        self.finish_request()
        self.assertEqual(invoice.xero_state, "synced", row.message)
        self.assertEqual(self.write_calls(), [])
        self.assertFalse(row.changed_in_xero)

    def test_yen_have_no_decimals_unless_xero_has(self):
        self.env.ref("base.JPY").active = True
        row = self.invoice((self.east, 100.0)).xero_document_ids
        self.assertEqual(row._money(1100, "JPY"), "JPY 1,100")
        self.assertEqual(row._money(1100.2, "JPY"), "JPY 1,100.20")
        self.assertEqual(row._money(1100, "AUD"), "$ 1,100.00")
        row.sudo().currency_id = self.env.ref("base.JPY")
        self.assertEqual(row._money(1100, "JPY"), "¥ 1,100")
        self.assertEqual(row._money(1100, "XXX"), "XXX 1,100.00")
