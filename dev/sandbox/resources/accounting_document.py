"""Invoices and credit notes: documents that are posted, paid and locked."""

from datetime import date
from decimal import Decimal
from urllib.parse import urlsplit

from .. import queries, unverified
from ..arithmetic import ZERO, rounded
from ..errors import Refused
from ..store import folded
from .document import Document
from .elements import Edit
from .lines import LineRules
from .settings import ADVISER

NOT_VALID_STATUS = "Invoice not of valid status for modification"
PAID_EDIT = (
    "This document cannot be edited as it has a payment or credit note allocated to it."
)
PAID_VOID = (
    "The status VOIDED cannot be applied to the invoice because it has payments or "
    "credit notes allocated to it."
)
DUE_DATE_MISSING = "The document DueDate field must be specified."
LOCKED = (
    "The document date cannot be before the {which} lock date, currently set at {date}"
)
BAD_URL = "Url must be a valid absolute url"

DEAD = frozenset({"DELETED", "VOIDED"})
APPROVED = frozenset({"AUTHORISED", "PAID"})
# In the order in which Xero names both (recording error_400_lock_dates).
LOCKS = (
    ("PeriodLockDate", "period"),
    ("EndOfYearLockDate", "end of year"),
)
# What a payment freezes; everything else of the document may still change.
FROZEN = ("CurrencyCode", "LineAmountTypes", "Date", "SubTotal", "TotalTax", "Total")
FROZEN_IN_LINES = ("Quantity", "UnitAmount", "LineAmount", "TaxType", "TaxAmount")


class AccountingDocument(Document):
    """The shared rules of the Invoices and CreditNotes endpoints."""

    flag_key = "HasErrors"
    sales_type = ""
    purchase_type = ""
    open_key = ""  # what is still to be paid or used
    first_statuses = frozenset({"DRAFT", "SUBMITTED", "AUTHORISED"})
    steps = {
        "DRAFT": {"DRAFT", "SUBMITTED", "AUTHORISED", "DELETED"},
        "SUBMITTED": {"SUBMITTED", "DRAFT", "AUTHORISED", "DELETED"},
        "AUTHORISED": {"AUTHORISED", "VOIDED"},
        "PAID": {"PAID"},
        "DELETED": set(),
        "VOIDED": set(),
    }
    step_refused = NOT_VALID_STATUS

    # --- rules --------------------------------------------------------------------

    def is_sale(self, document: dict) -> bool:
        return document["Type"] == self.sales_type

    def rules(self, edit: Edit) -> LineRules:
        draft = edit.draft
        return LineRules(
            sales=self.is_sale(draft),
            approved=draft["Status"] in {"SUBMITTED", *APPROVED},
            unit_decimals=self.call.unit_decimals,
            line_amount_types=draft["LineAmountTypes"],
            tax_override=self.endpoint in unverified.TAX_OVERRIDE_KINDS,
            discounts=self.discounts(draft),
        )

    def discounts(self, draft: dict) -> frozenset[str]:
        """Which discounts the document may have."""
        return frozenset()

    def blank(self, element: dict) -> dict:
        return {
            **super().blank(element),
            "Type": element.get("Type"),
            "AmountPaid": rounded(ZERO),
            "AmountCredited": rounded(ZERO),
        }

    def fill(self, edit: Edit) -> None:
        kinds = (self.sales_type, self.purchase_type)
        if edit.draft["Type"] not in kinds:
            raise Refused([unverified.TYPE_MISSING])
        if edit.element.get("Status") == "VOIDED" and edit.stored:
            if settled(edit.stored):
                raise Refused([PAID_VOID])
            if unverified.VOID_IGNORES_OTHER_FIELDS:
                self.check_editable(edit)
                self.fill_status(edit)
                return
        super().fill(edit)

    def check_editable(self, edit: Edit) -> None:
        stored = edit.stored
        if not stored:
            return
        if stored["Status"] in DEAD:
            raise Refused([self.step_refused])
        if stored["Status"] in APPROVED:
            self.check_lock_dates(edit, stored["Date"])
        if edit.problems:
            raise Refused([])

    def check_document(self, edit: Edit) -> None:
        draft = edit.draft
        if draft["Status"] in APPROVED:
            self.check_lock_dates(edit, draft["Date"])
        if draft["Total"] < 0:
            edit.refuse(unverified.NEGATIVE_TOTAL)
        if edit.stored and settled(edit.stored) and touches_settled(edit):
            edit.refuse(PAID_EDIT)
        self.fill_sent_to_contact(edit)
        self.fill_url(edit)
        self.work_out_open_amount(draft)
        if unverified.ZERO_TOTAL_IS_PAID:
            settle(draft, draft[self.open_key], self.organisation.today())

    def check_lock_dates(self, edit: Edit, day: date | None) -> None:
        """Refuse a day in a locked period; the lock date itself is locked.

        Drafts and what waits for approval are not asked (Xero's help, quoted by
        wise-sync), and the period lock date binds no adviser (chargebee, wise-sync);
        the date is as xeroizer #92 and Emersion's help show it (W5 to W7).
        """
        settings = self.organisation.settings
        for key, which in LOCKS:
            lock = settings.get(key)
            exempt = key == "PeriodLockDate" and settings.get(ADVISER)
            if lock and day and day <= lock and not exempt:
                shown = f"{lock:%d-%b-%Y}"
                edit.refuse(LOCKED.format(which=which, date=shown))

    def fill_sent_to_contact(self, edit: Edit) -> None:
        """Only what is approved may be marked as sent."""
        if not edit.sent("SentToContact"):
            return
        if edit.element["SentToContact"] and edit.draft["Status"] not in APPROVED:
            edit.refuse(unverified.SENT_TO_CONTACT)
        edit.draft["SentToContact"] = bool(edit.element["SentToContact"])

    def fill_url(self, edit: Edit) -> None:
        """The "Go to [app]" link: absolute, and without Xero's name."""
        if not edit.sent("Url"):
            return
        url = str(edit.element["Url"])
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            edit.refuse(BAD_URL)
        if "xero" in url.lower():
            edit.refuse(unverified.URL_WITH_XERO)
        edit.draft["Url"] = url

    def work_out(self, draft: dict) -> None:
        super().work_out(draft)
        self.work_out_open_amount(draft)

    def work_out_open_amount(self, draft: dict) -> None:
        """Bring what is still open in line with the total."""
        used = draft["AmountPaid"] + draft["AmountCredited"]
        draft[self.open_key] = draft["Total"] - used

    def number_taken(self, number: str, draft: dict) -> bool:
        """Sales numbers are unique, purchase numbers are the supplier's own."""
        if not self.is_sale(draft):
            return False
        found = self.collection.find("number", (draft["Type"], folded(number)))
        return any(
            each[self.id_key] != draft[self.id_key]
            and (
                each["Status"] not in DEAD
                or not unverified.DEAD_DOCUMENTS_FREE_THEIR_NUMBER
            )
            for each in found
        )

    def draws_number(self, edit: Edit) -> bool:
        return self.is_sale(edit.draft) and super().draws_number(edit)

    def match(self, element: dict) -> dict | None:
        """A POST without id updates the document with the same number, silently."""
        number = folded(element.get(self.number_key))
        found = self.collection.find("number", (element.get("Type"), number))
        return found[0] if number and found else None

    def gets_theme(self, edit: Edit) -> bool:
        return self.is_sale(edit.draft)

    def commit(self, edit: Edit) -> dict:
        stored = super().commit(edit)
        flag = "IsCustomer" if self.is_sale(stored) else "IsSupplier"
        # Does not touch the contact's UpdatedDateUTC (xero-api.md §2.6).
        self.contact_of(stored)[flag] = True
        return stored

    # --- reading ------------------------------------------------------------------

    def find_by_path(self, identifier: str) -> dict | None:
        """By id or by number."""
        stored = super().find_by_path(identifier)
        for kind in (self.sales_type, self.purchase_type):
            if not stored:
                found = self.collection.find("number", (kind, folded(identifier)))
                stored = found[0] if found else None
        return stored

    def candidates(self) -> list[dict]:
        args = self.call.args
        found = super().candidates()
        statuses = queries.split(args.get("Statuses"))
        contacts = [each.lower() for each in queries.split(args.get("ContactIDs"))]
        numbers = [
            each.casefold() for each in queries.split(args.get(f"{self.number_key}s"))
        ]
        term = args.get("searchTerm", "").casefold()
        return [
            each
            for each in found
            if (not statuses or each["Status"] in statuses)
            and (not contacts or each["Contact"]["ContactID"] in contacts)
            and (not numbers or folded(each.get(self.number_key)) in numbers)
            and (not term or term in self.searched(each))
        ]

    def searched(self, document: dict) -> str:
        """The text a searchTerm looks through."""
        values = (
            document.get(self.number_key),
            document.get("Reference"),
            self.contact_of(document).get("Name"),
        )
        return "\n".join(value or "" for value in values).casefold()


def settled(document: dict) -> bool:
    """Whether payments or credits stand against the document."""
    return bool(document["AmountPaid"] or document["AmountCredited"])


def touches_settled(edit: Edit) -> bool:
    """Whether the edit changes what payments or credits stand against.

    The contact may change under a payment, but not under a credit note.
    """
    stored, draft = edit.stored or {}, edit.draft
    if stored["AmountCredited"] and stored["Contact"] != draft["Contact"]:
        return True
    return frozen_values(stored) != frozen_values(draft)


def frozen_values(document: dict) -> list:
    """The values a payment freezes."""
    values: list[object] = [document[key] for key in FROZEN]
    for line in document["LineItems"]:
        values.append([line.get(key) for key in FROZEN_IN_LINES])
    return values


def settle(document: dict, due: Decimal, day: date) -> None:
    """Turn a fully settled document PAID, a reopened one AUTHORISED."""
    if document["Status"] not in APPROVED:
        return
    if due > 0:
        document["Status"] = "AUTHORISED"
        document.pop("FullyPaidOnDate", None)
    elif document["Status"] != "PAID":
        document["Status"] = "PAID"
        document["FullyPaidOnDate"] = day
