"""What the tests of invoices do again and again."""

from .client import Xero

NOT_VALID = "Invoice not of valid status for modification"
PAID_EDIT = (
    "This document cannot be edited as it has a payment or credit note allocated to it."
)


def make(xero: Xero, status: str = "DRAFT", **values) -> dict:
    return xero.create("Invoices", xero.invoice(Status=status, **values))


def at(xero: Xero, status: str) -> dict:
    """An invoice in this status."""
    if status in ("DELETED", "VOIDED"):
        invoice = make(xero, "DRAFT" if status == "DELETED" else "AUTHORISED")
        change(xero, invoice, Status=status)
        return invoice
    if status == "PAID":
        invoice = make(xero, "AUTHORISED")
        pay(xero, invoice, 23.10)
        return invoice
    return make(xero, status)


def change(xero: Xero, invoice: dict, **values) -> dict:
    element = {"InvoiceID": invoice["InvoiceID"], **values}
    return xero.update("Invoices", element)


def change_refused(xero: Xero, invoice: dict, **values) -> list[str]:
    element = {"InvoiceID": invoice["InvoiceID"], **values}
    return xero.refused("Invoices", element, method="POST")


def pay(xero: Xero, invoice: dict, amount: float) -> dict:
    element = {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Account": {"Code": "090"},
        "Amount": amount,
    }
    return xero.create("Payments", element)


def read(xero: Xero, invoice: dict) -> dict:
    return xero.get(f"/Invoices/{invoice['InvoiceID']}")[0]
