"""What is paid in Xero: the webhook is set up, and Odoo's forms tell it soon."""

import re

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, ADMINISTRATOR, DATABASE

APP = "LOCAL-CUSTOM-CONNECTION"
NOWHERE = "http://127.0.0.1:9/"  # what Xero is told at last, so that it tells no more


@pytest.fixture
def ringing_office(ready_office):
    """The office, which looks at Xero only when asked."""
    ready_office.set(holdings_share=0)
    yield ready_office
    ready_office.xero.control("POST", "webhook", client_id=APP, url=NOWHERE)
    ready_office.set(holdings_share=5)


def test_an_invoice_that_was_paid_in_xero_says_so_soon(ringing_office, log_in):
    office = ringing_office
    walk = office.walk("Paying")
    order, invoice = walk.sell()
    number = office.wait_until_in_xero("account.move", invoice)
    enter_webhook(office, log_in(ADMINISTRATOR))
    total = pay(office, number)
    office.client.wait_for(
        "account.move",
        invoice,
        ["xero_payment_state"],
        lambda values: values["xero_payment_state"] == "paid",
    )
    accountant = log_in(ACCOUNTANT)
    accountant.open(f"customer-invoices/{invoice}")
    page = accountant.page
    expect(page.locator(".ribbon:visible")).to_have_text("Paid in Xero")
    expect(accountant.field("xero_payment_state")).to_have_text("Paid")
    expect(accountant.field("xero_due")).to_be_hidden()
    expect(page.locator(".o-mail-Chatter")).to_contain_text(
        re.compile(rf"{re.escape(number)} was paid on")
    )
    accountant.open_order(order)
    expect(accountant.field("xero_payment_state")).to_have_text("Paid")
    assert office.read("sale.order", order, "xero_paid") == total


def test_a_list_shows_what_is_unpaid_in_xero(ready_office, log_in):
    walk = ready_office.walk("Owing")
    _order, invoice = walk.sell()
    number = ready_office.wait_until_in_xero("account.move", invoice)
    accountant = log_in(ACCOUNTANT)
    accountant.open("action-account.action_move_out_invoice_type")
    accountant.page.locator(".o_searchview_dropdown_toggler").click()
    menu = accountant.page.locator(".o_filter_menu")
    menu.get_by_text("Unpaid in Xero", exact=True).click()
    expect(accountant.row(number)).to_be_visible()
    accountant.open(f"customer-invoices/{invoice}")
    expect(accountant.field("xero_payment_state")).to_have_text("Unpaid")
    total = ready_office.read("account.move", invoice, "amount_total")
    expect(accountant.field("xero_due")).to_have_text(f"{total:,.2f}")
    expect(accountant.page.locator(".ribbon:visible")).to_have_count(0)


def enter_webhook(office, administrator):
    """Copy the address to Xero, its key to Odoo, and send the intent to receive."""
    administrator.open_settings()
    url = administrator.field("xero_webhook_url").inner_text().strip()
    entered = office.xero.control("POST", "webhook", client_id=APP, url=url)
    key = administrator.field("xero_webhook_key").locator("input")
    key.fill(entered["key"])
    administrator.save_settings()
    told = office.xero.control("POST", "intent", client_id=APP)
    assert told["status"] == "OK"
    administrator.open_settings()
    expect(administrator.settings).to_contain_text("A key is stored")
    expect(key).to_have_value("")


def pay(office, number):
    """What a person does in Xero: pay the whole of an invoice; return its total."""
    # The last reading was not just now: Xero's ring is heeded at once
    office.odoo.query(DATABASE, "UPDATE xero_connection SET holdings_at = '2026-01-01'")
    invoice = office.find("Invoices", number)
    payment = {
        "Invoice": {"InvoiceID": invoice["InvoiceID"]},
        "Account": {"Code": "090"},
        "Amount": invoice["Total"],
    }
    office.xero.control("POST", "seed", endpoint="Payments", elements=[payment])
    return invoice["Total"]
