"""In from Xero: is a post to our webhook from Xero, and what does it tell of."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime

from . import values

# https://developer.xero.com/documentation/guides/webhooks/overview/
SIGNATURE_HEADER = "x-xero-signature"
# Category of an event → endpoint, of those that a reading has an answer to
ENDPOINTS = {"INVOICE": "Invoices", "CREDITNOTE": "CreditNotes", "CONTACT": "Contacts"}
_ID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@dataclass(frozen=True)
class Event:
    """Something changed, Xero says; how, a reading tells.

    :ivar tenant_id: the organisation
    :ivar endpoint: ``Invoices``, bills among them, ``CreditNotes`` or ``Contacts``
    :ivar xero_id: of the object, in small letters
    :ivar moment: of the change, aware and in UTC; None where Xero does not say
    """

    tenant_id: str
    endpoint: str
    xero_id: str
    moment: datetime | None


def is_signed(body: bytes, signature: str, key: str) -> bool:
    """Whether the body was signed with the key, found out in constant time.

    :param body: as it came, byte for byte
    :param signature: what stood in the header; anything a stranger may send
    :param key: the webhook's, as Xero's developer portal shows it; "" signs nothing
    """
    if not key:
        return False
    digest = hmac.new(key.encode(), body, hashlib.sha256).digest()
    given = signature.encode("utf-8", "surrogateescape")
    return hmac.compare_digest(base64.b64encode(digest), given)


def events_told(body: bytes) -> list[Event]:
    """What a post tells of, without what is of no use here or cannot be read.

    Empty for the *intent to receive*. What is left out, or wrong, is no error: the next
    reading tells all.
    """
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        return []
    told = data.get("events") if isinstance(data, dict) else None
    events = map(_event, told if isinstance(told, list) else ())
    return [event for event in events if event]


def _event(data: object) -> Event | None:
    if not isinstance(data, dict):
        return None
    names = ("tenantId", "eventCategory", "resourceId")
    texts = [data.get(name) for name in names]
    if not all(isinstance(text, str) for text in texts):
        return None
    tenant_id, category, xero_id = texts
    if category not in ENDPOINTS or not _ID.fullmatch(xero_id):
        return None
    moment = values.moment(data, "eventDateUtc")
    return Event(tenant_id, ENDPOINTS[category], xero_id.lower(), moment)
