"""Customers and vendors, and which contact of Xero's each of them is."""

import pytest
from playwright.sync_api import expect

from .office import ACCOUNTANT, CLERK

CORAL = {
    "Name": "Coral Bay Resort",
    "EmailAddress": "stay@coral.example",
    "AccountNumber": "CB-17",
}
CUSTOMER, LINK = "res.partner", "xero_contact_id"


@pytest.fixture
def contact_office(ready_office):
    """The office, with quotations switched off and contacts to choose from in Xero."""
    ready_office.set(auto_quotation=False)
    if not ready_office.in_xero("Contacts", CORAL["Name"]):
        others = ({"Name": "Lagoon Lodge"}, {"Name": "Reef Rooms"})
        ready_office.seed("Contacts", CORAL, *others)
    return ready_office


def order_of(office, walk):
    """Confirm an order of this customer; return Xero's draft for it."""
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    return office.find("Invoices", office.wait_until_in_xero("sale.order", order))


@pytest.mark.parametrize("typed", ["coral bay", "stay@coral", "CB-17"])
def test_a_contact_is_picked_by_name_by_e_mail_and_by_number(
    contact_office, log_in, typed
):
    walk = contact_office.walk(f"Guest {typed}")
    person = log_in(ACCOUNTANT)
    person.open_customer(walk.partner)
    field = person.field(LINK)
    field.locator("input").fill(typed)
    person.page.locator(".o-autocomplete--dropdown-item", has_text="Coral").click()
    person.save()
    assert order_of(contact_office, walk)["Contact"]["Name"] == "Coral Bay Resort"


def test_another_contact_gets_only_the_documents_from_then_on(contact_office, log_in):
    walk = contact_office.walk("Mover")
    person = log_in(ACCOUNTANT)
    person.open_customer(walk.partner)
    person.choose(person.field(LINK), "Lagoon Lodge")
    person.save()
    first = order_of(contact_office, walk)
    person.open_customer(walk.partner)
    person.choose(person.field(LINK), "Reef Rooms")
    person.save()
    second = order_of(contact_office, walk)
    assert second["Contact"]["Name"] == "Reef Rooms"
    first = contact_office.find("Invoices", first["InvoiceNumber"])
    assert first["Contact"]["Name"] == "Lagoon Lodge"


def test_a_link_that_a_person_cleared_is_not_made_again(contact_office, log_in):
    walk = contact_office.walk("Leaver")
    contact_office.seed("Contacts", {"Name": walk.contact})
    order_of(contact_office, walk)
    person = log_in(ACCOUNTANT)
    person.open_customer(walk.partner)
    expect(person.field(LINK).locator("input")).to_have_value(walk.contact)
    person.clear(person.field(LINK))
    person.save()
    order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", order)
    person.open_order(order)
    expect(person.banner).to_contain_text("this link was taken away before")
    assert not contact_office.read(CUSTOMER, walk.partner, LINK)


def test_the_box_creates_a_new_vendor_in_xero(contact_office, log_in):
    person = log_in(CLERK)
    person.open("vendors/new")
    name = contact_office.unused_name("Boxed Vendor")
    person.field("name").locator("input, textarea").first.fill(name)
    person.turn_to("Sales & Purchase")
    person.field("xero_create").locator("input").check()
    person.save()
    (vendor,) = contact_office.call(CUSTOMER, "search", [("name", "=", name)])
    assert contact_office.wait_until_linked(CUSTOMER, vendor, LINK) == name
    assert len(contact_office.in_xero("Contacts", name)) == 1


def test_with_the_switch_on_every_new_customer_is_created_in_xero(
    contact_office, log_in
):
    contact_office.set(auto_customer=True)
    person = log_in(CLERK)
    person.open("customers/new")
    name = contact_office.unused_name("Switched Customer")
    person.field("name").locator("input, textarea").first.fill(name)
    person.turn_to("Sales & Purchase")
    expect(person.field("xero_create").locator("input")).to_be_checked()
    person.save()
    (customer,) = contact_office.call(CUSTOMER, "search", [("name", "=", name)])
    assert contact_office.wait_until_linked(CUSTOMER, customer, LINK) == name


def test_many_customers_are_created_in_xero_from_the_list(contact_office, log_in):
    name = contact_office.unused_name("Listed")
    names = [f"{name} {number}" for number in range(3)]
    partners = contact_office.call(
        CUSTOMER, "create", [{"name": each, "customer_rank": 1} for each in names]
    )
    person = log_in(CLERK)
    person.open("customers?view_type=list")
    person.search(name)
    person.page.locator("thead .o_list_record_selector input").check()
    person.page.locator(".o_cp_action_menus button", has_text="Actions").click()
    person.page.get_by_role("menuitem", name="Create in Xero").click()
    linked = [
        contact_office.wait_until_linked(CUSTOMER, each, LINK) for each in partners
    ]
    assert linked == names
