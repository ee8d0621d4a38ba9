"""Items: code, prices, accounts."""

import pytest

from .client import Xero


def item(**values) -> dict:
    return {
        "Code": "NEW-1",
        "Name": "New",
        "SalesDetails": {"UnitPrice": 10, "AccountCode": "200"},
        **values,
    }


def test_tax_type_comes_from_the_account(xero):
    element = item(PurchaseDetails={"UnitPrice": 5, "AccountCode": "310"})
    answer = xero.create("Items", element)
    assert answer["SalesDetails"]["TaxType"] == "OUTPUT"
    assert answer["PurchaseDetails"]["TaxType"] == "INPUT"


def test_sent_tax_type_wins_over_the_account(xero):
    details = {"UnitPrice": 1, "AccountCode": "200", "TaxType": "EXEMPTOUTPUT"}
    answer = xero.create("Items", item(SalesDetails=details))
    assert answer["SalesDetails"]["TaxType"] == "EXEMPTOUTPUT"


def test_put_with_a_taken_code_is_refused(xero):
    assert xero.refused("Items", item(Code="BOOK")) == [
        "Price List Item with Code 'BOOK' already exists"
    ]


def test_post_with_a_taken_code_updates_that_item(xero):
    first = xero.create("Items", item())
    second = xero.update("Items", item(Name="Again"))
    assert second["ItemID"] == first["ItemID"]
    assert second["Name"] == "Again"


@pytest.mark.parametrize(
    ("field", "longest"), [("Code", 30), ("Name", 50), ("Description", 4000)]
)
def test_text_fields_have_a_longest_value(xero, field, longest):
    xero.create("Items", item(**{field: "x" * longest}))
    assert xero.refused("Items", item(**{"Code": "B", field: "y" * (longest + 1)}))


@pytest.mark.parametrize(("unitdp", "price"), [(2, 1.24), (4, 1.2357)])
def test_unit_price_has_two_decimals_unless_unitdp_is_four(xero, unitdp, price):
    details = {"UnitPrice": 1.23567, "AccountCode": "200"}
    answer = xero.create("Items", item(SalesDetails=details), unitdp=unitdp)
    assert answer["SalesDetails"]["UnitPrice"] == price


def test_item_that_is_not_sold_loses_its_sales_details(xero):
    xero.create("Items", item(Description="words"))
    answer = xero.update("Items", item(IsSold=False))
    assert answer["SalesDetails"] == {}
    assert "Description" not in answer


@pytest.mark.parametrize("code", ["999", "205"])
def test_unknown_or_archived_account_is_refused(xero, code):
    details = {"UnitPrice": 1, "AccountCode": code}
    assert xero.refused("Items", item(SalesDetails=details))


def test_item_is_tracked_only_with_both_accounts(xero):
    cogs = {"UnitPrice": 1, "COGSAccountCode": "310"}
    element = item(InventoryAssetAccountCode="630", PurchaseDetails=cogs)
    assert xero.create("Items", element)["IsTrackedAsInventory"] is True
    assert xero.refused("Items", item(Code="B", InventoryAssetAccountCode="630"))


def test_item_is_found_by_code(xero: Xero):
    [found] = xero.get("/Items/BOOK")
    assert found["Name"] == "Fish out of Water"


def test_items_are_not_paged(xero):
    answer = xero.api("GET", "/Items", query={"page": 9})
    assert "pagination" not in answer.json
    assert len(answer.json["Items"]) == 4


def test_dates_have_no_offset_in_write_answers_only(xero):
    assert "+0000" not in xero.create("Items", item())["UpdatedDateUTC"]
    assert "+0000" in xero.get("/Items/NEW-1")[0]["UpdatedDateUTC"]
