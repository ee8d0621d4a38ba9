"""The ways a document may go through Xero's statuses."""

from odoo.tests import BaseCase, tagged

from ... import xero_api


@tagged("post_install", "-at_install")
class TestNextStatus(BaseCase):
    def assert_way(self, endpoint, *statuses):
        """From the first to the last status, the others are passed one by one."""
        wanted = statuses[-1]
        for current, expected in zip(statuses, statuses[1:], strict=False):
            with self.subTest(endpoint=endpoint, current=current, wanted=wanted):
                found = xero_api.next_status(endpoint, current, wanted)
                self.assertEqual(found, expected)

    def assert_no_way(self, endpoint, current, wanted):
        with self.subTest(endpoint=endpoint, current=current, wanted=wanted):
            self.assertIsNone(xero_api.next_status(endpoint, current, wanted))

    def test_a_quote_goes_step_by_step(self):
        self.assert_way("Quotes", None, "DRAFT", "SENT", "ACCEPTED", "INVOICED")
        self.assert_way("Quotes", None, "DRAFT", "SENT", "DECLINED")

    def test_a_quote_reopens_through_sent(self):
        self.assert_way("Quotes", "DECLINED", "SENT", "ACCEPTED")
        self.assert_way("Quotes", "INVOICED", "SENT", "DECLINED")
        self.assert_way("Quotes", "ACCEPTED", "SENT")

    def test_a_quote_is_deleted_in_one_step_wherever_it_is(self):
        for status in ("DRAFT", "SENT", "ACCEPTED", "DECLINED", "INVOICED"):
            self.assert_way("Quotes", status, "DELETED")

    def test_a_quote_is_never_a_draft_again(self):
        for status in ("SENT", "ACCEPTED", "DECLINED", "INVOICED", "DELETED"):
            self.assert_no_way("Quotes", status, "DRAFT")

    def test_invoices_and_credit_notes_are_created_in_their_status(self):
        for endpoint in ("Invoices", "CreditNotes"):
            for status in ("DRAFT", "SUBMITTED", "AUTHORISED"):
                self.assert_way(endpoint, None, status)

    def test_invoices_and_credit_notes_wait_for_approval_or_not(self):
        for endpoint in ("Invoices", "CreditNotes"):
            self.assert_way(endpoint, "DRAFT", "AUTHORISED")
            self.assert_way(endpoint, "SUBMITTED", "AUTHORISED")
            self.assert_way(endpoint, "SUBMITTED", "DRAFT")

    def test_what_is_approved_is_no_draft_again_and_never_deleted(self):
        for endpoint in ("Invoices", "CreditNotes"):
            for wanted in ("DRAFT", "SUBMITTED", "DELETED"):
                self.assert_no_way(endpoint, "AUTHORISED", wanted)

    def test_a_draft_is_voided_by_way_of_approval_only(self):
        self.assert_way("Invoices", "DRAFT", "AUTHORISED", "VOIDED")

    def test_a_paid_document_stays_paid(self):
        self.assertEqual(xero_api.next_status("Invoices", "PAID", "AUTHORISED"), "PAID")
        self.assert_no_way("Invoices", "PAID", "VOIDED")
        self.assert_no_way("Invoices", "PAID", "DRAFT")

    def test_purchase_orders_jump_forward_and_never_go_back(self):
        for status in ("DRAFT", "SUBMITTED", "AUTHORISED", "BILLED"):
            self.assert_way("PurchaseOrders", None, status)
        self.assert_way("PurchaseOrders", "DRAFT", "BILLED")
        self.assert_no_way("PurchaseOrders", "BILLED", "AUTHORISED")
        self.assert_no_way("PurchaseOrders", "AUTHORISED", "DRAFT")

    def test_nothing_comes_back_from_the_dead(self):
        for endpoint in ("Quotes", "Invoices", "CreditNotes", "PurchaseOrders"):
            for wanted in ("DRAFT", "SENT", "AUTHORISED"):
                self.assert_no_way(endpoint, "DELETED", wanted)
                self.assert_no_way(endpoint, "VOIDED", wanted)

    def test_where_it_is_already_it_stays(self):
        for endpoint in ("Quotes", "Invoices", "CreditNotes", "PurchaseOrders"):
            found = xero_api.next_status(endpoint, "DRAFT", "DRAFT")
            self.assertEqual(found, "DRAFT")


@tagged("post_install", "-at_install")
class TestRemovalStatus(BaseCase):
    def removals(self, endpoint, *statuses):
        return {xero_api.removal_status(endpoint, status) for status in statuses}

    def test_drafts_are_deleted(self):
        for endpoint in ("Invoices", "CreditNotes"):
            found = self.removals(endpoint, "DRAFT", "SUBMITTED")
            self.assertEqual(found, {"DELETED"})

    def test_what_is_approved_is_voided(self):
        for endpoint in ("Invoices", "CreditNotes"):
            self.assertEqual(self.removals(endpoint, "AUTHORISED"), {"VOIDED"})

    def test_quotes_and_purchase_orders_are_always_deleted(self):
        quotes = ("DRAFT", "SENT", "ACCEPTED", "DECLINED", "INVOICED")
        self.assertEqual(self.removals("Quotes", *quotes), {"DELETED"})
        orders = ("DRAFT", "SUBMITTED", "AUTHORISED", "BILLED")
        self.assertEqual(self.removals("PurchaseOrders", *orders), {"DELETED"})

    def test_nothing_ends_what_is_paid_gone_or_not_there(self):
        statuses = ("PAID", "DELETED", "VOIDED", None, "", "WHATEVER")
        for endpoint in ("Invoices", "Quotes", "PurchaseOrders"):
            self.assertEqual(self.removals(endpoint, *statuses), {None})
