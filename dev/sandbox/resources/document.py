"""What quotes, invoices, credit notes and purchase orders have in common."""

from decimal import Decimal
from typing import Any

from .. import queries, unverified
from ..answers import ZERO_ID
from ..arithmetic import rounded, totals
from ..dates import parse_date
from ..errors import Refused
from ..store import folded
from .attachments import attachments
from .base import Resource
from .contact_forms import full_contact, stub_contact
from .contacts import Contacts
from .document_contact import DocumentContact
from .elements import Edit, date_value, names, number_value
from .history import history
from .lines import LineRules, Lines, as_sent
from .settings import CURRENCY_NOT_ENABLED, default_theme

LINES_MISSING = "One or more line items must be specified"
DATE_MISSING = "The Date field must be specified."

LINE_AMOUNT_TYPES = {
    "EXCLUSIVE": "Exclusive",
    "INCLUSIVE": "Inclusive",
    "NOTAX": "NoTax",
}
ONE = Decimal("1.000000")
# What a refused element shows of the document besides what was sent.
ECHOED = (
    "Type",
    "Date",
    "DueDate",
    "LineAmountTypes",
    "LineItems",
    "SubTotal",
    "TotalTax",
    "Total",
    "CurrencyCode",
)


class Document(Resource):
    """A document with a contact, lines, a currency, a number and a status."""

    parts = {"History": history, "Attachments": attachments}
    number_key = ""
    dates: tuple[str, ...] = ()
    first_statuses: frozenset[str] = frozenset({"DRAFT"})
    steps: dict[str, set[str]] = {}
    step_refused = ""
    paged = True
    shows_pagination = True
    creates_contacts = True
    # Recorded: a contact has a DefaultCurrency once it has a quote or an order.
    fixes_currency = False
    echo_constants: dict[str, Any] = {}
    shared_fields = names(
        "Status Reference Date CurrencyCode CurrencyRate SubTotal TotalTax Total "
        "UpdatedDateUTC BrandingThemeID Contact.ContactID Contact.Name "
        "Contact.ContactNumber Contact.EmailAddress"
    )

    # --- what subclasses decide ---------------------------------------------------

    def rules(self, edit: Edit) -> LineRules:
        """How the draft's lines are read."""
        raise NotImplementedError

    def check_editable(self, edit: Edit) -> None:
        """Refuse an update the present status does not allow."""

    def check_document(self, edit: Edit) -> None:
        """Rules about the document as a whole, once it is filled."""

    def draws_number(self, edit: Edit) -> bool:
        """Whether the draft gets a number of Xero's sequence."""
        return not edit.draft.get(self.number_key)

    def number_taken(self, number: str, draft: dict) -> bool:
        """Whether another document has this number."""
        raise NotImplementedError

    # --- filling ------------------------------------------------------------------

    def blank(self, element: dict) -> dict:
        return {
            self.id_key: ZERO_ID,
            "Status": "DRAFT",
            "LineAmountTypes": "Exclusive",
            "LineItems": [],
            "CurrencyCode": self.organisation.currency,
            "SentToContact": False,
            "_created_by": self.call.app.client_id,
        }

    def fill(self, edit: Edit) -> None:
        """Check and apply, part by part; the status first, for it sets the rules."""
        self.check_editable(edit)
        self.fill_status(edit)
        self.fill_contact(edit)
        self.fill_texts(edit)
        self.fill_dates(edit)
        self.fill_currency(edit)
        self.fill_theme(edit)
        self.fill_lines(edit)
        self.check_number(edit)
        self.check_document(edit)

    def fill_status(self, edit: Edit) -> None:
        """Apply the status when the step is allowed."""
        if not edit.sent("Status"):
            return
        status = str(edit.element["Status"]).upper()
        before = edit.stored["Status"] if edit.stored else None
        allowed = self.steps[before] if before else self.first_statuses
        if status not in self.steps:
            raise Refused([unverified.STATUS_UNKNOWN.format(status=status)])
        if status not in allowed:
            raise Refused([self.step_refused])
        edit.draft["Status"] = status

    def fill_contact(self, edit: Edit) -> None:
        """Find the contact; an update may leave it out."""
        sent = edit.element.get("Contact")
        if not sent and edit.stored:
            return
        finder = DocumentContact(Contacts(self.call), self.creates_contacts)
        contact = finder.fill(edit, sent or {})
        if contact:
            self.check_contact(edit, contact)
            edit.draft["Contact"] = {"ContactID": contact["ContactID"]}

    def check_contact(self, edit: Edit, contact: dict) -> None:
        """Refuse an archived contact; a draft on one may still be deleted."""
        archived = contact["ContactStatus"] != "ACTIVE"
        if archived and edit.draft["Status"] != "DELETED":
            edit.refuse(self.contact_archived)

    contact_archived = (
        "The contact with the specified contact details has been archived. The contact "
        "must be un-archived before creating new invoices or credit notes."
    )

    def fill_dates(self, edit: Edit) -> None:
        """Take over the dates; Date defaults to the organisation's own day."""
        for name in self.dates:
            if edit.sent(name) and edit.element[name] != "":
                edit.draft[name] = date_value(edit, name)
        edit.draft.setdefault("Date", self.organisation.today())

    def fill_currency(self, edit: Edit) -> None:
        """Currency and rate; the rate is foreign units per one unit of the base."""
        draft = edit.draft
        if edit.sent("CurrencyCode"):
            draft["CurrencyCode"] = str(edit.element["CurrencyCode"]).upper()
        code = draft["CurrencyCode"]
        if not self.organisation["Currencies"].get(code):
            edit.refuse(CURRENCY_NOT_ENABLED.format(code=code))
            return
        if code == self.organisation.currency:
            draft["CurrencyRate"] = ONE
            return
        day_rate = self.organisation.day_rates[code]
        rate = number_value(edit, edit.element, "CurrencyRate")
        if rate is None:
            same = edit.stored and edit.stored["CurrencyCode"] == code
            rate = edit.stored["CurrencyRate"] if edit.stored and same else day_rate
        draft["CurrencyRate"] = rounded(rate, 6)
        factor = unverified.RATE_WARNING_FACTOR
        if not day_rate / factor <= rate <= day_rate * factor:
            edit.warnings.append(
                unverified.RATE_WARNING.format(rate=rate, day_rate=day_rate)
            )

    def fill_theme(self, edit: Edit) -> None:
        """The branding theme that is named, else the default one."""
        if not edit.sent("BrandingThemeID"):
            if edit.stored is None and self.gets_theme(edit):
                edit.draft["BrandingThemeID"] = default_theme(self.organisation)
            return
        theme = str(edit.element["BrandingThemeID"]).lower()
        if not self.organisation["BrandingThemes"].get(theme):
            edit.refuse(unverified.BRANDING_THEME_UNKNOWN)
        edit.draft["BrandingThemeID"] = theme

    def gets_theme(self, edit: Edit) -> bool:
        """Whether a new document gets the default branding theme."""
        return True

    def fill_lines(self, edit: Edit) -> None:
        """Lines that are sent replace all; lines left out stay.

        They are checked again when the status or the way of taxing changes.
        """
        draft = edit.draft
        if edit.sent("LineAmountTypes"):
            sent = str(edit.element["LineAmountTypes"]).upper()
            draft["LineAmountTypes"] = LINE_AMOUNT_TYPES.get(sent, "Exclusive")
        elements = edit.element.get("LineItems")
        if elements is None:
            if edit.stored and not self.must_check_lines(draft, edit.stored):
                return
            elements = [self.line_again(line) for line in draft["LineItems"]]
        if not elements:
            edit.refuse(LINES_MISSING)
        rules = self.rules(edit)
        draft["LineItems"] = Lines(self.organisation, rules, edit).build(elements)
        self.work_out(draft)

    def line_again(self, line: dict) -> dict:
        """What a stored line, left out of an update, is built from."""
        return as_sent(line)

    def must_check_lines(self, draft: dict, stored: dict) -> bool:
        """Whether stored lines are read again under new rules."""
        if draft["Status"] == "DELETED":
            return False
        return any(draft[key] != stored[key] for key in ("Status", "LineAmountTypes"))

    def work_out(self, draft: dict) -> None:
        """Work out SubTotal, TotalTax, Total and the discount from the lines."""
        inclusive = draft["LineAmountTypes"] == "Inclusive"
        sub_total, tax, total = totals(draft["LineItems"], inclusive)
        total += draft.get("RoundingAmount", rounded(Decimal(0)))
        draft.update(SubTotal=sub_total, TotalTax=tax, Total=total)
        lines = draft["LineItems"]
        draft["IsDiscounted"] = any(
            "DiscountRate" in each or "DiscountAmount" in each for each in lines
        )
        draft["TotalDiscount"] = sum(
            (
                rounded(each["Quantity"] * each["UnitAmount"]) - each["LineAmount"]
                for each in lines
                if "Quantity" in each
            ),
            rounded(Decimal(0)),
        )

    def check_number(self, edit: Edit) -> None:
        """A number that is sent must be free."""
        number = edit.draft.get(self.number_key)
        if number and self.number_taken(number, edit.draft):
            edit.refuse(self.number_refused)

    number_refused = ""

    def commit(self, edit: Edit) -> dict:
        if self.draws_number(edit):
            edit.draft[self.number_key] = self.organisation.next_number(
                self.endpoint, lambda number: self.number_taken(number, edit.draft)
            )
        stored = super().commit(edit)
        if self.fixes_currency:
            contact = self.contact_of(stored)
            contact.setdefault("DefaultCurrency", self.organisation.currency)
        return stored

    def history_text(self, stored: dict) -> str:
        name = self.organisation["Contacts"].get(stored["Contact"]["ContactID"])
        number = stored.get(self.number_key) or "(no number)"
        return (
            f"{number} for {name['Name'] if name else '?'}, {stored['Total']} "
            f"{stored['CurrencyCode']}, {stored['Status']}."
        )

    # --- reading ------------------------------------------------------------------

    def value_of(self, stored: dict, path: str) -> Any:
        if path.startswith("Contact."):
            return super().value_of(self.contact_of(stored), path[8:])
        return super().value_of(stored, path)

    def contact_of(self, stored: dict) -> dict:
        contact = self.organisation["Contacts"].get(stored["Contact"]["ContactID"])
        return contact or {}

    def candidates(self) -> list[dict]:
        found = super().candidates()
        args = self.call.args
        if queries.flag(args.get("createdByMyApp")):
            mine = self.call.app.client_id
            found = [each for each in found if each.get("_created_by") == mine]
        return found

    def in_period(self, found: list[dict]) -> list[dict]:
        """Apply Status, DateFrom and DateTo, which quotes and orders know."""
        args = self.call.args
        status, first, last = (
            args.get("Status"),
            parse_date(args.get("DateFrom")),
            parse_date(args.get("DateTo")),
        )
        return [
            each
            for each in found
            if (not status or each["Status"] == status)
            and (not first or each["Date"] >= first)
            and (not last or each["Date"] <= last)
        ]

    def nested_contact(self, stored: dict, view: str) -> dict:
        """The contact as it stands inside the document."""
        contact = self.contact_of(stored)
        return (
            stub_contact(contact)
            if view in ("page", "list")
            else (full_contact(contact))
        )

    def shown_lines(self, stored: dict) -> list[dict]:
        """The lines with prices in the decimals that were asked for."""
        decimals = self.shown_decimals
        return [self.shown_line(line, decimals) for line in stored["LineItems"]]

    @property
    def shown_decimals(self) -> int:
        return self.call.unit_decimals

    def shown_line(self, line: dict, decimals: int) -> dict:
        answer = dict(line)
        if "UnitAmount" in line:
            answer["UnitAmount"] = rounded(line["UnitAmount"], decimals)
        item = self.organisation["Items"].find("code", folded(line.get("ItemCode")))
        if item:
            answer["Item"] = {key: item[0][key] for key in ("ItemID", "Name", "Code")}
        return answer

    def echoed(self, edit: Edit) -> dict:
        """What was asked for, on top of what the document has already.

        Recorded in invoice_delete_authorised: the status is the requested one, the
        contact only its id, the lines those of the document.
        """
        draft = edit.stored or edit.draft
        known = {key: draft[key] for key in ECHOED if key in draft}
        answer = {**self.echo_constants, **known, **super().echoed(edit)}
        contact = edit.element.get("Contact") or draft.get("Contact")
        if isinstance(contact, dict):
            answer["Contact"] = {
                **contact,
                "Addresses": [],
                "Phones": [],
                "ContactGroups": [],
                "ContactPersons": [],
                "HasValidationErrors": False,
                "ValidationErrors": [],
            }
        if edit.sent("Status"):
            answer["Status"] = edit.element["Status"]
        return answer
