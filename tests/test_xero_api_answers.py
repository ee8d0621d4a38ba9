"""Reading Xero's answers: nothing in them is trusted, nothing in them is fatal."""

import copy
import json
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

from odoo.tests import BaseCase, tagged

from .. import xero_api
from ..xero_api import readers
from ..xero_api.wire import Answer
from .xero_stub import Reply, Stub

TENANT = "11111111-1111-4111-8111-111111111111"
ID_1 = "60aa5d55-a47e-4665-a974-874bb50263b9"
ID_2 = "2f79af6c-5f57-49e8-9e44-301499538add"
ID_3 = "8696589a-a719-463b-8ff3-b58e0a08ab28"
ZERO = "00000000-0000-0000-0000-000000000000"

# Shapes as recorded from a Xero demo organisation in September 2026
INVOICE = {
    "Type": "ACCREC",
    "InvoiceID": ID_1,
    "InvoiceNumber": "INV-0055",
    "Reference": "S00042",
    "Url": "https://odoo.example.com/odoo/sales/42",
    "Payments": [],
    "AmountDue": 24.15,
    "CurrencyRate": 1.0,
    "HasErrors": False,
    "Contact": {"ContactID": ID_2, "Name": "Acme", "HasValidationErrors": False},
    "Date": "/Date(1789344000000+0000)/",
    "Status": "DRAFT",
    "LineItems": [{"Description": "Odoo order S00042"}, {"LineAmount": 21.0}],
    "SubTotal": 21.0,
    "TotalTax": 3.15,
    "Total": 24.15,
    "UpdatedDateUTC": "/Date(1789378199100+0000)/",
    "CurrencyCode": "AUD",
    "StatusAttributeString": "OK",
}
ALLOCATION = {
    "AllocationID": ID_3,
    "Amount": 12.5,
    "Date": "/Date(1789344000000+0000)/",
    "Invoice": {"InvoiceID": ID_2, "InvoiceNumber": "INV-0055"},
    "IsDeleted": False,
}
CONTACT = {
    "ContactID": ID_2,
    "ContactNumber": "odoo-7",
    "ContactStatus": "ACTIVE",
    "Name": "Acme",
    "EmailAddress": "office@acme.example.com",
    "TaxNumber": "51824753556",
    "Addresses": [
        {"AddressType": "STREET"},
        {"AddressType": "POBOX", "AddressLine1": "1 High St", "City": "Perth"},
    ],
    "Phones": [
        {"PhoneType": "DDI"},
        {"PhoneType": "DEFAULT", "PhoneNumber": "555", "PhoneAreaCode": "08"},
    ],
    "ContactPersons": [
        {"FirstName": "Ann", "EmailAddress": "ann@acme.example.com"},
    ],
    "PaymentTerms": {"Sales": {"Day": 30, "Type": "DAYSAFTERBILLDATE"}},
    "IsCustomer": True,
    "IsSupplier": False,
    "DefaultCurrency": "AUD",
    "UpdatedDateUTC": "/Date(1789184815213+0000)/",
}
# As parsed: numbers are decimals
WRONG_VALUES = [
    None,
    True,
    Decimal(0),
    Decimal(-1),
    Decimal("1e400"),
    Decimal("9" * 5000),
    "",
    "\0\ud800 text",
    "/Date(9999999999999999)/",
    [],
    [None, 1, "x", [[]]],
    {},
    {"Message": None},
]


def parsed(value):
    """`value` as it comes out of an answer: numbers are decimals."""
    return Answer(200, {}, json.dumps(value).encode()).json()


def element(data, endpoint="Invoices"):
    return readers.element(parsed(data), endpoint)


@tagged("post_install", "-at_install")
class TestElement(BaseCase):
    def digest(self, **line):
        """Of an invoice with one line."""
        usual = {
            "Description": "Oak table",
            "AccountCode": "200",
            "TaxType": "OUTPUT",
            "LineAmount": 300.0,
        }
        return element({"LineItems": [{**usual, **line}]}).lines_digest

    def test_digest_of_lines_changes_with_account_tax_and_words(self):
        for change in (
            {"AccountCode": "260"},
            {"TaxType": "EXEMPTOUTPUT"},
            {"Description": "Pine table"},
        ):
            with self.subTest(change=change):
                self.assertNotEqual(self.digest(**change), self.digest())

    def test_digest_of_lines_is_blind_to_blanks_and_what_xero_adds(self):
        same = self.digest(Description=" Oak\r\ntable", LineItemID=ID_1, Tracking=[])
        self.assertEqual(same, self.digest())

    def test_digest_of_lines_is_blind_to_the_account_of_nothing(self):
        free = self.digest(LineAmount=0.0)
        self.assertEqual(self.digest(LineAmount=0.0, AccountCode=None), free)

    def test_no_digest_of_an_answer_without_lines(self):
        self.assertIsNone(element({}).lines_digest)

    def test_everything_of_an_accepted_element(self):
        found = element(INVOICE)
        self.assertTrue(found.ok)
        self.assertEqual(found.xero_id, ID_1)
        self.assertEqual(found.number, "INV-0055")
        self.assertEqual(found.status, "DRAFT")
        self.assertEqual(found.contact_id, ID_2)
        self.assertEqual(found.total, Decimal("24.15"))
        self.assertEqual(found.line_count, 2)
        self.assertEqual(found.currency, "AUD")
        when = datetime(2026, 9, 14, 9, 29, 59, 100000, timezone.utc)
        self.assertEqual(found.updated, when)

    def test_a_state_is_never_taken_from_an_element_with_errors(self):
        """Recorded: the refused delete of an authorised invoice says DELETED."""
        refusal = [{"Message": "Invoice not of valid status for modification"}]
        found = element({**INVOICE, "Status": "DELETED", "ValidationErrors": refusal})
        self.assertFalse(found.ok)
        self.assertEqual(found.status, "")
        self.assertIsNone(found.total)
        self.assertEqual(found.errors, (refusal[0]["Message"],))
        self.assertEqual(found.xero_id, ID_1)

    def test_the_zero_guid_is_no_id(self):
        found = element({**INVOICE, "InvoiceID": ZERO})
        self.assertIsNone(found.xero_id)
        self.assertFalse(found.ok)

    def test_each_mark_of_an_error_counts_without_words(self):
        marks = (
            {"HasErrors": True},
            {"HasValidationErrors": True},
            {"StatusAttributeString": "ERROR"},
        )
        for mark in marks:
            with self.subTest(mark=mark):
                found = element({**INVOICE, **mark})
                self.assertFalse(found.ok)
                self.assertTrue(found.errors)

    def test_errors_of_lines_are_told_with_the_element_s(self):
        line = {"ValidationErrors": [{"Message": "Account code '9' is not valid"}]}
        found = element({**INVOICE, "HasErrors": True, "LineItems": [line]})
        self.assertEqual(found.errors, ("Account code '9' is not valid",))

    def test_a_warning_is_no_error(self):
        warning = {
            "StatusAttributeString": "WARNING",
            "Warnings": [{"Message": "Odd rate"}],
        }
        found = element({**INVOICE, **warning})
        self.assertTrue(found.ok)
        self.assertEqual(found.warnings, ("Odd rate",))

    def test_archived_and_merged_contacts_say_so(self):
        data = {**CONTACT, "ContactStatus": "ARCHIVED", "MergedToContactID": ID_3}
        found = element(data, "Contacts")
        self.assertTrue(found.archived)
        self.assertEqual(found.merged_to, ID_3)
        self.assertEqual(found.key, "odoo-7")

    def test_no_wrong_value_anywhere_is_fatal_or_spoils_a_neighbour(self):
        for key in INVOICE:
            for wrong in WRONG_VALUES:
                with self.subTest(key=key, wrong=str(wrong)[:20]):
                    broken = _with_wrong_value(INVOICE, key, wrong)
                    found = readers.elements([broken, parsed(INVOICE)], "Invoices")
                    self.assertEqual(found[1].total, Decimal("24.15"))
                    # What a database takes: no NUL, no lone surrogate
                    found[0].reference.encode()
                    self.assertNotIn("\0", found[0].reference)

    def test_what_is_due_and_paid(self):
        found = element({**INVOICE, "AmountPaid": 4.15, "AmountDue": 20})
        self.assertEqual(found.amount_paid, Decimal("4.15"))
        self.assertEqual(found.amount_due, Decimal(20))

    def test_what_remains_of_a_credit_note_and_where_the_rest_went(self):
        note = {"RemainingCredit": 7.5, "Allocations": [ALLOCATION]}
        found = element(note, "CreditNotes")
        self.assertEqual(found.amount_due, Decimal("7.5"))
        expected = xero_api.Allocation(ID_3, ID_2, Decimal("12.5"))
        self.assertEqual(found.allocations, (expected,))

    def test_an_allocation_that_is_deleted_or_names_nothing_is_none(self):
        useless = ({"IsDeleted": True}, {"Invoice": None}, {"AllocationID": None})
        for change in useless:
            with self.subTest(change=change):
                note = {"Allocations": [{**ALLOCATION, **change}]}
                self.assertEqual(element(note, "CreditNotes").allocations, ())

    def test_an_allocation_has_the_invoice_as_its_key(self):
        found = element(ALLOCATION, "Allocations")
        self.assertEqual((found.xero_id, found.key), (ID_3, ID_2))
        self.assertEqual(found.total, Decimal("12.5"))

    def test_an_amount_beyond_reason_is_no_amount(self):
        answer = Answer(200, {}, b'{"Total": 1e999999}')
        self.assertIsNone(readers.element(answer.json(), "Invoices").total)


def _with_wrong_value(data, key, wrong):
    return {**parsed(data), key: copy.deepcopy(wrong)}


@tagged("post_install", "-at_install")
class TestJson(BaseCase):
    def test_what_is_not_json_is_not_read(self):
        bodies = (
            b"",
            b"<html></html>",
            b'{"Total": NaN}',
            b"[" * 200_000,
            b'{"Total": 1e99999999999999999999}',
            b'{"Invoices": [{"Inv',
            b"\xff\xfe\x00",
        )
        for body in bodies:
            with self.subTest(body=body[:20]), self.assertRaises(ValueError):
                Answer(200, {}, body).json()

    def test_a_very_long_number_costs_no_time(self):
        body = b'{"Total": ' + b"9" * 1_000_000 + b"}"
        self.assertIsNone(readers.element(Answer(200, {}, body).json(), "Items").total)

    def test_a_listing_without_its_list_is_unreadable_and_not_empty(self):
        for body in ({}, [], {"Status": "OK"}, {"Contacts": None}):
            with (
                self.subTest(body=body),
                Stub(Reply(body)) as stub,
                xero_api.XeroClient("token", TENANT, stub.url) as client,
                self.assertRaises(xero_api.UnreadableAnswer),
            ):
                client.contacts_page(1)

    def test_a_write_answer_without_its_list_leaves_the_outcome_unknown(self):
        for body in ({}, [], {"Status": "OK"}, {"Invoices": {}}):
            with (
                self.subTest(body=body),
                Stub(Reply(body)) as stub,
                xero_api.XeroClient("token", TENANT, stub.url) as client,
                self.assertRaises(xero_api.OutcomeUnknown),
            ):
                client.write("Invoices", "PUT", '{"Invoices":[{}, {}]}', "key")


@tagged("post_install", "-at_install")
class TestChoices(BaseCase):
    def test_contact(self):
        found = readers.contact(parsed(CONTACT))
        self.assertEqual(found.name, "Acme")
        self.assertEqual(found.number, "odoo-7")
        self.assertEqual([phone.number for phone in found.phones], ["555"])
        self.assertEqual(found.addresses[0].lines, ("1 High St",))
        self.assertEqual(found.persons[0].email, "ann@acme.example.com")
        self.assertEqual(found.sales_terms.day, 30)
        self.assertIsNone(found.bill_terms)
        self.assertFalse(found.archived)

    def test_no_wrong_value_in_a_contact_is_fatal(self):
        for key in CONTACT:
            for wrong in WRONG_VALUES:
                with self.subTest(key=key, wrong=str(wrong)[:20]):
                    readers.contact(_with_wrong_value(CONTACT, key, wrong))

    def test_what_has_no_id_is_left_out(self):
        for read in (
            readers.account,
            readers.tax_rate,
            readers.currency,
            readers.tracking_category,
            readers.branding_theme,
            readers.item,
            readers.contact,
        ):
            with self.subTest(read=read.__name__):
                self.assertIsNone(read({"Name": "Nameless"}))

    def test_lock_dates_are_days(self):
        data = {
            "Name": "Acme",
            "PeriodLockDate": "/Date(1254268800000+0000)/",
            "EndOfYearLockDate": "2009-06-30T00:00:00",
        }
        found = readers.organisation(data)
        self.assertEqual(found.period_lock_date, date(2009, 9, 30))
        self.assertEqual(found.end_of_year_lock_date, date(2009, 6, 30))

    def test_both_forms_of_a_time_are_utc(self):
        """Quotes omit the offset; some answers are ISO."""
        forms = (
            "/Date(1789378199000+0000)/",
            "/Date(1789378199000)/",
            "2026-09-14T09:29:59Z",
            "2026-09-14T09:29:59.5164100",
            "2026-09-14T09:29:59",
        )
        expected = datetime(2026, 9, 14, 9, 29, 59, tzinfo=timezone.utc)
        for form in forms:
            with self.subTest(form=form):
                found = element({**INVOICE, "UpdatedDateUTC": form})
                self.assertEqual(found.updated, expected)

    def test_recorded_answers_are_read_when_they_are_at_hand(self):
        """An extra check beside the repository; nothing needs it."""
        folder = Path(__file__).resolve().parents[2] / "shared" / "xero-recordings"
        for path in folder.glob("*.json"):
            body = json.loads(path.read_text(), parse_float=Decimal)["body"] or {}
            for endpoint in xero_api.const.ID_KEYS:
                for found in readers.elements(body.get(endpoint), endpoint):
                    with self.subTest(recording=path.stem):
                        self.assertTrue(found.xero_id)
                        refused = path.stem == "invoice_delete_authorised"
                        self.assertEqual(found.ok, not refused)


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
            {"Contact": {"ContactID": ID_3}},
            {"Type": "ACCPAY"},
        ):
            with self.subTest(other=other):
                self.assertFalse(self.same(**other))

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


@tagged("post_install", "-at_install")
class TestDeepLink(BaseCase):
    def test_an_invoice_opens_in_its_organisation(self):
        link = xero_api.deep_link("Invoices", ID_1, "!23vYZ")
        self.assertEqual(link, f"https://go.xero.com/app/!23vYZ/invoicing/view/{ID_1}")

    def test_a_bill_and_a_credit_note_open_through_the_sign_in(self):
        login = "https://go.xero.com/organisationlogin/default.aspx?shortcode=!23vYZ"
        pages = {
            "Bills": f"/AccountsPayable/Edit.aspx?InvoiceID={ID_1}",
            "CreditNotes": f"/AccountsPayable/ViewCreditNote.aspx?creditNoteID={ID_1}",
        }
        for endpoint, path in pages.items():
            with self.subTest(endpoint=endpoint):
                link = xero_api.deep_link(endpoint, ID_1, "!23vYZ")
                self.assertEqual(link, f"{login}&redirecturl={path}")

    def test_an_item_has_no_link(self):
        self.assertIsNone(xero_api.deep_link("Items", ID_1, "!23vYZ"))

    def test_what_comes_from_xero_cannot_leave_its_place_in_the_link(self):
        link = xero_api.deep_link("Invoices", "../x?", "!a/b", "http://localhost:1/")
        self.assertEqual(link, "http://localhost:1/app/!a%2Fb/invoicing/view/..%2Fx%3F")
