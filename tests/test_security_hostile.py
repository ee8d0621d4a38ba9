"""A Xero that means harm, seen from Odoo: nothing stops, nothing is mixed up."""

from dataclasses import replace
from decimal import Decimal
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from ..xero_api.client import XeroClient
from .common import XeroCase


@tagged("post_install", "-at_install")
class TestHostileAnswers(XeroCase):
    def setUp(self):
        super().setUp()
        self.connection = self.connect()

    def answering(self, change):
        """What Xero answers to writes is changed on its way.

        :param change: function of one element → element
        """
        write = XeroClient.write

        def changed(client, *args, **kwargs):
            return [change(each) for each in write(client, *args, **kwargs)]

        return patch.object(XeroClient, "write", changed)

    @mute_logger("odoo.addons.xero_sync.models.xero_binding", "odoo.sql_db")
    def test_the_id_of_another_document_of_ours_is_not_taken_over(self):
        first = self.confirmed_order().xero_document_id
        self.run_job(self.connection)
        taken = first.xero_id
        second = self.confirmed_order().xero_document_id
        with self.answering(lambda element: replace(element, xero_id=taken)):
            self.run_job(self.connection)
        self.assertEqual((second.state, second.xero_id), ("failed", False))
        self.assertEqual((first.state, first.xero_id), ("synced", taken))
        third = self.confirmed_order().xero_document_id
        self.run_job(self.connection)
        self.assertEqual(third.state, "synced", "the others go on")

    def test_amounts_beyond_sense_are_a_difference_and_no_more(self):
        for amount in (Decimal("-1e25"), Decimal("1e-25"), None):
            document = self.confirmed_order().xero_document_id
            wrong = {"total": amount, "total_tax": amount, "amount_due": amount}
            with (
                self.subTest(amount=amount),
                self.answering(lambda element, wrong=wrong: replace(element, **wrong)),
            ):
                self.run_job(self.connection)
                self.assertEqual(document.state, "mismatch")
        self.assertEqual(self.connection.state, "connected")
