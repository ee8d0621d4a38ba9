"""Granular scopes (since 2 March 2026) and which endpoint needs which.

https://developer.xero.com/faq/granular-scopes
"""

from dataclasses import dataclass

IDENTITY = {
    "openid": "Know who you are",
    "profile": "See your name",
    "email": "See your email address",
    "offline_access": "Stay connected when you are not there",
}

_FAMILIES = {
    "accounting.invoices": "invoices, credit notes, quotes, purchase orders and items",
    "accounting.payments": "payments, overpayments and prepayments",
    "accounting.banktransactions": "bank transactions and transfers",
    "accounting.manualjournals": "manual journals",
    "accounting.contacts": "contacts and contact groups",
    "accounting.settings": "organisation settings, accounts, tax rates and tracking",
    "accounting.attachments": "attached files",
}
_REPORTS = (
    "aged",
    "balancesheet",
    "banksummary",
    "budgetsummary",
    "executivesummary",
    "profitandloss",
    "taxreports",
    "trialbalance",
)

GRANULAR = {
    **IDENTITY,
    **{scope: f"View and change your {what}" for scope, what in _FAMILIES.items()},
    **{f"{scope}.read": f"View your {what}" for scope, what in _FAMILIES.items()},
    **{f"accounting.reports.{each}.read": f"View report {each}" for each in _REPORTS},
    "accounting.budgets.read": "View your budgets",
}

_SETTINGS = ("accounting.settings",)
_INVOICES = ("accounting.invoices",)
ENDPOINT_SCOPES: dict[str, tuple[str, ...]] = {
    "Organisation": _SETTINGS,
    "Accounts": _SETTINGS,
    "TaxRates": _SETTINGS,
    "Currencies": _SETTINGS,
    "BrandingThemes": _SETTINGS,
    "TrackingCategories": _SETTINGS,
    "Contacts": ("accounting.contacts",),
    "Items": ("accounting.settings", "accounting.invoices"),
    "Quotes": _INVOICES,
    "Invoices": _INVOICES,
    "CreditNotes": _INVOICES,
    "PurchaseOrders": _INVOICES,
    "Payments": ("accounting.payments",),
}
ATTACHMENT_SCOPES = ("accounting.attachments",)


@dataclass(frozen=True)
class RefusedScope:
    """Calls that Xero refuses for a missing scope, whatever the token has.

    ``part`` is that of the address, like ``Attachments``; ``reads`` says whether
    reading is refused as well; ``status`` and ``header`` are the form of the refusal.
    """

    endpoint: str
    part: str = ""
    reads: bool = False
    status: int = 401
    header: bool = True


class RefusedScopes:
    """What Xero's own tables of scopes leave open, answered with no.

    They name no scope that writes items beside ``accounting.settings``'s, and none
    that attaches to quotes (xero-truth-2026-11.md, O2 and O3).
    """

    def __init__(self) -> None:
        self._refused: list[RefusedScope] = []

    def add(self, refused: RefusedScope) -> None:
        """Refuse such calls from now on."""
        self._refused.append(refused)

    def clear(self) -> None:
        """Refuse nothing any more."""
        self._refused.clear()

    def find(self, endpoint: str, part: str, write: bool) -> RefusedScope | None:
        """What refuses this call, if anything does."""
        return next(
            (
                each
                for each in self._refused
                if (each.endpoint, each.part) == (endpoint, part)
                and (write or each.reads)
            ),
            None,
        )


def unknown_scopes(scopes: list[str]) -> list[str]:
    """Return those an app created after 2 March 2026 may not ask for."""
    return [scope for scope in scopes if scope not in GRANULAR]


def allows(granted: list[str], endpoint: str, part: str, write: bool) -> bool:
    """Whether one of the scopes for this endpoint (or its attachments) was granted."""
    wanted = ATTACHMENT_SCOPES if part == "Attachments" else ENDPOINT_SCOPES[endpoint]
    for scope in wanted:
        if scope in granted or (not write and f"{scope}.read" in granted):
            return True
    return False
