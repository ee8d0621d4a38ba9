"""Odoo partner → Xero contact."""

from dataclasses import dataclass, field

from xero_python.accounting import (
    Address,
    Bill,
    Contact,
    ContactPerson,
    PaymentTerm,
    Phone,
)

from .contact_changes import (
    PERSONS,
    Said,
    keep_changes,
    person_part,
    said_of,
    says_anything,
    words,
)
from .mapping import own
from .payment_terms import term_to_xero
from .problems import Problems
from .texts import clean_name, letters_only, one_line, plain_email

# Lengths: https://developer.xero.com/documentation/api/accounting/contacts
NUMBER_LENGTH = 50
CITY_LENGTH = 255
STREET_LENGTH = 500
POSTCODE_LENGTH = 50
PHONE_LENGTH = 50
CONTACT_PERSONS = 5

# A country alone is no place a letter could go to
PLACE_FIELDS = ("street", "street2", "city", "zip")
# Fields of a partner, its persons and addresses whose change goes out
WATCHED_FIELDS = frozenset(
    [
        "name",
        "is_company",
        "email",
        "phone",
        "vat",
        "company_registry",
        "ref",
        *PLACE_FIELDS,
        "state_id",
        "country_id",
        "parent_id",
        "type",
        "active",
        "property_payment_term_id",
        "property_supplier_payment_term_id",
        "property_purchase_currency_id",
        "specific_property_product_pricelist",
    ]
)


def partner_to_contact(
    partner,
    connection,
    number: str,
    xero_id: str | None = None,
    held=(),
    before: Said | None = None,
) -> Contact | None:
    """Build the Xero contact of a commercial entity, or what Odoo changed of it.

    Addresses: Xero prints ``POBOX`` on invoices and that cannot be overridden per
    invoice, so the invoice address goes there and the delivery address to ``STREET``.
    The website is not sent: Xero's API only shows it. Payment terms that Xero has no
    word for leave Xero's as they are; each document carries its own due date.

    People go only to a contact that has an e-mail of its own, since Xero refuses them
    beside a primary person without one. Nobody's e-mail is made the company's: Xero
    would send that person every invoice. For the same reason the e-mail that is emptied
    in Odoo stays in Xero as long as people are there; it goes when they do.

    :param partner: ``res.partner``, a commercial entity
    :param connection: ``xero.connection`` of whose organisation the contact is
    :param number: our key in Xero, unique in the organisation (``ContactNumber``)
    :param xero_id: of the contact to update, None to create one
    :param held: the parts that Xero has from us (:func:`contact_parts`). A part that is
        empty in Odoo empties them; of all else that only Xero knows nothing is lost
    :param before: what Odoo said when both last agreed (:func:`partner_says`); what is
        the same by now is left out. None to leave out nothing
    :return: None when nothing is left to say
    :raise MappingError: when the partner has no name
    """
    partner = partner.with_company(connection.company_id)
    _check_name(partner)
    link = own(partner.xero_contact_id, connection)
    known = link.details or {}
    update = _Update(xero_id is None, frozenset(held), known, link.email or "")
    contact = _contact(partner, connection, number, update)
    contact.contact_id = xero_id
    contact.email_address = _email_beside(contact, update)
    if xero_id and before is not None:
        keep_changes(contact, partner_says(partner, connection), before, known)
    contact.contact_persons = _people_beside(contact, update)
    return contact if says_anything(contact) else None


def partner_says(partner, connection) -> Said:
    """What Odoo says of a commercial entity, whatever Xero knows of it.

    :param partner: ``res.partner``, a commercial entity
    :param connection: ``xero.connection`` of whose organisation the contact is
    :return: see ``contact_changes.py``
    """
    partner = partner.with_company(connection.company_id)
    update = _Update(is_new=True, held=frozenset(), known={}, email="")
    return said_of(_contact(partner, connection, "", update))


def _contact(partner, connection, number: str, update: "_Update") -> Contact:
    name = clean_name(partner.name or "")
    first_name, last_name = _person_names(partner, name, update)
    return Contact(
        name=name,
        first_name=first_name,
        last_name=last_name,
        contact_number=number[:NUMBER_LENGTH] if number else None,
        account_number=update.text("AccountNumber", _number(partner.ref)),
        company_number=update.text("CompanyNumber", _number(partner.company_registry)),
        email_address=update.text("EmailAddress", _email(partner)),
        tax_number=update.text("TaxNumber", _tax_number(partner)),
        addresses=_addresses(partner, update),
        phones=_phones(partner, update),
        contact_persons=_persons(partner, update),
        payment_terms=_payment_terms(partner, update),
        default_currency=_currency(partner, connection, update),
    )


@dataclass(frozen=True)
class _Update:
    """What Xero may be told of a contact that it knows already.

    :param is_new: it is made now, and nothing can be lost
    :param held: parts Xero has from us
    :param known: its details as last read from Xero
    :param email: the one that Xero has, empty for none
    """

    is_new: bool
    held: frozenset[str]
    known: dict = field(repr=False)
    email: str = ""

    def persons_there(self) -> set[str]:
        """Parts of the people whom Xero has."""
        theirs = {person_part(each["email"]) for each in self.known.get("persons", ())}
        return theirs | {part for part in self.held if part.startswith(PERSONS)}

    def text(self, part: str, text: str) -> str | None:
        """The text; empty to clear what Xero has from us, None to leave it alone."""
        return text or ("" if part in self.held else None)


# === TEXTS === #


def _check_name(partner) -> None:
    """:raise MappingError: when there is none"""
    problems = Problems()
    if not clean_name(partner.name or ""):
        problems.add(
            f"partner_name:{partner.id}",
            title=partner.env._("A contact without a name cannot be sent to Xero."),
            remedy=partner.env._("Give the contact a name."),
            record=partner,
            fixer="user",
        )
    problems.check()


def _person_names(partner, name: str, update: _Update):
    """First and last name of a person; Xero greets with them in its e-mails.

    Xero's primary person of a contact that others made stays.
    """
    if not partner.is_company and (update.is_new or "FirstName" in update.held):
        first, _separator, last = name.partition(" ")
        return first, last
    cleared = update.text("FirstName", "")
    return cleared, cleared


def _number(text: str | bool) -> str:
    """A number or code; a part of one would be another one."""
    number = one_line(text or "")
    return number if len(number) <= NUMBER_LENGTH else ""


def _tax_number(partner) -> str:
    """The tax number; Odoo's "/" says that there is none."""
    number = _number(partner.vat)
    return number if number != "/" else ""


def _email(partner) -> str:
    return plain_email(partner.email_normalized or "")


def _phones(partner, update: _Update) -> list[Phone] | None:
    """One phone in one text; Xero's own prefixes would stand before it twice."""
    number = update.text("Phones", one_line(partner.phone or "", PHONE_LENGTH))
    if number is None:
        return None
    return [
        Phone(
            phone_type="DEFAULT",
            phone_number=number,
            phone_area_code="",
            phone_country_code="",
        )
    ]


# === ADDRESSES === #


def _addresses(partner, update: _Update) -> list[Address]:
    ids = partner.address_get(["invoice", "delivery"])
    found = []
    for kind, use in (("POBOX", "invoice"), ("STREET", "delivery")):
        source = partner.browse(ids[use])
        if not _is_place(source):
            source = partner  # it only has an e-mail or a phone of its own
        if _goes_out(kind, source, partner, update):
            found.append(_address(kind, source, partner, update))
    return found


def _is_place(partner) -> bool:
    return any(partner[name] for name in PLACE_FIELDS)


def _goes_out(kind: str, source, partner, update: _Update) -> bool:
    """Whether this is more than what Xero may know of the address by itself."""
    if kind in update.held:
        return True
    if update.is_new:
        return _is_place(source) or bool(source.country_id)
    return _is_place(source) and (kind == "POBOX" or source != partner)


def _address(kind: str, source, partner, update: _Update) -> Address:
    """An address is one thing: what it has no text for is emptied.

    Xero alone may know whose attention it is for, and of the same place a country or
    region that Odoo has no record of.
    """
    blank = None if _is_same_place(source, kind, update.known) else ""
    attention = clean_name(source.name or "") if source != partner else ""
    country = source.country_id.with_context(lang="en_US")
    return Address(
        address_type=kind,
        attention_to=update.text(kind, attention),
        address_line1=one_line(source.street or "", STREET_LENGTH),
        address_line2=one_line(source.street2 or "", STREET_LENGTH),
        address_line3="",
        address_line4="",
        city=one_line(source.city or "", CITY_LENGTH),
        region=one_line(source.state_id.name or "", CITY_LENGTH) or blank,
        postal_code=one_line(source.zip or "", POSTCODE_LENGTH),
        country=letters_only(country.name or "") or blank,
    )


def _is_same_place(partner, kind: str, known: dict) -> bool:
    """Whether Xero's address, as last read, is the one Odoo has."""
    for address in known.get("addresses", ()):
        if address["type"] == kind:
            theirs = *address["lines"], address["city"], address["postal_code"]
            ours = (partner[name] or "" for name in PLACE_FIELDS)
            return words(theirs) == words(ours)
    return False


# === PERSONS === #


def _persons(partner, update: _Update) -> list[ContactPerson] | None:
    """Contact persons: Odoo's as far as there is room beside those only Xero knows.

    A list that is sent replaces the one in Xero.
    """
    children = partner.child_ids.filtered(
        lambda child: (
            child.type == "contact"
            and not child.is_company
            and clean_name(child.name or "")
            and _email(child)
        )
    )
    theirs = update.known.get("persons", ())
    known = {each["email"].lower(): each for each in theirs}
    ours = [_person(child, known.get(_email(child), {})) for child in children]
    our_parts = {person_part(each.email_address) for each in ours}
    only_xero = [
        _known_person(person)
        for person in theirs
        if person_part(person["email"]) not in update.held | our_parts
    ]
    if not ours and not any(part.startswith(PERSONS) for part in update.held):
        return None
    return ours[: max(CONTACT_PERSONS - len(only_xero), 0)] + only_xero


def _person(partner, known: dict) -> ContactPerson:
    first, _separator, last = clean_name(partner.name).partition(" ")
    return ContactPerson(
        first_name=first,
        last_name=last,
        email_address=_email(partner),
        include_in_emails=known.get("include_in_emails"),
    )


def _known_person(known: dict) -> ContactPerson:
    return ContactPerson(
        first_name=known["first_name"],
        last_name=known["last_name"],
        email_address=known["email"],
        include_in_emails=known["include_in_emails"],
    )


def _email_beside(contact: Contact, update: _Update) -> str | None:
    """The e-mail to send; None instead of emptying it while people stay in Xero."""
    email, persons = contact.email_address, contact.contact_persons
    there = update.persons_there()
    if persons is not None:
        there &= {person_part(each.email_address) for each in persons}
    return None if email == "" and there else email


def _people_beside(contact: Contact, update: _Update) -> list[ContactPerson] | None:
    """The people to send; None without an e-mail for them to stand beside.

    When the e-mail goes, the people who are there go too: all of them left Odoo.
    """
    email, persons = contact.email_address, contact.contact_persons
    if not persons or email or (email is None and update.email):
        return persons
    return [] if email == "" and update.persons_there() else None


# === ACCOUNTING === #


def _payment_terms(partner, update: _Update) -> PaymentTerm | None:
    """The terms that Xero has a word for; of the other side Xero's own are kept."""
    terms = {
        "sales_terms": term_to_xero(partner.property_payment_term_id),
        "bill_terms": term_to_xero(partner.property_supplier_payment_term_id),
    }
    if not any(terms.values()):
        return None
    sides = {}
    for side, term in terms.items():
        known = update.known.get(side)
        day, kind = term or ((known["day"], known["type"]) if known else (None, None))
        sides[side] = Bill(day=day, type=kind) if kind else None
    return PaymentTerm(sales=sides["sales_terms"], bills=sides["bill_terms"])


def _currency(partner, connection, update: _Update) -> str | None:
    """The one currency besides the company's that is used with the partner.

    Only one the organisation is subscribed to: Xero refuses the others.
    """
    company_currency = connection.company_id.currency_id
    used = (
        partner.property_product_pricelist.currency_id
        | partner.property_purchase_currency_id
    )
    foreign = used - company_currency
    if len(foreign) == 1:
        code = foreign.name
    elif "DefaultCurrency" in update.held:
        code = company_currency.name
    else:
        return None
    subscribed = partner.env["xero.currency"].search_count(
        [("connection_id", "=", connection.id), ("name", "=", code)], limit=1
    )
    return code if subscribed else None
