"""Odoo partner → Xero contact."""

import re
import unicodedata

from xero_python.accounting import Address, Contact, ContactPerson, Phone

from odoo.tools import single_email_re

from .problems import Problems

# Lengths: https://developer.xero.com/documentation/api/accounting/contacts
NAME_LENGTH = 255
NUMBER_LENGTH = 50
CITY_LENGTH = 255
STREET_LENGTH = 500
POSTCODE_LENGTH = 50
PHONE_LENGTH = 50
CONTACT_PERSONS = 5
# Fields of a partner, its persons and addresses whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "name",
        "email",
        "phone",
        "vat",
        "street",
        "street2",
        "city",
        "state_id",
        "zip",
        "country_id",
        "parent_id",
        "type",
        "active",
    ]
)


def partner_to_contact(
    partner, connection, number: str, xero_id: str | None = None, held=()
) -> Contact:
    """Build the Xero contact of a commercial entity.

    Addresses: Xero prints ``POBOX`` on invoices and that cannot be overridden per
    invoice, so the invoice address goes there and the delivery address to ``STREET``.

    :param partner: ``res.partner``, a commercial entity
    :param number: our key in Xero, unique in the organisation (``ContactNumber``)
    :param xero_id: of the contact to update, None to create one
    :raise MappingError: when the partner has no name
    """
    problems = Problems()
    name = clean_name(partner.name or "")
    if not name:
        problems.add(
            f"partner_name:{partner.id}",
            title=partner.env._("A contact without a name cannot be sent to Xero."),
            remedy=partner.env._("Give the contact a name."),
            record=partner,
            fixer="user",
        )
    problems.check()
    addresses = partner.address_get(["invoice", "delivery"])
    return Contact(
        contact_id=xero_id,
        name=name,
        contact_number=number[:NUMBER_LENGTH] if number else None,
        email_address=_email(partner),
        tax_number=(partner.vat or "")[:NUMBER_LENGTH] or None,
        addresses=[
            _address("POBOX", partner.browse(addresses["invoice"])),
            _address("STREET", partner.browse(addresses["delivery"])),
        ],
        phones=_phones(partner),
        contact_persons=_persons(partner),
    )


def contact_parts(content: dict) -> list[str]:
    """Names of the parts that are not empty."""
    return [name for name, value in content.items() if value]


def clean_name(name: str) -> str:
    """The name as Xero accepts it: no angle brackets, no repeated or outer spaces.

    Also used to compare names, so that ours and Xero's form are the same.
    """
    without_brackets = name.translate(str.maketrans("<>", "()"))
    return " ".join(without_brackets.split())[:NAME_LENGTH].rstrip()


def letters_only(text: str) -> str:
    """Xero takes only A–Z in a country: accents are dropped, not the country."""
    decomposed = unicodedata.normalize("NFKD", text)
    return " ".join(re.sub(r"[^A-Za-z ]", "", decomposed).split())[:NUMBER_LENGTH]


def _email(partner) -> str | None:
    """The single valid ASCII address, else None: Xero takes one, without umlauts."""
    email = (partner.email_normalized or "").strip()
    if email.isascii() and single_email_re.match(email) and len(email) <= NAME_LENGTH:
        return email
    return None


def _address(kind: str, partner) -> Address:
    return Address(
        address_type=kind,
        address_line1=(partner.street or "")[:STREET_LENGTH],
        address_line2=(partner.street2 or "")[:STREET_LENGTH],
        city=(partner.city or "")[:CITY_LENGTH],
        region=(partner.state_id.name or "")[:CITY_LENGTH],
        postal_code=(partner.zip or "")[:POSTCODE_LENGTH],
        country=letters_only(partner.country_id.with_context(lang="en_US").name or ""),
    )


def _phones(partner) -> list[Phone]:
    if not partner.phone:
        return []
    return [Phone(phone_type="DEFAULT", phone_number=partner.phone[:PHONE_LENGTH])]


def _persons(partner) -> list[ContactPerson]:
    people = partner.child_ids.filtered(
        lambda child: child.type == "contact" and child.name and _email(child)
    )
    return [_person(child) for child in people[:CONTACT_PERSONS]]


def _person(partner) -> ContactPerson:
    first, _separator, last = clean_name(partner.name).partition(" ")
    return ContactPerson(
        first_name=first, last_name=last, email_address=_email(partner)
    )
