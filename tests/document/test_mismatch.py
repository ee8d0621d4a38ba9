"""What Xero holds with other amounts, lines or tracking than Odoo is never green."""

import json
from ast import literal_eval
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

    def test_the_menu_leads_to_them(self):
        invoice = self.answered(lambda document: document["LineItems"].pop())
        action = self.env.ref("xero_sync.xero_document_mismatch_action")
        found = self.env[action.res_model].search(literal_eval(action.domain))
        self.assertEqual(found, invoice.xero_document_ids)
        self.connection.invalidate_recordset()
        self.assertEqual(self.connection.mismatch_count, 1)
