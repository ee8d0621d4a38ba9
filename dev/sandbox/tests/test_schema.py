"""Our answers against Xero's OpenAPI description: known keys, types, enum values.

The description lies outside the repository; without it these tests are skipped.
"""

import os
from pathlib import Path
from typing import Any

import pytest

from .client import UK, Xero, line

yaml = pytest.importorskip("yaml")

HERE = Path(__file__).resolve()
FILE = Path(
    os.environ.get("XERO_SCHEMA", HERE.parents[4] / "shared" / "xero_accounting.yaml")
)

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="no schema here")

# Sent by Xero (see the recordings) though its description does not know them.
RECORDED_EXTRAS = {
    "HasErrors",
    "HasValidationErrors",
    "InvoiceAddresses",
    "InvoicePaymentServices",
    "IsDiscounted",
    "Item",
    "UpdatedDateUTCString",
    "DateUTCString",
    "Type",
    "ID",
    "LogoUrl",
    "IsDeleted",
    "IsArchived",
    "IsActive",
    "Attachments",
    "ValidationErrors",
    "SalesTrackingCategories",
    "PurchasesTrackingCategories",
    "AccountID",
    "TotalDiscount",
    "BrandingThemeID",
    "Contact",
}
TYPES = {
    "string": str,
    "boolean": bool,
    "number": (int, float),
    "integer": int,
    "array": list,
    "object": dict,
}


@pytest.fixture(scope="module")
def schemas() -> dict:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with FILE.open(encoding="utf-8") as file:
        return yaml.load(file, loader)["components"]["schemas"]


def faults(schemas: dict, schema: dict, value: Any, path: str) -> list[str]:
    """Where a value does not fit its schema."""
    while "$ref" in schema:
        schema = schemas[schema["$ref"].rsplit("/", 1)[-1]]
    kind = TYPES.get(schema.get("type", "object"))
    if kind and not isinstance(value, kind):
        return [f"{path}: {value!r} is no {schema.get('type')}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{path}: {value!r} is none of {schema['enum']}"]
    if isinstance(value, list):
        items = schema.get("items", {})
        return [fault for each in value for fault in faults(schemas, items, each, path)]
    if not isinstance(value, dict):
        return []
    found = []
    properties = schema.get("properties", {})
    for key, each in value.items():
        if key in properties:
            found += faults(schemas, properties[key], each, f"{path}.{key}")
        elif key not in RECORDED_EXTRAS and not key.endswith("DateString"):
            found.append(f"{path}.{key} is not in the schema")
    return found


def written(xero: Xero, endpoint: str) -> None:
    """Put one rich object into an endpoint that starts empty."""
    tracking = [{"Name": "Region", "Option": "North"}]
    lines = [{"Description": "words"}, line(ItemCode="BOOK", Tracking=tracking)]
    invoice = xero.create(
        "Invoices", xero.invoice(LineItems=lines, Status="AUTHORISED")
    )
    if endpoint == "Payments":
        target = {"InvoiceID": invoice["InvoiceID"]}
        element = {"Invoice": target, "Account": {"Code": "090"}, "Amount": 1}
        xero.create("Payments", element)
    if endpoint == "Quotes":
        xero.create("Quotes", xero.quote())
    if endpoint == "PurchaseOrders":
        xero.create("PurchaseOrders", xero.order(DeliveryDate="2026-12-01"))
    if endpoint == "CreditNotes":
        element = {**xero.invoice(), "Type": "ACCRECCREDIT"}
        xero.create("CreditNotes", element)


@pytest.mark.parametrize(
    ("endpoint", "schema"),
    [
        ("Accounts", "Account"),
        ("BrandingThemes", "BrandingTheme"),
        ("Contacts", "Contact"),
        ("CreditNotes", "CreditNote"),
        ("Currencies", "Currency"),
        ("Invoices", "Invoice"),
        ("Items", "Item"),
        ("Payments", "Payment"),
        ("PurchaseOrders", "PurchaseOrder"),
        ("Quotes", "Quote"),
        ("TaxRates", "TaxRate"),
        ("TrackingCategories", "TrackingCategory"),
    ],
)
def test_answers_fit_the_schema(xero, schemas, endpoint, schema):
    written(xero, endpoint)
    listed = xero.get(f"/{endpoint}", page=1)
    assert listed
    for each in listed:
        assert faults(schemas, schemas[schema], each, endpoint) == []


def test_organisation_fits_the_schema(xero, schemas):
    [found] = xero.api("GET", "/Organisation").json["Organisations"]
    assert faults(schemas, schemas["Organisation"], found, "Organisation") == []


def test_british_tax_rates_fit_the_schema(xero, schemas):
    xero.tenant = UK
    for each in xero.get("/TaxRates"):
        assert faults(schemas, schemas["TaxRate"], each, "TaxRate") == []
