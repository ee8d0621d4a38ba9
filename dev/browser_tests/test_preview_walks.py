"""What Xero would get, seen before anything is sent."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, SALESPERSON


@pytest.fixture
def order(ready_office):
    """A confirmed order that does not go by itself."""
    ready_office.set(auto_quotation=False, auto_sale_order=False)
    (order,) = ready_office.create_orders("Preview Customer")
    ready_office.call("sale.order", "action_confirm", [order])
    return order


def test_a_salesperson_previews_an_order_and_sends_it(ready_office, order, log_in):
    person = log_in(SALESPERSON)
    person.open_order(order)
    person.turn_to("Xero")
    person.press("Preview for Xero")
    content = person.field("content")
    expect(content).to_contain_text("New invoice in Xero: a draft.")
    expect(content).to_contain_text("Preview Customer, created in Xero first")
    expect(content).to_contain_text("GST on Income")
    assert not ready_office.read("sale.order", order, "xero_number")
    person.press_in_dialog("Send to Xero")
    number = person.sees(r"INV-\d+", "a draft")
    total = ready_office.read("sale.order", order, "amount_total")
    assert ready_office.find("Invoices", number)["Total"] == total


def test_an_accountant_fixes_what_keeps_it_back_from_the_preview(
    connected_office, log_in
):
    connected_office.set(auto_quotation=False, auto_sale_order=False)
    (order,) = connected_office.create_orders("Not Mapped Either Ltd")
    connected_office.call("sale.order", "action_confirm", [order])
    person = log_in(ACCOUNTANT)
    person.open_order(order)
    person.turn_to("Xero")
    person.press("Preview for Xero")
    expect(person.field("content")).to_contain_text("has no Xero tax rate")
    person.press("Fix")
    expect(person.field("xero_tax_rate_id")).to_be_visible()
