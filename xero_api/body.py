"""The text of a request body out of SDK models."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from . import const

# Read-only flags the SDK's models set by themselves.
_NOISE = ("HasAttachments", "HasErrors", "HasValidationErrors", "HasAccount")

# Made once: json.dumps makes an encoder for each text that is not to be plain ASCII
_string = json.JSONEncoder(ensure_ascii=False).encode


def serialise(endpoint: str, models: list) -> str:
    """The JSON body for some SDK models of one endpoint, always the same for the same.

    The SDK's own serialiser sends days as ``/Date(ms)/`` and decimals through binary
    floats; this one sends ``YYYY-MM-DD`` and the digits given. ``None`` is left out:
    a field is cleared with an empty text or list.

    :param endpoint: a key of ``const.ID_KEYS``
    :raise ValueError: for a number that is not finite
    :raise TypeError: for a value JSON has no form for
    """
    if endpoint not in const.ID_KEYS:
        raise ValueError(f"unknown endpoint {endpoint!r}")
    return _json({endpoint: models})


def joined(endpoint: str, bodies: list[str]) -> str:
    """One body out of several that `serialise` made for the same endpoint."""
    start, end = f'{{"{endpoint}":[', "]}"
    return start + ",".join(body[len(start) : -len(end)] for body in bodies) + end


def _json(value: Any) -> str:
    if isinstance(value, Enum):
        return _json(value.value)
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float, Decimal)):
        return _number(value)
    if isinstance(value, date):
        return f'"{value:%Y-%m-%d}"'
    if isinstance(value, (list, tuple)):
        return "[" + ",".join(_json(item) for item in value) + "]"
    if isinstance(value, dict):
        return _object(value)
    if hasattr(value, "attribute_map"):
        names = value.attribute_map.items()
        return _object({key: getattr(value, name) for name, key in names})
    raise TypeError(f"cannot send a {type(value).__name__} to Xero")


def _object(values: dict[str, Any]) -> str:
    members = (
        f"{_string(key)}:{_json(value)}"
        for key, value in values.items()
        if value is not None and not (key in _NOISE and value is False)
    )
    return "{" + ",".join(members) + "}"


def _number(value: int | float | Decimal) -> str:
    """Plain digits: Python's repr of a float is its shortest exact form."""
    number = value if isinstance(value, Decimal) else Decimal(repr(value))
    if not number.is_finite():
        raise ValueError("a number sent to Xero must be finite")
    return format(number, "f")
