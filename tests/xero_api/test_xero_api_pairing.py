"""Which answer belongs to what was sent, and whether it is what was sent."""

from odoo.tests import BaseCase, tagged

from ... import xero_api
from .xero_answers import (
    ALLOCATION,
    CONTACT,
    ID_1,
    ID_2,
    ID_3,
    INVOICE,
    element,
)


@tagged("post_install", "-at_install")
class TestPair(BaseCase):
    def answer(self, **values):
        return element({"InvoiceID": ID_1, **values})

    def pair(self, sent, received, endpoint="Invoices"):
        return xero_api.pair(sent, received, endpoint)

    def test_by_link_whatever_the_order(self):
        sent = [{"Url": "https://o/1"}, {"Url": "https://o/2"}]
        first = self.answer(Url="https://o/1")
        second = self.answer(Url="https://o/2", InvoiceID=ID_2)
        self.assertEqual(self.pair(sent, [second, first]), [first, second])

    def test_by_id_even_when_refused(self):
        sent = [{"InvoiceID": ID_2}, {"InvoiceID": ID_1.upper()}]
        first = self.answer()
        refused = self.answer(InvoiceID=ID_2, HasErrors=True)
        self.assertEqual(self.pair(sent, [first, refused]), [refused, first])

    def test_by_id_whatever_number_a_refused_renaming_answers(self):
        sent = [{"InvoiceID": ID_1, "InvoiceNumber": "INV-1 (old)"}]
        refused = self.answer(InvoiceNumber="INV-1", HasErrors=True)
        self.assertEqual(self.pair(sent, [refused]), [refused])

    def test_by_contact_number_and_item_code(self):
        for endpoint, key in (("Contacts", "ContactNumber"), ("Items", "Code")):
            with self.subTest(endpoint=endpoint):
                sent = [{key: "b"}, {key: "a"}]
                received = [element({key: value}, endpoint) for value in ("a", "b")]
                self.assertEqual(self.pair(sent, received, endpoint), received[::-1])

    def test_by_position_when_no_key_can_tell(self):
        sent = [{"Reference": "same"}, {"Reference": "same"}]
        received = [
            self.answer(Reference="same"),
            self.answer(Reference="same", InvoiceID=ID_2),
        ]
        self.assertEqual(self.pair(sent, received), received)

    def test_not_by_position_when_counts_differ(self):
        received = [self.answer()]
        self.assertEqual(self.pair([{}, {}], received), [None, None])

    def test_not_by_a_key_that_two_have(self):
        sent = [{"Reference": "same"}, {"Reference": "same"}]
        received = [self.answer(Reference="same")]
        self.assertEqual(self.pair(sent, received), [None, None])

    def test_not_by_position_when_a_key_contradicts(self):
        sent = [{"InvoiceNumber": "INV-1"}]
        self.assertEqual(self.pair(sent, [self.answer(InvoiceNumber="INV-2")]), [None])

    def test_not_by_position_when_another_pair_is_out_of_order(self):
        sent = [{"Url": "https://o/1"}, {"Url": "https://o/2"}, {}]
        received = [
            self.answer(Url="https://o/2"),
            self.answer(Url="https://o/1"),
            self.answer(),
        ]
        self.assertEqual(self.pair(sent, received), [received[1], received[0], None])

    def test_a_reference_does_not_outweigh_another_number(self):
        sent = [{"Reference": "PO 7", "InvoiceNumber": "INV-1"}]
        received = [self.answer(Reference="PO 7", InvoiceNumber="INV-2")]
        self.assertEqual(self.pair(sent, received), [None])

    def test_an_answer_is_given_once(self):
        sent = [{"Url": "https://o/1"}, {"Reference": "S1"}]
        received = [self.answer(Url="https://o/1", Reference="S1")]
        self.assertEqual(self.pair(sent, received), [received[0], None])

    def test_spaces_and_case_of_a_name_do_not_matter(self):
        sent = [{"Name": "ACME  Ltd"}, {"Name": "Other"}]
        received = [
            element({"Name": name}, "Contacts") for name in ("other", "Acme Ltd")
        ]
        self.assertEqual(self.pair(sent, received, "Contacts"), received[::-1])

    def test_sent_elements_are_those_of_the_body(self):
        body = '{"Quotes":[{"Reference":"a"},{"Reference":"b"}]}'
        found = xero_api.sent_elements("Quotes", body)
        self.assertEqual([data["Reference"] for data in found], ["a", "b"])


@tagged("post_install", "-at_install")
class TestIsSame(BaseCase):
    """Recognising what a lost create has made."""

    SENT = {
        "Type": "ACCREC",
        "Contact": {"ContactID": ID_2},
        "Reference": "S00042",
        "Url": "https://odoo.example.com/odoo/sales/42",
    }

    def same(self, **values):
        return xero_api.is_same(self.SENT, element({**INVOICE, **values}), "Invoices")

    def test_the_link_tells(self):
        self.assertTrue(self.same(Reference=""))

    def test_the_reference_tells_where_there_is_no_link(self):
        self.assertTrue(self.same(Url=None))

    def test_another_link_contact_or_type_speaks_against_it(self):
        for other in (
            {"Url": "https://odoo.example.com/odoo/sales/43"},
            {"Contact": {"ContactID": ID_3}, "Url": None},
            {"Type": "ACCPAY"},
        ):
            with self.subTest(other=other):
                self.assertFalse(self.same(**other))

    def test_with_our_link_a_person_may_have_changed_contact_and_number(self):
        self.assertTrue(self.same(Contact={"ContactID": ID_3}, InvoiceNumber="A-1"))

    def test_a_name_alone_does_not_tell(self):
        sent = {"Name": "Acme", "ContactNumber": "odoo-8"}
        found = element({**CONTACT, "ContactNumber": ""}, "Contacts")
        self.assertFalse(xero_api.is_same(sent, found, "Contacts"))

    def test_a_contact_is_told_by_our_number(self):
        sent = {"Name": "Acme Limited", "ContactNumber": "ODOO-7"}
        self.assertTrue(
            xero_api.is_same(sent, element(CONTACT, "Contacts"), "Contacts")
        )

    def test_an_allocation_is_told_by_its_invoice_and_amount(self):
        sent = {"Amount": 12.5, "Invoice": {"InvoiceID": ID_2.upper()}}
        found = element(ALLOCATION, "Allocations")
        self.assertTrue(xero_api.is_same(sent, found, "Allocations"))
        for other in ({"Amount": 12.51}, {"Invoice": {"InvoiceID": ID_1}}):
            with self.subTest(other=other):
                sent_other = {**sent, **other}
                self.assertFalse(xero_api.is_same(sent_other, found, "Allocations"))
