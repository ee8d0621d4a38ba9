"""Payments: enough to pay an invoice, refund a credit note, and take it back."""

from decimal import Decimal
from typing import Any

from .. import unverified
from ..answers import ZERO_ID
from ..arithmetic import rounded
from ..errors import Refused
from .base import Resource
from .contact_forms import stub_contact
from .elements import Edit, date_value, names, number_value, text_value
from .settings import account_of
from .settlement import pay_invoice, refund_credit_note

TOO_MUCH = "Payment amount exceeds the amount outstanding on this document"
UNKNOWN_CREDIT_NOTE = (
    "An existing Credit Note with the specified CreditNoteID could not be found"
)
TYPES = {
    "ACCREC": "ACCRECPAYMENT",
    "ACCPAY": "ACCPAYPAYMENT",
    "ACCRECCREDIT": "ARCREDITPAYMENT",
    "ACCPAYCREDIT": "APCREDITPAYMENT",
}
# (key in the payment, endpoint, id key, number key, what is left)
DOCUMENTS = (
    ("Invoice", "Invoices", "InvoiceID", "InvoiceNumber", "AmountDue"),
    (
        "CreditNote",
        "CreditNotes",
        "CreditNoteID",
        "CreditNoteNumber",
        "RemainingCredit",
    ),
)


class Payments(Resource):
    """The Payments endpoint."""

    endpoint = "Payments"
    id_key = "PaymentID"
    flag_key = "HasValidationErrors"
    paged = True
    shows_pagination = True
    filter_fields = names(
        "PaymentID Status PaymentType Date Amount Reference UpdatedDateUTC "
        "Invoice.InvoiceID Invoice.InvoiceNumber CreditNote.CreditNoteID"
    )

    def blank(self, element: dict) -> dict:
        return {
            "PaymentID": ZERO_ID,
            "Status": "AUTHORISED",
            "Reference": "",
            "Date": self.organisation.today(),
            "IsReconciled": False,
        }

    def fill(self, edit: Edit) -> None:
        if edit.stored:
            if edit.element.get("Status") != "DELETED":
                raise Refused([unverified.PAYMENT_STATUS])
            edit.draft["Status"] = "DELETED"
            amount = -edit.stored["Amount"]
            edit.afterwards.append(lambda: self.apply(edit.draft, amount))
            return
        document, left = self.fill_document(edit)
        self.fill_account(edit)
        amount = number_value(edit, edit.element, "Amount") or Decimal(0)
        amount = rounded(amount)
        if document["Status"] != "AUTHORISED":
            edit.refuse(unverified.PAYMENT_STATUS)
        elif amount <= 0 or amount > document[left]:
            edit.refuse(TOO_MUCH)
        if edit.sent("Date"):
            edit.draft["Date"] = date_value(edit, "Date")
        if edit.sent("Reference"):
            edit.draft["Reference"] = text_value(edit, edit.element, "Reference", 255)
        rate = number_value(edit, edit.element, "CurrencyRate")
        edit.draft["CurrencyRate"] = rate or document["CurrencyRate"]
        edit.draft["Amount"] = edit.draft["BankAmount"] = amount
        edit.draft["PaymentType"] = TYPES[document["Type"]]
        edit.afterwards.append(lambda: self.apply(edit.draft, amount))

    def fill_document(self, edit: Edit) -> tuple[dict, str]:
        """Find what is paid; return it with the key of its open amount."""
        for key, endpoint, id_key, number_key, left in DOCUMENTS:
            sent = edit.element.get(key)
            number = edit.element.get(number_key)
            if not sent and not number:
                continue
            document = self.find(endpoint, id_key, number_key, sent or {}, number)
            if not document:
                raise Refused(
                    [
                        unverified.INVOICE_FOR_PAYMENT_UNKNOWN
                        if key == "Invoice"
                        else UNKNOWN_CREDIT_NOTE
                    ]
                )
            edit.draft["_document"] = endpoint
            edit.draft["_document_id"] = document[id_key]
            edit.draft[key] = {
                id_key: document[id_key],
                number_key: document.get(number_key, ""),
            }
            return document, left
        raise Refused([unverified.INVOICE_FOR_PAYMENT_UNKNOWN])

    def find(
        self, endpoint: str, id_key: str, number_key: str, sent: dict, number: Any
    ) -> dict | None:
        """The document by id, else by its number."""
        collection = self.organisation[endpoint]
        if sent.get(id_key):
            return collection.get(str(sent[id_key]).lower())
        number = str(number or sent.get(number_key) or "").casefold()
        for kind in TYPES:
            found = collection.find("number", (kind, number))
            if found:
                return found[0]
        return None

    def fill_account(self, edit: Edit) -> None:
        """A bank account, or one that payments are enabled for."""
        sent = edit.element.get("Account") or {}
        account = account_of(
            self.organisation,
            {"AccountID": sent.get("AccountID"), "AccountCode": sent.get("Code")},
        )
        if not account or not (
            account["Type"] == "BANK" or account["EnablePaymentsToAccount"]
        ):
            edit.refuse(unverified.PAYMENT_ACCOUNT)
            return
        edit.draft["Account"] = {
            key: account[key] for key in ("AccountID", "Code") if key in account
        }

    def apply(self, payment: dict, amount: Decimal) -> None:
        """Count the payment (or, negative, its deletion) against its document."""
        document = self.organisation[payment["_document"]].get(payment["_document_id"])
        pay = pay_invoice if payment["_document"] == "Invoices" else refund_credit_note
        pay(self.organisation, document or {}, amount)

    def history_text(self, stored: dict) -> str:
        return f"Payment of {stored['Amount']}, {stored['Status']}."

    def shown(self, stored: dict, view: str) -> dict:
        answer = {**stored, "HasAccount": True, "HasValidationErrors": False}
        document = self.organisation[stored["_document"]].get(stored["_document_id"])
        if document and "Invoice" in stored:
            contact = self.organisation["Contacts"].get(
                document["Contact"]["ContactID"]
            )
            answer["Invoice"] = {
                **stored["Invoice"],
                "Type": document["Type"],
                "CurrencyCode": document["CurrencyCode"],
                "Contact": stub_contact(contact or {}),
                "HasErrors": False,
                "IsDiscounted": False,
                "LineItems": [],
            }
        return answer
