"""What of a document in Xero tells a database that was restored that it made it.

Odoo gives numbers and ids a second time after a backup is restored. So neither a link
nor a number proves anything by itself here: only with the same content.
"""

from __future__ import annotations

import re

from . import const
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
    """
    if _LINK.search(found.url):
        return True
    first, *others = found.lines or (None,)
    return bool(others) and bool(first.text) and not (first.amount or first.account)


def is_same(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether `found` is what `sent` is to make: named as it, and with its content.

    :param sent: an element of a body that creates, see ``sent_elements``
    :param found: of a listing of the same endpoint
    """
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    return (
        bool(names_sent(sent, endpoint) & names(found))
        and not contradict(ours, theirs, ("type", "contact_id"))
        and same_content(sent, found, endpoint)
    )


def is_under_its_name(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether a person is to say if `found` is what `sent` is to make.

    It has the link, Odoo's number in its first line, or the number and the contact:
    vendors' numbers are others' too.

    :param sent, found: see `is_same`
    """
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    shared = names_sent(sent, endpoint) & names(found)
    if not shared or contradict(ours, theirs, ("type",)):
        return False
    numbers = {theirs["number"], theirs["reference"]}
    return bool(shared - numbers) or not contradict(ours, theirs, ("contact_id",))


def leads_to(found: Element) -> tuple[str, int] | None:
    """Model and id of the Odoo record that `found` has a link to."""
    link = _LINK.search(found.url)
    return (link[1], int(link[2])) if link else None


def links_to_same(sent: Json, found: Element) -> bool:
    """Whether both lead to the same record of Odoo's, at whatever address."""
    theirs, ours = _LINK.search(found.url), _LINK.search(text(sent, "Url"))
    return not (theirs and ours) or theirs.groups() == ours.groups()


def names(found: Element) -> set[str]:
    """What tells which record of Odoo's `found` is: link, first line, number."""
    title = found.lines[0].text if found.lines else ""
    return _names(found.url, title, found.number, found.reference)


def names_sent(sent: Json, endpoint: str) -> set[str]:
    """The same of an element of a body that creates."""
    lines = objects(sent.get("LineItems"))
    title = text(lines[0], "Description") if lines else ""
    number = text(sent, const.NUMBER_KEYS.get(endpoint, ""))
    return _names(text(sent, "Url"), title, number, text(sent, "Reference"))


def _names(url: str, title: str, *numbers: str) -> set[str]:
    link = _LINK.search(url)
    place = "/".join(link.groups()) if link else ""
    return {normal(each) for each in (place, title, *numbers)} - {""}
