"""Contacts: names and numbers are unique, archived ones are closed to the API."""

import re
from typing import Any

from .. import queries, unverified
from ..answers import ZERO_ID
from ..store import folded
from .attachments import attachments
from .base import Resource
from .contact_forms import (
    ADDRESS_TYPES,
    PHONE_TEXTS,
    PHONE_TYPES,
    full_contact,
    read_contact,
)
from .elements import Edit, names, text_value
from .history import history
from .settings import CURRENCY_NOT_ENABLED

NAME_TAKEN = (
    "The contact name {name} is already assigned to another contact. The contact name "
    "must be unique across all active contacts."
)
NUMBER_TAKEN = (
    "The contact number {number} is already assigned to another contact. The contact "
    "number must be unique across all contacts."
)
ARCHIVED = (
    "The specified contact details matched an archived contact. Archived contacts "
    "cannot currently be edited via the API."
)
NOT_IDENTIFIED = (
    "The Contact must contain at least 1 of the following elements to identify the "
    "contact: Name, ContactID, ContactNumber"
)
BAD_EMAIL = "Email address must be valid"
# Four independent programs handle this refusal (MacsiDigital's API package among
# them), and Xero's own screen is said to have the rule (xero-truth-2026-11.md, W2).
PEOPLE_WITHOUT_EMAIL = (
    "Additional people cannot be added when the primary person has no email address "
    "set."
)

ADDRESS_TEXTS = {
    "AddressLine1": 500,
    "AddressLine2": 500,
    "AddressLine3": 500,
    "AddressLine4": 500,
    "City": 255,
    "Region": 255,
    "PostalCode": 50,
    "Country": 50,
    "AttentionTo": 255,
}
PERSON_TEXTS = {"FirstName": 255, "LastName": 255, "EmailAddress": 255}
MOST_PERSONS = 5
TERM_TYPES = (
    "DAYSAFTERBILLDATE",
    "DAYSAFTERBILLMONTH",
    "OFCURRENTMONTH",
    "OFFOLLOWINGMONTH",
)
TERM_DAYS = range(32)

# Left out of lists that are not paged (xero-api.md §2.6).
PAGED_ONLY = (
    "MergedToContactID",
    "SalesDefaultLineAmountType",
    "PurchasesDefaultLineAmountType",
    "PaymentTerms",
    "Website",
)
# What an answer to summaryOnly=true leaves out as well.
SUMMARY_LACKS = ("Addresses", "ContactPersons", "IsCustomer", "IsSupplier", "Phones")

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
_BAD_NAME = re.compile(r"[<>]|^\s|\s$|\s\s")


class Contacts(Resource):
    """The Contacts endpoint."""

    endpoint = "Contacts"
    parts = {"History": history, "Attachments": attachments}
    id_key = "ContactID"
    flag_key = "HasValidationErrors"
    paged = True
    shows_pagination = True
    filter_fields = names(
        "ContactID ContactNumber AccountNumber ContactStatus Name FirstName LastName "
        "EmailAddress TaxNumber CompanyNumber IsCustomer IsSupplier DefaultCurrency "
        "UpdatedDateUTC"
    )
    texts = {
        "Name": 255,
        "FirstName": 255,
        "LastName": 255,
        "EmailAddress": 255,
        "ContactNumber": 50,
        "AccountNumber": 50,
        "CompanyNumber": 50,
        "TaxNumber": 50,
        "SkypeUserName": 50,
    }
    # Taken over as sent.
    plain = (
        "TaxNumberType",
        "AccountsReceivableTaxType",
        "AccountsPayableTaxType",
        "SalesDefaultAccountCode",
        "PurchasesDefaultAccountCode",
        "SalesDefaultLineAmountType",
        "PurchasesDefaultLineAmountType",
        "BankAccountDetails",
    )

    # --- reading ------------------------------------------------------------------

    def candidates(self) -> list[dict]:
        args = self.call.args
        found = super().candidates()
        if not queries.flag(args.get("includeArchived")):
            found = [each for each in found if each["ContactStatus"] == "ACTIVE"]
        term = args.get("searchTerm", "").casefold()
        if term:
            found = [each for each in found if term in _searched(each)]
        return found

    def find_by_path(self, identifier: str) -> dict | None:
        """By id or ContactNumber; Xero silently takes one of several matches."""
        found = self.collection.find("number", folded(identifier))
        return super().find_by_path(identifier) or (found[0] if found else None)

    def shown(self, stored: dict, view: str) -> dict:
        if view == "write":
            return full_contact(stored)
        answer = read_contact(stored)
        answer["HasAttachments"] = bool(
            self.organisation.attachments.get(stored["ContactID"])
        )
        if view == "one":
            files = self.organisation.attachments.get(stored["ContactID"], {})
            answer["Attachments"] = list(files.values())
        if view == "list":
            answer = {key: answer[key] for key in answer if key not in PAGED_ONLY}
            answer["ContactPersons"] = []
        if queries.flag(self.call.args.get("summaryOnly")):
            answer = {key: answer[key] for key in answer if key not in SUMMARY_LACKS}
        return answer

    # --- writing ------------------------------------------------------------------

    def match(self, element: dict) -> dict | None:
        """By ContactNumber, or by Name among the active contacts."""
        keys = [("number", "ContactNumber"), ("name", "Name")]
        if not unverified.CONTACT_NUMBER_BEFORE_NAME:
            keys.reverse()
        for index, key in keys:
            value = folded(str(element.get(key) or ""))
            found = self.collection.find(index, value) if value else []
            if found:
                return found[0]
        return None

    def blank(self, element: dict) -> dict:
        return {
            "ContactID": ZERO_ID,
            "ContactStatus": "ACTIVE",
            "Name": "",
            "Addresses": [],
            "Phones": [],
            "ContactGroups": [],
            "IsSupplier": False,
            "IsCustomer": False,
            "ContactPersons": [],
        }

    def fill(self, edit: Edit) -> None:
        if edit.stored and edit.stored["ContactStatus"] != "ACTIVE":
            edit.refuse(ARCHIVED)
            return
        self.fill_texts(edit)
        for name in self.plain:
            if edit.sent(name):
                edit.draft[name] = edit.element[name]
        if edit.element.get("ContactStatus") == "ARCHIVED" and edit.stored:
            edit.draft["ContactStatus"] = "ARCHIVED"
        self.check_identity(edit)
        self.check_email(edit, edit.draft.get("EmailAddress"))
        self.fill_addresses(edit)
        self.fill_phones(edit)
        self.fill_persons(edit)
        self.check_people(edit)
        self.fill_terms(edit)
        self.fill_currency(edit)

    def check_identity(self, edit: Edit) -> None:
        """Name present, well formed and unique; ContactNumber unique."""
        name, number = edit.draft["Name"], edit.draft.get("ContactNumber")
        if not name:
            known = edit.sent("ContactID") or edit.sent("ContactNumber")
            edit.refuse(unverified.NAME_MISSING if known else NOT_IDENTIFIED)
        if edit.sent("Name") and _BAD_NAME.search(name):
            edit.refuse(unverified.NAME_CHARACTERS)
        active = edit.draft["ContactStatus"] == "ACTIVE"
        if active and self.taken(edit, "name", folded(name)):
            edit.refuse(NAME_TAKEN.format(name=name))
        if number and self.taken(edit, "number", folded(number)):
            edit.refuse(NUMBER_TAKEN.format(number=number))

    def taken(self, edit: Edit, index: str, value: str | None) -> bool:
        """Whether another contact has this name or number."""
        return any(
            each["ContactID"] != edit.draft["ContactID"]
            for each in self.collection.find(index, value)
        )

    def check_email(self, edit: Edit, address: str | None) -> None:
        if address and not _EMAIL.fullmatch(address):
            edit.refuse(BAD_EMAIL)

    def fill_addresses(self, edit: Edit) -> None:
        """Each address changes the one of its type; the other stays."""
        for address in edit.element.get("Addresses") or []:
            kind = address.get("AddressType")
            if kind not in ADDRESS_TYPES:
                edit.refuse(unverified.ADDRESS_TYPE.format(kind=kind))
                continue
            kept = _texts(edit, address, ADDRESS_TEXTS)
            country = kept.get("Country", "")
            if not re.fullmatch(unverified.COUNTRY_PATTERN, country):
                edit.refuse(unverified.COUNTRY_CHARACTERS)
            _merge(edit.draft["Addresses"], "AddressType", kind, kept)

    def fill_phones(self, edit: Edit) -> None:
        """Each phone changes the one of its type; the others stay."""
        for phone in edit.element.get("Phones") or []:
            kind = phone.get("PhoneType", "DEFAULT")
            if kind not in PHONE_TYPES:
                edit.refuse(unverified.PHONE_TYPE.format(kind=kind))
                continue
            kept = _texts(edit, phone, PHONE_TEXTS)
            _merge(edit.draft["Phones"], "PhoneType", kind, kept)

    def fill_persons(self, edit: Edit) -> None:
        """A list of contact persons replaces the one before."""
        if not edit.sent("ContactPersons"):
            return
        persons = []
        for person in edit.element["ContactPersons"]:
            kept: dict[str, Any] = _texts(edit, person, PERSON_TEXTS)
            kept["IncludeInEmails"] = bool(person.get("IncludeInEmails"))
            self.check_email(edit, kept.get("EmailAddress"))
            persons.append(kept)
        if len(persons) > MOST_PERSONS:
            edit.refuse(unverified.PERSON_LIMIT)
        edit.draft["ContactPersons"] = persons

    def check_people(self, edit: Edit) -> None:
        """No people beside a primary person whose e-mail is not known."""
        touched = edit.sent("ContactPersons") or edit.sent("EmailAddress")
        people, email = edit.draft["ContactPersons"], edit.draft.get("EmailAddress")
        if touched and people and not email:
            edit.refuse(PEOPLE_WITHOUT_EMAIL)

    def fill_terms(self, edit: Edit) -> None:
        """When sales and bills fall due; the side that is not sent stays."""
        sent = edit.element.get("PaymentTerms") or {}
        terms = dict(edit.draft.get("PaymentTerms") or {})
        for side in ("Bills", "Sales"):
            if sent.get(side) is None:
                continue
            day, kind = sent[side].get("Day"), sent[side].get("Type")
            is_day = isinstance(day, int) and day in TERM_DAYS
            if not is_day or kind not in TERM_TYPES:
                edit.refuse(unverified.PAYMENT_TERMS)
            terms[side] = {"Day": day, "Type": kind}
        if terms:
            edit.draft["PaymentTerms"] = terms

    def fill_currency(self, edit: Edit) -> None:
        """The currency of new documents: one that the organisation has."""
        if not edit.sent("DefaultCurrency"):
            return
        code = str(edit.element["DefaultCurrency"])
        if code and not self.organisation["Currencies"].get(code):
            edit.refuse(CURRENCY_NOT_ENABLED.format(code=code))
        edit.draft["DefaultCurrency"] = code

    def echoed(self, edit: Edit) -> dict:
        phones = [
            {**phone, "ValidationErrors": []}
            for phone in edit.element.get("Phones") or []
        ]
        return {
            "Addresses": [],
            "ContactGroups": [],
            "ContactPersons": [],
            **{key: each for key, each in edit.element.items() if each is not None},
            "Phones": phones,
        }


def _texts(edit: Edit, source: dict, limits: dict[str, int]) -> dict[str, str]:
    return {
        name: text_value(edit, source, name, limit)
        for name, limit in limits.items()
        if source.get(name) is not None
    }


def _merge(parts: list[dict], key: str, kind: str, values: dict) -> None:
    for part in parts:
        if part[key] == kind:
            part.update(values)
            return
    parts.append({key: kind, **values})


def _searched(contact: dict) -> str:
    names = ("Name", "FirstName", "LastName", "ContactNumber", "EmailAddress")
    return "\n".join(contact.get(name) or "" for name in names).casefold()
