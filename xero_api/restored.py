"""What of a document in Xero tells a database that was restored that it made it.

Odoo gives numbers and ids a second time after a backup is restored. So neither a link
nor a number proves anything by itself here: only with the same content.
"""

from __future__ import annotations

import re

from . import const, readers
from .answers import Element
from .pairing import (
    contradict,
    normal,
    received_keys,
    same_content,
    sent_keys,
)
from .values import Json, objects, text

# Of the link to a record that each document carries (``_xero_back_link``)
_LINK = re.compile(r"/mail/view\?model=([a-z.]+)&res_id=(\d+)$")


def is_odoos(found: Element) -> bool:
    """Whether Odoo seems to have made `found`: it has a link, or the first line.

    That says what the document is in Odoo, in the company's language, and nothing else.
    People begin with such a line too, which does not name Odoo.
    """
    if _LINK.search(found.url):
        return True
    first, *others = found.lines or (None,)
    if not others or first.amount or first.account:
        return False
    return "odoo" in first.text.casefold()


def is_same(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether `found` is what `sent` is to make: named as it, and with its content.

    What is not booked yet and entered again has the day of that: another date is none.

    :param sent: an element of a body that creates, see ``sent_elements``
    :param found: of a listing of the same endpoint
    """
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    return (
        bool(names_sent(sent, endpoint) & names(found))
        and not contradict(ours, theirs, ("type", "contact_id"))
        and same_content(
            _without_day(_as_named(sent, found), endpoint), found, endpoint
        )
    )


def is_under_its_name(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether a person is to say if `found` is what `sent` is to make.

    It has Odoo's number in its first line; or the link or number, and the contact:
    vendors' numbers are others' too, and ids are given in the order of entering.

    :param sent, found: see `is_same`
    """
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    shared = names_sent(sent, endpoint) & names(found)
    if not shared or contradict(ours, theirs, ("type",)):
        return False
    weak = {theirs["number"], theirs["reference"], _place(found.url)}
    return bool(shared - weak) or not contradict(ours, theirs, ("contact_id",))


def leads_to(found: Element) -> tuple[str, int] | None:
    """Model and id of the Odoo record that `found` has a link to."""
    link = _LINK.search(found.url)
    return (link[1], int(link[2])) if link else None


def is_to_be_told(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether `found`, which is what `sent` is to make, has to be brought up to date.

    It leads to another record of Odoo's, at whatever address, or to one that had no
    number; or it has another day.
    """
    theirs, ours = _place(found.url), _place(text(sent, "Url"))
    if theirs and ours and theirs != ours:
        return True
    if _is_name(_title_sent(sent)) and not _is_name(_title(found)):
        return True
    return readers.element(sent, endpoint).date not in (None, found.date)


def names(found: Element) -> set[str]:
    """What tells which record of Odoo's `found` is: link, first line, number.

    An invoice's first line names its orders, too.
    """
    words = filter(_is_name, re.split(r"[\s,]+", _title(found)))
    return _names(found.url, _title(found), *words, found.number, found.reference)


def names_sent(sent: Json, endpoint: str) -> set[str]:
    """The same of an element of a body that creates."""
    number = text(sent, const.NUMBER_KEYS.get(endpoint, ""))
    reference = text(sent, "Reference")
    return _names(text(sent, "Url"), _title_sent(sent), number, reference)


def _names(url: str, title: str, *numbers: str) -> set[str]:
    named = title if _is_name(title) else ""
    return {normal(each) for each in (_place(url), named, *numbers)} - {""}


def _is_name(title: str) -> bool:
    """Whether a text tells which record it is of; of a draft it says only that."""
    return any(each.isdigit() for each in title)


def _title(found: Element) -> str:
    return found.lines[0].text if found.lines else ""


def _title_sent(sent: Json) -> str:
    lines = objects(sent.get("LineItems"))
    return text(lines[0], "Description") if lines else ""


def _place(url: str) -> str:
    """Model and id of the record that a link leads to; empty where it leads nowhere."""
    link = _LINK.search(url)
    return "/".join(link.groups()) if link else ""


def _without_day(sent: Json, endpoint: str) -> Json:
    """`sent` without its date, where it is an order's or a quotation's."""
    is_order = _place(text(sent, "Url")).startswith("sale.order")
    if is_order or endpoint in ("Quotes", "PurchaseOrders"):
        return {name: sent[name] for name in sent if name != "Date"}
    return sent


def _as_named(sent: Json, found: Element) -> Json:
    """`sent` without its first line's text where one of the two was a draft's."""
    if _is_name(_title_sent(sent)) and _is_name(_title(found)):
        return sent
    first, *others = objects(sent.get("LineItems"))
    return {**sent, "LineItems": [{**first, "Description": ""}, *others]}
