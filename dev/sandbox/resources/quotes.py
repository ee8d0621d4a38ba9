"""Quotes: different from the other documents in nearly every form."""

from .. import unverified
from ..dates import parse_date
from ..errors import Refused
from ..store import folded
from .contacts import NOT_IDENTIFIED
from .document import DATE_MISSING, Document
from .elements import Edit, names
from .lines import LineRules

# In these statuses only the contact and notes may change.
LOCKED = frozenset({"DECLINED", "ACCEPTED", "INVOICED"})


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
        if edit.stored and not edit.sent("QuoteNumber"):
            # Recorded: an update without QuoteNumber draws a new one.
            del edit.draft["QuoteNumber"]

    def fill_contact(self, edit: Edit) -> None:
        if not edit.element.get("Contact") and self.needs_all(edit):
            edit.refuse(NOT_IDENTIFIED)
            return
        super().fill_contact(edit)

    def needs_all(self, edit: Edit) -> bool:
        """Whether Contact and Date must be there."""
        return not edit.stored or unverified.QUOTE_UPDATE_NEEDS_CONTACT_AND_DATE

    def check_document(self, edit: Edit) -> None:
        stored = edit.stored
        if stored and stored["Status"] in LOCKED:
            if _frozen(stored) != _frozen(edit.draft):
                edit.refuse(unverified.QUOTE_LOCKED)
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
        contact = self.contact_of(stored)
        answer = {
            **stored,
            "Contact": {
                key: contact[key]
                for key in ("ContactID", "Name", "EmailAddress")
                if contact.get(key)
            },
            "LineItems": self.shown_lines(stored),
            "LineAmountTypes": stored["LineAmountTypes"].upper(),
            "Terms": stored.get("Terms", ""),
        }
        del answer["SentToContact"], answer["IsDiscounted"]
        if not stored["IsDiscounted"]:
            del answer["TotalDiscount"]
        return answer

    def shown_line(self, line: dict, decimals: int) -> dict:
        answer = super().shown_line(line, decimals)
        answer.setdefault("ItemCode", "")
        for key in ("AccountID", "Item"):
            answer.pop(key, None)
        return answer


def _frozen(quote: dict) -> list:
    values: list[object] = [quote.get(key) or "" for key in unverified.QUOTE_FROZEN]
    for line in quote["LineItems"]:
        values.append([line.get(key) for key in unverified.QUOTE_FROZEN_IN_LINES])
    return values
