"""Texts of people in the forms that Xero takes and Odoo shows."""

import re
import unicodedata

# Lengths: https://developer.xero.com/documentation/api/accounting/contacts
NAME_LENGTH = 255
COUNTRY_LENGTH = 50

# Neither means anything in a name, and a database refuses some of them
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# What Xero takes as an e-mail address: one, without umlauts; Odoo's own pattern
# knows no apostrophe before the @, which names like O'Brien have
_EMAIL = re.compile(
    r"[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9.-]+\.[a-zA-Z]{2,63}", re.ASCII
)


def plain_email(address: str) -> str:
    """The e-mail address, empty where it is none that Xero takes."""
    address = address.strip()
    fits = _EMAIL.fullmatch(address) and len(address) <= NAME_LENGTH
    return address if fits else ""


def one_line(text: str, length: int = NAME_LENGTH) -> str:
    """The text without control characters, repeated or outer blanks, cut to a length.

    :param length: in characters
    """
    return " ".join(_CONTROL.sub(" ", text).split())[:length].rstrip()


def many_lines(text: str, length: int) -> str:
    """The text without control characters but line ends, cut to a length.

    :param length: in characters
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub(" ", lines).strip()[:length].rstrip()


def clean_name(name: str) -> str:
    """The name as Xero accepts it: no angle brackets, no repeated or outer spaces.

    Also used to compare names, so that ours and Xero's form are the same.
    """
    return one_line(name.translate(str.maketrans("<>", "()")))


def letters_only(text: str) -> str:
    """Xero takes only A–Z in a country: accents are dropped, not the country."""
    decomposed = unicodedata.normalize("NFKD", text).replace("'", "")
    spaced = re.sub(r"[^A-Za-z\u0300-\u036f]", " ", decomposed)
    return one_line(re.sub(r"[\u0300-\u036f]", "", spaced), COUNTRY_LENGTH)
