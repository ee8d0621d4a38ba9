"""What in Xero is what is entered again, after a backup was restored."""

from odoo.tests import BaseCase, tagged

from ... import xero_api
from .xero_answers import ID_1, ID_2, ID_3, element

LINK = "https://odoo.example.com/mail/view?model={}&res_id={}"
MOVE = LINK.format("account.move", 7)


@tagged("post_install", "-at_install")
class TestRestoredNames(BaseCase):
    def bill(self, title="Odoo BILL/1", **values):
        """As it is sent, and as Xero then holds it."""
        return {
            "Type": "ACCPAY",
            "InvoiceNumber": "V-77",
            "Contact": {"ContactID": ID_2},
            "Date": "2026-03-02",
            "LineItems": [
                {"Description": title},
                {"Description": "Paper", "Quantity": 1, "UnitAmount": 20},
            ],
            "Url": MOVE,
            **values,
        }

    def found(self, title="Odoo BILL/1", **values):
        content = self.bill(title, **values)
        first, second = content["LineItems"]
        lines = [first, {**second, "LineAmount": 20}]
        return element({**content, "InvoiceID": ID_1, "LineItems": lines})

    def is_same(self, sent, found, endpoint="Invoices"):
        return xero_api.is_same(sent, found, endpoint)

    def is_asked(self, sent, found, endpoint="Invoices"):
        return xero_api.is_under_its_name(sent, found, endpoint)

    def test_the_same_is_the_same(self):
        self.assertTrue(self.is_same(self.bill(), self.found()))

    def test_a_heading_that_a_person_typed_does_not_name_odoo(self):
        for title, made in (("Odoo BILL/1", True), ("As agreed on 5 March", False)):
            found = self.found(title, Url=None)
            self.assertIs(xero_api.is_odoos(found), made, title)

    def test_what_was_a_draft_may_have_a_number_by_now(self):
        draft = self.found("Odoo draft")
        self.assertTrue(self.is_same(self.bill(), draft))
        self.assertTrue(xero_api.is_to_be_told(self.bill(), draft, "Invoices"))
        self.assertFalse(xero_api.is_to_be_told(self.bill(), self.found(), "Invoices"))

    def test_a_drafts_first_line_names_nothing(self):
        other = {"InvoiceNumber": "Z-9", "Url": LINK.format("account.move", 8)}
        sent = self.bill("Odoo draft")
        self.assertFalse(self.is_asked(sent, self.found("Odoo draft", **other)))

    def test_a_link_alone_is_a_question_only_with_the_contact(self):
        other = {"InvoiceNumber": "Z-9"}
        found = self.found("Odoo BILL/2", **other)
        self.assertTrue(self.is_asked(self.bill(), found))
        stranger = self.found("Odoo BILL/2", Contact={"ContactID": ID_3}, **other)
        self.assertFalse(self.is_asked(self.bill(), stranger))

    def test_odoos_number_is_a_question_whoever_the_contact_is(self):
        other = {"InvoiceNumber": "Z-9", "Contact": {"ContactID": ID_3}}
        self.assertTrue(self.is_asked(self.bill(), self.found(**other)))

    def test_another_day_is_another_bill_but_the_same_order(self):
        other = {"Date": "2026-03-09"}
        self.assertFalse(self.is_same(self.bill(), self.found(**other)))
        order = {"Type": "ACCREC", "Url": LINK.format("sale.order", 7)}
        sent = self.bill("Odoo order S1", **order)
        found = self.found("Odoo order S1", **order, **other)
        self.assertTrue(self.is_same(sent, found))
        self.assertTrue(xero_api.is_to_be_told(sent, found, "Invoices"))

    def test_an_orders_invoice_is_a_question_for_the_order(self):
        order = {"Url": LINK.format("sale.order", 7), "Reference": "S1"}
        sent = self.bill("Odoo order S1", InvoiceNumber="", Type="ACCREC", **order)
        invoice = {"Type": "ACCREC", "InvoiceNumber": "INV/1"}
        for title, asked in (
            ("Odoo INV/1, order S1", True),
            ("Odoo INV/1, order S0, S1", True),
            ("Odoo INV/1, order S10", False),
        ):
            with self.subTest(title=title):
                found = self.found(title, **invoice)
                self.assertFalse(self.is_same(sent, found))
                self.assertEqual(self.is_asked(sent, found), asked)
