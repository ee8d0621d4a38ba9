"""Which status a document may take next.

Pages: api/accounting/quotes, api/accounting/invoices, api/accounting/creditnotes,
api/accounting/purchaseorders. Where a page is silent (an invoice sent back from
SUBMITTED, a purchase order skipping a step) only what was seen to work is allowed.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from . import const

_Steps = Mapping[str | None, tuple[str, ...]]

# None is a document Xero does not have yet.
_POSTED: _Steps = MappingProxyType(
    {
        None: ("DRAFT", "SUBMITTED", "AUTHORISED"),
        "DRAFT": ("SUBMITTED", "AUTHORISED", "DELETED"),
        "SUBMITTED": ("DRAFT", "AUTHORISED", "DELETED"),
        "AUTHORISED": ("VOIDED",),
    }
)
_STEPS: Mapping[str, _Steps] = MappingProxyType(
    {
        "Invoices": _POSTED,
        "CreditNotes": _POSTED,
        "Quotes": {
            None: ("DRAFT",),
            "DRAFT": ("SENT", "DELETED"),
            "SENT": ("ACCEPTED", "DECLINED", "DELETED"),
            "DECLINED": ("SENT", "DELETED"),
            "ACCEPTED": ("INVOICED", "SENT", "DELETED"),
            "INVOICED": ("SENT", "DELETED"),
        },
        "PurchaseOrders": {
            None: ("DRAFT", "SUBMITTED", "AUTHORISED", "BILLED"),
            "DRAFT": ("SUBMITTED", "AUTHORISED", "BILLED", "DELETED"),
            "SUBMITTED": ("AUTHORISED", "BILLED", "DELETED"),
            "AUTHORISED": ("BILLED", "DELETED"),
            "BILLED": ("DELETED",),
        },
    }
)


def next_status(endpoint: str, current: str | None, wanted: str) -> str | None:
    """The status to send next on the shortest way from `current` to `wanted`.

    PAID is what AUTHORISED turns into by itself once nothing is due, so a paid
    document that is wanted authorised stays PAID.

    :param endpoint: ``Invoices``, ``CreditNotes``, ``PurchaseOrders``, ``Quotes``
    :param current: the document's status in Xero, None before it exists there
    :return: `wanted` when it is there already or one step away, None when it cannot
        be reached
    :raise KeyError: for another endpoint
    """
    steps = _STEPS[endpoint]
    if current == wanted:
        return wanted
    if current == "PAID" and wanted == "AUTHORISED":
        return "PAID"
    # Breadth first: each path is its first step and where it stands.
    paths = [(step, step) for step in steps.get(current, ())]
    seen = {current}
    for first, here in paths:
        if here == wanted:
            return first
        if here not in seen:
            seen.add(here)
            paths += [(first, step) for step in steps.get(here, ())]
    return None


def removal_status(endpoint: str, current: str | None) -> str | None:
    """What ends a document in this status: ``DELETED`` or ``VOIDED``.

    :return: None when nothing can: it is paid, gone already, or not there yet
    :raise KeyError: for an endpoint `next_status` does not know
    """
    steps = _STEPS[endpoint].get(current, ())
    return next((each for each in const.GONE_STATUSES if each in steps), None)
