"""Contacts and items by the thousand: each number stands for one of them."""

from collections.abc import Callable, Iterable

CITIES = (
    ("Sydney", "NSW", "2000"),
    ("Melbourne", "VIC", "3000"),
    ("Brisbane", "QLD", "4000"),
    ("Perth", "WA", "6000"),
)
# Of an Australian Business Number, after its two check digits
# (https://abr.business.gov.au/Help/AbnFormat).
ABN_WEIGHTS = (3, 5, 7, 9, 11, 13, 15, 17, 19)


def elements(endpoint: str, numbers: Iterable[int]) -> list[dict]:
    """Elements to write for these numbers; raises KeyError for other endpoints."""
    make = MAKERS[endpoint]
    return [make(number) for number in numbers]


def contact(number: int) -> dict:
    """A company with all that Xero keeps of one: addresses, phones, a person, terms."""
    city, region, postal_code = CITIES[number % len(CITIES)]
    place = {
        "City": city,
        "Region": region,
        "PostalCode": postal_code,
        "Country": "Australia",
    }
    return {
        "Name": f"Generated Contact {number:05d}",
        "ContactNumber": f"GEN-{number:05d}",
        "EmailAddress": f"contact{number:05d}@generated.example.com",
        "TaxNumber": abn(number),
        "Addresses": [
            {"AddressType": "POBOX", "AddressLine1": f"PO Box {number}", **place},
            {"AddressType": "STREET", "AddressLine1": f"{number} High Street", **place},
        ],
        "Phones": [
            {
                "PhoneType": "DEFAULT",
                "PhoneCountryCode": "61",
                "PhoneAreaCode": "2",
                "PhoneNumber": f"{70100000 + number}",
            }
        ],
        "ContactPersons": [
            {
                "FirstName": "Pat",
                "LastName": f"Generated {number:05d}",
                "EmailAddress": f"person{number:05d}@generated.example.com",
                "IncludeInEmails": True,
            }
        ],
        "PaymentTerms": {"Sales": {"Day": 14, "Type": "DAYSAFTERBILLDATE"}},
    }


def abn(number: int) -> str:
    """A valid Australian Business Number, a different one for each number."""
    digits = f"{number:09d}"
    pairs = zip(ABN_WEIGHTS, digits, strict=True)
    total = sum(weight * int(digit) for weight, digit in pairs)
    return f"{99 - total % 89}{digits}"


def item(number: int) -> dict:
    """An item that is sold and bought."""
    return {
        "Code": f"GEN-{number:05d}",
        "Name": f"Generated Item {number:05d}",
        "Description": f"What generated item {number:05d} is",
        "SalesDetails": {"UnitPrice": 10 + number % 90, "AccountCode": "200"},
        "PurchaseDetails": {"UnitPrice": 5 + number % 40, "AccountCode": "310"},
    }


MAKERS: dict[str, Callable[[int], dict]] = {"Contacts": contact, "Items": item}
