"""The whole thread: from an Odoo without Xero to an order with a Xero number."""

from playwright.sync_api import expect

from .office import ADMINISTRATOR

ORGANISATION = "Demo Company (AU)"


def test_from_setting_up_to_the_number_on_an_order(new_office, log_in):
    person = log_in(ADMINISTRATOR)
    person.set_up()
    redirect = f"{new_office.url}/xero_sync/oauth/callback"
    expect(person.field("xero_redirect_uri")).to_contain_text(redirect)
    person.enter_credentials()
    person.press("Connect to Xero")
    person.allow(ORGANISATION)
    expect(person.card).to_contain_text(ORGANISATION)

    person.open_settings()
    expect(person.field("xero_state")).to_have_text("Connected")
    expect(person.field("xero_base_currency")).to_have_text("AUD")

    person.open_taxes()
    person.page.locator("thead .o_list_record_selector input").check()
    person.press("Accept the proposals")
    expect(person.row("GST on Income")).to_have_count(0)  # the list: not mapped

    new_office.call("res.partner", "create", [{"name": "Harbour Cafe"}])
    person.write_order("Harbour Cafe", "Espresso machine", "Barista training")
    person.confirm_order()
    _, number = person.sees(r"^QU-\d+, INV-\d+$", "a draft").split(", ")

    (order,) = new_office.call("sale.order", "search", [("xero_number", "=", number)])
    invoice = new_office.find("Invoices", number)
    total = new_office.read("sale.order", order, "amount_total")
    assert total == invoice["Total"] == 2233.55
    assert (invoice["Status"], invoice["Contact"]["Name"]) == ("DRAFT", "Harbour Cafe")
    name = new_office.read("sale.order", order, "name")
    assert name in invoice["LineItems"][0]["Description"]


def test_several_allowed_organisations_are_put_to_the_person(new_office, log_in):
    person = log_in(ADMINISTRATOR)
    person.set_up()
    person.enter_credentials()
    person.press("Connect to Xero")
    person.allow(ORGANISATION, "Demo Company (UK)")
    person.card.locator("[name=step_connection]").get_by_role("button").click()
    person.row("Demo Company (UK)").get_by_role("button").click()
    expect(person.card).to_contain_text("Connected to Demo Company (UK).")
    person.open_settings()
    expect(person.field("xero_base_currency")).to_have_text("GBP")


def test_cancel_on_xeros_page_is_told_in_words(new_office, log_in):
    person = log_in(ADMINISTRATOR)
    person.set_up()
    person.enter_credentials()
    person.press("Connect to Xero")
    person.cancel_consent()
    expect(person.card).to_contain_text("Access was not allowed on Xero's page.")
    expect(person.button("Connect to Xero")).to_be_visible()
