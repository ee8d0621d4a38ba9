"""The accountant maps taxes, sets of taxes and accounts, and what waited goes."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT

MAPPING = "action-xero_sync.xero_mapping_action"


@pytest.fixture
def waiting(connected_office):
    """A customer's confirmed order, with a tax that nobody has mapped."""
    walk = connected_office.walk("Waiting")
    walk.order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", walk.order)
    return walk


@pytest.fixture
def accountant(waiting, log_in):
    """Somebody who looks at what is not mapped."""
    person = log_in(ACCOUNTANT)
    person.open(MAPPING)
    return person


def missing(person):
    """How many taxes the screen lists as not mapped."""
    return int(person.field("missing_tax_count").inner_text())


def test_one_accepted_proposal_sends_what_waited_for_it(
    connected_office, waiting, accountant
):
    before = missing(accountant)
    row = accountant.row("GST on Income")
    expect(row).to_contain_text("10% GST")
    row.get_by_role("button", name="Accept").click()
    expect(accountant.field("missing_tax_count")).to_have_text(str(before - 1))
    number = connected_office.wait_until_in_xero("sale.order", waiting.order)
    lines = connected_office.find("Invoices", number.split(", ")[-1])["LineItems"]
    assert {line.get("TaxType") for line in lines} - {None} == {"OUTPUT"}


def test_all_proposals_are_accepted_with_one_click(connected_office, accountant):
    accountant.press("Accept all proposals")
    expect(accountant.row("GST on Income")).to_have_count(0)
    expect(accountant.button("Accept all proposals")).to_have_count(0)
    found = [("xero_tax_rate_id.tax_type", "=", "INPUT")]
    assert connected_office.call("account.tax", "search_count", found)


def test_taxes_that_stand_on_one_line_together_are_mapped_as_a_set(
    connected_office, waiting, accountant
):
    connected_office.map_taxes()
    connected_office.wait_until_in_xero("sale.order", waiting.order)
    levy = {"name": "Levy", "amount": 0, "type_tax_use": "sale"}
    (levy,) = connected_office.call("account.tax", "create", [levy])
    second = waiting.create_order("sale.order", "product_uom_qty")
    lines = connected_office.read("sale.order", second, "order_line")
    connected_office.call(
        "sale.order.line", "write", lines[:1], {"tax_ids": [(4, levy)]}
    )
    waiting.press("sale.order", "action_confirm", second)
    accountant.open_order(second)
    expect(accountant.banner).to_contain_text("Levy")
    accountant.open(MAPPING)
    expect(accountant.field("missing_tax_set_count")).to_have_text("1")
    row = accountant.field("missing_tax_set_ids").locator(".o_data_row")
    expect(row).to_contain_text("10% GST")
    row.get_by_role("button", name="Accept").click()
    expect(accountant.field("missing_tax_set_ids")).not_to_be_visible()
    number = connected_office.wait_until_in_xero("sale.order", second)
    invoice = connected_office.find("Invoices", number.split(", ")[-1])
    total = connected_office.read("sale.order", second, "amount_total")
    assert invoice["Total"] == total
