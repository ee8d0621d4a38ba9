from unittest.mock import patch

from odoo.tests import tagged

from ..xero_server import TENANT_AU
from .holdings_case import HoldingsCase


@tagged("post_install", "-at_install")
class TestMergedContact(HoldingsCase):
    """A contact merged or archived in Xero is no change of its documents."""

    def setUp(self):
        super().setUp()
        self.connection.auto_quotation = True
        self.partner = self.customer
        self.documents = [
            self.confirmed_order(),
            self.confirmed_order(),
            self.new_order(),
            self.approved_purchase(partner_id=self.partner.id),
            self.new_move("in_invoice", partner_id=self.partner.id, ref="B1"),
        ]
        self.run_job(self.connection)
        self.contact = self.partner.xero_contact_id
        (kept,) = self.xero.seed("Contacts", [{"Name": "Jane's Joinery Ltd"}])
        self.kept = kept["ContactID"]
        self.xero.clear_calls()

    def rows(self):
        rows = self.env["xero.document"].sudo()
        return rows.union(*(each.xero_document_ids for each in self.documents))

    def change_all(self):
        *orders, bill = self.documents
        for order in orders:
            if order._name == "sale.order":
                order.order_line[0].product_uom_qty = 5
            else:
                order.order_line[0].product_qty = 5
        bill.invoice_line_ids.quantity = 5
        self.run_job(self.connection)

    def open_issues(self):
        return self.env["xero.issue"].search(
            [("state", "=", "open"), ("connection_id", "=", self.connection.id)]
        )

    def contacts_in_xero(self):
        books = self.xero.state(TENANT_AU)
        ids = set(self.rows().mapped("xero_id"))
        return {
            document["Contact"]["ContactID"]
            for endpoint, key in (
                ("Invoices", "InvoiceID"),
                ("Quotes", "QuoteID"),
                ("PurchaseOrders", "PurchaseOrderID"),
            )
            for document in books[endpoint]
            if document[key] in ids
        }

    def test_a_merge_stops_no_change_of_its_documents(self):
        self.xero.merge_contacts(self.contact.xero_id, self.kept)
        self.change_all()
        self.assertEqual(self.open_issues().mapped("name"), [])
        self.assertEqual(set(self.rows().mapped("state")), {"synced"})
        self.assertEqual(self.partner.xero_contact_id.xero_id, self.kept)
        self.assertEqual(self.contacts_in_xero(), {self.kept})

    def test_a_reading_after_a_merge_changes_nothing_but_the_link(self):
        self.xero.merge_contacts(self.contact.xero_id, self.kept)
        for row in self.rows():  # as if Xero counted it as a change of theirs
            self.xero.edit(row._xero_endpoint(), row.xero_id, Reference="merged")
        self.check_now()
        self.assertEqual(self.open_issues().mapped("name"), [])
        self.assertEqual(set(self.rows().mapped("state")), {"synced"})
        self.assertEqual(set(self.rows().mapped("contact_xero_id")), {self.kept})

    def test_an_archived_contact_is_one_issue_and_ends_when_it_is_restored(self):
        self.xero.edit("Contacts", self.contact.xero_id, ContactStatus="ARCHIVED")
        self.change_all()
        issue = self.open_issues()
        self.assertEqual(len(issue), 1, issue.mapped("name"))
        self.assertIn("is archived", issue.name)
        self.assertEqual(issue.document_ids, self.rows().filtered("issue_ids"))
        self.xero.edit("Contacts", self.contact.xero_id, ContactStatus="ACTIVE")
        self.check_now()
        self.run_job(self.connection)
        self.assertEqual(issue.state, "solved")
        self.assertEqual(set(self.rows().mapped("state")), {"synced"})

    def test_what_an_archived_contact_stopped_goes_once_it_is_merged(self):
        self.xero.edit("Contacts", self.contact.xero_id, ContactStatus="ARCHIVED")
        self.change_all()
        self.xero.merge_contacts(self.contact.xero_id, self.kept)
        self.check_now()
        self.run_job(self.connection)
        self.assertEqual(self.open_issues().mapped("name"), [])
        self.assertEqual(set(self.rows().mapped("state")), {"synced"})
        self.assertEqual(self.contacts_in_xero(), {self.kept})

    def test_a_merge_between_the_contacts_and_the_documents_sends_nothing(self):
        for row in self.rows():
            self.xero.edit(row._xero_endpoint(), row.xero_id, Reference="merged")
        model = self.env.registry["xero.connection"]
        read_page, merged = model._read_page, []

        def read(connection, client):
            if not merged:
                merged.append(True)
                self.xero.merge_contacts(self.contact.xero_id, self.kept)
            return read_page(connection, client)

        with patch.object(model, "_read_page", read):
            self.check_now()
        self.run_job(self.connection)
        self.assertEqual(self.open_issues().mapped("name"), [])
        self.assertEqual(set(self.rows().mapped("contact_xero_id")), {self.kept})
        writes = [call for call in self.xero.calls() if call["method"] != "GET"]
        self.assertEqual(writes, [])
