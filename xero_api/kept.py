"""Elements as JSON, for what is kept of them until it is compared."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin, get_type_hints

from .answers import Element
from .values import Json


def keep(element: Element) -> Json:
    """What `kept` makes the same element of, in JSON's own types."""
    return json.loads(json.dumps(asdict(element), default=str))


def kept(data: Json) -> Element:
    """The element that `keep` was given."""
    return _read(Element, data)


def _read(kind: type, data: Json) -> Any:
    hints = _hints(kind)
    return kind(
        **{
            each.name: _value(hints[each.name], data[each.name])
            for each in fields(kind)
            if each.name in data  # else a newer version has one more
        }
    )


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(hint: Any, value: Any) -> Any:
    """:param hint: the type, one of an element's field, maybe with None"""
    if value is None:
        return None
    kinds = get_args(hint) or (hint,)
    if get_origin(hint) is tuple:
        return tuple(_value(kinds[0], each) for each in value)
    kind = kinds[0]
    if kind is Decimal:
        return Decimal(value)
    if issubclass(kind, date):
        return kind.fromisoformat(value)
    return _read(kind, value) if is_dataclass(kind) else value
