"""Items: code, prices, accounts."""

import pytest

from .client import Xero, line


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


def test_unknown_tax_rate_is_refused(xero):
    details = {"UnitPrice": 1, "AccountCode": "200", "TaxType": "NOPE"}
    assert len(xero.refused("Items", item(SalesDetails=details))) == 1


def test_code_is_unique_whatever_its_case(xero):
    assert xero.refused("Items", item(Code="book")) == [
        "Price List Item with Code 'book' already exists"
    ]


class TestStock:
    """Approving the sale of a tracked item."""

    def sale(self, xero: Xero, **values) -> dict:
        cogs = {"UnitPrice": 1, "COGSAccountCode": "310"}
        tracked = item(InventoryAssetAccountCode="630", PurchaseDetails=cogs)
        xero.create("Items", tracked)
        lines = [line(ItemCode="NEW-1", Quantity=2)]
        return xero.invoice(LineItems=lines, **values)

    def test_without_stock_it_is_refused(self, xero):
        sale = self.sale(xero, Status="AUTHORISED")
        assert len(xero.refused("Invoices", sale)) == 1

    def test_draft_needs_no_stock(self, xero):
        xero.create("Invoices", self.sale(xero))

    def test_backorders_may_be_allowed(self, xero):
        sale = self.sale(xero, Status="AUTHORISED")
        xero.create("Invoices", sale, allowBackorders="true")

    def test_with_stock_it_is_taken(self, xero):
        sale = self.sale(xero, Status="AUTHORISED")
        [tracked] = xero.get("/Items/NEW-1")
        identifier, values = tracked["ItemID"], {"QuantityOnHand": 2}
        xero.control("POST", "edit", endpoint="Items", id=identifier, values=values)
        xero.create("Invoices", sale)


def test_if_modified_since_leaves_out_what_is_older(xero):
    xero.create("Items", item())
    header = {"If-Modified-Since": "2026-02-01T00:00:00"}
    found = xero.api("GET", "/Items", headers=header).json["Items"]
    assert [each["Code"] for each in found] == ["NEW-1"]


def test_item_is_found_by_code(xero: Xero):
    [found] = xero.get("/Items/BOOK")
    assert found["Name"] == "Fish out of Water"


def test_deleted_item_is_gone_and_its_code_free(xero: Xero):
    made = xero.create("Items", item(Code="GONE"))
    answer = xero.api("DELETE", f"/Items/{made['ItemID']}")
    assert (answer.status, answer.content) == (204, b"")
    assert xero.api("GET", "/Items/GONE").status == 404
    xero.create("Items", item(Code="GONE"))


def test_items_are_not_paged(xero):
    answer = xero.api("GET", "/Items", query={"page": 9})
    assert "pagination" not in answer.json
    assert len(answer.json["Items"]) == 4


def test_dates_have_no_offset_in_write_answers_only(xero):
    assert "+0000" not in xero.create("Items", item())["UpdatedDateUTC"]
    assert "+0000" in xero.get("/Items/NEW-1")[0]["UpdatedDateUTC"]
