"""The comparison of ``dev/demo --check`` finds what differs, and only that."""

from dataclasses import replace
from decimal import Decimal

import pytest

from environment.demo_books import Expected, Found, documents_of, pair

INVOICE = Expected(
    model="account.move",
    record=7,
    name="INV/2026/00007",
    total=Decimal("110.00"),
    endpoint="Invoices",
    statuses=("AUTHORISED",),
    number="INV/2026/00007",
    xero_id="first",
)
IN_XERO = Found(
    endpoint="Invoices",
    xero_id="first",
    number="INV/2026/00007",
    status="AUTHORISED",
    total=Decimal("110.00"),
    files=1,
)


def test_an_invoice_as_expected_makes_a_pair():
    (found,) = pair([INVOICE], [IN_XERO])
    assert (found.expected, found.found) == (INVOICE, IN_XERO)


@pytest.mark.parametrize(
    "difference",
    [
        {"endpoint": "Quotes"},
        {"xero_id": "another"},
        {"number": "INV-0001"},
        {"status": "DRAFT"},
        {"total": Decimal("110.01")},
        {"allocated_to": ("other",)},
        {"files": 0},
    ],
)
def test_a_difference_leaves_both_sides_alone(difference):
    there = replace(IN_XERO, **difference)
    missing, surplus = pair([INVOICE], [there])
    assert (missing.expected, missing.found) == (INVOICE, None)
    assert (surplus.expected, surplus.found) == (None, there)


def test_a_number_that_xero_chooses_may_be_any():
    any_number = replace(INVOICE, number="")
    (found,) = pair([any_number], [replace(IN_XERO, number="INV-0001")])
    assert found.found


def test_a_document_of_xero_is_the_pair_of_one_document_only():
    pairs = pair([INVOICE, INVOICE], [IN_XERO])
    assert [each.found for each in pairs] == [IN_XERO, None]


def books(**values) -> dict:
    """An organisation with one invoice of the contact Ada."""
    invoice = {
        "InvoiceID": "first",
        "InvoiceNumber": "INV-1",
        "Status": "DRAFT",
        "Total": 110.1,
        "Contact": {"ContactID": "ada"},
        "Attachments": [{"FileName": "a.pdf"}],
        "Allocations": [{"Invoice": {"InvoiceID": "first"}}],
    }
    return {
        "Contacts": [{"ContactID": "ada", "Name": "Ada"}],
        "Invoices": [invoice | values],
        "Quotes": [],
        "CreditNotes": [],
        "PurchaseOrders": [],
    }


def test_a_document_is_read_with_its_exact_total():
    (found,) = documents_of(books(), "Ada")
    assert found == Found(
        "Invoices", "first", "INV-1", "DRAFT", Decimal("110.1"), (), 1
    )


def test_documents_of_other_contacts_are_not_read():
    assert not documents_of(books(), "Grace")


@pytest.mark.parametrize("status", ["DELETED", "VOIDED"])
def test_what_was_deleted_or_voided_is_not_read(status):
    assert not documents_of(books(Status=status), "Ada")


def test_a_credit_note_is_read_with_what_it_pays():
    (note,) = books()["Invoices"]
    note |= {"CreditNoteID": "note", "CreditNoteNumber": "RINV-1"}
    (found,) = documents_of(books() | {"Invoices": [], "CreditNotes": [note]}, "Ada")
    assert found.allocated_to == ("first",)
