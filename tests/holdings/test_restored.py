from odoo import fields
from odoo.tests import tagged

from ..common import MOVE_TYPES
from ..xero_server import TENANT_AU
from .restored_case import RestoredCase


@tagged("post_install", "-at_install")
class TestRestored(RestoredCase):
    """A restored database reads what was made since, and makes nothing twice."""

    def make(self, kind):
        """What a user does; returns the record."""
        if kind == "quotation":
            return self.document_of(kind, xero_send_choice="yes")
        return self.document_of(kind, **({"ref": "V-77"} if kind in MOVE_TYPES else {}))

    def once(self, kind, endpoint):
        """Made, lost by a restore, and entered again: it is there once."""
        self.back_up()
        first = self.make(kind)
        name = first.display_name
        self.run_job(self.connection)
        [held] = self.held(endpoint)
        self.restore()
        again = self.make(kind)
        self.assertEqual(again.display_name, name)
        self.run_job(self.connection)
        self.assertEqual(len(self.held(endpoint)), 1)
        row = again.xero_document_ids
        self.assertEqual(row.state, "synced", row.message)
        self.assertIn(row.xero_id, held.values())
        self.assertFalse(self.connection.found_count)

    def test_a_quotation_entered_again_is_there_once(self):
        self.once("quotation", "Quotes")

    def test_an_order_entered_again_is_there_once(self):
        self.once("sale_order", "Invoices")

    def test_an_invoice_entered_again_is_there_once(self):
        self.once("invoice", "Invoices")

    def test_a_credit_note_entered_again_is_there_once(self):
        self.once("credit_note", "CreditNotes")

    def test_a_purchase_order_entered_again_is_there_once(self):
        self.once("purchase_order", "PurchaseOrders")

    def test_a_bill_entered_again_is_there_once(self):
        self.once("bill", "Invoices")

    def test_a_refund_entered_again_is_there_once(self):
        self.once("refund", "CreditNotes")

    def test_a_bill_that_was_posted_is_no_question_once_it_is_posted_again(self):
        self.back_up()
        for time in ("before", "again"):
            bill = self.new_move("in_invoice", ref="V-77")
            self.run_job(self.connection)
            bill.action_post()
            self.run_job(self.connection)
            if time == "before":
                self.restore()
            else:
                self.assertEqual(bill.xero_document_ids.state, "synced")
        [held] = self.held("Invoices")
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertEqual(bill.xero_document_ids.xero_id, held["InvoiceID"])

    def test_a_draft_bill_that_is_posted_at_once_this_time_is_there_once(self):
        self.back_up()
        for time in ("before", "again"):
            bill = self.new_move("in_invoice", ref="V-77")
            if time == "again":
                bill.action_post()
            self.run_job(self.connection)
            if time == "before":
                self.restore()
        [held] = self.held("Invoices")
        self.assertEqual(held["Status"], "AUTHORISED")
        self.assertIn(bill.name, held["LineItems"][0]["Description"])
        self.assertEqual(bill.xero_document_ids.state, "synced")

    def test_bills_entered_in_another_order_are_no_question(self):
        vendors = {"V-77": self.vendor, "Z-9": self.customer}
        self.back_up()
        for numbers in (["V-77", "Z-9"], ["Z-9", "V-77"]):
            bills = self.env["account.move"]
            for number in numbers:
                values = {"ref": number, "partner_id": vendors[number].id}
                bills += self.new_move("in_invoice", **values)
                self.run_job(self.connection)
            if numbers[0] == "V-77":
                self.restore()
        self.assertEqual(len(self.held("Invoices")), 2)
        self.assertEqual(set(bills.xero_document_ids.mapped("state")), {"synced"})

    # === WAITING ROWS AND OPEN CALLS === #

    def test_what_waited_in_the_backup_is_there_once(self):
        self.run_job(self.connection)
        order = self.confirmed_order()
        self.back_up(run=False)
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore()
        self.assertEqual(order.xero_document_ids.state, "pending")
        self.run_job(self.connection)
        self.assertEqual(self.held("Invoices"), [held])
        self.assertEqual(order.xero_document_ids.xero_id, held["InvoiceID"])

    def test_a_change_that_waited_in_the_backup_is_no_question(self):
        invoice = self.posted()
        invoice.button_draft()
        invoice.invoice_line_ids.price_unit = 75
        invoice.action_post()
        self.back_up(run=False)
        self.run_job(self.connection)
        self.restore()
        self.run_job(self.connection)
        row = invoice.xero_document_ids
        self.assertEqual(row.state, "synced", row.message)
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_a_change_that_is_made_again_is_no_question(self):
        invoice = self.posted()
        self.back_up()
        for _time in ("before", "again"):
            invoice.button_draft()
            invoice.invoice_line_ids.price_unit = 75
            invoice.action_post()
            self.run_job(self.connection)
            if _time == "before":
                self.restore()
        row = invoice.xero_document_ids
        self.assertEqual(row.state, "synced", row.message)
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_an_invoice_that_took_its_orders_draft_does_so_once_more(self):
        order = self.confirmed_order()
        self.back_up()
        self.invoice_of(order)
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore()
        self.run_job(self.connection)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        [now] = self.held("Invoices")
        self.assertEqual(now["InvoiceID"], held["InvoiceID"])
        self.assertEqual(invoice.xero_document_ids.state, "synced")
        self.assertEqual(order.xero_document_ids.state, "synced")
        self.assertEqual(self.write_calls("/Invoices"), [])

    def test_an_order_and_its_invoice_entered_again_are_there_once(self):
        held = None
        self.back_up()
        for time in ("before", "again"):
            order = self.confirmed_order()
            self.run_job(self.connection)
            if time == "again":
                self.assertIn(held["InvoiceNumber"], order.xero_message)
                self.assertEqual(self.held("Invoices"), [held])
            invoice = self.invoice_of(order)
            self.run_job(self.connection)
            if time == "before":
                [held] = self.held("Invoices")
                self.restore()
        [now] = self.held("Invoices")
        self.assertEqual(now["InvoiceID"], held["InvoiceID"])
        self.assertEqual(invoice.xero_document_ids.state, "synced")
        self.assertEqual(order.xero_document_ids.state, "synced")
        self.assertFalse(order.xero_document_ids.sudo().issue_ids)

    def test_an_order_and_its_part_invoice_entered_again_are_there_once(self):
        self.back_up()
        for time in ("before", "again"):
            order = self.confirmed_order()
            if time == "before":
                self.run_job(self.connection)
            invoice = self.invoice_of(order, quantity=1)
            self.run_job(self.connection)
            if time == "before":
                held = {each["InvoiceID"] for each in self.held("Invoices")}
                self.restore()
        self.assertEqual(len(held), 2)
        self.assertEqual({each["InvoiceID"] for each in self.held("Invoices")}, held)
        rows = invoice.xero_document_ids | order.xero_document_ids
        self.assertEqual(set(rows.mapped("state")), {"synced"})

    def test_an_order_drafted_since_leaves_its_draft_to_the_invoice_that_was_lost(self):
        """Where the order went out again before Xero was known to have its invoice."""
        order = self.confirmed_order()
        self.back_up(run=False)
        self.run_job(self.connection)
        self.invoice_of(order)
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore()
        self.run_job(self.connection)
        order.xero_document_ids.action_send_as_new()
        self.run_job(self.connection)
        self.assertEqual(len(self.held("Invoices")), 2)
        invoice = self.invoice_of(order)
        self.run_job(self.connection)
        self.assertEqual(
            [each["InvoiceID"] for each in self.held("Invoices")], [held["InvoiceID"]]
        )
        self.assertEqual(invoice.xero_document_ids.state, "synced")

    def test_another_invoice_of_the_order_does_not_overwrite_the_first(self):
        order = self.confirmed_order()
        self.back_up()
        self.invoice_of(order)
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.restore()
        self.run_job(self.connection)
        invoice = self.invoice_of(order, quantity=1)
        self.run_job(self.connection)
        self.assertEqual(self.held("Invoices"), [held])
        self.assertEqual(invoice.xero_document_ids.state, "failed")

    def set_off(self, invoice, credit):
        """Set credit off against an invoice, here and in Xero."""
        (invoice + credit).line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        ).reconcile()
        self.end_click()
        self.run_job(self.connection)

    def test_credit_that_was_set_off_is_not_set_off_again(self):
        invoice, credit = self.posted(), self.posted("out_refund")
        credit.invoice_line_ids.price_unit = 40
        self.back_up()
        for time in ("before", "again"):
            self.set_off(invoice, credit)
            if time == "before":
                [held] = self.held("CreditNotes")
                self.assertTrue(held["Allocations"])
                self.restore()
        self.assertEqual(self.held("CreditNotes"), [held])
        allocation = credit.xero_document_ids.sudo().given_allocation_ids
        self.assertEqual(allocation.state, "synced")
        self.assertTrue(allocation.xero_id)

    def test_credit_of_which_some_is_left_is_not_set_off_again(self):
        """Nothing but a look tells: Xero would take as much once more."""
        invoice, credit = self.posted(), self.posted("out_refund")
        self._register_payment(credit, amount=70)
        self.back_up()
        for time in ("before", "again"):
            self.set_off(invoice, credit)
            if time == "before":
                [held] = self.held("CreditNotes")
                self.assertEqual([each["Amount"] for each in held["Allocations"]], [40])
                self.restore()
                self.run_job(self.connection)
        self.assertEqual(self.held("CreditNotes"), [held])

    def test_a_customer_entered_again_is_there_once(self):
        self.connection.auto_customer = True
        self.back_up()
        for time in ("before", "again"):
            partner = self.env["res.partner"].create(
                {"name": "Anna Smith", "customer_rank": 1}
            )
            self.run_job(self.connection)
            if time == "before":
                self.restore()
        self.assertEqual(self.contacts_named("Anna Smith"), 1)
        self.assertEqual(partner.xero_contact_id.name, "Anna Smith")

    def test_another_customer_with_the_same_id_is_asked_about(self):
        self.connection.auto_customer = True
        self.back_up()
        self.env["res.partner"].create({"name": "Anna Smith", "customer_rank": 1})
        self.run_job(self.connection)
        self.restore()
        other = self.env["res.partner"].create({"name": "Ben Pye", "customer_rank": 1})
        self.run_job(self.connection)
        self.assertFalse(other.xero_contact_id)
        self.assertEqual(other.xero_link_state, "failed")

    def contacts_named(self, name):
        contacts = self.xero.state(TENANT_AU)["Contacts"]
        return sum(each["Name"] == name for each in contacts)

    # === WHAT SAYS SOMETHING ELSE === #

    def entered_otherwise(self):
        """An order with another content under the number of a lost one."""
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        self.restore()
        order = self.confirmed_order(quantity=5)
        self.run_job(self.connection)
        return order

    def test_another_content_under_an_old_number_is_asked_with_both_sides(self):
        order = self.entered_otherwise()
        row = order.xero_document_ids
        self.assertEqual(row.state, "failed")
        self.assertEqual(len(self.held("Invoices")), 1)
        issue = row.sudo().issue_ids
        self.assertIn("Since the backup", issue.name)
        self.assertIn("$ 330.00", issue.name)
        self.assertIn("$ 825.00", issue.name)

    def test_corrected_to_what_xero_has_it_is_no_question_any_more(self):
        order = self.entered_otherwise()
        order.order_line.product_uom_qty = 2
        self.run_job(self.connection)
        row = order.xero_document_ids
        self.assertEqual(row.state, "synced", row.message)
        self.assertEqual(len(self.held("Invoices")), 1)

    def test_an_order_entered_again_on_another_day_is_no_question(self):
        self.back_up()
        for day in ("2026-03-02", "2026-03-09"):
            order = self.confirmed_order()
            order.date_order = f"{day} 05:00:00"
            self.run_job(self.connection)
            if day == "2026-03-02":
                self.restore()
        [held] = self.held("Invoices")
        self.assertEqual(held["Date"], "2026-03-09")
        self.assertEqual(order.xero_document_ids.state, "synced")

    def test_an_invoice_entered_again_on_another_day_is_asked_about(self):
        self.back_up()
        for day in ("2026-03-02", "2026-03-09"):
            invoice = self.new_move("out_invoice", invoice_date=day)
            invoice.action_post()
            self.end_click()
            self.run_job(self.connection)
            if day == "2026-03-02":
                self.restore()
        self.assertEqual(len(self.held("Invoices")), 1)
        self.assertEqual(invoice.xero_document_ids.state, "failed")
        self.assertIn("Since the backup", invoice.xero_message)

    def test_linked_by_a_person_it_is_brought_up_to_date(self):
        order = self.entered_otherwise()
        row = order.xero_document_ids
        row.action_link(row._number_to_propose())
        self.run_job(self.connection)
        [held] = self.held("Invoices")
        self.assertEqual(held["Total"], 825)
        self.assertFalse(self.connection.found_count)

    def test_sent_as_new_by_a_person_both_are_there(self):
        order = self.entered_otherwise()
        order.xero_document_ids.action_send_as_new()
        self.run_job(self.connection)
        self.assertEqual(order.xero_document_ids.state, "synced")
        self.assertEqual(len(self.held("Invoices")), 2)

    # === WHAT IS SAID === #

    def test_it_says_of_when_the_backup_is_and_what_xero_has_more(self):
        self.back_up()
        order = self.confirmed_order()
        name = order.name
        self.run_job(self.connection)
        self.restore()
        self.run_job(self.connection)
        self.assertTrue(self.connection.restored_from)
        self.assertFalse(self.connection.unknown_since)
        self.assertEqual(self.connection.found_count, 1)
        said = self.connection.sudo().message_ids[:2].mapped("body")
        self.assertIn(name, said[0])
        self.assertIn("restored from a backup of", said[1])

    def test_that_it_was_restored_is_forgotten_in_time(self):
        self.back_up()
        self.restore()
        self.run_job(self.connection)
        connection = self.connection.sudo()
        connection._gc_restored()
        self.assertTrue(connection.restored_from)
        days = connection.retention_days + 1
        connection.caught_up_at = fields.Datetime.subtract(
            fields.Datetime.now(), days=days
        )
        connection._gc_restored()
        self.assertFalse(connection.restored_from)

    def test_what_was_cancelled_since_is_not_ended_again(self):
        order, invoice = self.confirmed_order(), self.posted()
        self.back_up()
        for time in ("before", "again"):
            order._action_cancel()
            invoice.button_cancel()
            self.run_job(self.connection)
            if time == "before":
                self.restore()
        self.assertEqual(self.held("Invoices"), [])
        self.assertEqual(self.write_calls(), [])
        for row in order.xero_document_ids + invoice.xero_document_ids:
            self.assertEqual((row.state, row.xero_id), ("synced", False), row.message)

    def test_restored_twice_it_is_there_once(self):
        self.back_up()
        for time in ("before", "again", "once more"):
            order = self.confirmed_order()
            self.run_job(self.connection)
            if time != "once more":
                self.restore()
                self.back_up()
        self.assertEqual(len(self.held("Invoices")), 1)
        self.assertEqual(order.xero_document_ids.state, "synced")

    def test_nothing_is_sent_while_xero_cannot_be_read(self):
        self.back_up()
        self.confirmed_order()
        self.run_job(self.connection)
        self.restore()
        self.confirmed_order()
        self.xero.fault("unavailable", path="/Quotes", method="GET")
        self.run_job(self.connection)
        self.assertTrue(self.connection.unknown_since)
        self.assertEqual(self.write_calls(), [])
        self.connection.next_allowed = False
        self.run_job(self.connection)
        self.assertEqual(len(self.held("Invoices")), 1)
