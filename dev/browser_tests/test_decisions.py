"""What a person decides where Odoo does not: the alert, its choices, the warning."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT


@pytest.fixture
def changed_order(ready_office):
    """An order changed in Odoo after somebody worked on its draft in Xero."""
    ready_office.set(auto_quotation=False)
    walk = ready_office.walk("Changed")
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    sent = ready_office.wait_until_in_xero("sale.order", order)
    draft = ready_office.find("Invoices", sent)
    ready_office.edit_in_xero("Invoices", draft["InvoiceID"], Status="SUBMITTED")
    lines = ready_office.read("sale.order", order, "order_line")
    ready_office.call("sale.order.line", "write", lines, {"product_uom_qty": 5})
    ready_office.call("sale.order", "action_xero_send", [order])  # not in a minute
    return order


@pytest.fixture
def accountant(changed_order, log_in):
    """An accountant who reads that it was changed on both sides."""
    person = log_in(ACCOUNTANT)
    person.open_order(changed_order)
    expect(person.banner).to_contain_text("overwrites nothing")
    return person


def test_to_replace_what_was_changed_in_xero_asks_with_both_sides(
    ready_office, changed_order, accountant
):
    accountant.press("Replace what is in Xero")
    question = accountant.field("question")
    expect(question).to_contain_text("In Xero now")
    expect(question).to_contain_text("awaiting approval")
    accountant.press_in_dialog("Replace in Xero")
    number = accountant.sees(r"INV-\d+", "a draft")
    total = ready_office.read("sale.order", changed_order, "amount_total")
    assert ready_office.find("Invoices", number)["Total"] == total


def test_skip_asks_why_and_leaves_xero_as_it_is(
    ready_office, changed_order, accountant
):
    number = accountant.field("xero_number").inner_text().strip()
    accountant.press("Skip")
    accountant.field("reason").locator("input").fill("Agreed on the phone")
    accountant.press_in_dialog("Skip")
    expect(accountant.field("xero_shown_state")).to_have_text("Skipped")
    expect(accountant.banner).to_have_count(0)
    expect(accountant.page.locator(".o-mail-Thread")).to_contain_text(
        "Skipped by Abby Accountant. Agreed on the phone"
    )
    assert ready_office.find("Invoices", number)["Status"] == "SUBMITTED"


def test_link_takes_another_document_of_xero(ready_office, changed_order, accountant):
    number = accountant.field("xero_number").inner_text().strip()
    first = ready_office.find("Invoices", number)
    contact = {"ContactID": first["Contact"]["ContactID"]}
    by_hand = {"Type": "ACCREC", "Contact": contact, "InvoiceNumber": f"HAND-{number}"}
    by_hand["LineItems"] = [{"Description": "Typed in Xero"}]
    ready_office.xero.control("POST", "seed", endpoint="Invoices", elements=[by_hand])
    accountant.press("Link to one in Xero")
    accountant.field("number").locator("input").fill(f"HAND-{number}")
    accountant.press_in_dialog("Link")
    accountant.sees(f"^HAND-{number}$", "a draft")
    total = ready_office.read("sale.order", changed_order, "amount_total")
    assert ready_office.find("Invoices", f"HAND-{number}")["Total"] == total
    assert ready_office.find("Invoices", number)["Total"] == first["Total"]


def test_an_invoice_beside_its_orders_draft_is_warned_of(ready_office, log_in):
    ready_office.set(auto_quotation=False, partial_invoicing="leave")
    walk = ready_office.walk("Doubled")
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    number = ready_office.wait_until_in_xero("sale.order", order)
    invoice = walk.invoice_order(order)
    walk.edit_lines(invoice, lambda _, line: (1, line["id"], {"quantity": 1}))
    person = log_in(ACCOUNTANT)
    person.open(f"customer-invoices/{invoice}")
    expect(person.banner).to_contain_text("Before you confirm")
    expect(person.banner).to_contain_text(number)
