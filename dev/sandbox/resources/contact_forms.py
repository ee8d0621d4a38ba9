"""Contacts as answers show them; the forms differ by call (recorded)."""

from typing import Any

ADDRESS_TYPES = ("STREET", "POBOX")
PHONE_TYPES = ("DEFAULT", "DDI", "FAX", "MOBILE")
PHONE_TEXTS = {"PhoneNumber": 50, "PhoneAreaCode": 10, "PhoneCountryCode": 20}


def read_contact(stored: dict) -> dict:
    """A contact as GET shows it: empty values left out, both address slots there."""
    answer = {key: each for key, each in stored.items() if each not in ("", None)}
    answer["Addresses"] = _slots(
        stored["Addresses"], "AddressType", ADDRESS_TYPES[::-1]
    )
    answer["Phones"] = _slots(stored["Phones"], "PhoneType", sorted(PHONE_TYPES))
    answer["HasValidationErrors"] = False
    return answer


def full_contact(stored: dict) -> dict:
    """A contact as write answers show it: unset parts as empty strings."""
    empty_address = dict.fromkeys(("City", "Region", "PostalCode", "Country"), "")
    empty_phone = dict.fromkeys(PHONE_TEXTS, "")
    answer = {key: each for key, each in stored.items() if each not in ("", None)}
    answer.setdefault("BankAccountDetails", "")
    answer["Addresses"] = [
        {"AddressType": each["AddressType"], **empty_address, **each}
        for each in _slots(stored["Addresses"], "AddressType", ADDRESS_TYPES)
    ]
    answer["Phones"] = [
        {"PhoneType": each["PhoneType"], **empty_phone, **each}
        for each in _slots(stored["Phones"], "PhoneType", PHONE_TYPES)
    ]
    answer["SalesTrackingCategories"] = []
    answer["PurchasesTrackingCategories"] = []
    answer["HasValidationErrors"] = False
    return answer


def stub_contact(stored: dict) -> dict:
    """A contact as lists of documents show it."""
    return {
        "ContactID": stored["ContactID"],
        "Name": stored["Name"],
        "Addresses": [],
        "Phones": [],
        "ContactGroups": [],
        "ContactPersons": [],
        "HasValidationErrors": False,
    }


def _slots(parts: list[dict], key: str, kinds: Any) -> list[dict]:
    by_kind = {part[key]: part for part in parts}
    return [by_kind.get(kind, {key: kind}) for kind in kinds]
