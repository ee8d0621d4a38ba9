"""Dates as Xero reads and writes them."""

import re
from datetime import date, datetime, time
from email.utils import parsedate_to_datetime

from .clock import UTC

_MICROSOFT = re.compile(r"^/Date\((-?\d+)(?:[+-]\d{4})?\)/$")


def parse_date(value: object) -> date | None:
    """Read ``YYYY-MM-DD``, an ISO date-time or ``/Date(ms)/``; None if unreadable."""
    moment = parse_moment(value)
    return moment.date() if moment else None


def parse_moment(value: object) -> datetime | None:
    """Read a date or date-time into UTC; None if it is not one."""
    text = str(value or "").strip()
    match = _MICROSOFT.match(text)
    if match:
        return datetime.fromtimestamp(int(match[1]) / 1000, UTC)
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def parse_since(value: str | None) -> datetime | None:
    """Read an If-Modified-Since header: ISO without zone (UTC) or the HTTP form."""
    if not value:
        return None
    moment = parse_moment(value)
    if moment:
        return moment
    try:
        return parsedate_to_datetime(value).astimezone(UTC)
    except ValueError:
        return None


def milliseconds(value: date | datetime) -> int:
    """Milliseconds since 1970 of a moment, or of a date's midnight."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), UTC)
    return round(value.timestamp() * 1000)


def microsoft(value: date | datetime, offset: str = "+0000") -> str:
    """Write ``/Date(ms+0000)/``; some endpoints leave the offset out."""
    return f"/Date({milliseconds(value)}{offset})/"
