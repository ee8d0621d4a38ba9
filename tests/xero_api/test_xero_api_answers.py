"""Reading Xero's answers: nothing in them is trusted, nothing in them is fatal."""

import copy
import json
from datetime import date, datetime, timezone
from decimal import Decimal
from pathlib import Path

from odoo.tests import BaseCase, tagged

from ... import xero_api
from ...xero_api import readers
from ...xero_api.wire import Answer
from ..xero_stub import Reply, Stub
from .xero_answers import (
    ALLOCATION,
    CONTACT,
    ID_1,
    ID_2,
    ID_3,
    INVOICE,
    ZERO,
    element,
    parsed,
)

TENANT = "11111111-1111-4111-8111-111111111111"
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

    def test_where_the_amount_of_a_credit_note_went(self):
        found = element({"Allocations": [ALLOCATION]}, "CreditNotes")
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

    def test_an_answer_that_names_no_organisation_is_unreadable(self):
        for found in ([], [{}], [{"Name": "Demo", "OrganisationID": "?"}]):
            with (
                self.subTest(found=found),
                Stub(Reply({"Organisations": found})) as stub,
                xero_api.XeroClient("token", TENANT, stub.url) as client,
                self.assertRaises(xero_api.UnreadableAnswer),
            ):
                client.organisation()

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
            "OrganisationID": ID_2,
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
        folder = Path(__file__).resolve().parents[3] / "shared" / "xero-recordings"
        for path in folder.glob("*.json"):
            body = json.loads(path.read_text(), parse_float=Decimal)["body"] or {}
            for endpoint in xero_api.const.ID_KEYS:
                for found in readers.elements(body.get(endpoint), endpoint):
                    with self.subTest(recording=path.stem):
                        self.assertTrue(found.xero_id)
                        refused = path.stem == "invoice_delete_authorised"
                        self.assertEqual(found.ok, not refused)
