"""Two organisations share nothing: an id of one is unknown in the other."""

import pytest

from .client import AU, UK, Xero, line

KINDS = ["invoice", "bill", "order", "quote", "note"]
ENDPOINTS = {
    "invoice": ("Invoices", "InvoiceID"),
    "bill": ("Invoices", "InvoiceID"),
    "order": ("PurchaseOrders", "PurchaseOrderID"),
    "quote": ("Quotes", "QuoteID"),
    "note": ("CreditNotes", "CreditNoteID"),
}


def element_of(xero: Xero, kind: str) -> dict:
    if kind == "note":
        return {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line()],
        }
    return getattr(xero, kind)()


@pytest.mark.parametrize("kind", KINDS)
def test_document_cannot_be_read_there(xero, kind):
    endpoint, id_key = ENDPOINTS[kind]
    made = xero.create(endpoint, element_of(xero, kind))
    path = f"/{endpoint}/{made[id_key]}"
    assert xero.api("GET", path).status == 200
    xero.tenant = UK
    assert xero.api("GET", path).status == 404


@pytest.mark.parametrize("kind", KINDS)
def test_document_cannot_be_changed_there(xero, kind):
    endpoint, id_key = ENDPOINTS[kind]
    made = xero.create(endpoint, element_of(xero, kind))
    xero.tenant = UK
    body = {endpoint: [{id_key: made[id_key], "Status": "DELETED"}]}
    answer = xero.api("POST", f"/{endpoint}", body, {"summarizeErrors": "false"})
    assert answer.status == 404
    xero.tenant = AU
    assert xero.get(f"/{endpoint}/{made[id_key]}")[0]["Status"] == "DRAFT"


def test_contact_is_unknown_there(xero):
    element = xero.invoice()
    xero.tenant = UK
    assert len(xero.refused("Invoices", element)) == 1


def test_document_takes_no_file_there(xero):
    made = xero.create("Invoices", xero.invoice())
    xero.tenant = UK
    path = f"/Invoices/{made['InvoiceID']}/Attachments/a.pdf"
    assert xero.api("PUT", path, b"%PDF").status == 404


def test_invoice_takes_no_credit_from_there(xero):
    invoice = xero.create("Invoices", xero.invoice(Status="AUTHORISED"))
    xero.tenant = UK
    contact = {"ContactID": xero.get("/Contacts")[0]["ContactID"]}
    lines = [{"Description": "Back", "UnitAmount": 1, "AccountCode": "200"}]
    element = {
        "Type": "ACCRECCREDIT",
        "Status": "AUTHORISED",
        "Contact": contact,
        "LineItems": lines,
    }
    note = xero.create("CreditNotes", element)
    allocation = {"Amount": 1, "Invoice": {"InvoiceID": invoice["InvoiceID"]}}
    path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
    assert xero.api("PUT", path, {"Allocations": [allocation]}).status == 400
