"""What may mislead the search for what a lost answer was about."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from ..document.bill_case import BillCase
from ..outbox_case import OutboxCase

AN_HOUR = timedelta(hours=1)


@tagged("post_install", "-at_install")
class TestPeopleInXero(OutboxCase):
    """People in Xero change the document before Odoo knows of it."""

    def lose_an_order(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        return order

    def assert_found(self, order):
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_a_contact_merged_meanwhile_makes_no_second_document(self):
        order = self.lose_an_order()
        kept = self.env["xero.contact"].search([("name", "=", "Bayside Club")])
        closed = self.customer.xero_contact_id
        self.xero.merge_contacts(closed.xero_id, into=kept.xero_id)
        self.assert_found(order)

    def test_a_number_given_meanwhile_makes_no_second_document(self):
        self.connection.number_sale_order = "odoo"
        order = self.lose_an_order()
        held = self.xero_invoice_of(order)
        self.xero.edit("Invoices", held["InvoiceID"], InvoiceNumber="BY-HAND-1")
        self.assert_found(order)

    def test_what_people_left_in_xero_is_not_found_instead(self):
        order = self.confirmed_order()
        self.run_job(self.connection)
        row = order.xero_document_ids
        left = [row.xero_id]
        row.action_send_as_new()
        self.run_job(self.connection)
        left.append(row.xero_id)
        self.xero.fault("dropped_before", method="PUT", path="/Invoices")
        row.action_send_as_new()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assertEqual(row.state, "synced")
        self.assertNotIn(row.xero_id, left)
        self.assertEqual(len(self.xero_invoices()), 3)


@tagged("post_install", "-at_install")
class TestSameNumber(BillCase):
    def test_two_refunds_of_one_reference_are_told_apart(self):
        self.xero.fault("lost_answer", method="PUT", path="/CreditNotes")
        refunds = self.new_move("in_refund", ref="1001")
        refunds += self.new_move("in_refund", ref="1001")
        refunds.action_post()
        self.run_job(self.connection)
        with self.later(minutes=10):
            self.run_job(self.connection)
        self.assertEqual(set(refunds.mapped("xero_state")), {"synced"})
        held = {each["CreditNoteID"] for each in self.refunds_in_xero()}
        self.assertEqual(held, set(refunds.xero_document_ids.mapped("xero_id")))


@tagged("post_install", "-at_install")
class TestClocks(OutboxCase):
    """The server's clock is wrong, or was; Xero's is right."""

    @contextmanager
    def server_ahead(self, ahead):
        with freeze_time(datetime.now() + ahead):
            yield

    def lose_an_order(self):
        self.xero.fault("lost_answer", method="PUT", path="/Invoices")
        order = self.confirmed_order()
        self.run_job(self.connection)
        return order

    def test_a_server_an_hour_ahead_finds_what_it_sent(self):
        with self.server_ahead(AN_HOUR):
            order = self.lose_an_order()
        self.xero.advance(600)
        with self.server_ahead(AN_HOUR + timedelta(minutes=10)):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)

    def test_a_key_from_before_the_clock_was_set_back_is_not_used_again(self):
        with self.server_ahead(AN_HOUR):
            order = self.lose_an_order()
        self.connection.next_allowed = False
        self.xero.advance(600)  # so long it took until the job ran
        self.run_job(self.connection)
        with self.server_ahead(timedelta(minutes=2)):
            self.run_job(self.connection)
        self.assert_in_xero_once(order)
        self.assertEqual(len(self.write_calls("/Invoices")), 1)
