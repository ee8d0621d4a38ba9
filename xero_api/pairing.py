"""Which element of an answer belongs to which element that was sent.

Xero seems to answer in the order of the request but does not promise it. A wrong pair
would link an Odoo record to somebody else's document, so doubt means no pair.
"""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

from . import const, readers
from .answers import Element, Line
from .line_readers import document_lines
from .readers import own_key
from .values import Json, child, guid, text

# What tells one object from another, and what only hints at it.
_IDENTITY = ("xero_id", "key", "number")
_HINTS = ("url", "reference", "name")
_CENT = Decimal("0.01")


def sent_elements(endpoint: str, body: str) -> list[Json]:
    """The elements of a request body made by `serialise`, in their order."""
    return json.loads(body)[endpoint]


def sent_lines(endpoint: str, body: str) -> tuple[Line, ...]:
    """The lines of the one document in such a body, as ``Element.lines`` has them."""
    content = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    (data,) = content[endpoint]
    return document_lines(data)


def pair(
    sent: list[Json], received: list[Element], endpoint: str
) -> list[Element | None]:
    """Find the answer element of each element sent.

    By id, then by our own key, number, link, reference and name, each only where it
    is unique on both sides. What is left is taken by position, if nothing speaks
    against it: as many answered as sent, and no pair found out of order.

    :param sent: see `sent_elements`
    :param received: what ``XeroClient.write`` returned
    :param endpoint: a key of ``const.ID_KEYS``
    :return: as many as `sent`, each compared with it; None where no answer surely
        belongs to it
    """
    ours = [sent_keys(data, endpoint) for data in sent]
    theirs = [received_keys(element) for element in received]
    pairs: dict[int, int] = {}
    for name in (*_IDENTITY, *_HINTS):
        _pair_by(name, ours, theirs, pairs)
    in_order = all(position == answer for position, answer in pairs.items())
    if in_order and len(sent) == len(received):
        for position, keys in enumerate(ours):
            if not contradict(keys, theirs[position], (*_IDENTITY, *_HINTS)):
                pairs.setdefault(position, position)
    return [
        compared(data, received[pairs[position]]) if position in pairs else None
        for position, data in enumerate(sent)
    ]


def is_ours(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether `found` in Xero is surely what a lost create of `sent` made.

    Our link proves it, and so does our number of a contact or an allocation's invoice
    and amount: no person types those. All else, also an item's code, only together
    with the same content; the first line of a document names Odoo's record. Then a
    person may have given it another number or contact since, or merged the contact.

    :param sent: see `sent_elements`
    :param found: of a listing of the same endpoint
    """
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    if contradict(ours, theirs, ("key", "url", "type", "amount")):
        return False
    proof = "key" if endpoint in ("Contacts", "Allocations") else "url"
    if agree(ours, theirs, (proof,)):
        return True
    named = agree(ours, theirs, ("key", "number", "reference"))
    return named and same_content(sent, found, endpoint)


def is_like(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether a person would ask if the document `found` is what `sent` was to make.

    It has the number or reference, and the contact, but is not surely ours. What Odoo
    made of another record, its link says.

    :param sent: see `sent_elements`
    :param found: of a listing of the same endpoint, see `is_ours`
    """
    if endpoint not in const.NUMBER_KEYS:
        return False
    ours, theirs = sent_keys(sent, endpoint), received_keys(found)
    return (
        agree(ours, theirs, ("number", "reference"))
        and not contradict(ours, theirs, ("type", "contact_id"))
        and not _same_place(text(sent, "Url"), found.url)
    )


def same_content(sent: Json, found: Element, endpoint: str) -> bool:
    """Whether `found` says all that was sent; what was not, Xero may have filled in."""
    exact = json.loads(json.dumps(sent), parse_float=Decimal, parse_int=Decimal)
    asked = readers.element(exact, endpoint)
    return (
        asked.date in (None, found.date)
        and normal(asked.currency) in ("", normal(found.currency))
        and normal(asked.amount_types) in ("", normal(found.amount_types))
        and normal(asked.name) in ("", normal(found.name))
        and bool(asked.lines)
        and len(asked.lines) == len(found.lines)
        and all(map(_same_line, asked.lines, found.lines))
    )


def _same_line(asked: Line, found: Line) -> bool:
    return (
        normal(asked.text) in ("", normal(found.text))
        and asked.account in ("", found.account)
        and asked.tax_type in ("", found.tax_type)
        # Xero rounds what it was sent
        and abs(asked.amount - found.amount) <= _CENT
    )


def _same_place(one: str, other: str) -> bool:
    """Whether two links differ in their query at most."""
    return bool(one) and one.partition("?")[0] == other.partition("?")[0]


def compared(sent: Json, found: Element) -> Element:
    """`found` with a note of what Xero did not keep of the lines that were sent.

    It drops tracking it does not like without a word.

    :param sent: see `sent_elements`; without lines, Xero keeps those it has
    """
    lines = sent.get("LineItems")
    if found.errors or found.line_count is None or lines is None:
        return found
    tracking = sum(len(line.get("Tracking", ())) for line in lines)
    if found.line_count != len(lines):
        return replace(found, lost="lines")
    return replace(found, lost="tracking" if found.tracking_count < tracking else "")


def _pair_by(
    name: str,
    ours: list[dict[str, str]],
    theirs: list[dict[str, str]],
    pairs: dict[int, int],
) -> None:
    """Add to `pairs` what the key `name` identifies on both sides."""
    sent = [keys[name] for keys in ours]
    received = [keys[name] for keys in theirs]
    for position, value in enumerate(sent):
        if not value or position in pairs:
            continue
        if sent.count(value) != 1 or received.count(value) != 1:
            continue
        answer = received.index(value)
        # One id is one object, whatever the rest says: a refused renaming is
        # answered with the old number
        others = () if name == "xero_id" else _IDENTITY
        clash = contradict(ours[position], theirs[answer], others)
        if answer not in pairs.values() and not clash:
            pairs[position] = answer


def agree(ours: dict[str, str], theirs: dict[str, str], names: tuple[str, ...]) -> bool:
    """Whether both sides give one of these keys and it is the same."""
    return any(ours[name] and ours[name] == theirs[name] for name in names)


def contradict(
    ours: dict[str, str], theirs: dict[str, str], names: tuple[str, ...]
) -> bool:
    """Whether both sides give one of these keys and they differ."""
    return any(
        ours[name] and theirs[name] and ours[name] != theirs[name] for name in names
    )


def sent_keys(data: Json, endpoint: str) -> dict[str, str]:
    return {
        "xero_id": guid(data, const.ID_KEYS[endpoint]) or "",
        "key": normal(own_key(data, endpoint)),
        "number": normal(text(data, const.NUMBER_KEYS.get(endpoint, ""))),
        "url": normal(text(data, "Url")),
        "reference": normal(text(data, "Reference")),
        "name": normal(text(data, "Name")),
        "contact_id": guid(child(data, "Contact"), "ContactID") or "",
        "type": normal(text(data, "Type")),
        "amount": _cents(data.get("Amount")) if endpoint == "Allocations" else "",
    }


def received_keys(element: Element) -> dict[str, str]:
    return {
        "xero_id": element.xero_id or "",
        "key": normal(element.key),
        "number": normal(element.number),
        "url": normal(element.url),
        "reference": normal(element.reference),
        "name": normal(element.name),
        "contact_id": element.contact_id or "",
        "type": normal(element.type),
        "amount": _cents(element.total),
    }


def _cents(value: object) -> str:
    """An amount in a form that compares; empty for none."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return ""
    return f"{Decimal(str(value)):.2f}"


def normal(value: str) -> str:
    """Xero trims and folds spaces, and compares names without regard to case."""
    return " ".join(value.split()).casefold()
