"""Purchase orders: existing contacts only, numbers held for ever."""

import pytest

from .client import ZERO_ID, Xero, line


def change(xero: Xero, order: dict, **values) -> dict:
    element = {"PurchaseOrderID": order["PurchaseOrderID"], **values}
    return xero.update("PurchaseOrders", element)


def change_refused(xero: Xero, order: dict, **values) -> list[str]:
    element = {"PurchaseOrderID": order["PurchaseOrderID"], **values}
    return xero.refused("PurchaseOrders", element, method="POST")


def make(xero: Xero, status: str = "DRAFT", **values) -> dict:
    return xero.create("PurchaseOrders", xero.order(Status=status, **values))


def test_form_of_an_order(xero):
    order = make(xero)
    assert order["PurchaseOrderNumber"] == "PO-0001"
    assert order["Type"] == "PURCHASEORDER"
    assert order["LineItems"][0]["TaxType"] == "INPUT"
    assert order["Total"] == 23.10
    assert order["TotalDiscount"] == 0


def test_nested_contact_has_local_time_labelled_utc(xero):
    order = make(xero)
    [contact] = xero.get(f"/Contacts/{order['Contact']['ContactID']}")
    stamps = [order["Contact"]["UpdatedDateUTC"], contact["UpdatedDateUTC"]]
    nested, own = (int(stamp[6:19]) for stamp in stamps)
    assert nested - own == 11 * 3_600_000  # Sydney in January


def test_nested_contact_has_no_addresses_and_only_used_phones(xero):
    order = make(xero, Contact=xero.contact())
    assert order["Contact"]["Addresses"] == []
    assert [each["PhoneType"] for each in order["Contact"]["Phones"]] == ["DEFAULT"]


def test_order_does_not_make_a_supplier(xero):
    order = make(xero, Contact=xero.contact("City Agency"))
    assert order["Contact"]["IsSupplier"] is False


def test_unknown_name_creates_no_contact(xero):
    element = xero.order(Contact={"Name": "Walk-in"})
    assert len(xero.refused("PurchaseOrders", element)) == 1
    assert xero.get("/Contacts", where='Name=="Walk-in"') == []


def test_known_name_is_not_edited_by_further_details(xero):
    contact = {"Name": "PowerDirect", "EmailAddress": "other@example.com"}
    make(xero, Contact=contact)
    [read] = xero.get("/Contacts", where='Name=="PowerDirect"')
    assert read["EmailAddress"] == "bills@powerdirect.example.com"


def test_archived_contact_is_refused(xero):
    element = xero.order(Contact=xero.contact("Old Town Traders"))
    assert len(xero.refused("PurchaseOrders", element)) == 1


@pytest.mark.parametrize("status", ["DRAFT", "SUBMITTED", "AUTHORISED", "BILLED"])
def test_order_may_be_created_in_every_living_status(xero, status):
    assert make(xero, status)["Status"] == status


def test_order_cannot_be_created_deleted(xero):
    element = xero.order(Status="DELETED")
    assert xero.refused("PurchaseOrders", element) == [
        "PurchaseOrder status change is invalid"
    ]


@pytest.mark.parametrize(
    ("before", "after", "allowed"),
    [
        ("DRAFT", "SUBMITTED", True),
        ("SUBMITTED", "AUTHORISED", True),
        ("AUTHORISED", "BILLED", True),
        ("AUTHORISED", "DELETED", True),
        ("BILLED", "DELETED", True),
        ("BILLED", "DRAFT", False),
        ("AUTHORISED", "DRAFT", False),
    ],
)
def test_step(xero, before, after, allowed):
    order = make(xero, before)
    if allowed:
        assert change(xero, order, Status=after)["Status"] == after
    else:
        assert change_refused(xero, order, Status=after) == [
            "PurchaseOrder status change is invalid"
        ]


def test_deleted_order_cannot_be_updated(xero):
    order = make(xero)
    change(xero, order, Status="DELETED")
    assert change_refused(xero, order, Reference="x") == [
        "Deleted PurchaseOrders cannot be updated"
    ]


def test_deleting_keeps_lines_and_totals(xero):
    order = make(xero)
    after = change(xero, order, Status="DELETED")
    assert (after["Total"], len(after["LineItems"])) == (23.10, 1)


def test_put_with_a_taken_number_is_refused(xero):
    make(xero, PurchaseOrderNumber="P1")
    element = xero.order(PurchaseOrderNumber="P1")
    assert xero.refused("PurchaseOrders", element) == ["Order number must be unique"]


def test_post_with_a_taken_number_silently_edits_that_order(xero):
    first = make(xero, PurchaseOrderNumber="P1")
    element = xero.order(PurchaseOrderNumber="P1", Reference="other")
    after = xero.update("PurchaseOrders", element)
    assert after["PurchaseOrderID"] == first["PurchaseOrderID"]
    assert after["Reference"] == "other"


def test_number_of_a_deleted_order_answers_with_the_zero_id(xero):
    order = make(xero, PurchaseOrderNumber="P1")
    change(xero, order, Status="DELETED")
    element = xero.order(PurchaseOrderNumber="P1")
    [answer] = xero.write("PurchaseOrders", element, method="POST")
    assert answer["PurchaseOrderID"] == ZERO_ID
    assert answer["ValidationErrors"] == [
        {"Message": "PurchaseOrder status change is invalid"}
    ]
    assert xero.refused("PurchaseOrders", element) == ["Order number must be unique"]


def test_renaming_while_deleting_frees_the_number(xero):
    order = make(xero, PurchaseOrderNumber="P1")
    change(xero, order, Status="DELETED", PurchaseOrderNumber="P1-gone")
    make(xero, PurchaseOrderNumber="P1")


def test_sent_to_contact_needs_an_approved_order(xero):
    element = xero.order(Status="SUBMITTED", SentToContact=True)
    assert xero.refused("PurchaseOrders", element) == [
        "Only AUTHORISED and BILLED purchase orders may have SentToContact updated."
    ]
    assert make(xero, "AUTHORISED", SentToContact=True)["SentToContact"] is True


def test_one_a_bill_was_made_from_is_not_deleted(xero):
    made = make(xero, "AUTHORISED")
    xero.control(
        "POST",
        "edit",
        endpoint="PurchaseOrders",
        id=made["PurchaseOrderID"],
        values={"_has_linked_transactions": True},
    )
    element = {"PurchaseOrderID": made["PurchaseOrderID"], "Status": "DELETED"}
    assert xero.refused("PurchaseOrders", element, method="POST") == [
        "PurchaseOrder status change is invalid"
    ]


def test_quantity_needs_a_unit_amount(xero):
    element = xero.order(LineItems=[line(AccountCode="400", UnitAmount=None)])
    assert len(xero.refused("PurchaseOrders", element)) == 1


def test_account_is_not_needed(xero):
    lines = [line(AccountCode=None, TaxType="INPUT")]
    assert make(xero, "AUTHORISED", LineItems=lines)["Total"] == 23.10


def test_discount_rate_is_allowed_and_amount_is_not(xero):
    rate = line(AccountCode="400", DiscountRate=10)
    assert make(xero, LineItems=[rate])["TotalDiscount"] == 2.10
    amount = line(AccountCode="400", DiscountAmount=1)
    assert xero.refused("PurchaseOrders", xero.order(LineItems=[amount]))


def test_unit_amount_has_four_decimals_without_unitdp(xero):
    priced = line(AccountCode="400", Quantity=1000, UnitAmount=1.23567)
    assert make(xero, LineItems=[priced])["SubTotal"] == 1235.70


def test_delivery_instructions_have_a_longest_value(xero):
    make(xero, DeliveryInstructions="x" * 500)
    element = xero.order(DeliveryInstructions="x" * 501)
    assert len(xero.refused("PurchaseOrders", element)) == 1


def test_delivery_fields_come_back(xero):
    values = {
        "DeliveryAddress": "1 Dock Rd\nSydney",
        "AttentionTo": "Ann",
        "Telephone": "123",
        "DeliveryDate": "2026-12-01",
    }
    order = make(xero, **values)
    [read] = xero.get(f"/PurchaseOrders/{order['PurchaseOrderID']}")
    assert read["DeliveryAddress"] == values["DeliveryAddress"]
    assert read["DeliveryDateString"] == "2026-12-01T00:00:00"


def test_order_is_found_by_number(xero):
    order = make(xero, PurchaseOrderNumber="P1")
    [found] = xero.get("/PurchaseOrders/P1")
    assert found["PurchaseOrderID"] == order["PurchaseOrderID"]


def test_orders_are_filtered_by_status_and_date(xero):
    make(xero, "AUTHORISED", Date="2026-01-01")
    make(xero, "DRAFT", Date="2026-11-01")
    assert len(xero.get("/PurchaseOrders", Status="DRAFT")) == 1
    assert len(xero.get("/PurchaseOrders", DateTo="2026-06-30")) == 1
