"""Stored objects to Xero's JSON: envelopes, dates, numbers."""

import json
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from .dates import microsoft

ZERO_ID = "00000000-0000-0000-0000-000000000000"
JSON_TYPE = "application/json; charset=utf-8"

# The keys that Xero repeats in ISO form next to the /Date()/ form.
DATE_TWINS = {
    "Date": "DateString",
    "DueDate": "DueDateString",
    "ExpiryDate": "ExpiryDateString",
    "DeliveryDate": "DeliveryDateString",
    "ExpectedArrivalDate": "ExpectedArrivalDateString",
    "PlannedPaymentDate": "PlannedPaymentDateString",
    "ExpectedPaymentDate": "ExpectedPaymentDateString",
}


def to_json(value: Any, offset: str = "+0000") -> Any:
    """Turn a stored value into plain JSON values.

    Keys that begin with an underscore are the sandbox's own and left out.
    ``offset`` is what stands after the milliseconds of a date ("" on quotes).
    """
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return microsoft(value, offset)
    if isinstance(value, dict):
        return _object(value, offset)
    if isinstance(value, list):
        return [to_json(each, offset) for each in value]
    return value


def _object(value: dict, offset: str) -> dict:
    result = {}
    for key, each in value.items():
        if key.startswith("_"):
            continue
        is_day = isinstance(each, date) and not isinstance(each, datetime)
        if is_day and key in DATE_TWINS:
            result[DATE_TWINS[key]] = f"{each.isoformat()}T00:00:00"
        result[key] = to_json(each, offset)
    return result


def envelope(provider: str, now: datetime, **members: Any) -> dict:
    """Wrap ``members`` in what Xero puts around every accounting answer."""
    return {
        "Id": str(uuid.uuid4()),
        "Status": "OK",
        "ProviderName": provider,
        "DateTimeUTC": microsoft(now, ""),
        **members,
    }


def dump(body: Any) -> str:
    """Serialise a JSON body the way the sandbox sends it."""
    return json.dumps(body, ensure_ascii=False)
