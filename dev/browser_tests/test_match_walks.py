"""A customer whom Xero may have already: a person says which contact it is."""

import pytest
from playwright.sync_api import expect

from .office import CLERK


@pytest.fixture
def doubtful(ready_office):
    """An order of a customer whose name one contact nearly has, another its e-mail."""
    ready_office.set(auto_quotation=False)
    walk = ready_office.walk("Doubtful")
    email = f"pay@{walk.contact.lower().replace(' ', '')}.example"
    ready_office.call("res.partner", "write", [walk.partner], {"email": email})
    ready_office.seed(
        "Contacts",
        {"Name": f"{walk.contact} Pty Ltd"},
        {"Name": f"Owner of {walk.contact}", "EmailAddress": email},
    )
    walk.order = walk.create_order("sale.order", "product_uom_qty")
    walk.press("sale.order", "action_confirm", walk.order)
    return walk


@pytest.fixture
def clerk(doubtful, log_in):
    """Somebody who reads which contacts it may be, and presses *Fix*."""
    person = log_in(CLERK)
    person.open_order(doubtful.order)
    expect(person.banner).to_contain_text(f"{doubtful.contact} may be in Xero already")
    person.press("Fix")
    expect(person.dialog).to_contain_text("Which Xero contact is it?")
    return person


def test_the_likeliest_contact_is_first_and_one_click_sends_what_waited(
    ready_office, doubtful, clerk
):
    rows = clerk.dialog.locator(".o_data_row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Same e-mail address")
    expect(rows.nth(1)).to_contain_text("Similar name")
    rows.nth(1).get_by_role("button", name="Link").click()
    number = clerk.sees(r"^INV-\d+$", "a draft")
    contact = ready_office.find("Invoices", number)["Contact"]
    assert contact["Name"] == f"{doubtful.contact} Pty Ltd"
    assert not ready_office.in_xero("Contacts", doubtful.contact)


def test_any_other_contact_can_be_searched_for(ready_office, doubtful, clerk):
    clerk.choose(clerk.dialog.locator("[name=contact_id]").last, "City Agency")
    clerk.press_in_dialog("Link")
    number = clerk.sees(r"^INV-\d+$", "a draft")
    contact = ready_office.find("Invoices", number)["Contact"]
    assert contact["Name"] == "City Agency"


def test_a_new_contact_is_made_when_a_person_says_so(ready_office, doubtful, clerk):
    clerk.press_in_dialog("Create new in Xero")
    number = clerk.sees(r"^INV-\d+$", "a draft")
    contact = ready_office.find("Invoices", number)["Contact"]
    assert contact["Name"] == doubtful.contact
    assert len(ready_office.in_xero("Contacts", doubtful.contact)) == 1
