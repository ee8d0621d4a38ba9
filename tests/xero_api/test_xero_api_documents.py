"""Single documents, allocations and attachments against the local Xero."""

import json
import uuid
from decimal import Decimal

from xero_python.accounting import Contact, LineItem

from odoo.tests import tagged

from ... import xero_api
from .client_case import ClientCase


class DocumentCase(ClientCase):
    def setUp(self):
        super().setUp()
        self.contact = Contact(contact_id=self.new_contact())
        self.xero.clear_calls()

    def make(self, endpoint, unit_amount="21", account="200", **values):
        """Create a document of one line (plus 10 % tax); return its element."""
        line = LineItem(
            description="Desk",
            quantity=Decimal(1),
            unit_amount=Decimal(unit_amount),
            account_code=account,
            tax_type="OUTPUT" if account == "200" else "INPUT",
        )
        model = {
            "Contact": self.contact,
            "LineItems": [line],
            "Date": "2026-11-20",
            **values,
        }
        (element,) = self.put(endpoint, model)
        self.assertTrue(element.ok, element.errors)
        return element

    def make_invoice(self, **values):
        defaults = {"Type": "ACCREC", "Status": "AUTHORISED", "DueDate": "2026-12-20"}
        return self.make("Invoices", **{**defaults, **values})

    def make_bill(self, number):
        return self.make("Invoices", account="400", Type="ACCPAY", InvoiceNumber=number)

    def make_note(self, **values):
        defaults = {"Type": "ACCRECCREDIT", "Status": "AUTHORISED"}
        return self.make("CreditNotes", **{**defaults, **values})

    def make_each(self):
        """:return: dict of endpoint → element of a new document"""
        return {
            "Invoices": self.make_invoice(),
            "CreditNotes": self.make_note(),
            "PurchaseOrders": self.make("PurchaseOrders", account="400"),
            "Quotes": self.make("Quotes"),
        }


@tagged("post_install", "-at_install")
class TestDocument(DocumentCase):
    def test_each_kind_is_read_by_its_id_and_by_its_number(self):
        for endpoint, element in self.make_each().items():
            for name in (element.xero_id, element.number):
                with self.subTest(endpoint=endpoint, name=name):
                    found = self.client.document(endpoint, name)
                    self.assertEqual(found.xero_id, element.xero_id)
                    self.assertEqual(found.total, Decimal("23.10"))

    def test_one_call_reads_one_document(self):
        made = self.make_each()
        for endpoint, element in made.items():
            with self.subTest(endpoint=endpoint):
                self.xero.clear_calls()
                self.client.document(endpoint, element.number)
                self.assertEqual(len(self.xero.calls()), 1)

    def test_what_xero_does_not_have_is_none(self):
        for endpoint in self.make_each():
            for name in (str(uuid.uuid4()), "NOBODY-1", " ", "A/1"):
                with self.subTest(endpoint=endpoint, name=name):
                    self.assertIsNone(self.client.document(endpoint, name))

    def test_a_number_with_odd_characters_is_found(self):
        number = 'INV/2026/0007 "a", b'
        element = self.make_invoice(InvoiceNumber=number)
        found = self.client.document("Invoices", f" {number.lower()} ")
        self.assertEqual(found.xero_id, element.xero_id)

    def test_a_quote_is_found_among_those_that_have_its_number_in_theirs(self):
        for number in ("Q-1", "Q-10", "Q-11"):
            self.make("Quotes", QuoteNumber=number)
        self.assertEqual(self.client.document("Quotes", "Q-1").number, "Q-1")
        self.assertIsNone(self.client.document("Quotes", "Q-"))

    def test_a_number_that_two_bills_share_names_none(self):
        bills = [self.make_bill("R-7"), self.make_bill("R-7")]
        self.assertIsNone(self.client.document("Invoices", "R-7"))
        self.xero.edit("Invoices", bills[0].xero_id, Status="VOIDED")
        found = self.client.document("Invoices", "R-7")
        self.assertEqual(found.xero_id, bills[1].xero_id)

    def test_contacts_are_no_documents(self):
        with self.assertRaises(ValueError):
            self.client.document("Contacts", "x")

    def test_several_invoices_take_one_call(self):
        wanted = {self.make_invoice().xero_id for _number in range(3)}
        self.make_invoice()
        self.xero.clear_calls()
        found = self.client.documents("Invoices", wanted)
        self.assertEqual({element.xero_id for element in found}, wanted)
        self.assertEqual(len(self.xero.calls()), 1)

    def test_several_others_take_a_call_each_and_skip_what_is_unknown(self):
        wanted = [self.make("Quotes").xero_id for _number in range(2)]
        found = self.client.documents("Quotes", [*wanted, str(uuid.uuid4())])
        self.assertEqual([element.xero_id for element in found], wanted)

    def test_no_ids_take_no_call(self):
        for endpoint in ("Invoices", "Quotes"):
            self.assertEqual(self.client.documents(endpoint, []), [])
        self.assertEqual(self.xero.calls(), [])


@tagged("post_install", "-at_install")
class TestAllocations(DocumentCase):
    def body(self, *values):
        return json.dumps({"Allocations": list(values)})

    def allocation(self, invoice, amount):
        return {"Amount": amount, "Invoice": {"InvoiceID": invoice.xero_id}}

    def allocate(self, note, *values, key=None):
        return self.client.write(
            "Allocations",
            "PUT",
            self.body(*values),
            key or str(uuid.uuid4()),
            parent_id=note.xero_id,
        )

    def delete(self, note, allocation_id):
        body = self.body({"AllocationID": allocation_id})
        return self.client.write(
            "Allocations", "DELETE", body, "key-d", parent_id=note.xero_id
        )

    def fetch(self, element, endpoint):
        return self.client.document(endpoint, element.xero_id)

    def test_a_credit_note_is_allocated_to_its_invoice(self):
        note, invoice = self.make_note(), self.make_invoice()
        (element,) = self.allocate(note, self.allocation(invoice, 3.1))
        self.assertTrue(element.ok, element.errors)
        books = self.xero.state()
        self.assertEqual(books["Invoices"][0]["AmountDue"], 20)
        self.assertEqual(books["CreditNotes"][0]["RemainingCredit"], 20)
        after = self.fetch(note, "CreditNotes")
        expected = xero_api.Allocation(element.xero_id, invoice.xero_id, Decimal("3.1"))
        self.assertEqual(after.allocations, (expected,))

    def test_a_listing_of_credit_notes_has_their_allocations(self):
        note, invoice = self.make_note(), self.make_invoice()
        (element,) = self.allocate(note, self.allocation(invoice, 1))
        listed = self.client.documents_page("CreditNotes", 1).items
        (found,) = [each for each in listed if each.xero_id == note.xero_id]
        self.assertEqual(
            [each.xero_id for each in found.allocations], [element.xero_id]
        )

    def test_each_invoice_gets_the_id_of_its_own_allocation(self):
        note, invoices = self.make_note(), [self.make_invoice(), self.make_invoice()]
        sent = [self.allocation(invoice, 1) for invoice in invoices]
        self.allocate(note, sent[0])
        elements = self.allocate(note, *sent)
        paired = xero_api.pair(sent, elements[::-1], "Allocations")
        self.assertEqual([each.key for each in paired], [i.xero_id for i in invoices])
        self.assertEqual(len({each.xero_id for each in paired}), 2)
        known = [each.xero_id for each in self.client.allocations(note.xero_id)]
        self.assertEqual(known[1:], [each.xero_id for each in elements])

    def test_a_refused_allocation_says_why_and_spoils_no_other(self):
        note, invoice = self.make_note(), self.make_invoice()
        refused, accepted = self.allocate(
            note, self.allocation(invoice, 100), self.allocation(invoice, 1)
        )
        self.assertTrue(refused.errors)
        self.assertIsNone(refused.xero_id)
        self.assertTrue(accepted.ok)

    def test_an_allocation_is_deleted_with_one_request(self):
        note, invoice = self.make_note(), self.make_invoice()
        (made,) = self.allocate(note, self.allocation(invoice, 23.1))
        self.assertEqual(self.fetch(invoice, "Invoices").status, "PAID")
        self.xero.clear_calls()
        (deleted,) = self.delete(note, made.xero_id)
        (call,) = self.xero.calls()
        self.assertEqual((call["method"], call["body"]), ("DELETE", ""))
        self.assertEqual((deleted.xero_id, deleted.status), (made.xero_id, "DELETED"))
        self.assertTrue(deleted.ok)
        self.assertEqual(self.fetch(invoice, "Invoices").status, "AUTHORISED")
        self.assertEqual(self.client.allocations(note.xero_id), [])

    def test_what_is_gone_already_counts_as_deleted(self):
        note = self.make_note()
        (deleted,) = self.delete(note, str(uuid.uuid4()))
        self.assertEqual(deleted.status, "DELETED")

    def test_a_lost_answer_of_a_deletion_is_unknown_and_may_be_repeated(self):
        note, invoice = self.make_note(), self.make_invoice()
        (made,) = self.allocate(note, self.allocation(invoice, 1))
        self.xero.fault("lost_answer", method="DELETE")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.delete(note, made.xero_id)
        (deleted,) = self.delete(note, made.xero_id)
        self.assertEqual(deleted.status, "DELETED")

    def test_the_same_key_allocates_once(self):
        note, invoice = self.make_note(), self.make_invoice()
        self.xero.fault("lost_answer", method="PUT")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.allocate(note, self.allocation(invoice, 1), key="key-1")
        (element,) = self.allocate(note, self.allocation(invoice, 1), key="key-1")
        (known,) = self.client.allocations(note.xero_id)
        self.assertEqual(known.xero_id, element.xero_id)

    def test_a_lost_allocation_is_found_on_its_credit_note(self):
        note, invoice = self.make_note(), self.make_invoice()
        sent = self.allocation(invoice, 1)
        self.xero.fault("lost_answer", method="PUT")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.allocate(note, sent)
        (known,) = self.client.allocations(note.xero_id)
        self.assertTrue(xero_api.is_ours(sent, known, "Allocations"))

    def test_an_id_that_cannot_be_read_leaves_the_outcome_unknown(self):
        note, invoice = self.make_note(), self.make_invoice()
        self.xero.fault("unavailable", method="GET")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.allocate(note, self.allocation(invoice, 1))

    def test_an_unknown_credit_note_is_not_found(self):
        body = self.body({"Amount": 1, "Invoice": {"InvoiceID": str(uuid.uuid4())}})
        ghost = str(uuid.uuid4())
        with self.assertRaises(xero_api.NotFound):
            self.client.write("Allocations", "PUT", body, "key-1", parent_id=ghost)

    def test_what_could_hit_something_else_is_not_sent(self):
        note, one = str(uuid.uuid4()), {"AllocationID": str(uuid.uuid4())}
        invoices = json.dumps({"Invoices": [{}]})
        wrong = [
            ("Allocations", "PUT", self.body({}), None),
            ("Allocations", "POST", self.body(one), note),
            ("Allocations", "PUT", self.body(one), note),
            ("Allocations", "DELETE", self.body({}), note),
            ("Allocations", "DELETE", self.body(one, one), note),
            ("Invoices", "PUT", invoices, note),
            ("Invoices", "DELETE", invoices, None),
        ]
        for endpoint, method, body, parent in wrong:
            with (
                self.subTest(endpoint=endpoint, method=method, parent=parent),
                self.assertRaises(ValueError),
            ):
                self.client.write(endpoint, method, body, "key-1", parent_id=parent)
        self.assertEqual(self.xero.calls(), [])


@tagged("post_install", "-at_install")
class TestAttachments(DocumentCase):
    PDF = b"%PDF-1.7 \x00\xff\xfe"

    def attach(self, endpoint, xero_id, name="S00042.pdf", content=PDF, key="key-1"):
        self.client.attach(endpoint, xero_id, name, content, key)

    def files(self, xero_id):
        return self.xero.state()["attachments"].get(xero_id, {})

    def test_each_kind_of_document_takes_a_file(self):
        for endpoint, element in self.make_each().items():
            with self.subTest(endpoint=endpoint):
                self.attach(endpoint, element.xero_id, key=f"key-{endpoint}")
                (found,) = self.files(element.xero_id).values()
                self.assertEqual(found["FileName"], "S00042.pdf")
                self.assertEqual(found["MimeType"], "application/pdf")
                self.assertEqual(found["ContentLength"], len(self.PDF))

    def test_one_request_attaches_a_file(self):
        invoice = self.make_invoice()
        self.xero.clear_calls()
        self.attach("Invoices", invoice.xero_id)
        (call,) = self.xero.calls()
        self.assertEqual(call["method"], "PUT")
        self.assertEqual(call["headers"]["Idempotency-Key"], "key-1")

    def test_a_file_of_the_same_name_is_replaced(self):
        invoice = self.make_invoice()
        self.attach("Invoices", invoice.xero_id)
        self.attach("Invoices", invoice.xero_id, content=b"%PDF new", key="key-2")
        (found,) = self.files(invoice.xero_id).values()
        self.assertEqual(found["ContentLength"], len(b"%PDF new"))

    def test_a_name_is_cleaned_of_what_xero_does_not_take(self):
        invoice = self.make_invoice()
        self.attach("Invoices", invoice.xero_id, 'INV/2026/7 "é"*?<a>:|+\\\0.pdf')
        self.assertEqual(
            list(self.files(invoice.xero_id)), ["INV-2026-7 -é----a------.pdf"]
        )

    def test_what_is_too_large_empty_or_nameless_is_not_sent(self):
        large = b"x" * (xero_api.const.MAX_BODY_BYTES + 1)
        for values in ({"content": large}, {"content": b""}, {"name": " ."}):
            with self.subTest(values=list(values)), self.assertRaises(ValueError):
                self.attach("Invoices", str(uuid.uuid4()), **values)
        with self.assertRaises(ValueError):
            self.attach("Contacts", str(uuid.uuid4()))
        self.assertEqual(self.xero.calls(), [])

    def test_a_missing_permission_is_told(self):
        invoice = self.make_invoice()
        scopes = ["accounting.invoices", "accounting.contacts"]
        self.client = self.connect(self.xero.grant(scopes=scopes)["access_token"])
        with self.assertRaises(xero_api.ScopeMissing):
            self.attach("Invoices", invoice.xero_id)
        self.assertEqual(self.files(invoice.xero_id), {})

    def test_an_unknown_document_is_not_found(self):
        with self.assertRaises(xero_api.NotFound):
            self.attach("Invoices", str(uuid.uuid4()))

    def test_more_files_than_xero_takes_are_refused_in_its_words(self):
        invoice = self.make_invoice()
        for number in range(10):
            self.attach("Invoices", invoice.xero_id, f"{number}.pdf", key=f"k{number}")
        with self.assertRaises(xero_api.RequestRefused) as caught:
            self.attach("Invoices", invoice.xero_id, "10.pdf", key="k10")
        (element,) = caught.exception.elements
        self.assertIn("10 attachments", element.errors[0])

    def test_a_lost_answer_is_unknown(self):
        invoice = self.make_invoice()
        self.xero.fault("lost_answer", method="PUT")
        with self.assertRaises(xero_api.OutcomeUnknown):
            self.attach("Invoices", invoice.xero_id)
        self.attach("Invoices", invoice.xero_id)
        self.assertEqual(len(self.files(invoice.xero_id)), 1)
