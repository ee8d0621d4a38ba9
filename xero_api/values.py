"""Single values out of parsed JSON, each empty rather than wrong."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, TypeVar

from . import const

T = TypeVar("T")
Json = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
# "/Date(1789378199100+0000)/": milliseconds of UTC; quotes omit the offset.
_MS_DATE = re.compile(r"/Date\((-?\d{1,16})(?:[+-]\d{4})?\)/")
# More digits than any amount or rate has; beyond, arithmetic with it could hurt.
_MAX_EXPONENT = 30


def objects(value: object) -> list[Json]:
    """The JSON objects of a list; anything else in it is dropped."""
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, dict)]


def each(value: object, read: Callable[[Json], T | None]) -> list[T]:
    """Read every object of a list; those that `read` finds unusable are dropped."""
    results = (read(item) for item in objects(value))
    return [result for result in results if result is not None]


def child(data: Json, key: str) -> Json:
    """The JSON object under `key`, else an empty one."""
    value = data.get(key)
    return value if isinstance(value, dict) else {}


def text(data: Json, key: str) -> str:
    """The text under `key` in a form a database takes: no NUL, no lone surrogate."""
    value = data.get(key)
    if isinstance(value, Decimal):
        value = str(value)
    if not isinstance(value, str):
        return ""
    return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def flag(data: Json, key: str) -> bool:
    """Whether the value is JSON's true."""
    return data.get(key) is True


def guid(data: Json, key: str) -> str | None:
    """The id in lower case; None for the zero GUID and for what is no GUID."""
    value = data.get(key)
    if not isinstance(value, str):
        return None
    try:
        found = str(uuid.UUID(value))
    except ValueError:
        return None
    return None if found == const.ZERO_GUID else found


def decimal(data: Json, key: str) -> Decimal | None:
    """The number under `key`; None when it is none or beyond any amount."""
    value = data.get(key)
    if not isinstance(value, Decimal) or not value.is_finite():
        return None
    if value and abs(value.adjusted()) > _MAX_EXPONENT:
        return None
    return value


def whole(data: Json, key: str) -> int:
    """The number without its fraction, 0 when it is none or no database takes it."""
    number = int(decimal(data, key) or 0)
    return number if abs(number) < 2**31 else 0


def short(data: Json, key: str) -> str:
    """The text under `key`, which an index takes; empty when it is no code."""
    value = text(data, key)
    return value if len(value) <= const.MAX_CODE else ""


def moment(data: Json, key: str) -> datetime | None:
    """The time under `key`, aware and in UTC, in either of Xero's two forms."""
    value = data.get(key)
    if not isinstance(value, str):
        return None
    try:
        if found := _MS_DATE.fullmatch(value):
            return _EPOCH + timedelta(milliseconds=int(found.group(1)))
        # Python 3.10 reads neither "Z" nor seven digits of a second.
        parsed = datetime.fromisoformat(re.sub(r"(\.\d+)?Z?$", "", value))
        if parsed.tzinfo is None:
            return parsed.replace(tzinfo=timezone.utc)
        return parsed.astimezone(timezone.utc)
    except (ValueError, OverflowError):
        return None


def day(data: Json, key: str) -> date | None:
    """The calendar day under `key`; Xero writes days as midnight of UTC."""
    found = moment(data, key)
    return found.date() if found else None
