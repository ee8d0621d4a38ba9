"""Xero contact → values of an Odoo partner: the way back of ``contact.py``.

Nothing that Xero says is lost: what Odoo has no field for, or cannot take, is told in
words, and those stand in the partner's notes too.
"""

from markupsafe import Markup
from werkzeug.urls import url_parse

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import email_normalize

from .contact_changes import person_part
from .lookups import Lookups
from .payment_terms import term_words
from .problems import Problems
from .texts import clean_name, one_line, plain_email

# How a row of the list shows a contact that has no name
NO_NAME = "-"
# A partner has one phone: the first of these that Xero has
PHONE_TYPES = ("DEFAULT", "MOBILE", "DDI", "OFFICE", "FAX")
# What Odoo's check answers to a tax number; to odd ones of some countries it breaks
VAT_ERRORS = (ValidationError, ValueError, LookupError, TypeError)
TEXT_PARTS = {
    "EmailAddress": "email",
    "TaxNumber": "vat",
    "CompanyNumber": "company_registry",
    "AccountNumber": "ref",
    "Phones": "phone",
}
TERM_FIELDS = {
    "sales_terms": "property_payment_term_id",
    "bill_terms": "property_supplier_payment_term_id",
}


def partner_values(contact, lookups: Lookups | None = None) -> tuple[dict, list[str]]:
    """Values for ``res.partner.create`` from a contact of Xero's.

    :param contact: ``xero.contact`` as read from Xero, with its details
    :param lookups: of the contact's connection, when many contacts are mapped
    :return: the values, and in words what Odoo has no field for
    :raise MappingError: when the contact has no name
    """
    reading = _Reading(contact, lookups or Lookups(contact.connection_id))
    addresses = reading.addresses()
    values = {
        "name": reading.name,
        "is_company": not reading.is_person,
        "ref": one_line(contact.account_number or "") or False,
        "company_registry": reading.text("company_number") or False,
        "customer_rank": int(contact.is_customer),
        "supplier_rank": int(contact.is_supplier),
        "email": reading.email(contact.email),
        "phone": reading.phone(),
        "website": reading.website(),
        "vat": reading.tax_number(addresses["country_id"]),
        **addresses,
        **reading.terms(),
        **reading.currency(),
        "child_ids": reading.address_children() + reading.persons(),
    }
    values["comment"] = _comment(contact.env, reading.notes)
    return values, list(reading.notes)


def imported_parts(contact, values: dict) -> list[str]:
    """What of a contact is in Odoo from now on, and may be emptied from there.

    :param contact: ``xero.contact`` that was mapped
    :param values: of :func:`partner_values`
    :return: names as of :func:`contact_parts`
    """
    details = contact.details or {}
    parts = [part for part, field in TEXT_PARTS.items() if values.get(field)]
    if not values["is_company"]:
        parts.append("FirstName")
    parts += [address["type"] for address in details.get("addresses", ())]
    # Who has no e-mail in Odoo is never sent, and so stays Xero's own
    emails = {child.get("email") for _command, _id, child in values["child_ids"]}
    parts += [
        person_part(person["email"])
        for person in details.get("persons", ())
        if person["email"] and one_line(person["email"]) in emails
    ]
    return parts


class _Reading:
    """One contact while it is read; what does not fit is noted on the way."""

    def __init__(self, contact, lookups: Lookups):
        self.contact = contact
        self.lookups = lookups
        self.env = contact.env
        self.details = contact.details or {}
        self.notes: dict[str, None] = {}  # in order, each once
        self.name = self._name()
        self.primary = _full_name(self.details)
        self.is_person = self.primary.casefold() == self.name.casefold()
        found = {each["type"]: each for each in self.details.get("addresses", ())}
        self.box = found.get("POBOX") or found.get("STREET") or {}
        self.street = found.get("STREET") or self.box

    def note(self, words: str) -> None:
        """Note what did not fit, once."""
        self.notes[words] = None

    def text(self, name: str) -> str:
        """One of the contact's texts, on one line; empty when it has none."""
        return one_line(self.details.get(name) or "")

    def _name(self) -> str:
        """:raise MappingError: when there is none"""
        name = clean_name(self.contact.name or "")
        problems = Problems()
        if name in ("", NO_NAME):
            problems.add(
                f"contact_name:{self.contact.id}",
                title=self.env._(
                    "The Xero contact %s has no name.",
                    self.contact.contact_number or self.contact.xero_id,
                ),
                remedy=self.env._("Give the contact a name in Xero."),
                record=self.contact,
                fixer="user",
            )
        problems.check()
        return name

    # === E-MAIL, PHONE, WEBSITE === #

    def email(self, text: str | bool) -> str | bool:
        """The text when it is one e-mail address."""
        email = one_line(text or "")
        if email and not plain_email(email_normalize(email) or ""):
            self.note(self.env._("E-mail: %s", email))
            return False
        return email or False

    def phone(self) -> str | bool:
        """The first of Xero's phones; the others are noted."""
        numbers = {}
        for phone in self.details.get("phones", ()):
            if number := _phone_number(phone):
                numbers[phone["type"]] = number
        ranked = dict.fromkeys([*PHONE_TYPES, *numbers])
        first, *others = [kind for kind in ranked if kind in numbers] or [""]
        words = {
            "MOBILE": self.env._("Mobile"),
            "DDI": self.env._("Direct dial"),
            "OFFICE": self.env._("Office"),
            "FAX": self.env._("Fax"),
        }
        for kind in others:
            label = words.get(kind, self.env._("Phone"))
            self.note(f"{label}: {numbers[kind]}")
        return numbers.get(first, False)

    def website(self) -> str | bool:
        """The text when it is an address of the web."""
        text = self.text("website")
        if text and not _is_web_address(text):
            self.note(self.env._("Website: %s", text))
            return False
        return text or False

    # === ADDRESSES === #

    def addresses(self) -> dict:
        """The partner's own address.

        Xero prints its POBOX on invoices. For somebody's attention it is an invoice
        address of that name, and the other one is the partner's own.
        """
        return self._address(self.street if self._attention(self.box) else self.box)

    def address_children(self) -> list:
        """An invoice and a delivery address, where they are not the partner's own."""
        children = []
        attention = self._attention(self.box)
        own = self.street if attention else self.box
        if attention:
            email = self.email(self.contact.email)
            values = {"type": "invoice", "name": attention, "email": email}
            children.append({**self._address(self.box), **values})
        name = self._attention(self.street)
        address = self._address(self.street)
        if self.street is not self.box and (name or address != self._address(own)):
            children.append({**address, "type": "delivery", "name": name})
        return [Command.create(values) for values in children]

    def _attention(self, address: dict) -> str | bool:
        """Who is to see what comes to this address, when Xero says it of another."""
        name = clean_name(address.get("attention_to") or "")
        return name if name.casefold() != self.name.casefold() and name else False

    def _address(self, address: dict) -> dict:
        """Values of an address; Xero's lines after the first are one in Odoo."""
        first, *others = [one_line(line, 500) for line in address.get("lines", ())] or [
            ""
        ]
        country, state = self._country_and_state(address)
        return {
            "street": first or False,
            "street2": ", ".join(filter(None, others)) or False,
            "city": one_line(address.get("city", "")) or False,
            "zip": one_line(address.get("postal_code", "")) or False,
            "state_id": state.id,
            "country_id": country.id,
        }

    def _country_and_state(self, address: dict):
        """:return: ``res.country``, ``res.country.state``; what is unknown is noted"""
        name = one_line(address.get("country", ""))
        region = one_line(address.get("region", ""))
        country = self.lookups.country(name)
        if name and not country:
            self.note(self.env._("Country: %s", name))
        # Xero leaves out the country of most addresses at home
        home = self.lookups.company.country_id
        state = self.lookups.state(region, country if name else home)
        if region and not state:
            self.note(self.env._("Region: %s", region))
        return state.country_id or country, state

    # === PERSONS === #

    def persons(self) -> list:
        """Contact persons, and the primary one where the contact is a company."""
        found = [
            {
                "name": _full_name(person) or one_line(person["email"]),
                "email": self.email(person["email"]),
            }
            for person in self.details.get("persons", ())
        ]
        known = {person["name"].casefold() for person in found}
        if not self.is_person and self.primary.casefold() not in known:
            found.insert(0, {"name": self.primary})
        return [
            Command.create({**person, "type": "contact"})
            for person in found
            if person["name"]
        ]

    # === ACCOUNTING === #

    def tax_number(self, country_id: int | bool) -> str | bool:
        """The tax number, when Odoo's own check lets it pass.

        That check would refuse the whole partner; without the addon ``base_vat``
        there is none.
        """
        number = one_line(self.contact.tax_number or "")
        country = self.env["res.country"].browse(country_id)
        try:
            checked, _country_code = self.env["res.partner"]._run_vat_checks(
                country, number, partner_name=self.name, validation="setnull"
            )
        except VAT_ERRORS:
            checked = ""
        if number and not checked:
            self.note(self.env._("Tax number: %s", number))
        return (checked and number) or False

    def terms(self) -> dict:
        """Payment terms of Odoo that mean the same day; others are noted."""
        values = {}
        for part, field in TERM_FIELDS.items():
            xero = self.details.get(part)
            term = xero and self.lookups.term(xero["day"], xero["type"])
            if term:
                values[field] = term.id
            elif xero:
                words = term_words(self.env, xero["day"], xero["type"])
                self.note(self._term_note(part, words))
        return values

    def _term_note(self, part: str, words: str) -> str:
        if part == "sales_terms":
            return self.env._("Payment terms of invoices: %s", words)
        return self.env._("Payment terms of bills: %s", words)

    def currency(self) -> dict:
        """The currency of purchases, and a pricelist for that of sales.

        A contact that has no document yet in Xero gets both.
        """
        code = self.text("currency")
        currency = self.lookups.currency(code)
        if not code or currency == self.lookups.company.currency_id:
            return {}
        contact, values = self.contact, {}
        if currency and (contact.is_supplier or not contact.is_customer):
            values["property_purchase_currency_id"] = currency.id
        if contact.is_customer or not contact.is_supplier:
            pricelist = self.lookups.pricelist(currency)
            if pricelist:
                values["specific_property_product_pricelist"] = pricelist.id
            else:
                self.note(self.env._("Currency: %s", code))
        elif not currency:
            self.note(self.env._("Currency: %s", code))
        return values


def _full_name(names: dict) -> str:
    parts = names.get("first_name") or "", names.get("last_name") or ""
    return clean_name(" ".join(parts))


def _phone_number(phone: dict) -> str:
    """One text of Xero's three, which people fill as they like."""
    number, area = one_line(phone["number"]), one_line(phone["area"])
    country = one_line(phone["country"]).lstrip("+0")
    if number.startswith("+") or not (country or area):
        return number
    return " ".join(filter(None, [country and f"+{country}", area, number]))


def _is_web_address(text: str) -> bool:
    """Odoo makes a link of it: nothing but http may come of that."""
    try:
        url = url_parse(text)
        return bool(url.netloc or url.path) and url.scheme in ("", "http", "https")
    except ValueError:
        return False


def _comment(env, notes) -> Markup | bool:
    """The notes as the partner's own; Xero's words are text, never markup."""
    if not notes:
        return False
    lines = Markup("").join(Markup("<li>%s</li>") % words for words in notes)
    return Markup("<p>%s</p><ul>%s</ul>") % (env._("From Xero:"), lines)
