"""Credit notes, allocations and payments."""

import pytest

from .client import ZERO_ID, Xero, line
from .invoices import PAID_EDIT

PAID_VOID = (
    "The status VOIDED cannot be applied to the invoice because it has payments or "
    "credit notes allocated to it."
)


def note_of(xero: Xero, status: str = "AUTHORISED", **values) -> dict:
    element = {
        "Type": "ACCRECCREDIT",
        "Contact": xero.contact(),
        "LineItems": [line()],
        "Status": status,
        **values,
    }
    return xero.create("CreditNotes", element)


def invoice_of(xero: Xero, **values) -> dict:
    return xero.create("Invoices", xero.invoice(Status="AUTHORISED", **values))


def allocate(xero: Xero, note: dict, invoice: dict, amount: float):
    body = {
        "Allocations": [
            {"Amount": amount, "Invoice": {"InvoiceID": invoice["InvoiceID"]}}
        ]
    }
    return xero.api("PUT", f"/CreditNotes/{note['CreditNoteID']}/Allocations", body)


def payment(document: dict, amount: float, **values) -> dict:
    key = "CreditNote" if "CreditNoteID" in document else "Invoice"
    return {
        key: {f"{key}ID": document[f"{key}ID"]},
        "Account": {"Code": "090"},
        "Amount": amount,
        **values,
    }


def read(xero: Xero, document: dict) -> dict:
    if "CreditNoteID" in document:
        return xero.get(f"/CreditNotes/{document['CreditNoteID']}")[0]
    return xero.get(f"/Invoices/{document['InvoiceID']}")[0]


class TestCreditNotes:
    """The document itself."""

    def test_form(self, xero):
        note = note_of(xero, Reference="INV-0001")
        assert note["CreditNoteNumber"] == "CN-0001"
        assert (note["Total"], note["RemainingCredit"]) == (23.10, 23.10)
        assert note["Reference"] == "INV-0001"

    def test_needs_no_due_date(self, xero):
        assert note_of(xero)["Status"] == "AUTHORISED"

    @pytest.mark.parametrize("kind", ["DiscountRate", "DiscountAmount"])
    def test_takes_no_discount(self, xero, kind):
        element = {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line(**{kind: 1})],
        }
        assert len(xero.refused("CreditNotes", element)) == 1

    def test_sales_numbers_are_unique_and_purchase_numbers_are_not(self, xero):
        note_of(xero, CreditNoteNumber="C1")
        element = {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line()],
            "CreditNoteNumber": "C1",
        }
        assert len(xero.refused("CreditNotes", element)) == 1
        for _attempt in range(2):
            lines = [line(AccountCode="400")]
            note_of(xero, Type="ACCPAYCREDIT", CreditNoteNumber="C1", LineItems=lines)

    def test_voiding(self, xero):
        note = note_of(xero)
        element = {"CreditNoteID": note["CreditNoteID"], "Status": "VOIDED"}
        assert xero.update("CreditNotes", element)["Status"] == "VOIDED"

    @pytest.mark.parametrize("kind", ["DiscountRate", "DiscountAmount"])
    def test_purchase_side_takes_no_discount_either(self, xero, kind):
        element = {
            "Type": "ACCPAYCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line(AccountCode="400", **{kind: 1})],
        }
        assert len(xero.refused("CreditNotes", element)) == 1

    def test_negative_total_is_refused(self, xero):
        element = {
            "Type": "ACCRECCREDIT",
            "Contact": xero.contact(),
            "LineItems": [line(UnitAmount=-1)],
        }
        assert xero.refused("CreditNotes", element) == [
            "The document total cannot be negative."
        ]

    def test_voiding_with_an_allocation_is_refused(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        allocate(xero, note, invoice, 1)
        element = {"CreditNoteID": note["CreditNoteID"], "Status": "VOIDED"}
        assert len(xero.refused("CreditNotes", element, method="POST")) == 1


class TestAllocations:
    """Credit put against invoices."""

    def test_full_allocation_pays_both(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        assert allocate(xero, note, invoice, 23.10).status == 200
        assert read(xero, invoice)["Status"] == "PAID"
        assert read(xero, invoice)["AmountCredited"] == 23.10
        assert read(xero, note)["Status"] == "PAID"
        assert read(xero, note)["RemainingCredit"] == 0

    def test_part_allocation_leaves_the_rest_open(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        allocate(xero, note, invoice, 3.10)
        assert read(xero, invoice)["AmountDue"] == 20.00
        assert read(xero, note)["RemainingCredit"] == 20.00
        [credit] = read(xero, invoice)["CreditNotes"]
        assert credit["AppliedAmount"] == 3.10

    def test_supplier_credit_is_allocated_to_a_bill(self, xero):
        lines = [line(AccountCode="400")]
        note = note_of(xero, Type="ACCPAYCREDIT", LineItems=lines)
        bill = xero.create("Invoices", xero.bill(Status="AUTHORISED"))
        assert allocate(xero, note, bill, bill["Total"]).status == 200
        assert read(xero, bill)["Status"] == "PAID"

    def test_customer_credit_is_not_allocated_to_a_bill(self, xero):
        note = note_of(xero)
        bill = xero.create("Invoices", xero.bill(Status="AUTHORISED"))
        assert allocate(xero, note, bill, 1).status == 400

    def test_answer_names_no_allocation_id(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        [answer] = allocate(xero, note, invoice, 1).json["Allocations"]
        assert "AllocationID" not in answer
        assert answer["Invoice"]["InvoiceID"] == invoice["InvoiceID"]

    @pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED"])
    def test_invoice_must_be_authorised(self, xero, status):
        invoice = xero.create("Invoices", xero.invoice(Status=status))
        assert allocate(xero, note_of(xero), invoice, 1).status == 400

    def test_paid_and_voided_invoices_take_no_credit(self, xero):
        paid, voided = invoice_of(xero), invoice_of(xero)
        xero.create("Payments", payment(paid, 23.10))
        xero.update("Invoices", {"InvoiceID": voided["InvoiceID"], "Status": "VOIDED"})
        for invoice in (paid, voided):
            assert allocate(xero, note_of(xero), invoice, 1).status == 400

    def test_more_than_remains_of_the_note_is_refused(self, xero):
        note = note_of(xero)
        allocate(xero, note, invoice_of(xero), 20)
        assert allocate(xero, note, invoice_of(xero), 3.11).status == 400

    def test_more_than_is_due_after_a_payment_is_refused(self, xero):
        invoice = invoice_of(xero)
        xero.create("Payments", payment(invoice, 20))
        assert allocate(xero, note_of(xero), invoice, 3.11).status == 400
        assert allocate(xero, note_of(xero), invoice, 3.10).status == 200

    def test_too_large_an_amount_is_refused_in_the_reported_words(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        body = {
            "Allocations": [
                {"Amount": 23.11, "Invoice": {"InvoiceID": invoice["InvoiceID"]}}
            ]
        }
        path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
        answer = xero.api("PUT", path, body, {"summarizeErrors": "false"})
        [error] = answer.json["Allocations"][0]["ValidationErrors"]
        assert error["Message"] == (
            "Credit Note cannot be allocated as amount is greater than amount"
            " outstanding"
        )

    def test_credited_invoice_cannot_be_voided(self, xero):
        invoice = invoice_of(xero)
        allocate(xero, note_of(xero), invoice, 1)
        element = {"InvoiceID": invoice["InvoiceID"], "Status": "VOIDED"}
        assert xero.refused("Invoices", element, method="POST") == [PAID_VOID]

    @pytest.mark.parametrize("endpoint", ["Invoices", "CreditNotes"])
    def test_allocated_document_refuses_new_amounts(self, xero, endpoint):
        note, invoice = note_of(xero), invoice_of(xero)
        allocate(xero, note, invoice, 1)
        document = invoice if endpoint == "Invoices" else note
        id_key = f"{endpoint[:-1]}ID"
        element = {id_key: document[id_key], "LineItems": [line(Quantity=9)]}
        assert xero.refused(endpoint, element, method="POST") == [PAID_EDIT]

    def test_credited_invoice_stays_with_its_contact(self, xero):
        invoice = invoice_of(xero)
        allocate(xero, note_of(xero), invoice, 1)
        element = {
            "InvoiceID": invoice["InvoiceID"],
            "Contact": xero.contact("City Agency"),
        }
        assert xero.refused("Invoices", element, method="POST") == [PAID_EDIT]

    def test_both_may_be_voided_once_the_allocation_is_gone(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        allocate(xero, note, invoice, 23.10)
        [allocation] = read(xero, note)["Allocations"]
        path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
        xero.api("DELETE", f"{path}/{allocation['AllocationID']}")
        for endpoint, document in (("Invoices", invoice), ("CreditNotes", note)):
            id_key = f"{endpoint[:-1]}ID"
            element = {id_key: document[id_key], "Status": "VOIDED"}
            assert xero.update(endpoint, element)["Status"] == "VOIDED"

    def test_unknown_allocation_is_a_404(self, xero):
        path = f"/CreditNotes/{note_of(xero)['CreditNoteID']}/Allocations"
        assert xero.api("DELETE", f"{path}/{ZERO_ID}").status == 404

    def test_draft_note_cannot_be_allocated(self, xero):
        note, invoice = note_of(xero, "DRAFT"), invoice_of(xero)
        assert allocate(xero, note, invoice, 1).status == 400

    def test_more_than_is_open_is_refused(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        assert allocate(xero, note, invoice, 23.11).status == 400

    def test_another_contact_is_refused(self, xero):
        note = note_of(xero)
        invoice = invoice_of(xero, Contact=xero.contact("City Agency"))
        assert allocate(xero, note, invoice, 1).status == 400

    def test_refusal_with_summarize_errors_false_is_a_200(self, xero):
        note = note_of(xero)
        body = {"Allocations": [{"Amount": 1, "Invoice": {"InvoiceID": "x"}}]}
        path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
        answer = xero.api("PUT", path, body, {"summarizeErrors": "false"})
        assert answer.status == 200
        assert answer.json["Allocations"][0]["ValidationErrors"]

    def test_deleting_gives_both_amounts_back(self, xero):
        note, invoice = note_of(xero), invoice_of(xero)
        allocate(xero, note, invoice, 23.10)
        [allocation] = read(xero, note)["Allocations"]
        path = f"/CreditNotes/{note['CreditNoteID']}/Allocations"
        answer = xero.api("DELETE", f"{path}/{allocation['AllocationID']}")
        assert answer.json["IsDeleted"] is True
        assert read(xero, invoice)["Status"] == "AUTHORISED"
        assert read(xero, note)["RemainingCredit"] == 23.10
        assert read(xero, invoice)["CreditNotes"] == []


class TestPayments:
    """Payments on invoices and refunds of credit notes."""

    def test_full_payment_makes_the_invoice_paid(self, xero):
        invoice = invoice_of(xero)
        made = xero.create("Payments", payment(invoice, 23.10, Date="2026-11-20"))
        assert made["PaymentType"] == "ACCRECPAYMENT"
        after = read(xero, invoice)
        assert (after["Status"], after["AmountDue"]) == ("PAID", 0)
        assert after["Payments"][0]["PaymentID"] == made["PaymentID"]
        assert "FullyPaidOnDate" in after

    def test_more_than_is_due_is_refused(self, xero):
        assert xero.refused("Payments", payment(invoice_of(xero), 23.11)) == [
            "Payment amount exceeds the amount outstanding on this document"
        ]

    def test_draft_invoice_takes_no_payment(self, xero):
        invoice = xero.create("Invoices", xero.invoice())
        assert len(xero.refused("Payments", payment(invoice, 1))) == 1

    def test_account_must_take_payments(self, xero):
        element = payment(invoice_of(xero), 1, Account={"Code": "200"})
        assert len(xero.refused("Payments", element)) == 1

    def test_invoice_may_be_named_by_number(self, xero):
        number = invoice_of(xero)["InvoiceNumber"]
        element = {"InvoiceNumber": number, "Account": {"Code": "090"}, "Amount": 1}
        made = xero.create("Payments", element)
        assert made["Invoice"]["InvoiceNumber"] == number

    def test_deleting_a_payment_reopens_the_invoice(self, xero):
        invoice = invoice_of(xero)
        made = xero.create("Payments", payment(invoice, 23.10))
        path = f"/Payments/{made['PaymentID']}"
        answer = xero.api("POST", path, {"Status": "DELETED"})
        assert answer.json["Payments"][0]["Status"] == "DELETED"
        assert read(xero, invoice)["Status"] == "AUTHORISED"
        assert read(xero, invoice)["AmountDue"] == 23.10

    def test_refund_uses_the_credit_up(self, xero):
        note = note_of(xero)
        made = xero.create("Payments", payment(note, 23.10))
        assert made["PaymentType"] == "ARCREDITPAYMENT"
        assert read(xero, note)["RemainingCredit"] == 0

    def test_unknown_credit_note_is_named(self, xero):
        note = {"CreditNoteID": "d4ad8fd6-5c72-4924-91b1-07f1472eb4c3"}
        assert xero.refused("Payments", payment(note, 1)) == [
            "An existing Credit Note with the specified CreditNoteID could not be found"
        ]
