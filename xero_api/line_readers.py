"""Reads the lines of documents; trusts the answer as little as ``readers.py``."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from .answers import Line
from .values import Json, child, decimal, objects, text


def has_negative_quantities(lines: object) -> bool:
    """Whether a line has a quantity below zero."""
    return any((decimal(line, "Quantity") or 0) < 0 for line in objects(lines))


def document_lines(data: Json) -> tuple[Line, ...]:
    """The lines of a document, as they are compared with those that were sent.

    Lines of nothing can lose their account on the way, see `lines_digest`.
    """
    return tuple(
        Line(
            text(line, "Description"),
            text(line, "AccountCode") if (amount := _line_amount(line)) else "",
            text(line, "TaxType") if amount else "",
            amount,
        )
        for line in objects(data.get("LineItems"))
    )


def _line_amount(line: Json) -> Decimal:
    """As Xero counts it, where a line of ours leaves that to Xero."""
    given = decimal(line, "LineAmount")
    if given is not None:
        return given
    quantity, price, discount = (
        decimal(line, key) or Decimal(0)
        for key in ("Quantity", "UnitAmount", "DiscountRate")
    )
    return quantity * price * (1 - discount / 100)


def item_sides(item: Json) -> tuple[Line, ...]:
    """What an item is sold and bought for, each as if it were a line."""
    sides = (
        ("Description", child(item, "SalesDetails")),
        ("PurchaseDescription", child(item, "PurchaseDetails")),
    )
    return tuple(
        Line(
            text(item, words),
            text(side, "AccountCode"),
            "",
            decimal(side, "UnitPrice") or Decimal(0),
        )
        for words, side in sides
    )


def lines_digest(lines: object) -> str | None:
    """Tells whether a person recoded or reworded a line; totals tell the amounts.

    Only what Xero answers to a write as it answers to a read: texts, without regard to
    their blanks. Lines of nothing can lose their account on the way.
    """
    if not isinstance(lines, list):
        return None
    values = [
        [
            " ".join(text(line, name).split())
            for name in ("Description", "AccountCode", "TaxType")
            if name == "Description" or decimal(line, "LineAmount")
        ]
        for line in objects(lines)
    ]
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()
