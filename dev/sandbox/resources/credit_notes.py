"""Credit notes, and their allocation to invoices."""

import uuid
from decimal import Decimal

from werkzeug.wrappers import Response

from .. import unverified
from ..answers import dump, to_json
from ..arithmetic import decimal_of, rounded
from ..errors import not_found, validation_exception
from .accounting_document import AccountingDocument, settle
from .elements import Edit, names
from .settlement import credit_invoice

ALLOCATION_STATUS = "AUTHORISED"
# Two independent reports (shared evidence of 2026-11, W10).
ALLOCATION_TOO_LARGE = (
    "Credit Note cannot be allocated as amount is greater than amount outstanding"
)


class CreditNotes(AccountingDocument):
    """The CreditNotes endpoint."""

    endpoint = "CreditNotes"
    id_key = "CreditNoteID"
    number_key = "CreditNoteNumber"
    number_refused = unverified.CREDIT_NOTE_NUMBER_TAKEN
    sales_type = "ACCRECCREDIT"
    purchase_type = "ACCPAYCREDIT"
    open_key = "RemainingCredit"
    step_refused = unverified.CREDIT_NOTE_STEP
    dates = ("Date", "DueDate")
    texts = {"CreditNoteNumber": 255, "Reference": 255}
    filter_fields = AccountingDocument.shared_fields | names(
        "CreditNoteID CreditNoteNumber Type RemainingCredit"
    )

    def blank(self, element: dict) -> dict:
        return {**super().blank(element), "Allocations": []}

    def fill_texts(self, edit: Edit) -> None:
        super().fill_texts(edit)
        if not self.is_sale(edit.draft):
            edit.draft.pop("Reference", None)

    # --- reading ------------------------------------------------------------------

    def shown(self, stored: dict, view: str) -> dict:
        answer = {
            **stored,
            "ID": stored["CreditNoteID"],
            "CreditNoteNumber": stored.get("CreditNoteNumber", ""),
            "Reference": stored.get("Reference", ""),
            "InvoiceAddresses": [],
            "HasErrors": False,
            "UpdatedDateUTCString": stored["UpdatedDateUTC"].strftime(
                "%Y-%m-%dT%H:%M:%SZ"
            ),
            "Contact": self.nested_contact(stored, view),
            "LineItems": self.shown_lines(stored),
        }
        for key in ("AmountPaid", "AmountCredited", "IsDiscounted", "TotalDiscount"):
            del answer[key]
        if view == "list" and not unverified.LISTS_WITHOUT_PAGE_HAVE_LINES:
            answer["LineItems"] = []
        if view != "write":
            files = self.organisation.attachments.get(stored[self.id_key], {})
            answer["HasAttachments"] = bool(files)
        return answer

    # --- allocations --------------------------------------------------------------

    def allocations(self) -> Response:
        """PUT …/Allocations allocates, DELETE …/Allocations/{id} takes it back."""
        self.only("PUT", "DELETE")
        note = self.existing()
        if self.call.method == "DELETE":
            return self.deallocate(note)
        elements = self.call.elements("Allocations")
        answers = [self.allocate(note, each) for each in elements]
        failed = [each for each in answers if each["ValidationErrors"]]
        if failed and self.call.summarizes:
            raise validation_exception(failed)
        return self.respond(answers, key="Allocations")

    def allocate(self, note: dict, element: dict) -> dict:
        """Put an amount of the credit note against one invoice."""
        sent = element.get("Invoice") or {}
        invoices = self.organisation["Invoices"]
        invoice = invoices.get(str(sent.get("InvoiceID") or "").lower())
        amount = rounded(decimal_of(element.get("Amount")) or Decimal(0))
        message = _allocation_problem(note, invoice, amount)
        if message or not invoice:
            echo = to_json(element)
            return {**echo, "ValidationErrors": [{"Message": message}]}
        allocation = {
            "AllocationID": str(uuid.uuid4()),
            "Amount": amount,
            # "The date is derived" (xero-api.md §3.5).
            "Date": max(note["Date"], invoice["Date"]),
            "Invoice": {
                "InvoiceID": invoice["InvoiceID"],
                "InvoiceNumber": invoice.get("InvoiceNumber", ""),
            },
            "IsDeleted": False,
        }
        note["Allocations"].append(allocation)
        self.use(note, amount)
        credit_invoice(self.organisation, invoice, note, amount)
        answer = {**to_json(allocation), "ValidationErrors": []}
        if not unverified.ALLOCATION_ANSWER_NAMES_ID:
            del answer["AllocationID"]
        return answer

    def deallocate(self, note: dict) -> Response:
        """Take one allocation back."""
        for allocation in note["Allocations"]:
            if allocation["AllocationID"] == self.call.part_id.lower():
                note["Allocations"].remove(allocation)
                invoice_id = allocation["Invoice"]["InvoiceID"]
                invoice = self.organisation["Invoices"].get(invoice_id)
                self.use(note, -allocation["Amount"])
                credit_invoice(
                    self.organisation, invoice or {}, note, -allocation["Amount"]
                )
                # The official description answers the bare object.
                answer = to_json({**allocation, "IsDeleted": True})
                return Response(dump(answer), 200, content_type=self.content_type)
        raise not_found()

    def use(self, note: dict, amount: Decimal) -> None:
        """Count an amount as allocated (or, negative, as free again)."""
        note["AmountCredited"] += amount
        self.work_out_open_amount(note)
        settle(note, note["RemainingCredit"], self.organisation.today())
        self.organisation.touch(self.endpoint, note)

    parts = {**AccountingDocument.parts, "Allocations": allocations}


def _allocation_problem(note: dict, invoice: dict | None, amount: Decimal) -> str:
    """Why an allocation is refused; empty when it is not."""
    if not invoice:
        return unverified.INVOICE_FOR_PAYMENT_UNKNOWN
    if ALLOCATION_STATUS not in (note["Status"],) or (
        invoice["Status"] != ALLOCATION_STATUS
    ):
        return unverified.PAYMENT_STATUS
    same_side = (note["Type"] == "ACCRECCREDIT") == (invoice["Type"] == "ACCREC")
    same_contact = note["Contact"] == invoice["Contact"]
    same_currency = note["CurrencyCode"] == invoice["CurrencyCode"]
    if not (same_side and same_contact and same_currency):
        return unverified.ALLOCATION_MISMATCH
    if amount <= 0 or amount > min(note["RemainingCredit"], invoice["AmountDue"]):
        return ALLOCATION_TOO_LARGE
    return ""
