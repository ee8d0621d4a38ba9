"""What Odoo has to choose from, by the words Xero uses; each list read once."""

from functools import cached_property

from odoo.fields import Command, Domain

from .payment_terms import (
    XeroTerm,
    odoo_line,
    same_term,
    term_words,
    terms_by_xero,
)
from .texts import letters_only, one_line

# Countries people and Xero call otherwise than Odoo does
COUNTRY_ALIASES = {
    "burma": "MM",
    "caboverde": "CV",
    "czechia": "CZ",
    "easttimor": "TL",
    "england": "GB",
    "greatbritain": "GB",
    "holland": "NL",
    "ivorycoast": "CI",
    "macao": "MO",
    "northernireland": "GB",
    "palestine": "PS",
    "republicofkorea": "KR",
    "russia": "RU",
    "scotland": "GB",
    "turkey": "TR",
    "uae": "AE",
    "uk": "GB",
    "unitedstatesofamerica": "US",
    "usa": "US",
    "vaticancity": "VA",
    "wales": "GB",
}


class Lookups:
    """Odoo's countries, payment terms, accounts and the like for one organisation.

    Make one for a batch: every list is read when it is first needed, and kept.

    :param connection: ``xero.connection``; its company's records are looked up
    """

    def __init__(self, connection):
        self.connection = connection
        self.company = connection.company_id
        self.env = connection.with_company(self.company).env

    def country(self, text: str):
        """``res.country`` by name in any installed language, code or common alias."""
        return self.env["res.country"].browse(self._countries.get(_country_key(text)))

    def state(self, text: str, country):
        """``res.country.state`` of a country by name or code; empty without one."""
        state_id = self._states.get((country.id, _key(text)))
        return self.env["res.country.state"].browse(state_id)

    def term(self, day: int, kind: str):
        """``account.payment.term`` that means what Xero's does, maybe empty."""
        found = self._terms.get((day, kind)) or self._terms.get(same_term(day, kind))
        return self.env["account.payment.term"].browse(found)

    def missing_terms(self, contacts) -> list[dict]:
        """Values of the payment terms contacts have in Xero, which Odoo has not yet.

        :param contacts: ``xero.contact``, maybe none
        """
        missing = {}
        for contact in contacts:
            for part in ("sales_terms", "bill_terms"):
                xero = (contact.details or {}).get(part)
                if xero and not self.term(xero["day"], xero["type"]):
                    pair = same_term(xero["day"], xero["type"])
                    missing[pair] = odoo_line(*pair)
        return [
            {
                "name": term_words(self.env, *pair),
                "company_id": self.company.id,
                "line_ids": [Command.create(line)],
            }
            for pair, line in missing.items()
            if line
        ]

    def currency(self, code: str):
        """``res.currency`` in use, by code, maybe empty."""
        return self.env["res.currency"].browse(self._currencies.get(code.upper()))

    def pricelist(self, currency):
        """The only ``product.pricelist`` of a currency; empty for none or several."""
        found = self._pricelists.get(currency.id, ())
        return self.env["product.pricelist"].browse(found if len(found) == 1 else ())

    def account(self, code: str):
        """The only ``account.account`` mapped to a code of Xero's, maybe empty."""
        found = self._accounts.get(code, ())
        return self.env["account.account"].browse(found if len(found) == 1 else ())

    def tax(self, tax_type: str, use: str):
        """The only ``account.tax`` mapped to a rate of Xero's, maybe empty.

        :param use: ``sale`` or ``purchase``
        """
        found = self._taxes.get((tax_type, use), ())
        return self.env["account.tax"].browse(found if len(found) == 1 else ())

    # === LISTS === #

    @cached_property
    def _countries(self) -> dict[str, int]:
        countries = self.env["res.country"].search([])
        by_code = {country.code: country.id for country in countries}
        found = {code.casefold(): id_ for code, id_ in by_code.items() if code}
        # English first: it is what goes out to Xero
        languages = [code for code, _name in self.env["res.lang"].get_installed()]
        names = {}
        for lang in ["en_US", *languages]:
            for country in countries.with_context(lang=lang):
                names.setdefault(_country_key(country.name or ""), country.id)
        aliases = {
            alias: by_code[code]
            for alias, code in COUNTRY_ALIASES.items()
            if code in by_code
        }
        known = {**aliases, **found, **names}
        known.pop("", None)
        return known

    @cached_property
    def _states(self) -> dict[tuple[int, str], int]:
        states = self.env["res.country.state"].search_read(
            [], ["name", "code", "country_id"], load=None, order="id"
        )
        found: dict[tuple[int, str], int] = {}
        for field in ("name", "code"):
            for state in states:
                key = state["country_id"], _key(state[field] or "")
                found.setdefault(key, state["id"])
        return found

    @cached_property
    def _terms(self) -> dict[XeroTerm, int]:
        return terms_by_xero(self._of_company("account.payment.term"))

    @cached_property
    def _currencies(self) -> dict[str, int]:
        currencies = self.env["res.currency"].search([])
        return {currency.name: currency.id for currency in currencies}

    @cached_property
    def _pricelists(self) -> dict[int, list[int]]:
        found: dict[int, list[int]] = {}
        for each in self._of_company("product.pricelist"):
            found.setdefault(each.currency_id.id, []).append(each.id)
        return found

    @cached_property
    def _accounts(self) -> dict[str, list[int]]:
        mapped = self._of_company(
            "account.account",
            [("xero_account_id.connection_id", "=", self.connection.id)],
        )
        found: dict[str, list[int]] = {}
        for each in mapped:
            found.setdefault(each.xero_account_id.code, []).append(each.id)
        return found

    @cached_property
    def _taxes(self) -> dict[tuple[str, str], list[int]]:
        mapped = self._of_company(
            "account.tax",
            [("xero_tax_rate_id.connection_id", "=", self.connection.id)],
        )
        found: dict[tuple[str, str], list[int]] = {}
        for each in mapped:
            key = each.xero_tax_rate_id.tax_type, each.type_tax_use
            found.setdefault(key, []).append(each.id)
        return found

    def _of_company(self, model: str, domain=()):
        """Records of a model that the company may use, in their own order."""
        records = self.env[model]
        usable = Domain(records._check_company_domain(self.company))
        return records.search(usable & Domain(list(domain)))


def _key(text: str) -> str:
    return one_line(text).casefold()


def _country_key(text: str) -> str:
    """Letters alone, as Xero holds them; "The Netherlands" is the Netherlands."""
    return letters_only(text).replace(" ", "").casefold().removeprefix("the")
