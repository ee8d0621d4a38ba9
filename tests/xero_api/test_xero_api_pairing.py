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
class TestIsOurs(BaseCase):
    """Recognising what a lost create has made, and nothing that a person typed."""

    LINES = (
        {"Description": "Odoo order S00042"},
        {
            "Description": "Desk, oak",
            "Quantity": 2,
            "UnitAmount": 10.5,
            "AccountCode": "200",
            "TaxType": "OUTPUT",
        },
    )
    SENT = {
        "Type": "ACCREC",
        "Contact": {"ContactID": ID_2},
        "Date": "2026-09-14",
        "Reference": "S00042",
        "InvoiceNumber": "INV-7",
        "LineAmountTypes": "Exclusive",
        "LineItems": LINES,
        "CurrencyCode": "AUD",
        "Url": "https://odoo.example.com/view?res_id=42",
    }
    HELD = {
        **INVOICE,
        "InvoiceNumber": "INV-7",
        "LineAmountTypes": "Exclusive",
        "LineItems": [{**LINES[0], "LineAmount": 0}, {**LINES[1], "LineAmount": 21}],
        "Url": SENT["Url"],
    }
    NO_LINK = {"Url": None}

    def judge(self, **values):
        """:return: (whether it is ours, whether a person would ask)"""
        found = element({**self.HELD, **values})
        return (
            xero_api.is_ours(self.SENT, found, "Invoices"),
            xero_api.is_like(self.SENT, found, "Invoices"),
        )

    def line(self, **values):
        return [self.HELD["LineItems"][0], {**self.HELD["LineItems"][1], **values}]

    def assert_ours(self, **values):
        self.assertTrue(self.judge(**values)[0])

    def assert_asked(self, **values):
        self.assertEqual(self.judge(**values), (False, True))

    def assert_foreign(self, **values):
        self.assertEqual(self.judge(**values), (False, False))

    def test_our_link_tells_whatever_a_person_changed_since(self):
        self.assert_ours(
            Reference="",
            InvoiceNumber="A-1",
            Contact={"ContactID": ID_3},
            Date="/Date(0+0000)/",
            LineItems=[],
            Total=1,
        )

    def test_without_the_link_the_same_content_tells(self):
        self.assert_ours(**self.NO_LINK)
        self.assert_ours(InvoiceNumber="A-1", **self.NO_LINK)
        self.assert_ours(Contact={"ContactID": ID_3}, **self.NO_LINK)
        self.assert_ours(
            LineItems=self.line(Description=" desk,  OAK", LineAmount=21.01),
            **self.NO_LINK,
        )

    def test_number_and_contact_are_not_enough(self):
        for other in (
            {"Date": "/Date(1789430400000+0000)/"},
            {"Date": None},
            {"CurrencyCode": "NZD"},
            {"LineAmountTypes": "Inclusive"},
            {"LineItems": self.HELD["LineItems"][1:]},
            {"LineItems": []},
            {"LineItems": None},
            {"LineItems": self.line(LineAmount=21.02)},
            {"LineItems": self.line(Description="Chair")},
            {"LineItems": self.line(AccountCode="260")},
            {"LineItems": self.line(TaxType="EXEMPTOUTPUT")},
        ):
            with self.subTest(other=other):
                self.assert_asked(**self.NO_LINK, **other)

    def test_a_link_to_something_else_is_never_ours(self):
        self.assert_asked(Url="https://shop.example.com/7")

    def test_what_odoo_made_of_another_record_is_no_question(self):
        self.assert_foreign(Url="https://odoo.example.com/view?res_id=43")

    def test_another_contact_s_number_is_no_question(self):
        self.assert_foreign(
            Contact={"ContactID": ID_3}, LineItems=[], Reference="", **self.NO_LINK
        )

    def test_another_type_is_another_document(self):
        self.assert_foreign(Type="ACCPAY")

    def test_neither_number_nor_reference_is_no_question(self):
        self.assert_foreign(InvoiceNumber="A-1", Reference="", **self.NO_LINK)

    def test_a_name_alone_does_not_tell(self):
        sent = {"Name": "Acme", "ContactNumber": "odoo-8"}
        found = element({**CONTACT, "ContactNumber": ""}, "Contacts")
        self.assertFalse(xero_api.is_ours(sent, found, "Contacts"))
        self.assertFalse(xero_api.is_like(sent, found, "Contacts"))

    def test_a_contact_is_told_by_our_number(self):
        sent = {"Name": "Acme Limited", "ContactNumber": "ODOO-7"}
        self.assertTrue(
            xero_api.is_ours(sent, element(CONTACT, "Contacts"), "Contacts")
        )

    def test_an_item_is_told_by_its_code_and_content_together(self):
        sent = {
            "Code": "OAK",
            "Name": "Oak table",
            "Description": "Oak table",
            "SalesDetails": {"UnitPrice": 150.0, "AccountCode": "200"},
        }
        held = {"ItemID": ID_1, **sent, "PurchaseDetails": {}}
        self.assertTrue(xero_api.is_ours(sent, element(held, "Items"), "Items"))
        for other in (
            {"Code": "OAK2"},
            {"Name": "Oak plank"},
            {"Description": "Plank"},
            {"SalesDetails": {"UnitPrice": 9, "AccountCode": "200"}},
            {"SalesDetails": {"UnitPrice": 150, "AccountCode": "260"}},
            {"PurchaseDetails": {"UnitPrice": 80}},
        ):
            with self.subTest(other=other):
                found = element({**held, **other}, "Items")
                self.assertFalse(xero_api.is_ours(sent, found, "Items"))

    def test_an_allocation_is_told_by_its_invoice_and_amount(self):
        sent = {"Amount": 12.5, "Invoice": {"InvoiceID": ID_2.upper()}}
        found = element(ALLOCATION, "Allocations")
        self.assertTrue(xero_api.is_ours(sent, found, "Allocations"))
        for other in ({"Amount": 12.51}, {"Invoice": {"InvoiceID": ID_1}}):
            with self.subTest(other=other):
                sent_other = {**sent, **other}
                self.assertFalse(xero_api.is_ours(sent_other, found, "Allocations"))
