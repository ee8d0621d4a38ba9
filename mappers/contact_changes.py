"""What of a contact Odoo changed: an update says that, and nothing else.

What Odoo would say of a contact is not what Xero holds: texts were cut and cleaned on
their way in and out, and people change contacts in Xero. So it is compared with what
Odoo said, or would have said, when both last agreed, and what is the same stays in Xero
byte for byte. It is a dict of slot → text (or list of texts), the empty ones left out.
"""

from __future__ import annotations

from typing import Any

from xero_python.accounting import Address, Bill, Contact, ContactPerson, PaymentTerm

Said = dict[str, Any]

# Slot of each plain attribute of the SDK's model
_TEXTS = {
    "name": "Name",
    "account_number": "AccountNumber",
    "company_number": "CompanyNumber",
    "email_address": "EmailAddress",
    "tax_number": "TaxNumber",
    "default_currency": "DefaultCurrency",
}
_LINE_1, _LINE_2 = "address_line1", "address_line2"
_PLACE = {"city": "city", "postal_code": "postal_code"}
# Attribute of an address → key of the address as it is kept of a reading
_SINGLE = {
    **_PLACE,
    "region": "region",
    "country": "country",
    "attention_to": "attention_to",
}
_ADDRESS = (_LINE_1, _LINE_2, *_SINGLE)
_ADDRESS_KINDS = ("POBOX", "STREET")
PERSONS = "ContactPersons/"
_SALES, _BILLS = "PaymentTerms/Sales", "PaymentTerms/Bills"


def person_part(email: str | None) -> str:
    """Name of the part that a contact person is, by the e-mail."""
    return f"{PERSONS}{(email or '').lower()}"


def said_of(contact: Contact) -> Said:
    """What a contact says, slot by slot.

    :param contact: as it would be made anew, without anything that only Xero knows
    """
    said: Said = {slot: getattr(contact, name) for name, slot in _TEXTS.items()}
    said["FirstName"] = [contact.first_name, contact.last_name]
    said["Phones"] = [phone.phone_number for phone in contact.phones or ()]
    for address in contact.addresses or ():
        for name in _ADDRESS:
            said[f"{address.address_type}/{name}"] = getattr(address, name)
    for person in contact.contact_persons or ():
        part = said.setdefault(person_part(person.email_address), [])
        part.append([person.first_name, person.last_name])
    terms = contact.payment_terms or PaymentTerm()
    for slot, side in ((_SALES, terms.sales), (_BILLS, terms.bills)):
        said[slot] = [side.day, str(side.type)] if side else None
    return {slot: value for slot, value in said.items() if _is_said(value)}


def _is_said(value: Any) -> bool:
    return any(value) if isinstance(value, list) else bool(value)


def keep_changes(contact: Contact, said: Said, before: Said, known: dict) -> None:
    """Take out of an update whatever Odoo did not change.

    :param contact: the whole update; changed here
    :param said: what Odoo says now, as of :func:`said_of`
    :param before: the same when Odoo and Xero last agreed
    :param known: the contact's details as last read from Xero
    """
    changes = _Changes(said, before)
    contact.contact_number = None  # the key we gave it never changes
    for name, slot in _TEXTS.items():
        if not changes.touch(slot):
            setattr(contact, name, None)
    if not changes.touch("FirstName"):
        contact.first_name = contact.last_name = None
    if not changes.touch("Phones"):
        contact.phones = None
    contact.addresses = _addresses(contact.addresses or [], changes, known) or None
    contact.contact_persons = _persons(contact.contact_persons, changes, known)
    contact.payment_terms = _terms(contact.payment_terms, changes, known)


def says_anything(contact: Contact) -> bool:
    """Whether an update says anything of the contact."""
    parts = (
        *(getattr(contact, name) for name in _TEXTS),
        contact.first_name,
        contact.phones,
        contact.addresses,
        contact.contact_persons,
        contact.payment_terms,
    )
    return any(part is not None for part in parts)


class _Changes:
    """What Odoo says now beside what it said before."""

    def __init__(self, said: Said, before: Said):
        self.said = said
        self.before = before

    def touch(self, *slots: str) -> bool:
        """Whether Odoo changed any of these slots."""
        return any(self.said.get(slot) != self.before.get(slot) for slot in slots)

    def touch_any(self, prefix: str) -> bool:
        """Whether Odoo changed any slot that begins so."""
        slots = {*self.said, *self.before}
        return self.touch(*(slot for slot in slots if slot.startswith(prefix)))


def _addresses(addresses, changes: _Changes, known: dict) -> list[Address]:
    theirs = {each["type"]: each for each in known.get("addresses", ())}
    changed = [each for each in addresses if changes.touch_any(f"{each.address_type}/")]
    for address in changed:
        _keep_texts(address, changes, theirs.get(address.address_type))
    return changed


def _keep_texts(address: Address, changes: _Changes, theirs: dict | None) -> None:
    """An address is one thing and goes as a whole, since nobody knows whether Xero
    keeps what is left out of one. What Odoo did not change of it goes in Xero's own
    form, unless Xero holds another place than Odoo had.
    """
    kind = address.address_type

    def had(name: str) -> str:
        return changes.before.get(f"{kind}/{name}") or ""

    def stays(name: str) -> bool:
        return bool(had(name)) and not changes.touch(f"{kind}/{name}")

    if not theirs:
        return
    for name, key in _SINGLE.items():
        if getattr(address, name) is None:  # of the same place in Odoo and in Xero
            cleared = name != "attention_to" and had(name)
            setattr(address, name, "" if cleared else theirs[key])
    ours = [had(_LINE_1), had(_LINE_2), *map(had, _PLACE)]
    if words([*theirs["lines"], *(theirs[key] for key in _PLACE.values())]) != words(
        ours
    ):
        return
    first, *others = theirs["lines"] or [""]
    if stays(_LINE_1):
        address.address_line1 = first
    if stays(_LINE_2) and others:
        texts = [*others, "", ""][:3]
        address.address_line2, address.address_line3, address.address_line4 = texts
    for name, key in _SINGLE.items():
        if stays(name) and theirs[key]:
            setattr(address, name, theirs[key])


def words(texts) -> list[str]:
    """Commas do not count: Odoo has one line for three of Xero's."""
    return " ".join(texts).replace(",", " ").split()


def _persons(persons, changes: _Changes, known: dict) -> list[ContactPerson] | None:
    """None when Odoo changed none of them; else all, since a list replaces Xero's."""
    if persons is None or not changes.touch_any(PERSONS):
        return None
    theirs = {person_part(each["email"]): each for each in known.get("persons", ())}
    for person in persons:
        part = person_part(person.email_address)
        ours = changes.said.get(part, ())
        if part in theirs and len(ours) == 1 and not changes.touch(part):
            person.first_name = theirs[part]["first_name"]
            person.last_name = theirs[part]["last_name"]
            person.email_address = theirs[part]["email"]
    return persons


def _terms(
    terms: PaymentTerm | None, changes: _Changes, known: dict
) -> PaymentTerm | None:
    """None when Odoo changed neither side; else both, the other one as Xero has it."""
    if terms is None or not changes.touch(_SALES, _BILLS):
        return None
    theirs = {
        side: Bill(day=known[key]["day"], type=known[key]["type"])
        for side, key in (("sales", "sales_terms"), ("bills", "bill_terms"))
        if key in known
    }
    if not changes.touch(_SALES):
        terms.sales = theirs.get("sales", terms.sales)
    if not changes.touch(_BILLS):
        terms.bills = theirs.get("bills", terms.bills)
    return terms


# === AFTER THE ANSWER === #


def said_after(content: dict, said: Said, before: Said) -> Said:
    """What Odoo has said once Xero confirmed a request.

    What the request did not carry was not said: it goes with the next one.

    :param content: the contact as it is in the body of the request
    :param said: what Odoo wanted to say with it
    :param before: what it had said before
    """
    carried = {slot for slot in said if _carries(content, slot)}
    kept = {slot: text for slot, text in before.items() if not _carries(content, slot)}
    return {**kept, **{slot: said[slot] for slot in carried}}


def said_unsure(said: Said, saying: Said) -> Said:
    """What Odoo has said for sure when the answer to an update got lost.

    :param said: what it had said before
    :param saying: what it wanted to say with it
    :return: with False, which is nobody's text, in each slot that may be either
    """
    slots = {*said, *saying}
    unsure = {slot for slot in slots if said.get(slot) != saying.get(slot)}
    return {**said, **dict.fromkeys(unsure, False)}


def parts_after(content: dict, said: Said, held) -> list[str]:
    """Names of the parts that Xero has from us once it confirmed a request.

    People whom only Xero knows were repeated, not said.

    :param content: the contact as it is in the body of the request
    :param said: what Odoo wanted to say with it
    :param held: the parts that Xero had from us before
    """
    kept = [part for part in held if not _carries(content, part)]
    carried = [
        part
        for part in contact_parts(content)
        if part in said or not part.startswith(PERSONS)
    ]
    return kept + carried


def known_after(content: dict, known: dict) -> dict:
    """The details of a contact once Xero confirmed a request, until it is read again.

    :param content: the contact as it is in the body of the request
    :param known: its details as last read from Xero
    """
    after = dict(known)
    sent = {each["AddressType"]: each for each in content.get("Addresses") or ()}
    if sent:
        theirs = {each["type"]: each for each in known.get("addresses", ())}
        theirs |= {
            kind: _known_address(address, theirs.get(kind, {}))
            for kind, address in sent.items()
        }
        after["addresses"] = list(theirs.values())
    if "ContactPersons" in content:
        after["persons"] = list(map(_known_person, content["ContactPersons"]))
    for side, key in (("Sales", "sales_terms"), ("Bills", "bill_terms")):
        if term := (content.get("PaymentTerms") or {}).get(side):
            after[key] = {"day": term["Day"], "type": term["Type"]}
    return after


def _known_address(address: dict, known: dict) -> dict:
    """A sent address in the form of a reading; what was left out is as it was."""
    lines = [address.get(f"AddressLine{number}") or "" for number in range(1, 5)]
    while lines and not lines[-1]:
        lines.pop()
    names = {
        "city": "City",
        "region": "Region",
        "postal_code": "PostalCode",
        "country": "Country",
        "attention_to": "AttentionTo",
    }
    texts = {key: address.get(name, known.get(key)) for key, name in names.items()}
    return {
        "type": address["AddressType"],
        "lines": lines,
        **{key: text or "" for key, text in texts.items()},
    }


def _known_person(person: dict) -> dict:
    return {
        "first_name": person.get("FirstName") or "",
        "last_name": person.get("LastName") or "",
        "email": person.get("EmailAddress") or "",
        "include_in_emails": bool(person.get("IncludeInEmails")),
    }


def _carries(content: dict, slot: str) -> bool:
    """Whether a request says something of a slot, or of the part of that name."""
    name = slot.partition("/")[0]
    if name in _ADDRESS_KINDS:
        kinds = (each["AddressType"] for each in content.get("Addresses") or ())
        return name in kinds
    return name in content


def contact_parts(content: dict) -> list[str]:
    """Names of the parts of a contact that are not empty.

    :param content: the contact as it is in the body of a request
    """
    parts = [name for name in _TEXT_PARTS if content.get(name)]
    for address in content.get("Addresses") or ():
        if any(text for key, text in address.items() if key != "AddressType"):
            parts.append(address["AddressType"])
    if any(phone.get("PhoneNumber") for phone in content.get("Phones") or ()):
        parts.append("Phones")
    for person in content.get("ContactPersons") or ():
        parts.append(person_part(person.get("EmailAddress")))
    return parts


_TEXT_PARTS = (
    "EmailAddress",
    "TaxNumber",
    "CompanyNumber",
    "AccountNumber",
    "FirstName",
    "DefaultCurrency",
)
