"""Is this partner that Xero contact, this product that item? How they are compared.

Pure text and rules: who asks brings the records, and decides about archived, linked and
declined ones.
"""

import enum
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from odoo.tools import email_normalize

from .contact import clean_name
from .item import NAME_LENGTH as ITEM_NAME_LENGTH

# At the end of a name these tell the legal form, not who it is.
LEGAL_FORMS = re.compile(
    "ab|ag|aps|as|bv|co|company|corp|corporation|eurl|gmbh|inc|incorporated|kg"
    "|limited|llc|llp|lp|ltd|mbh|nv|ohg|oy|plc|private|proprietary|pte|pty|pvt|sa"
    "|sarl|sas|sl|slu|srl|ug|vof"
)
DROPPED = str.maketrans("", "", ".'’`")
PLAIN_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
UNTOLD_WORDS = frozenset(("and", "the"))
# Shorter ones are no tax number: Odoo's "/" says that there is none.
TAX_NUMBER_LENGTH = 5


class Rule(enum.IntEnum):
    """Why a partner may be a contact, the best reason first."""

    NUMBER = 1
    TAX = 2
    EMAIL_AND_NAME = 3
    NAME = 4
    EMAIL_AND_NEAR_NAME = 5
    EMAIL = 6
    NEAR_NAME = 7

    @property
    def is_exact(self) -> bool:
        """Good enough to link without asking, when nothing speaks against it."""
        return self <= Rule.NAME

    @property
    def is_own(self) -> bool:
        """No other can have it, whatever else the two have in common with others."""
        return self is Rule.NUMBER


class ItemRule(enum.IntEnum):
    """Why a product may be an item, the best reason first."""

    CODE = 1
    BARCODE = 2
    NAME = 3
    NEAR_CODE = 4

    @property
    def is_exact(self) -> bool:
        """As for :class:`Rule`."""
        return self <= ItemRule.NAME

    @property
    def is_own(self) -> bool:
        """As for :class:`Rule`: Xero keeps an item's code unique."""
        return self is ItemRule.CODE


@dataclass(frozen=True, slots=True)
class Keys:
    """What a partner or a contact is compared by; an empty key is never equal.

    :param number: ``ContactNumber``: ours for the partner, Xero's for the contact
    """

    number: str = ""
    tax: str = ""
    email: str = ""
    name: str = ""
    plain_name: str = ""

    @classmethod
    def of(cls, number: str, tax: str, email: str, name: str) -> "Keys":
        """The keys of texts as they are typed; each may be empty or None."""
        return cls(
            number=number or "",
            tax=tax_key(tax),
            email=email_key(email),
            name=name_key(name),
            plain_name=plain_name_key(name),
        )

    def told(self) -> set[tuple[str, str]]:
        """The keys that are not empty, each with its field's name."""
        pairs = (
            ("number", self.number),
            ("tax", self.tax),
            ("email", self.email),
            ("name", self.name),
            ("plain_name", self.plain_name),
        )
        return {pair for pair in pairs if pair[1]}


@dataclass(frozen=True, slots=True)
class ItemKeys:
    """What a product or an item is compared by; an empty key is never equal.

    :param code: as it is: Xero keeps codes in their case
    """

    code: str = ""
    barcode: str = ""
    name: str = ""

    @classmethod
    def of(cls, code: str, barcode: str, name: str) -> "ItemKeys":
        """The keys of texts as they are typed; each may be empty or None."""
        codes = [(text or "").strip() for text in (code, barcode)]
        return cls(*codes, item_name_key(name))

    def told(self) -> set[tuple[str, str]]:
        """The keys that are not empty, each with the name of the item's."""
        codes = {("code", code_key(code)) for code in (self.code, self.barcode) if code}
        return codes | ({("name", self.name)} if self.name else set())


@dataclass(slots=True)
class Pair:
    """One of Odoo's records and one of Xero's, and what speaks for and against it.

    :param doubts: in words; a pair with a doubt is for a person to decide
    """

    ours: Any
    theirs: Any
    rule: Rule | ItemRule
    doubts: list[str]

    @property
    def is_sure(self) -> bool:
        """Whether it may be linked without asking."""
        return self.rule.is_exact and not self.doubts

    @property
    def rank(self) -> tuple:
        """Sorts the best first."""
        return (not self.is_sure, self.rule, bool(self.doubts))


def compare(partner: Keys, contact: Keys) -> Rule | None:
    """The best rule by which the two are the same, None when there is none."""

    def same(key: str) -> bool:
        return bool(getattr(partner, key)) and getattr(partner, key) == getattr(
            contact, key
        )

    if same("number"):
        return Rule.NUMBER
    if same("tax"):
        return Rule.TAX
    if same("name"):
        return Rule.EMAIL_AND_NAME if same("email") else Rule.NAME
    if same("plain_name"):
        return Rule.EMAIL_AND_NEAR_NAME if same("email") else Rule.NEAR_NAME
    return Rule.EMAIL if same("email") else None


def compare_item(product: ItemKeys, item: ItemKeys) -> ItemRule | None:
    """The best rule by which the two are the same, None when there is none."""
    if item.code and item.code == product.code:
        return ItemRule.CODE
    if item.code and item.code == product.barcode:
        return ItemRule.BARCODE
    if item.name and item.name == product.name:
        return ItemRule.NAME
    codes = {code_key(code) for code in (product.code, product.barcode) if code}
    return ItemRule.NEAR_CODE if code_key(item.code) in codes else None


def other_tax_number(partner: Keys, contact: Keys) -> bool:
    """Whether their tax numbers say that they are not the same.

    One may carry a prefix which :func:`tax_key` does not know.
    """
    ours, theirs = partner.tax, contact.tax
    if not (ours and theirs):
        return False
    return not (ours.endswith(theirs) or theirs.endswith(ours))


def doubt_rivals(pairs: Iterable[Pair], doubt: str) -> None:
    """Leave one sure pair at most to each record, on either side.

    A rule that tells a record's own wins; otherwise none of several does.

    :param doubt: words for the pairs that are not the only ones
    """
    sure = [pair for pair in pairs if pair.is_sure]
    sides = Counter(side for pair in sure for side in (pair.ours, pair.theirs))
    for pair in sure:
        alone = sides[pair.ours] == sides[pair.theirs] == 1
        if not alone and not pair.rule.is_own:
            pair.doubts.append(doubt)


def name_key(text: str | None) -> str:
    """The name as Xero has it, in any case of letters.

    Xero keeps names unique among active contacts, in any case (*Contacts*, Name).
    """
    return unicodedata.normalize("NFC", clean_name(text or "")).casefold()


def plain_name_key(text: str | None) -> str:
    """The name's letters and digits: no accents, punctuation, blanks or legal form."""
    decomposed = unicodedata.normalize("NFKD", clean_name(text or ""))
    plain = decomposed.translate(DROPPED).casefold()
    if plain.isascii():
        words = re.findall(r"[a-z0-9]+", plain)
    else:
        words = "".join(map(_plain_character, plain)).split()
    words = [word for word in words if word not in UNTOLD_WORDS]
    while len(words) > 1 and LEGAL_FORMS.fullmatch(words[-1]):
        words.pop()
    return "".join(words)


def _plain_character(character: str) -> str:
    """Letters, digits and the signs that belong to them (vowels in Indian scripts)."""
    if unicodedata.combining(character):
        return ""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def email_key(text: str | None) -> str:
    """The one address of a text, in small letters; empty for none or several."""
    if text and text.isascii() and PLAIN_EMAIL.fullmatch(text):
        return text.lower()  # what the long way gives, for ten thousand partners
    return email_normalize(text or "") or ""


def tax_key(text: str | None) -> str:
    """Letters and digits of a tax number, without the country or label in front.

    Empty for what is no number: too short, without digits, or one digit all over.
    """
    key = re.sub(r"[^A-Z0-9]", "", (text or "").upper())
    key = re.sub(r"^[A-Z]{2,3}(?=\d)", "", key)
    digits = re.sub(r"\D", "", key)
    if len(key) < TAX_NUMBER_LENGTH or len(set(digits)) < 2:
        return ""
    return key


def code_key(text: str | None) -> str:
    """An item's code in any case of letters."""
    return (text or "").strip().casefold()


def item_name_key(text: str | None) -> str:
    """An item's name as long as Xero keeps it, in any case and with any blanks."""
    return name_key((text or "")[:ITEM_NAME_LENGTH])
