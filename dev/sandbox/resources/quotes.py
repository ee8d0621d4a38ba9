"""Quotes: different from the other documents in nearly every form."""

from .. import unverified
from ..arithmetic import HUNDRED, rounded
from ..dates import parse_date
from ..errors import Refused
from ..store import folded
from .contacts import NOT_IDENTIFIED
from .document import DATE_MISSING, Document
from .elements import Edit, names
from .lines import LineRules

# In these statuses only the contact and notes may change.
LOCKED = frozenset({"DECLINED", "ACCEPTED", "INVOICED"})
# An update that leaves these out empties them; LineAmountTypes becomes EXCLUSIVE, and
# the number is drawn anew. Lines alone stay. Recorded twice for Terms of a deleted
# quote, seen for the others in a live organisation (XeroAPI/xero-mcp-server#309).
EMPTIED = ("Reference", "Title", "Summary", "Terms", "ExpiryDate")


class Quotes(Document):
    """The Quotes endpoint."""

    endpoint = "Quotes"
    id_key = "QuoteID"
    number_key = "QuoteNumber"
    number_refused = unverified.QUOTE_NUMBER_TAKEN
    # Recorded: no charset, dates without offset, no pagination block.
    content_type = "application/json"
    date_offset = ""
    write_date_offset = ""
    always_paged = True
    fixes_currency = True
    shows_pagination = False
    dates = ("Date", "ExpiryDate")
    texts = {
        "QuoteNumber": 255,
        "Reference": 4000,
        "Title": 100,
        "Summary": 3000,
        "Terms": 4000,
    }
    filter_fields = Document.shared_fields | names(
        "QuoteID QuoteNumber ExpiryDate Title"
    )
    first_statuses = unverified.QUOTE_FIRST_STATUSES
    steps = {
        "DRAFT": {"DRAFT", "SENT", "DELETED"},
        "SENT": {"SENT", "ACCEPTED", "DECLINED", "DELETED"},
        "DECLINED": {"DECLINED", "SENT", "DELETED"},
        "ACCEPTED": {"ACCEPTED", "INVOICED", "SENT", "DELETED"},
        "INVOICED": {"INVOICED", "SENT", "DELETED"},
        "DELETED": set(),
    }
    step_refused = unverified.QUOTE_STEP

    def rules(self, edit: Edit) -> LineRules:
        return LineRules(
            sales=True,
            approved=False,
            unit_decimals=4,
            line_amount_types=edit.draft["LineAmountTypes"],
            tax_from_account=False,
            discounts=frozenset({"DiscountRate", "DiscountAmount"}),
            tracking_by_option=True,
        )

    def match(self, element: dict) -> dict | None:
        number = folded(element.get("QuoteNumber"))
        found = self.collection.find("number", number) if number else []
        return found[0] if found else None

    def check_editable(self, edit: Edit) -> None:
        if edit.stored and edit.stored["Status"] == "DELETED":
            raise Refused([self.step_refused])
        if not edit.sent("Date") and self.needs_all(edit):
            edit.refuse(DATE_MISSING)
        if edit.stored:
            self.empty_left_out(edit)

    def empty_left_out(self, edit: Edit) -> None:
        """An update is the whole head of the quote: see ``EMPTIED``."""
        for name in ("QuoteNumber", *EMPTIED):
            if not edit.sent(name):
                edit.draft.pop(name, None)
        if not edit.sent("LineAmountTypes"):
            edit.draft["LineAmountTypes"] = "Exclusive"

    def fill_contact(self, edit: Edit) -> None:
        if not edit.element.get("Contact") and self.needs_all(edit):
            edit.refuse(NOT_IDENTIFIED)
            return
        super().fill_contact(edit)
        closed = edit.stored and edit.stored["Status"] in LOCKED
        if closed and unverified.QUOTE_KEEPS_CONTACT:
            edit.draft["Contact"] = edit.stored["Contact"]

    def needs_all(self, edit: Edit) -> bool:
        """Whether Contact and Date must be there."""
        return not edit.stored or unverified.QUOTE_UPDATE_NEEDS_CONTACT_AND_DATE

    def check_document(self, edit: Edit) -> None:
        stored = edit.stored
        if stored and stored["Status"] in LOCKED:
            if _touches_frozen(edit):
                edit.refuse(unverified.QUOTE_LOCKED)
            if edit.sent("LineItems"):
                edit.draft["LineItems"] = stored["LineItems"]

    def number_taken(self, number: str, draft: dict) -> bool:
        found = self.collection.find("number", folded(number))
        return any(
            each["QuoteID"] != draft["QuoteID"]
            and (
                each["Status"] != "DELETED"
                or not unverified.DEAD_DOCUMENTS_FREE_THEIR_NUMBER
            )
            for each in found
        )

    # --- reading ------------------------------------------------------------------

    def candidates(self) -> list[dict]:
        args = self.call.args
        number = args.get("QuoteNumber", "").casefold()
        contact = args.get("ContactID", "").lower()
        first = parse_date(args.get("ExpiryDateFrom"))
        last = parse_date(args.get("ExpiryDateTo"))
        return [
            each
            for each in self.in_period(super().candidates())
            # A partial match (xero-api.md §2.6).
            if number in each["QuoteNumber"].casefold()
            and (not contact or each["Contact"]["ContactID"] == contact)
            and (not first or each.get("ExpiryDate", first) >= first)
            and (not last or each.get("ExpiryDate", last) <= last)
        ]

    def envelope_members(self) -> dict:
        return {"SummarizeErrors": self.call.summarizes}

    @property
    def shown_decimals(self) -> int:
        return 4

    def shown(self, stored: dict, view: str) -> dict:
        contact, lines = self.contact_of(stored), self.shown_lines(stored)
        answer = {
            **stored,
            "Contact": {
                key: contact[key]
                for key in ("ContactID", "Name", "EmailAddress")
                if contact.get(key)
            },
            "LineItems": [self.without_tax(stored, line) for line in lines],
            "LineAmountTypes": stored["LineAmountTypes"].upper(),
            "Terms": stored.get("Terms", ""),
        }
        del answer["SentToContact"], answer["IsDiscounted"]
        if not stored["IsDiscounted"]:
            del answer["TotalDiscount"]
        return answer

    def without_tax(self, stored: dict, line: dict) -> dict:
        """A line of an inclusive quote is answered with its price without tax.

        Seen in a live organisation (XeroAPI/xero-mcp-server#309): who sends back what
        was read, has it taxed down once more.
        """
        rate = self.organisation["TaxRates"].get(line.get("TaxType", ""))
        if stored["LineAmountTypes"] != "Inclusive" or not rate:
            return line
        unit = line["UnitAmount"] * HUNDRED / (HUNDRED + rate["EffectiveRate"])
        return {**line, "UnitAmount": rounded(unit, self.shown_decimals)}

    def shown_line(self, line: dict, decimals: int) -> dict:
        answer = super().shown_line(line, decimals)
        answer.setdefault("ItemCode", "")
        for key in ("AccountID", "Item"):
            answer.pop(key, None)
        return answer


def _touches_frozen(edit: Edit) -> bool:
    """Whether something is sent that differs from what the decision was about.

    What is left out is emptied, and refuses nothing.
    """
    stored, draft = edit.stored or {}, edit.draft
    sent = [key for key in unverified.QUOTE_FROZEN if edit.sent(key)]
    if any((stored.get(key) or "") != (draft.get(key) or "") for key in sent):
        return True
    return edit.sent("LineItems") and _amounts(stored) != _amounts(draft)


def _amounts(quote: dict) -> list:
    keys = unverified.QUOTE_FROZEN_IN_LINES
    lines = [[line.get(key) for key in keys] for line in quote["LineItems"]]
    return [quote["SubTotal"], quote["TotalTax"], quote["Total"], lines]
