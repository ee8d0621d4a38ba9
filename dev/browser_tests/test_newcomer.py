"""A newcomer opens the app after its installation, and follows what it says."""

import re

from playwright.sync_api import expect

from .office import ACCOUNTANT, ADMINISTRATOR, SALESPERSON
from .person import WEB_APP, WEB_APP_SECRET

ORGANISATION = "Demo Company (AU)"


def step(person, name):
    """A step on the start page."""
    return person.card.locator(f"[name=step_{name}]")


def press(person, name, label):
    """Press a button of a step."""
    step(person, name).get_by_role("button", name=label, exact=True).click()


def is_done(person, name):
    """Wait until a step is done."""
    expect(step(person, name).get_by_role("img", name="Done")).to_be_visible()


def open_app(person):
    """Open the app by its icon."""
    person.page.locator(".o_navbar_apps_menu button").click()
    person.page.locator(".o_app", has_text=re.compile("^Xero$")).click()
    person.page.wait_for_selector(".o_action_manager .o_view_controller")


def choose(person, name, text):
    """Choose a record in a dialog."""
    person.choose(person.dialog.locator(f".o_field_widget[name={name}]"), text)


def test_the_app_leads_from_its_installation_to_the_first_document(new_office, log_in):
    person = log_in(ADMINISTRATOR)
    open_app(person)
    person.page.get_by_text("Set up Xero", exact=True).click()

    press(person, "application", "Enter")
    redirect = f"{new_office.url}/xero_sync/oauth/callback"
    expect(person.dialog).to_contain_text(redirect)
    fields = person.dialog.locator(".o_field_widget")
    fields.and_(person.page.locator("[name=client_id]")).locator("input").fill(WEB_APP)
    secret = fields.and_(person.page.locator("[name=client_secret]"))
    secret.locator("input").fill(WEB_APP_SECRET)
    person.dialog.get_by_role("button", name="Connect to Xero").click()
    person.allow(ORGANISATION)

    is_done(person, "application")
    is_done(person, "connection")
    press(person, "defaults", "Choose")
    choose(person, "zero_sale_tax_rate_id", "GST Free Income")
    choose(person, "zero_purchase_tax_rate_id", "GST Free Expenses")
    person.press_in_dialog("Save")
    is_done(person, "defaults")

    press(person, "taxes", "Map")
    person.press("Accept all proposals")
    expect(person.row("GST on Income")).to_have_count(0)
    person.page.locator(".o_breadcrumb a").last.click()
    press(person, "scope", "Choose")
    person.press_in_dialog("Save")
    is_done(person, "scope")
    is_done(person, "start")
    press(person, "existing", "Done")
    expect(person.card).not_to_contain_text("First steps")

    new_office.call("res.partner", "create", [{"name": "First Customer"}])
    person.write_order("First Customer", "Espresso machine")
    person.confirm_order()
    person.sees(r"^QU-\d+, INV-\d+$", "a draft")
    open_app(person)
    sales_orders = person.page.locator(
        ".o_kanban_record [name=figures] [name=sale_order]"
    )
    expect(sales_orders).to_contain_text("1")
    sales_orders.get_by_text("1", exact=True).first.click()
    expect(person.row("INV-")).to_be_visible()
    expect(person.page.locator(".o_data_row")).to_have_count(1)


def test_before_there_is_a_connection_the_mapping_leads_to_the_first_steps(
    new_office, log_in
):
    person = log_in(ACCOUNTANT)
    person.open("action-xero_sync.xero_mapping_action")
    page = person.page.locator(".o_view_nocontent")
    expect(page).to_contain_text("A Xero administrator connects")
    expect(person.page.get_by_text("Set up Xero", exact=True)).to_have_count(0)


def test_a_salesperson_is_promised_nothing_before_there_is_a_connection(
    new_office, log_in
):
    person = log_in(SALESPERSON)
    open_app(person)
    page = person.page.locator(".o_view_nocontent")
    expect(page).to_contain_text("is not connected to Xero")


def test_the_configuration_leads_to_the_settings(ready_office, log_in):
    person = log_in(ADMINISTRATOR)
    open_app(person)
    person.page.get_by_role("button", name="Configuration").click()
    person.page.get_by_role("menuitem", name="Settings").click()
    expect(person.settings).to_be_visible()


def test_a_salesperson_who_finds_the_page_sees_neither_steps_nor_figures(
    ready_office, log_in
):
    person = log_in(SALESPERSON)
    person.open("xero")
    expect(person.card).to_contain_text(ORGANISATION)
    expect(person.card).not_to_contain_text("First steps")
    expect(person.card).not_to_contain_text("Sent to Xero")
