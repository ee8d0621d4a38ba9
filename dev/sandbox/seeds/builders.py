"""Small builders for seed data; ids are derived, so they never change."""

import uuid
from datetime import datetime
from decimal import Decimal

from ..clock import UTC
from ..store import Organisation

SEEDED_AT = datetime(2026, 1, 5, 0, 0, 0, tzinfo=UTC)

CLASSES = {
    "BANK": "ASSET",
    "CURRENT": "ASSET",
    "FIXED": "ASSET",
    "INVENTORY": "ASSET",
    "PREPAYMENT": "ASSET",
    "CURRLIAB": "LIABILITY",
    "TERMLIAB": "LIABILITY",
    "LIABILITY": "LIABILITY",
    "EQUITY": "EQUITY",
    "REVENUE": "REVENUE",
    "SALES": "REVENUE",
    "OTHERINCOME": "REVENUE",
    "DIRECTCOSTS": "EXPENSE",
    "EXPENSE": "EXPENSE",
    "OVERHEADS": "EXPENSE",
    "DEPRECIATN": "EXPENSE",
}

# What a tax type counts as in the tax return, where that has another name.
REPORT_TYPES = {
    "CAPEXINPUT2": "CAPEXINPUT",
    "DRCHARGE20": "DRCHARGE",
    "DRCHARGESUPPLY20": "DRCHARGESUPPLY",
    "INPUT2": "INPUT",
    "OUTPUT2": "OUTPUT",
    "RRINPUT": "INPUT",
    "RROUTPUT": "OUTPUT",
    "TAX001": "OUTPUT",
}


def fixed_id(organisation: Organisation, kind: str, name: str) -> str:
    """An id that is the same in every fresh sandbox."""
    tenant = uuid.UUID(organisation.tenant_id)
    return str(uuid.uuid5(tenant, f"{kind}/{name}"))


def add_accounts(organisation: Organisation, rows: list[tuple]) -> None:
    """Add accounts given as (code, name, type, tax type[, extra values])."""
    for code, name, kind, tax_type, *extra in rows:
        account = {
            "AccountID": fixed_id(organisation, "Accounts", name),
            "Code": code,
            "Name": name,
            "Status": "ACTIVE",
            "Type": kind,
            "TaxType": tax_type,
            "Class": CLASSES[kind],
            "EnablePaymentsToAccount": False,
            "ShowInExpenseClaims": False,
            "HasAttachments": False,
            "UpdatedDateUTC": SEEDED_AT,
            "AddToWatchlist": False,
            **(extra[0] if extra else {}),
        }
        if code is None:
            del account["Code"]
        if kind == "BANK":
            account["BankAccountType"] = "BANK"
            account["CurrencyCode"] = organisation.currency
        organisation["Accounts"].save(account)


def add_tax_rates(organisation: Organisation, component: str, rows: list) -> None:
    """Add tax rates given as (tax type, name, rate, applies to[, status]).

    "Applies to" holds the first letters of assets, equity, expenses (x),
    liabilities and revenue.
    """
    for tax_type, name, rate, applies, *status in rows:
        organisation["TaxRates"].save(
            {
                "Name": name,
                "TaxType": tax_type,
                "ReportTaxType": REPORT_TYPES.get(tax_type, tax_type),
                "CanApplyToAssets": "a" in applies,
                "CanApplyToEquity": "e" in applies,
                "CanApplyToExpenses": "x" in applies,
                "CanApplyToLiabilities": "l" in applies,
                "CanApplyToRevenue": "r" in applies,
                "DisplayTaxRate": Decimal(rate),
                "EffectiveRate": Decimal(rate),
                "Status": status[0] if status else "ACTIVE",
                "TaxComponents": [
                    {
                        "Name": component,
                        "Rate": Decimal(rate),
                        "IsCompound": False,
                        "IsNonRecoverable": False,
                    }
                ],
            }
        )


def add_currencies(organisation: Organisation, rows: list[tuple]) -> None:
    """Add currencies given as (code, name, units per one of the base currency)."""
    for code, description, rate in rows:
        organisation["Currencies"].save({"Code": code, "Description": description})
        organisation.day_rates[code] = Decimal(rate)


def add_tracking(organisation: Organisation, categories: dict[str, list]) -> None:
    """Add tracking categories with their options."""
    for name, options in categories.items():
        organisation["TrackingCategories"].save(
            {
                "Name": name,
                "Status": "ACTIVE",
                "TrackingCategoryID": fixed_id(organisation, "Tracking", name),
                "Options": [
                    {
                        "TrackingOptionID": fixed_id(
                            organisation, "Tracking", f"{name}/{option}"
                        ),
                        "Name": option,
                        "Status": "ACTIVE",
                        "HasValidationErrors": False,
                        "IsDeleted": False,
                        "IsArchived": False,
                        "IsActive": True,
                    }
                    for option in options
                ],
            }
        )


def add_branding_themes(organisation: Organisation, names: list[str]) -> None:
    """Add branding themes; the first is the default one."""
    for position, name in enumerate(names):
        organisation["BrandingThemes"].save(
            {
                "BrandingThemeID": fixed_id(organisation, "Themes", name),
                "Name": name,
                "LogoUrl": "",
                "Type": "INVOICE",
                "SortOrder": position * 2,
                "CreatedDateUTC": SEEDED_AT,
            }
        )


def add_contacts(organisation: Organisation, rows: list[dict]) -> None:
    """Add contacts given by the values that differ from an empty one."""
    for row in rows:
        organisation["Contacts"].save(
            {
                "ContactID": fixed_id(organisation, "Contacts", row["Name"]),
                "ContactStatus": "ACTIVE",
                "Addresses": [],
                "Phones": [],
                "UpdatedDateUTC": SEEDED_AT,
                "ContactGroups": [],
                "IsSupplier": False,
                "IsCustomer": False,
                "ContactPersons": [],
                **row,
            }
        )


def add_items(organisation: Organisation, rows: list[tuple]) -> None:
    """Add items given as (code, name, sales values, purchase values)."""
    for code, name, sales, purchase in rows:
        organisation["Items"].save(
            {
                "ItemID": fixed_id(organisation, "Items", code),
                "Code": code,
                "Name": name,
                "Description": name,
                "PurchaseDescription": name,
                "PurchaseDetails": _details(*purchase) if purchase else {},
                "SalesDetails": _details(*sales) if sales else {},
                "IsTrackedAsInventory": False,
                "IsSold": bool(sales),
                "IsPurchased": bool(purchase),
                "UpdatedDateUTC": SEEDED_AT,
            }
        )


def _details(price: str, account: str, tax_type: str) -> dict:
    return {
        "UnitPrice": Decimal(price),
        "AccountCode": account,
        "TaxType": tax_type,
    }
