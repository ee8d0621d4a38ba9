"""Invoices: sales invoices (ACCREC) and bills (ACCPAY)."""

from dataclasses import replace
from decimal import Decimal

from werkzeug.wrappers import Response

from .. import queries, unverified
from ..arithmetic import ZERO, rounded
from ..errors import Refused, validation_exception
from ..store import folded
from .accounting_document import (
    APPROVED,
    DEAD,
    DUE_DATE_MISSING,
    AccountingDocument,
    settled,
)
from .elements import Edit, names, number_value
from .lines import LineRules, as_sent

NUMBER_TAKEN = "Invoice # must be unique."
# Xero-Net #198 and pyxero's mock data (shared evidence of 2026-11, W10).
DISCOUNT_ON_BILL = "Discounts may not be applied to ACCPAY invoices."
TOTALS_DIFFER = "The document total does not equal the sum of the lines."
LINE_ID = "LineItemID"
LARGEST_ROUNDING = Decimal("0.10")


class Invoices(AccountingDocument):
    """The Invoices endpoint."""

    endpoint = "Invoices"
    id_key = "InvoiceID"
    number_key = "InvoiceNumber"
    number_refused = NUMBER_TAKEN
    sales_type = "ACCREC"
    purchase_type = "ACCPAY"
    open_key = "AmountDue"
    echo_constants = {
        "Payments": [],
        "CreditNotes": [],
        "Prepayments": [],
        "Overpayments": [],
        "InvoiceAddresses": [],
        "InvoicePaymentServices": [],
        "IsDiscounted": False,
    }
    dates = ("Date", "DueDate", "ExpectedPaymentDate", "PlannedPaymentDate")
    texts = {"InvoiceNumber": 255, "Reference": 255}
    filter_fields = AccountingDocument.shared_fields | names(
        "InvoiceID InvoiceNumber Type DueDate AmountDue AmountPaid AmountCredited "
        "FullyPaidOnDate"
    )

    # --- writing ------------------------------------------------------------------

    def fill_texts(self, edit: Edit) -> None:
        super().fill_texts(edit)
        if not self.is_sale(edit.draft):
            # A bill has no Reference: its number is shown as such (xero-api.md §3.4).
            edit.draft.pop("Reference", None)

    def discounts(self, draft: dict) -> frozenset[str]:
        if not self.is_sale(draft):
            return frozenset()
        return frozenset({"DiscountRate", "DiscountAmount"})

    def rules(self, edit: Edit) -> LineRules:
        rules = super().rules(edit)
        if self.is_sale(edit.draft):
            return rules
        return replace(rules, discount_refused=DISCOUNT_ON_BILL)

    def check_document(self, edit: Edit) -> None:
        super().check_document(edit)
        draft = edit.draft
        needs = {"AUTHORISED", "PAID"}
        if unverified.SUBMITTED_NEEDS_DUE_DATE:
            needs.add("SUBMITTED")
        if draft["Status"] in needs and not draft.get("DueDate"):
            edit.refuse(DUE_DATE_MISSING)
        approved_now = not edit.stored or edit.stored["Status"] not in APPROVED
        if self.is_sale(draft) and draft["Status"] in APPROVED and approved_now:
            self.check_stock(edit)

    def check_stock(self, edit: Edit) -> None:
        """A tracked item cannot be sold beyond its stock (xero-api.md §3.2)."""
        if queries.flag(self.call.args.get("allowBackorders")):
            return
        wanted: dict[str, Decimal] = {}
        for line in edit.draft["LineItems"]:
            code = folded(line.get("ItemCode"))
            if code and "Quantity" in line:
                wanted[code] = wanted.get(code, ZERO) + line["Quantity"]
        for code, quantity in wanted.items():
            for item in self.organisation["Items"].find("code", code):
                if item["IsTrackedAsInventory"] and quantity > item["QuantityOnHand"]:
                    edit.refuse(unverified.NO_STOCK.format(code=item["Code"]))

    def must_check_lines(self, draft: dict, stored: dict) -> bool:
        """Lines that an update leaves out are made anew, but for those of the dead."""
        return draft["Status"] not in DEAD and not settled(stored)

    def line_again(self, line: dict) -> dict:
        """A new line, its price in the decimals of this call, its amount as before.

        So approving by status alone is refused where the two do not fit: Xero's
        idea board 50252319, XeroAPI/Xero-Net #198 (shared evidence of 2026-11, W8).
        """
        again = {key: each for key, each in as_sent(line).items() if key != LINE_ID}
        if "Quantity" in line:
            again["LineAmount"] = line["LineAmount"]
        return again

    def fill_lines(self, edit: Edit) -> None:
        super().fill_lines(edit)
        amount = number_value(edit, edit.element, "RoundingAmount")
        if amount is not None and self.organisation.rounding_amount_enabled:
            self.fill_rounding(edit, rounded(amount))

    def fill_rounding(self, edit: Edit, amount: Decimal) -> None:
        """RoundingAmount, for organisations that opted in (SDK 15.2 model text)."""
        draft = edit.draft
        in_range = abs(amount) <= LARGEST_ROUNDING
        if draft["Status"] == "DRAFT" and not in_range:
            return
        if draft["Status"] != "DRAFT":
            names = ("SubTotal", "TotalTax", "Total")
            sent = [number_value(edit, edit.element, name) for name in names]
            if None in sent:
                return
            if not in_range:
                raise Refused([unverified.ROUNDING_RANGE])
            sub_total, tax = draft["SubTotal"], draft["TotalTax"]
            if sent != [sub_total, tax, sub_total + tax + amount]:
                raise Refused([TOTALS_DIFFER])
        draft["RoundingAmount"] = amount
        self.work_out(draft)

    # --- reading ------------------------------------------------------------------

    def shown(self, stored: dict, view: str) -> dict:
        identifier = stored["InvoiceID"]
        answer = {
            **stored,
            "InvoiceNumber": stored.get("InvoiceNumber", ""),
            "Reference": stored.get("Reference", ""),
            "Prepayments": [],
            "Overpayments": [],
            "InvoicePaymentServices": [],
            "HasErrors": False,
            "UpdatedDateUTCString": stored["UpdatedDateUTC"].strftime(
                "%Y-%m-%dT%H:%M:%SZ"
            ),
            "Contact": self.nested_contact(stored, view),
            "LineItems": self.shown_lines(stored),
        }
        if not stored["IsDiscounted"]:
            del answer["TotalDiscount"]
        if view == "write":
            del answer["AmountCredited"]
            self.add_line_errors(answer)
            return answer
        files = self.organisation.attachments.get(identifier, {})
        answer["HasAttachments"] = bool(files)
        answer["CreditNotes"] = self.credit_notes(stored)
        payments = self.payments(identifier)
        if payments or view != "one":
            answer["Payments"] = payments
        if view == "one":
            answer["Attachments"] = list(files.values())
            self.add_line_errors(answer)
            return answer
        return self.listed(answer, view)

    def listed(self, answer: dict, view: str) -> dict:
        """What lists leave out."""
        answer["InvoiceAddresses"] = []
        # SDK 15.2 model text: "not returned when listing invoices".
        for key in ("SentToContact", "RoundingAmount"):
            answer.pop(key, None)
        if view == "list" and not unverified.LISTS_WITHOUT_PAGE_HAVE_LINES:
            answer["LineItems"] = []
        if queries.flag(self.call.args.get("summaryOnly")):
            for key in ("LineItems", "Payments", "CreditNotes", "InvoiceAddresses"):
                del answer[key]
        return answer

    @staticmethod
    def add_line_errors(answer: dict) -> None:
        for line in answer["LineItems"]:
            line["ValidationErrors"] = []

    def payments(self, identifier: str) -> list[dict]:
        """The payments against an invoice, in short."""
        return [
            {
                "PaymentID": each["PaymentID"],
                "Date": each["Date"],
                "Amount": each["Amount"],
                "Reference": each["Reference"],
                "CurrencyRate": each["CurrencyRate"],
                "HasAccount": False,
                "HasValidationErrors": False,
            }
            for each in self.organisation["Payments"].find("document", identifier)
            if each["Status"] == "AUTHORISED"
        ]

    def credit_notes(self, stored: dict) -> list[dict]:
        """The credit notes allocated to an invoice, in short."""
        notes = self.organisation["CreditNotes"]
        return [
            {
                "CreditNoteID": note["CreditNoteID"],
                "CreditNoteNumber": note.get("CreditNoteNumber", ""),
                "ID": note["CreditNoteID"],
                "HasErrors": False,
                "InvoiceAddresses": [],
                "CurrencyRate": note["CurrencyRate"],
                "AppliedAmount": allocation["Amount"],
                "Date": note["Date"],
                "LineItems": [],
                "Total": note["Total"],
            }
            for note in map(notes.get, stored.get("_credit_note_ids", ()))
            if note
            for allocation in note["Allocations"]
            if allocation["Invoice"]["InvoiceID"] == stored["InvoiceID"]
        ]

    # --- parts --------------------------------------------------------------------

    def online_invoice(self) -> Response:
        """GET /Invoices/{id}/OnlineInvoice: the address a customer can open."""
        self.only("GET")
        stored = self.existing()
        if stored["Type"] != "ACCREC" or stored["Status"] == "DRAFT":
            message = {"Message": unverified.ONLINE_INVOICE_DRAFT}
            raise validation_exception([{"ValidationErrors": [message]}])
        url = f"https://in.xero.com/{stored['InvoiceID'].replace('-', '')[:24]}"
        return self.respond([{"OnlineInvoiceUrl": url}], key="OnlineInvoices")

    def email(self) -> Response:
        """POST /Invoices/{id}/Email: sends the invoice; nothing comes back."""
        self.only("POST")
        stored = self.existing()
        if stored["Type"] != "ACCREC" or stored["Status"] not in {
            "SUBMITTED",
            *APPROVED,
        }:
            message = {"Message": self.step_refused}
            raise validation_exception([{"ValidationErrors": [message]}])
        stored["SentToContact"] = True
        self.organisation.note(
            stored["InvoiceID"], "Emailed", "Sent to the contact", self.call.app.name
        )
        response = Response(status=204)
        del response.headers["Content-Type"]
        return response

    parts = {
        **AccountingDocument.parts,
        "OnlineInvoice": online_invoice,
        "Email": email,
    }
