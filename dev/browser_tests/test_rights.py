"""What each person is shown."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, CLERK, OUTSIDER, SALESPERSON


def test_a_salesperson_sends_and_sees_the_number_but_no_settings(ready_office, log_in):
    ready_office.set(auto_quotation=False, auto_sale_order=False)
    (order,) = ready_office.create_orders("By Hand Pty Ltd")
    ready_office.call("sale.order", "action_confirm", [order])
    person = log_in(SALESPERSON)
    person.open_order(order)
    person.press("Send to Xero")
    person.sees(r"^INV-\d+$", "a draft")
    expect(person.button("Open in Xero")).to_be_visible()
    person.open("action-xero_sync.xero_document_action")
    menu = person.page.locator(".o_main_navbar")
    expect(menu).to_contain_text("Documents")
    expect(menu).not_to_contain_text("Configuration")
    expect(menu).not_to_contain_text("Mapping")


def test_an_accountant_sees_no_credentials(ready_office, log_in):
    (connection,) = ready_office.call("xero.connection", "search", [])
    person = log_in(ACCOUNTANT)
    person.open(f"xero.connection/{connection}")
    expect(person.field("tenant_name")).to_be_visible()
    for name in ("auth_method", "client_id", "client_secret"):
        expect(person.field(name)).to_have_count(0)
    expect(person.button("Disconnect")).to_have_count(0)


def test_who_has_nothing_to_do_with_xero_sees_nothing_of_it(ready_office, log_in):
    person = log_in(OUTSIDER)
    person.page.locator(".o_navbar_apps_menu button").click()
    apps = person.page.locator(".o-app-menu-list, .o-dropdown--menu").first
    expect(apps).to_contain_text("Discuss")
    expect(apps).not_to_contain_text("Xero")


def test_an_order_looks_as_before_without_a_connection(new_office, log_in):
    (order,) = new_office.create_orders("As Before Pty Ltd")
    new_office.call("sale.order", "action_confirm", [order])
    person = log_in(SALESPERSON)
    person.open_order(order)
    expect(person.field("payment_term_id")).to_be_visible()
    expect(person.page.locator(".o_form_view")).not_to_contain_text("Xero")


@pytest.fixture
def hidden_xero(ready_office):
    """The office where selling, buying and invoicing shows nothing of Xero."""
    ready_office.show_xero_to_all(False)
    yield ready_office
    ready_office.show_xero_to_all(True)


def test_who_may_not_see_xero_opens_every_form(hidden_xero, log_in):
    walk = hidden_xero.walk("Hidden")
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    invoice = walk.invoice_order(order)
    purchase = walk.create_order("purchase.order", "product_qty")
    walk.press("purchase.order", "button_confirm", purchase)
    bill = walk.press("purchase.order", "action_create_invoice", purchase)["res_id"]
    hidden_xero.wait_until_in_xero("account.move", bill)
    person = log_in(CLERK)
    for path in (
        f"orders/{order}",
        f"customer-invoices/{invoice}",
        f"purchase-orders/{purchase}",
        f"vendor-bills/{bill}",
    ):
        person.open(path)
        expect(person.field("partner_id")).to_be_visible()
        # The chatter tells everybody what became of a document
        sheet = person.page.locator(".o_form_sheet_bg")
        expect(sheet).not_to_contain_text("Xero")
